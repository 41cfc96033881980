"""The words of a scenario, by the ids of its rules."""

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from sim.scenario.compile import compile_scenario
from sim.scenario.load import Loaded, load_scenario
from sim.scenario.texts import Words, paths_of

GOOD = Path(__file__).parent / "good"


@pytest.fixture(scope="module", params=["tiny", "account"])
def loaded(request: pytest.FixtureRequest) -> Loaded:
    return load_scenario(GOOD / f"{request.param}.yaml")


def words_in(value: Any) -> list[Words]:
    if isinstance(value, Words):
        return [value]
    if is_dataclass(value):
        return [word for field in fields(value) for word in words_in(getattr(value, field.name))]
    if isinstance(value, dict):
        return [word for inner in value.values() for word in words_in(inner)]
    return [word for inner in value for word in words_in(inner)] if isinstance(value, tuple) else []


def test_every_id_of_the_rules_has_words(loaded: Loaded) -> None:
    rules, script = compile_scenario(loaded), loaded.script
    assert tuple(script.customers) == rules.customer_ids
    assert tuple(script.actions) == rules.action_ids
    assert tuple(script.market_actions) == rules.market_ids
    assert tuple(script.encounters) == rules.encounter_ids
    assert tuple(script.events) == rules.event_ids
    assert tuple(script.endings) == tuple(ending.id for ending in rules.endings)
    assert set(script.glossary.protocols) == set(rules.protocol_ids)


def test_paths_are_those_of_the_rules(loaded: Loaded) -> None:
    rules = compile_scenario(loaded)
    for number, script in zip(
        rules.encounters.paths, loaded.script.encounters.values(), strict=True
    ):
        assert len(script.paths) == number
        for path in script.paths:
            here = script.responses
            for step in path:
                here = here[step].responses
            assert not here


def test_people_stand_in_slot_order(loaded: Loaded) -> None:
    rules = compile_scenario(loaded)
    for row, customer in zip(rules.present, loaded.script.customers.values(), strict=True):
        assert len(customer.people) == row.sum()


def test_words_are_there_in_both_languages_or_in_neither(loaded: Loaded) -> None:
    for words in words_in(loaded.script):
        assert bool(words.of("en")) == bool(words.of("zh"))


def test_paths_go_depth_first() -> None:
    encounter = load_scenario(GOOD / "tiny.yaml").scenario.encounters["cold_coffee"]
    assert paths_of(encounter) == (
        ("listen", "replace"),
        ("listen", "promise"),
        ("refund",),
        ("shrug",),
    )


def test_a_speaker_of_an_account_is_named() -> None:
    script = load_scenario(GOOD / "account.yaml").script
    assert script.encounters["machine_stops"].speaker == "sun"
    assert script.encounters["complaint.omar"].customer == "omar"
    assert script.customers["mill"].people["sun"].file["need"].zh.startswith("一台")
