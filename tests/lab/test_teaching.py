"""Every concept that asks for a choice is taught by one that changes a result."""

from functools import cache

import pytest

from sim.lab.teaching import LEAST, Change, Trial
from sim.scenario.compile import compile_scenario
from sim.scenario.coverage import Coverage, places_of
from sim.scenario.library import load_library
from sim.scenario.load import load_scenario, scenario_names

CHOSEN = {"rule", "action", "read"}
CONCEPTS = [name for name, entry in load_library().concepts.items() if CHOSEN & set(entry.marks)]


@cache
def trial(scenario: str) -> Trial:
    return Trial(compile_scenario(load_scenario(scenario)))


@cache
def change(scenario: str, place: str) -> Change | None:
    return trial(scenario).change(place)


@cache
def coverage() -> Coverage:
    loaded = [load_scenario(name) for name in scenario_names()]
    return Coverage(
        load_library().concepts, {each.scenario.id: places_of(each.script) for each in loaded}
    )


def test_the_course_has_so_many_concepts_to_choose_by() -> None:
    assert len(CONCEPTS) == 85


@pytest.mark.slow
@pytest.mark.parametrize("concept", CONCEPTS)
def test_a_choice_that_teaches_a_concept_changes_a_result(concept: str) -> None:
    """The same game with the choice and without it ends with other meters."""
    choices = [
        (scenario, place.path)
        for scenario, places in coverage().of(concept).items()
        for place in places
        if place.through == "choice"
    ]
    assert choices, "no choice teaches it"
    assert any(change(*each) is not None for each in choices)


def test_what_is_chosen_shows_in_the_meters() -> None:
    """A hand lent in the first hour is felt at the end of the day, whoever plays on."""
    found = trial("first-day").change("actions.lend_hand")
    assert found is not None
    assert found.turn == 0
    assert abs(found.points) > LEAST
    assert found.follower == "nothing"


def test_an_answer_is_compared_with_another() -> None:
    found = trial("first-day").change("encounters.which_ferry.short_answer")
    assert found is not None
    assert found.meter
    assert abs(found.points) > LEAST


def test_what_is_not_on_offer_changes_nothing() -> None:
    assert trial("first-day").change("actions.no_such_thing") is None
    assert trial("first-day").change("encounters.which_ferry.no_such_answer") is None
