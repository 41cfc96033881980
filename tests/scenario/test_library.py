"""The tables of the library: whole, consistent with one another, and in both languages."""

import math
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from sim.engine.parameters import Parameters
from sim.engine.rules import FAMILIES, KINDS, MOTIVES, ROLES
from sim.scenario.schema_library import (
    ActionsFile,
    KnowledgeFile,
    LeversFile,
    LibraryFile,
    MoodsFile,
    ParametersFile,
    ProtocolsFile,
    StylesFile,
)
from sim.scenario.schema_rows import Action, Effect, MarketAction, MarketEffect
from sim.scenario.schema_types import StyleName
from tests.scenario.prose import HALF_WIDTH, HANZI, SENTENCE_END, library_file

COURSE_IDS = set((Path(__file__).parent / "course_ids.txt").read_text("utf-8").split())
ICONS = Path(__file__).parents[2] / "assets" / "icons"
FILES: dict[str, type[LibraryFile]] = {
    "parameters": ParametersFile,
    "styles": StylesFile,
    "moods": MoodsFile,
    "protocols": ProtocolsFile,
    "actions": ActionsFile,
    "levers": LeversFile,
    "knowledge": KnowledgeFile,
}
UNITS = {
    *("points", "logits", "share", "factor", "exponent", "count"),
    *("turns", "months", "money", "people", "contacts"),
}
COSTS = {
    "procedural": {"earned_procedural", "coercive_procedural"},
    "financial": {"earned_financial", "coercive_financial"},
    "relational": {"bond"},
}
GENDERED = re.compile(r"\b(?:he|she|him|her|his|hers|himself|herself)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def raw() -> dict[str, Any]:
    return {name: library_file(name) for name in FILES}


@pytest.fixture(scope="module")
def parameters(raw: dict[str, Any]) -> ParametersFile:
    return ParametersFile.model_validate(raw["parameters"])


@pytest.fixture(scope="module")
def moods(raw: dict[str, Any]) -> MoodsFile:
    return MoodsFile.model_validate(raw["moods"])


@pytest.fixture(scope="module")
def styles(raw: dict[str, Any]) -> StylesFile:
    return StylesFile.model_validate(raw["styles"])


@pytest.fixture(scope="module")
def protocols(raw: dict[str, Any]) -> ProtocolsFile:
    return ProtocolsFile.model_validate(raw["protocols"])


@pytest.fixture(scope="module")
def actions(raw: dict[str, Any]) -> ActionsFile:
    return ActionsFile.model_validate(raw["actions"])


@pytest.fixture(scope="module")
def levers(raw: dict[str, Any]) -> LeversFile:
    return LeversFile.model_validate(raw["levers"])


@pytest.fixture(scope="module")
def knowledge(raw: dict[str, Any]) -> KnowledgeFile:
    return KnowledgeFile.model_validate(raw["knowledge"])


def every(actions: ActionsFile) -> dict[str, Action | MarketAction]:
    return {**actions.actions, **actions.market_actions}


def dot(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def texts(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every mapping of languages in a file, and where it stands."""
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from texts(item, (*path, str(number)))
    elif isinstance(value, dict) and ({"en", "zh"} & set(value)):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts(item, (*path, key))


@pytest.mark.parametrize("name", FILES)
def test_every_text_is_said_in_both_languages(raw: dict[str, Any], name: str) -> None:
    found = list(texts(raw[name]))
    assert found
    for path, text in found:
        assert set(text) == {"en", "zh"}, path
        assert text["en"].strip() == text["en"] != "", path
        assert not HANZI.search(text["en"]), path
        assert HANZI.search(text["zh"]), path
        assert not HALF_WIDTH.search(text["zh"]), path
        assert not GENDERED.search(text["en"]), path


@pytest.mark.parametrize("name", FILES)
def test_an_explanation_is_one_sentence(raw: dict[str, Any], name: str) -> None:
    for path, text in texts(raw[name]):
        if path[-1] in {"text", "reason", "because"}:
            assert len(SENTENCE_END.findall(text["en"])) == 1, path
            assert text["en"].endswith("."), path
            assert text["zh"].count("。") == 1, path
            assert text["zh"].endswith("。"), path
            assert len(text["en"]) <= 110, path
            assert len(text["zh"]) <= 45, path


def test_every_coefficient_is_written_down_once(parameters: ParametersFile) -> None:
    assert list(parameters.parameters) == [field.name for field in fields(Parameters)]


def test_a_coefficient_lies_in_its_range_and_names_unit_and_source(
    parameters: ParametersFile,
) -> None:
    for name, entry in parameters.parameters.items():
        assert entry.low <= entry.value <= entry.high, name
        assert entry.low < entry.high, name
        assert entry.unit in UNITS, name
        assert entry.source, name
        assert entry.text is not None, name


def test_what_moves_by_the_month_is_a_share_where_it_is_compounded(
    parameters: ParametersFile,
) -> None:
    for name, entry in parameters.parameters.items():
        if entry.rate in {"month", "month_chance", "month_keep"}:
            assert entry.low >= 0, name
            assert entry.high <= 1, name


def test_kinds_of_justice_weigh_one_together(parameters: ParametersFile) -> None:
    parts = ("distributive", "interactional", "procedural")
    total = sum(parameters.parameters[f"justice_{part}"].value for part in parts)
    assert total == pytest.approx(1)


def test_a_mood_goes_somewhere_and_is_open_to_every_family(moods: MoodsFile) -> None:
    assert list(moods.moods) == ["rising", "falling", "calm", "complacent"]
    assert set(moods.families) == set(FAMILIES)
    for name, mood in moods.moods.items():
        assert set(mood.to) == set(moods.moods), name
        assert sum(mood.to.values()) == pytest.approx(1), name
        assert set(mood.receptivity) == set(FAMILIES), name
        assert mood.receptivity["coercive"] == mood.receptivity["portfolio"] == 1, name


def test_moods_settle_where_the_notes_say(moods: MoodsFile) -> None:
    names = list(moods.moods)
    share = dict.fromkeys(names, 0.25)
    for _ in range(200):
        share = {to: sum(share[name] * moods.moods[name].to[to] for name in names) for to in names}
    assert [share[name] for name in names] == pytest.approx([0.22, 0.16, 0.44, 0.18], abs=0.01)


def test_styles_across_the_diagonal_clash(styles: StylesFile) -> None:
    assert list(styles.styles) == ["driver", "analytical", "expressive", "amiable"]

    def cosine(one: StyleName, other: StyleName) -> float:
        a = styles.styles[one].vector.components()
        b = styles.styles[other].vector.components()
        return dot(a, b) / math.sqrt(dot(a, a) * dot(b, b))

    assert cosine("driver", "amiable") == pytest.approx(-0.82, abs=0.01)
    assert cosine("analytical", "expressive") == pytest.approx(-0.80, abs=0.01)
    assert cosine("driver", "expressive") == pytest.approx(0.36, abs=0.01)


def test_protocols_are_those_of_the_course(protocols: ProtocolsFile) -> None:
    assert list(protocols.protocols) == [
        *("complacent", "calm", "falling", "aidmas", "recovery", "saboteur"),
        *("visit", "dialogue", "idic", "memory", "win_back"),
    ]
    for name, protocol in protocols.protocols.items():
        assert protocol.concept in COURSE_IDS, name
        assert len({step.id for step in protocol.steps}) == len(protocol.steps), name
        assert protocol.restart < len(protocol.steps), name


def test_a_step_may_not_be_forgotten_before_its_window_opens(protocols: ProtocolsFile) -> None:
    for name, protocol in protocols.protocols.items():
        for step in protocol.steps:
            earliest, latest = step.gap
            assert earliest <= latest, (name, step.id)
            assert latest == 99 or latest <= protocol.hold, (name, step.id)


def test_only_mood_protocols_read_families(protocols: ProtocolsFile) -> None:
    for name, protocol in protocols.protocols.items():
        named = [family for step in protocol.steps for family in step.families]
        assert bool(named) == (protocol.mood is not None), name
        assert len(named) == len(set(named)), name


def test_an_action_teaches_something_of_the_course(actions: ActionsFile) -> None:
    for name, row in every(actions).items():
        assert row.teaches, name
        assert set(row.teaches) <= COURSE_IDS, name


def test_an_action_has_one_id_and_a_name_of_its_own(actions: ActionsFile) -> None:
    assert not set(actions.actions) & set(actions.market_actions)
    rows = every(actions).values()
    for names in ([row.name.en for row in rows], [row.name.zh for row in rows]):
        assert len(names) == len(set(names))


def test_a_name_fits_on_a_button(actions: ActionsFile) -> None:
    for name, row in every(actions).items():
        assert 2 <= len(row.name.en) <= 22, name
        assert 2 <= len(row.name.zh) <= 8, name


def test_an_action_has_an_icon_that_is_shipped(actions: ActionsFile) -> None:
    for name, row in every(actions).items():
        assert (ICONS / f"{row.icon}.svg").is_file(), (name, row.icon)


def test_an_action_costs_something_and_does_something(
    actions: ActionsFile, raw: dict[str, Any]
) -> None:
    for name, row in every(actions).items():
        assert row.hours > 0, name
    for name, row in raw["actions"]["actions"].items():
        assert {"effect", "reveal", "notes", "refreshes"} & set(row), name


def test_effects_are_inputs_of_the_model(raw: dict[str, Any]) -> None:
    for group, known in (("actions", Effect), ("market_actions", MarketEffect)):
        for name, row in raw["actions"][group].items():
            assert set(row.get("effect", {})) <= set(known.model_fields), name


def test_a_step_is_one_of_its_protocol(actions: ActionsFile, protocols: ProtocolsFile) -> None:
    for name, row in actions.actions.items():
        for protocol, step in row.step.items():
            ids = [one.id for one in protocols.protocols[protocol].steps]
            assert step in ids, (name, protocol)


def test_every_step_outside_a_visit_can_be_taken(
    actions: ActionsFile, protocols: ProtocolsFile
) -> None:
    for name, protocol in protocols.protocols.items():
        taken = {row.step[name] for row in actions.actions.values() if name in row.step}
        wanted = {step.id for step in protocol.steps if not step.families}
        # The later parts of a visit are said in an encounter: out of doors they would come cold.
        assert taken == ({"thaw"} if name == "visit" else wanted), name


def test_manners_exist_and_appeals_are_halves(actions: ActionsFile, styles: StylesFile) -> None:
    for name, row in actions.actions.items():
        assert row.manner is None or row.manner in styles.manners, name
        assert set(row.appeal.values()) <= {0.5, 1.0}, name


def test_whoever_speaks_to_somebody_reads_them(actions: ActionsFile) -> None:
    for name, row in actions.actions.items():
        if "mood" in row.reveal:
            assert row.reads, name


def test_coercion_expires_and_is_resented_and_earned_ties_are_not(actions: ActionsFile) -> None:
    for name, row in actions.actions.items():
        coerced = row.effect.coercive_procedural + row.effect.coercive_financial > 0
        assert coerced == (row.family == "coercive"), name
        if coerced:
            assert row.effect.coercive_turns > 0, name
            assert row.effect.resentment >= 2, name
        else:
            assert row.effect.resentment <= 0, name


def test_an_offer_to_return_goes_to_those_who_left(actions: ActionsFile) -> None:
    for name, row in actions.actions.items():
        if row.effect.win_back is not None:
            assert row.needs.status == ["lapsed"], name


def test_a_lever_does_what_its_action_does(actions: ActionsFile, levers: LeversFile) -> None:
    assert len(levers.levers) == 24
    rows = every(actions)
    for name, lever in levers.levers.items():
        assert lever.action is not None, name
        effect = rows[lever.action].effect
        costs = {cost for kind in COSTS.values() for cost in kind}
        done = {cost: getattr(effect, cost, 0) for cost in costs}
        assert lever.effect == {cost: value for cost, value in done.items() if value}, name


def test_a_lever_is_of_the_kinds_that_it_raises(levers: LeversFile) -> None:
    for name, lever in levers.levers.items():
        raised = {kind for kind, costs in COSTS.items() if costs & set(lever.effect)}
        assert set(lever.kind) == raised, name
        assert lever.earned == (not any(cost.startswith("coercive") for cost in lever.effect)), name


def test_kinds_and_roles_weigh_one_together(knowledge: KnowledgeFile) -> None:
    assert list(knowledge.kinds) == list(KINDS)
    assert list(knowledge.roles) == list(ROLES)
    assert sum(kind.weight for kind in knowledge.kinds.values()) == pytest.approx(1)
    assert sum(role.weight for role in knowledge.roles.values()) == pytest.approx(1)


def test_every_motive_lies_on_a_level(knowledge: KnowledgeFile) -> None:
    assert list(knowledge.motives) == list(MOTIVES)
    assert {motive.level for motive in knowledge.motives.values()} == set(knowledge.levels)
