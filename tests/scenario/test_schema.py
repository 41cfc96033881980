"""The models of the scenario language: the engine's axes, languages, a note on each field."""

import json
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, get_args

import pytest
from pydantic import BaseModel, ValidationError

from sim.engine.state import Mood, State, Status, Style
from sim.engine.tables import MarketRows, Rows
from sim.scenario import schema_types as types
from sim.scenario.editors import schema_text
from sim.scenario.library import load_library
from sim.scenario.messages import Language
from sim.scenario.schema import field_note
from sim.scenario.schema_customers import PERSON_NUMBERS, Customer, Person
from sim.scenario.schema_rows import Action, Effect, MarketEffect, Response
from sim.scenario.schema_scenario import Scenario

TEXT = {"en": "Here", "zh": "这里"}


def models_below(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The model and all that its fields hold, each once."""
    waiting, seen = [model], set()
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            yield here
            for info in here.model_fields.values():
                waiting += _models_in(info.annotation)


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models_in(part)]


MODELS = sorted(models_below(Scenario), key=lambda model: model.__name__)


@pytest.mark.parametrize(
    ("words", "axis"),
    [
        (types.MoodName, tuple(each.name.lower() for each in Mood)),
        (types.StyleName, tuple(each.name.lower() for each in Style)),
        (types.StatusName, tuple(each.name.lower() for each in Status)),
    ],
)
def test_words_stand_in_the_order_of_the_engines_axes(words: Any, axis: tuple[str, ...]) -> None:
    assert get_args(words) == axis


def test_every_effect_is_a_column_of_the_effect_table() -> None:
    columns = {field.name for field in fields(Rows)}
    direct = {"satisfaction": "write_satisfaction", "loyalty": "write_loyalty"}
    split = {"shock": "shock_mood", "variables": "variable_shift", "evidence": "receptivity"}
    names = {**{name: name for name in Effect.model_fields}, **direct, **split}
    assert set(names.values()) <= columns


def test_every_column_of_the_effect_table_can_be_written() -> None:
    written = {*Effect.model_fields, *Action.model_fields}
    made = {"fit", "receptivity", "receptivity_rising", "is_win_back", "win_back_match"}
    made |= {"win_back_frailty", "shock_mood", "shock_from", "shock_chance", "variable_shift"}
    made |= {"write_satisfaction", "write_loyalty", "needs_knowledge", "needs_trust_read"}
    made |= {"needs_evangelists", "needs_status", "is_form", "pushing"}
    assert {field.name for field in fields(Rows)} <= written | made


def test_every_market_effect_is_a_column() -> None:
    renamed = {"core_quality": "quality", "earned_procedural": "procedural"}
    renamed |= {"newcomers": "newcomer_active"}
    renamed |= {f"{stock}_stock": "stocks" for stock in ("people", "product", "staff")}
    columns = {field.name for field in fields(MarketRows)}
    assert {renamed.get(name, name) for name in MarketEffect.model_fields} <= columns


def test_numbers_of_people_and_customers_are_fields_of_the_state() -> None:
    state = {field.name for field in fields(State)}
    assert set(PERSON_NUMBERS) <= state
    assert {"bond", "resentment", "failure", "deal_logit"} <= state & set(Customer.model_fields)


def test_a_share_is_a_percentage_or_a_fraction() -> None:
    read = [Effect.model_validate({"discount": text}).discount for text in ("15%", "0.15", "15 %")]
    assert read == [0.15, 0.15, 0.15]


def test_texts_stand_in_both_languages() -> None:
    codes = []
    for text in ("Here", {"en": "Here"}, {"zh": "这里"}):
        with pytest.raises(ValidationError) as caught:
            types.Text.model_validate(text)
        codes.append(caught.value.errors()[0]["type"])
    assert codes == ["L01", "L02", "L03"]


def test_a_newer_format_asks_for_a_newer_program() -> None:
    with pytest.raises(ValidationError) as caught:
        Scenario.model_validate({"format": "2"})
    assert "L61" in {error["type"] for error in caught.value.errors()}


def test_responses_may_branch() -> None:
    inner = {"say": TEXT, "reply": TEXT}
    response = Response.model_validate({**inner, "if": "trust > 5", "responses": {"more": inner}})
    assert response.if_ == "trust > 5"
    assert list(response.responses) == ["more"]


def test_people_have_roles_and_consumers_need_none() -> None:
    assert Customer.model_validate({"name": TEXT}).role is None
    with pytest.raises(ValidationError):
        Person.model_validate({"name": TEXT})


@pytest.mark.parametrize("model", MODELS, ids=[model.__name__ for model in MODELS])
def test_every_field_is_explained_in_both_languages(model: type[BaseModel]) -> None:
    library = load_library()
    for name, info in model.model_fields.items():
        for lang in ("en", "zh"):
            assert field_note(library, model.__name__, info.alias or name, lang), name


def test_every_explanation_is_of_a_field() -> None:
    named = {
        f"{owner.__name__}.{info.alias or name}"
        for model in MODELS
        for owner in model.__mro__
        if issubclass(owner, BaseModel)
        for name, info in owner.model_fields.items()
    }
    known = named | {name.partition(".")[2] for name in named}
    assert set(load_library().fields) <= known


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_json_schema_is_whole_and_knows_the_library(lang: Language) -> None:
    described = json.loads(schema_text(None, lang, own=False))
    everywhere = [described, *described["$defs"].values()]
    for entry in everywhere:
        for field in entry.get("properties", {}).values():
            assert field["description"]
    assert "person.driver" in described["properties"]["teaches"]["items"]["enum"]
    assert "noise" in described["properties"]["parameters"]["propertyNames"]["enum"]
    assert described["properties"]["format"]["const"] == 1
    assert "null" not in json.dumps(described)


def test_json_schema_leaves_out_what_extends_may_bring() -> None:
    described = json.loads(schema_text(None, "en", own=False))["$defs"]
    assert "required" not in described["Customer"]
    assert "required" not in described["Action"]
    assert described["Response"]["required"] == ["say", "reply"]
