"""Which choices teach which concepts."""

from pathlib import Path

import pytest

from sim.scenario.coverage import WANTED, Coverage, Place, places_of, table
from sim.scenario.library import load_library
from sim.scenario.load import load_scenario, scenario_names

GOOD = Path(__file__).parent / "good"


def covered(*places: Place) -> Coverage:
    return Coverage(load_library().concepts, {"mine": places})


def test_only_a_choice_teaches() -> None:
    """An encounter may be about a concept; it is learnt where something is chosen."""
    told = covered(Place("encounters.late", "recovery.steps", "telling"))
    chosen = covered(Place("encounters.late.listen", "recovery.steps", "choice"))
    assert "recovery.steps" in told.untaught()
    assert "recovery.steps" not in chosen.untaught()


def test_what_every_debrief_shows_needs_no_choice() -> None:
    assert "portfolio.pdca" not in covered().untaught()
    assert set(load_library().concepts["portfolio.pdca"].marks).isdisjoint(WANTED)


def test_an_encounter_of_many_customers_stands_once() -> None:
    """However many customers may complain, the answer is one choice."""
    found = places_of(load_scenario("complaint-week").script)
    assert len(found) == len(set(found))
    encounters = load_scenario("complaint-week").scenario.encounters
    for place in found:
        section, _, path = place.path.partition(".")
        assert section != "encounters" or path.partition(".")[0] in encounters


def test_the_table_tells_choices_from_words() -> None:
    coverage = covered(
        Place("encounters.late.listen", "recovery.steps", "choice"),
        Place("encounters.late.pay", "recovery.steps", "choice"),
        Place("events.rival", "market.competitors", "telling"),
    )
    every = [line.split() for line in table(coverage, "en")]
    lines = {words[0]: words for words in every if len(words) > 1}
    assert lines["recovery.steps"][1] == "2"
    assert lines["market.competitors"][1] == "+"
    assert lines["person.maslow"][1] == "."


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "Taught by no choice"), ("zh", "还没有任何选择讲到")]
)
def test_what_is_left_stands_below(lang: str, words: str) -> None:
    told = list(table(covered(), "zh" if lang == "zh" else "en"))
    heading = next(number for number, line in enumerate(told) if line.startswith(words))
    assert "  person.social_styles" in told[heading:]


def test_nothing_is_left_once_all_is_taught() -> None:
    every = [Place("actions.all", name, "choice") for name in load_library().concepts]
    assert covered(*every).untaught() == ()
    assert "Every concept that asks for a choice is taught by one." in table(covered(*every), "en")


def test_shipped_scenarios_speak_of_known_concepts_only() -> None:
    known = set(load_library().concepts)
    for name in scenario_names():
        assert {place.concept for place in places_of(load_scenario(name).script)} <= known
