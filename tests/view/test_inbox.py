"""The responses of a conversation are shown in an order that tells nothing."""

from collections.abc import Iterator, Mapping
from math import sqrt
from typing import NamedTuple

import pytest

from sim.paths import scenarios_dir
from sim.play.session import Session
from sim.scenario.compile_encounters import opened
from sim.scenario.lint_choices import best_of
from sim.scenario.load import load_scenario
from sim.scenario.schema_rows import Response
from sim.view.build import build_encounter
from sim.view.inbox import mixed
from tests.view.made_up import case_named

SHIPPED = sorted(file.parent.name for file in scenarios_dir().glob("*/scenario.yaml"))
LIMIT = 3.0  # standard deviations above what chance would give


class Step(NamedTuple):
    """A step of a conversation at which something may be said."""

    encounter: str
    path: tuple[str, ...]
    responses: Mapping[str, Response]


def steps(encounter: str, responses: Mapping[str, Response]) -> Iterator[Step]:
    waiting = [Step(encounter, (), responses)]
    while waiting:
        step = waiting.pop()
        yield step
        waiting += [
            Step(encounter, (*step.path, name), each.responses)
            for name, each in step.responses.items()
            if each.responses
        ]


def choices(scenario: str) -> list[tuple[Step, str]]:
    """Every step of a shipped scenario with a best response, and that response."""
    read = load_scenario(scenario).scenario
    found = [
        step
        for entry in opened(read)
        for step in steps(entry.id, read.encounters[entry.name].responses)
    ]
    return [(step, best) for step in found if (best := best_of(step.responses))]


def talk() -> tuple[Session, str]:
    session = Session.new(case_named("complaint-week"), 3, saved=False)
    return session, "on_camera"


def ids(session: Session, encounter: str, lang: str) -> list[str]:
    return [each.id for each in build_encounter(session, lang, encounter).responses]


def test_all_that_may_be_said_is_shown_and_nothing_twice() -> None:
    session, encounter = talk()
    open_ = next(each for each in session.open_encounters() if each.id == encounter)
    written = [each.id for each in open_.next]
    assert sorted(ids(session, encounter, "en")) == sorted(written)
    assert ids(session, encounter, "en") == mixed(encounter, (), written) != written


def test_the_order_is_the_same_in_both_languages_and_in_every_game() -> None:
    session, encounter = talk()
    other = Session.new(case_named("complaint-week"), 4, "zh", saved=False)
    assert ids(session, encounter, "en") == ids(session, encounter, "zh")
    assert ids(session, encounter, "en") == ids(other, encounter, "zh")
    for game in (session, other):
        game.answer(encounter, ("come_round",))
    assert ids(session, encounter, "en") == ids(other, encounter, "zh")


def test_the_order_does_not_depend_on_the_file() -> None:
    names = ["listen", "refund", "shrug", "blame"]
    assert mixed("coffee", ("sorry",), names) == mixed("coffee", ("sorry",), reversed(names))
    assert mixed("coffee", (), names) != mixed("coffee", ("sorry",), names)


@pytest.mark.parametrize("scenario", SHIPPED)
def test_the_best_response_stands_first_no_more_often_than_by_chance(scenario: str) -> None:
    found = choices(scenario)
    chances = [1 / len(step.responses) for step, _ in found]
    spread = sqrt(sum(chance * (1 - chance) for chance in chances))
    first = sum(mixed(*step)[0] == best for step, best in found)
    assert found
    assert first <= sum(chances) + LIMIT * spread
