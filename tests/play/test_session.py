"""One game: saved after every choice, brought back as it was, judged at its end."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sim.arrays import digest
from sim.errors import IllegalChoiceError, SaveError
from sim.game import ChosenAction, TurnRecord, from_json
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
        back = Session(session.case, saves.read(Path(str(session.path))), clock=lambda: 0.0)
        assert back.record == session.record
        assert digest(back.state) == digest(session.state)
        assert len(back.reports) == len(session.reports)
    assert resume(session).record == session.record


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
