"""The open turn: choosing by id, step-by-step conversations, taking back, and every refusal."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sim.errors import IllegalChoiceError
from sim.game import ChosenAction
from sim.play import saves
from sim.play.case import Case
from sim.play.session import Session

GOOD = Path(__file__).parents[1] / "scenario" / "good"


def refusal(choose: Callable[[], object]) -> IllegalChoiceError:
    with pytest.raises(IllegalChoiceError) as refused:
        choose()
    return refused.value


# --- choosing ---


def test_a_choice_costs_hours_and_money_and_can_be_taken_back(session: Session) -> None:
    assert (session.turn, session.turns) == (1, 2)
    assert (session.hours_left, session.money_left) == (4.0, 70.0)
    session.act("mei", "remember")
    session.act("tom", "greet", "driver")
    session.act_market("leaflet")
    assert (session.hours_left, session.money_left) == (1.0, 50.0)
    session.cancel("mei", "remember")
    session.act_market("leaflet", on=False)
    assert (session.hours_left, session.money_left) == (3.0, 70.0)
    assert session.draft.choices == (ChosenAction(customer="tom", action="greet", tone="driver"),)


REFUSED: tuple[tuple[Callable[[Session], object], str], ...] = (
    (lambda s: s.act("nobody", "greet"), "choice/unknown-customer"),
    (lambda s: s.act("mei", "bribe"), "choice/unknown-action"),
    (lambda s: s.act("mei", ""), "choice/unknown-action"),
    (lambda s: s.act("mei", "greet", "rude"), "choice/unknown-tone"),
    (lambda s: s.act("mei", "remember", "driver"), "choice/no-tone"),
    (lambda s: s.act("mei", "greet", None, "tom"), "choice/unknown-person"),
    (lambda s: s.act("tom", "greet"), "choice/too-many-actions"),
    (lambda s: s.act("mei", "remember"), "choice/too-many-hours"),
    (lambda s: s.cancel("mei", "greet"), "choice/not-chosen"),
    (lambda s: s.act_market("parade"), "choice/unknown-market"),
    (lambda s: s.act_market("leaflet", on=False), "choice/not-chosen"),
    (lambda s: s.answer("hot_coffee", ("shrug",)), "choice/unknown-encounter"),
    (lambda s: s.answer("cold_coffee", ("replace",)), "choice/unknown-response"),
    (lambda s: s.answer("cold_coffee", ()), "choice/unknown-response"),
    (lambda s: s.unanswer("cold_coffee"), "choice/not-chosen"),
    (lambda s: s.redo(), "redo/nothing"),
    (lambda s: s.forecast("nobody", "up", 0.5), "choice/unknown-customer"),
    (lambda s: s.forecast("mei", "sideways", 0.5), "choice/unknown-direction"),
    (lambda s: s.forecast("mei", "up", 0.2), "forecast/sure"),
)


@pytest.mark.parametrize(("choose", "code"), REFUSED, ids=range(len(REFUSED)))
def test_a_refusal_has_a_code_and_changes_nothing(
    session: Session, choose: Callable[[Session], object], code: str
) -> None:
    session.act("tom", "greet")
    session.act("tom", "remember")
    before, file = session.draft, saves.read(Path(str(session.path)))
    assert refusal(lambda: choose(session)).code == code
    assert session.draft == before
    assert saves.read(Path(str(session.path))).draft.choices == file.draft.choices


def test_the_same_action_twice_is_refused(session: Session) -> None:
    session.act("tom", "greet")
    refused = refusal(lambda: session.act("tom", "greet", "driver"))
    assert (refused.code, refused.data) == ("action/twice", {"customer": "tom", "action": "greet"})


def test_too_many_hours_says_how_many(session: Session) -> None:
    session.act("tom", "greet")
    session.act("tom", "remember")
    data = refusal(lambda: session.act("mei", "remember")).data
    assert (data["customer"], data["hours"], data["of_hours"]) == ("mei", 5.0, 4.0)


def test_resting_actions_say_for_how_long(session: Session) -> None:
    session.act_market("leaflet")
    session.end_turn()
    refused = refusal(lambda: session.act_market("leaflet"))
    assert (refused.code, refused.data) == ("market/not-ready", {"market": "leaflet", "turns": 1})


def test_options_say_what_acting_would(session: Session) -> None:
    session.act("tom", "greet")
    session.act("tom", "remember")
    for customer in ("mei", "tom"):
        for option in session.options(customer):
            if option.allowed:
                session.act(customer, option.id)
                session.undo()
            elif not option.chosen:
                refused = refusal(lambda c=customer, o=option: session.act(c, o.id))  # type: ignore[misc]
                assert (refused.code, refused.data) == (option.code, option.data)
    assert [option.chosen for option in session.options("tom")] == [True, True]
    assert session.market_options()[0].allowed


# --- conversations ---


def test_a_conversation_goes_step_by_step(session: Session) -> None:
    (met,) = session.open_encounters()
    assert (met.id, met.customer, met.speaker) == ("cold_coffee", "mei", "mei")
    assert [option.id for option in met.next] == ["listen", "refund", "shrug"]
    assert [option.ends for option in met.next] == [False, True, True]
    session.answer("cold_coffee", ("listen",))
    (met,) = session.open_encounters()
    assert (met.path, met.complete) == (("listen",), False)
    assert [option.id for option in met.next] == ["replace", "promise"]
    assert refusal(session.end_turn).code == "response/unfinished"
    session.answer("cold_coffee", ("listen", "replace"))
    (met,) = session.open_encounters()
    assert (met.complete, met.next) == (True, ())
    assert session.money_left == 67.0
    session.end_turn()
    assert session.record.turns[0].responses == {"cold_coffee": ("listen", "replace")}


def test_no_choice_can_strand_a_conversation(tmp_path: Path) -> None:
    """Half-way answers keep back the hours that their shortest end will take."""
    text = (GOOD / "tiny.yaml").read_text(encoding="utf-8")
    for name in ("money: 3\n            effect: {speed", "effect: {promise: safe}"):
        hours = 2 if "money" in name else 1
        text = text.replace(name, f"hours: {hours}\n            {name}")
    (tmp_path / "long.yaml").write_text(text, encoding="utf-8")
    session = Session.new(tmp_path / "long.yaml", 5, saved=False)
    session.answer("cold_coffee", ("listen",))
    assert session.hours_left == 3.0
    session.act("tom", "greet")
    session.act("tom", "remember")
    assert refusal(lambda: session.act("mei", "greet")).code == "choice/too-many-hours"
    allowed = {option.id: option.code for option in session.open_encounters()[0].next}
    assert allowed == {"replace": "choice/too-many-hours", "promise": ""}


def test_an_answer_that_told_something_cannot_be_taken_back(telling: Case) -> None:
    session = Session.new(telling, 5, saved=False)
    session.act("tom", "greet")
    session.answer("cold_coffee", ("listen",))
    assert (session.open_encounters()[0].fixed, session.can_undo) == (1, False)
    for unsay in (
        session.undo,
        lambda: session.unanswer("cold_coffee"),
        lambda: session.answer("cold_coffee", ("shrug",)),
    ):
        refused = refusal(unsay)
        assert (refused.code, refused.data) == ("undo/revealed", {"encounter": "cold_coffee"})
    session.answer("cold_coffee", ("listen", "promise"))
    assert session.can_undo
    session.undo()
    assert session.draft.responses == {"cold_coffee": ("listen",)}
    session.cancel("tom", "greet")
    assert session.draft.choices == ()


def test_an_answer_that_told_nothing_can(session: Session) -> None:
    session.answer("cold_coffee", ("listen",))
    session.answer("cold_coffee", ("shrug",))
    session.unanswer("cold_coffee")
    assert session.draft.responses == {}


# --- undo ---


def test_undo_and_redo_walk_through_the_turn(session: Session) -> None:
    session.act("mei", "greet")
    session.answer("cold_coffee", ("shrug",))
    session.act_market("leaflet")
    steps = [session.draft]
    while session.can_undo:
        session.undo()
        steps.append(session.draft)
    assert len(steps) == 4
    assert refusal(session.undo).code == "undo/nothing"
    for earlier in reversed(steps[:-1]):
        session.redo()
        assert session.draft == earlier
    session.undo()
    session.act("tom", "greet")
    assert not session.can_redo


def test_undo_ends_with_the_turn_and_leaves_notes(session: Session) -> None:
    session.act("mei", "greet")
    session.reflect("look at tom")
    session.undo()
    assert session.draft.notes["reflection"] == "look at tom"
    session.act("mei", "greet")
    session.end_turn()
    assert not session.can_undo


# --- accounts ---


def test_an_action_can_be_meant_for_a_person() -> None:
    session = Session.new(GOOD / "account.yaml", 5, saved=False)
    customer = next(name for name in session.rules.customer_ids if len(people(session, name)) > 1)
    last = people(session, customer)[-1]
    action = next(option.id for option in session.options(customer) if option.allowed)
    session.act(customer, action, None, last)
    told = session.end_turn()
    assert told.chosen.choices[0].person == last
    refused = refusal(lambda: session.act(customer, action, None, "nobody"))
    assert (refused.code, refused.data) == ("choice/unknown-person", {"person": "nobody"})


def people(session: Session, customer: str) -> tuple[str, ...]:
    return session.rules.people_ids[session.rules.customer_ids.index(customer)]


def test_every_forbidden_action_says_what_is_missing() -> None:
    session = Session.new(GOOD / "account.yaml", 5, saved=False)
    while not session.finished:
        for customer in session.rules.customer_ids:
            for option in session.options(customer):
                assert option.allowed or option.code not in {"", "action/not-allowed"}
        session.end_turn()
