"""One game: choosing by id, taking back, saving after every choice, coming back as it was."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sim.errors import IllegalChoiceError, SaveError
from sim.game import ChosenAction, TurnRecord, digest, from_json
from sim.play import saves
from sim.play.case import Case
from sim.play.session import Session

Resume = Callable[[Session], Session]


def refusal(choose: Callable[[], object]) -> IllegalChoiceError:
    with pytest.raises(IllegalChoiceError) as refused:
        choose()
    return refused.value


def finish(session: Session) -> None:
    while not session.finished:
        session.end_turn()


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
    text = Path("tests/scenario/good/tiny.yaml").read_text(encoding="utf-8")
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


# --- saving ---


def test_every_choice_is_on_the_disk_at_once(session: Session, resume: Resume) -> None:
    steps: list[Callable[[], object]] = [
        lambda: session.answer("cold_coffee", ("listen",)),
        session.undo,
        session.redo,
        lambda: session.answer("cold_coffee", ("listen", "promise")),
        lambda: session.forecast("mei", "up", 0.6),
        session.end_turn,
        lambda: session.act_market("leaflet"),
        session.end_turn,
        session.grade,
    ]
    for step in steps:
        step()
        back = resume(session)
        assert back.record == session.record
        assert digest(back.state) == digest(session.state)
        assert len(back.reports) == len(session.reports)


def test_a_game_that_cannot_be_saved_goes_on_and_says_so(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, _record: object) -> None:
        raise SaveError("save/cannot-write", path=str(path), reason="No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(saves, "write", full)
        session.act("mei", "greet")
        problem = session.save_problem
    assert problem is not None
    assert len(session.draft.choices) == 1
    session.act("tom", "greet")
    assert session.save_problem is None
    assert len(saves.read(Path(str(session.path))).draft.choices) == 2


def test_a_home_that_cannot_be_written_to_still_lets_one_play(
    tiny: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("RAPPORT_HOME", str(tmp_path / "file"))
    session = Session.new(tiny, 5)
    assert session.save_problem is not None
    assert session.save_problem.code == "save/cannot-write"
    finish(session)
    assert session.result is not None


def test_the_language_can_change_at_any_time(session: Session) -> None:
    session.act("mei", "greet")
    session.answer("cold_coffee", ("listen",))
    session.forecast("tom", "stay", 0.5)
    before = session.draft
    session.language = "zh"
    assert (session.draft, session.language, session.can_undo) == (before, "zh", True)
    back = Session.resume(Path(str(session.path)))
    assert (back.language, back.draft.choices) == ("zh", before.choices)
    with pytest.raises(IllegalChoiceError):
        session.language = "fr"


def test_time_adds_up_over_sittings(tiny: Case) -> None:
    now = [100.0]
    session = Session.new(tiny, 5, clock=lambda: now[0])
    now[0] += 20.5
    session.act("mei", "greet")
    now[0] = 7.0
    back = Session.resume(Path(str(session.path)), clock=lambda: now[0])
    now[0] += 10.0
    back.end_turn()
    assert back.record.turns[0].notes["seconds"] == 30.5


def test_any_text_can_be_kept(session: Session) -> None:
    session.reflect("半个字 \ud83d\x00" + "x" * 9000)
    kept = saves.read(Path(str(session.path))).draft.notes["reflection"]
    assert kept.startswith("半个字 ?\x00x")
    assert len(kept) == 4000
    session.reflect("  ")
    assert "reflection" not in session.draft.notes


def test_a_draft_in_a_file_is_held_to_the_rules(session: Session) -> None:
    draft = TurnRecord(
        choices=tuple(ChosenAction(customer="mei", action=name) for name in ("greet", "fly")),
        responses={"cold_coffee": ("listen",), "hot_coffee": ("shrug",)},
        market=("leaflet",),
    )
    path = Path(str(session.path))
    saves.write(path, session.record.model_copy(update={"draft": draft}))
    back = Session.resume(path)
    assert back.draft.choices == draft.choices[:1]
    assert back.draft.responses == {"cold_coffee": ("listen",)}
    assert [dropped.code for dropped in back.dropped] == [
        "choice/unknown-encounter",
        "choice/unknown-action",
    ]


# --- the end ---


def test_a_finished_game_has_a_result_and_takes_no_more_choices(session: Session) -> None:
    assert (session.result, session.scores) == (None, ())
    finish(session)
    result = session.result
    assert result is not None
    assert result.grade is None
    assert result.score == float(session.scores[-1].score[0])
    assert session.grade() == 50.0
    assert refusal(lambda: session.act("mei", "greet")).code == "game/over"
    assert refusal(session.end_turn).code == "game/over"
    session.reflect("next time I will listen")
    saved = saves.read(Path(str(session.path)))
    assert saved.result is not None
    assert saved.result.grade == 50.0
    assert saved.turns[-1].notes["reflection"] == "next time I will listen"


def test_a_grade_of_other_policies_is_worked_out_again_but_kept(session: Session) -> None:
    finish(session)
    session.grade()
    old = session.record.model_copy(update={"policy_version": 0})
    path = Path(str(session.path))
    saves.write(path, old)
    back = Session.resume(path, grader=lambda _case, _score: 61.0)
    assert back.grade() == 61.0
    assert saves.read(path).result == old.result


def test_a_result_that_the_choices_do_not_lead_to_is_refused(session: Session) -> None:
    finish(session)
    result = session.result
    assert result is not None
    better = result.model_copy(update={"loyalty": result.loyalty + 1.0})
    path = Path(str(session.path))
    saves.write(path, session.record.model_copy(update={"result": better}))
    with pytest.raises(SaveError) as refused:
        Session.resume(path)
    assert (refused.value.code, refused.value.data["field"]) == ("save/not-reproduced", "loyalty")
    assert Session.resume(path, on_illegal="drop").result == result


def test_reports_show_what_may_be_known_and_everything_at_the_end(session: Session) -> None:
    session.answer("cold_coffee", ("shrug",))
    told = session.end_turn()
    assert told.turn == 1
    assert "stay" not in session.terms(1)
    kinds = {news.kind for news in told.news}
    assert kinds <= {"event", "encounter", "complained", "left", "unanswered"}
    session.end_turn()
    assert "stay" in session.terms(1)
    for news in session.reports[0].news:
        assert news.kind != "event" or news.id == "chain_opens"


def test_an_encounter_without_an_answer_is_news(session: Session) -> None:
    told = session.end_turn()
    assert [news.id for news in told.news if news.kind == "unanswered"] == ["cold_coffee"]


def test_forecasts_are_judged_by_what_came(session: Session) -> None:
    session.forecast("mei", "down", 0.8)
    session.end_turn()
    session.forecast("tom", "stay", 0.5)
    assert not any(session.forecasts)
    session.end_turn()
    first, second = tuple(session.forecasts)
    moved = [
        float(
            np.diff([state.satisfaction[0, row, 0] for state in session._states[turn : turn + 2]])[
                0
            ]
        )
        for turn, row in ((0, 0), (1, 1))
    ]
    assert [first.change, second.change] == pytest.approx(moved)
    assert first.hit == (moved[0] < -2.0)
    assert second.hit == (abs(moved[1]) <= 2.0)
    assert first.brier == pytest.approx((0.8 - first.hit) ** 2)


def test_a_seed_is_drawn_where_none_is_given(tiny: Case) -> None:
    seeds = {Session.new(tiny, saved=False).record.seed for _ in range(4)}
    assert len(seeds) > 1


def test_the_file_is_the_record(session: Session) -> None:
    session.act("mei", "greet")
    assert from_json(Path(str(session.path)).read_bytes()) == session.record
