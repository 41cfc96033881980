"""Looking back in the terminal: asked first, then shown, then decided again and played on."""

import io
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from sim.errors import SimError
from sim.play import saves
from sim.play.session import Session
from sim.ui.terminal.console import Console
from sim.ui.terminal.game import play
from sim.view import words
from sim.view.ledger import FIGURES
from sim.view.review_model import QUESTION_NOTE
from sim.view.review_words import say
from tests.view.made_up import case_named, game
from tests.view.staged import Staged, StagedReviewing, judged

LANGUAGES = ("en", "zh")
GRADED = ("Skill index", "Blunder", "Mistake", "Best")
ASKED = ["v", "1", "too little asked"]


@pytest.fixture
def session() -> Session:
    """A finished game of two turns, saved and graded."""
    return whole()


def whole(policy: str = "loudest") -> Session:
    found = Session.begin(case_named("tiny"), game("tiny", policy), grader=lambda *_: 61.0)
    found.grade()
    return found


def told(answers: Sequence[str], session: Session) -> str:
    """What the terminal says when these lines are typed, in one line."""
    stage = StagedReviewing.stage
    stage.steps = stage.steps or [1000]  # it is all kept from the last time
    out = io.StringIO()
    keyboard = io.StringIO("".join(f"{line}\n" for line in answers))
    assert play(session, Console(keyboard, out)) == 0
    return re.sub(r"\s+", " ", out.getvalue())


def stored(session: Session) -> dict[str, object]:
    """The notes of the last turn as they are on the disk."""
    assert session.path is not None
    return saves.read(session.path).turns[-1].notes


# Asked first ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("staged")
def test_nothing_is_graded_before_the_player_has_said_what_mattered(session: Session) -> None:
    before = told(["v"], session)
    assert "Which turn mattered most?" in before
    assert not [word for word in GRADED if word in before]
    assert not [word for word in GRADED if word in told(["v", "b", ""], session)]
    after = told([*ASKED, "f"], session)
    assert "Skill index" in after
    assert "You said: Week 1. too little asked" in after
    assert stored(session)[QUESTION_NOTE] == {"turn": 1, "why": "too little asked"}
    assert "Which turn mattered most?" not in told(["v", ""], session)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.usefixtures("staged")
def test_every_part_is_told_in_either_language(session: Session, lang: str) -> None:
    session.language = lang
    text = told([*ASKED, "f", "d", "y", "t", "2", "n", "b", "", "learn to ask"], session)
    for key in ("chart.evaluation.title", "chart.map.title", "chart.scatter.title"):
        assert holds(text, say(lang, key))
    for key in ("chart.hours.title", "chart.concepts.title", "ledger.turn.text"):
        assert holds(text, say(lang, key))
    assert stored(session)["reflection"] == "learn to ask"


def holds(text: str, part: str) -> bool:
    """Whether a text says something, wherever its lines break."""
    return re.sub(r"\s+", "", part) in re.sub(r"\s+", "", text)


@pytest.mark.usefixtures("staged")
def test_every_number_has_a_ledger(session: Session) -> None:
    told(ASKED, session)
    for place, figure in enumerate((*FIGURES, "turn", "turn"), start=1):
        text = told(["v", "n", str(place), ""], session)
        assert holds(text, say("en", f"ledger.{figure}.formula"))


@pytest.mark.usefixtures("staged")
def test_why_everything_changed_in_a_turn_of_long_ago(session: Session) -> None:
    name = case_named("tiny").script.customers[session.rules.customer_ids[0]].name.en
    text = told([*ASKED, "t", "1", "m", name, "", "b", ""], session)
    assert "Worked out as:" in text
    assert "Concept:" in text


# Worked out meanwhile ---------------------------------------------------------------------------


def test_news_are_told_until_it_is_done(session: Session, staged: Staged) -> None:
    staged.steps = [None, 0, 1, 1000]
    text = told([*ASKED, ""], session)
    assert "The expert is playing on from your turns." in text
    assert "Looked at closely so far: 1 of 2 turns." in text


def test_ctrl_c_stops_the_review_and_keeps_what_was_found(
    session: Session, staged: Staged, monkeypatch: pytest.MonkeyPatch
) -> None:
    staged.steps = [1, *[None] * 99]

    def interrupt(_seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.ui.terminal.look_back.time.sleep", interrupt)
    text = told([*ASKED, "f", ""], session)
    assert "Stopped. What has been found is kept." in text
    assert "Skill index" in text


def test_a_closer_look_at_one_turn_and_at_all(session: Session, staged: Staged) -> None:
    staged.later = [0, 1]
    text = told([*ASKED, "t", "1", "k", "b", "k", ""], session)
    assert staged.deepened == [(1,), ()]
    assert "1 of 2 turns looked at more closely" in text
    assert "Look more closely: 1 turns left" in text


# Decided again ----------------------------------------------------------------------------------


def test_a_turn_is_decided_again_hinted_at_and_solved(session: Session, staged: Staged) -> None:
    staged.answers = [judged(solved=False, label="blunder"), judged(solved=True, label="good")]
    text = told([*ASKED, "a", "1", "nobody was asked", "e", "e", "b", "b", ""], session)
    assert "Not there yet: ?? Blunder" in text
    assert "A hint:" in text
    assert "Solved: ✔ Good" in text
    assert "Learn from your mistakes: 1 of 1 solved" in text
    (entry,) = stored(session)["retries"].values()  # type: ignore[attr-defined]  # notes are free
    assert entry == {"solved": True, "tries": 2, "why": "nobody was asked", "seen": False}


def test_the_solution_after_two_tries_does_not_count(session: Session, staged: Staged) -> None:
    staged.answers = [judged(solved=False, label="mistake") for _ in range(2)]
    staged.answers.append(judged(solved=True, label="best"))
    text = told([*ASKED, "a", "1", "", "s", "e", "e", "s", "e", "b", "b", ""], session)
    first = text.index("“s” is not possible here")
    assert text.index("Better plan:") > first
    (entry,) = stored(session)["retries"].values()  # type: ignore[attr-defined]  # notes are free
    assert (entry["solved"], entry["seen"]) == (False, True)


def test_a_plan_that_cannot_be_judged_costs_no_try(session: Session, staged: Staged) -> None:
    staged.answers = [SimError("review/stopped")]
    text = told([*ASKED, "a", "1", "", "e", "b", "b", ""], session)
    assert "nothing of the game is lost" in text
    assert "retries" not in stored(session)


# Played on --------------------------------------------------------------------------------------


@pytest.mark.parametrize("luck", ["1", "2"])
@pytest.mark.usefixtures("staged")
def test_playing_on_is_a_game_of_its_own(session: Session, luck: str) -> None:
    assert session.path is not None
    before = session.path.read_bytes()
    text = told([*ASKED, "o", "2", luck, "e", "y", "", "another thought"], session)
    assert "A game of its own begins" in text
    other = next(each for each in saves.saves() if each.path != Path(str(session.path)))
    assert other.record is not None
    assert other.record.branch is not None
    assert other.record.branch.turn == 2
    assert len(other.record.luck) == int(luck) - 1
    assert other.record.turns[-1].notes["reflection"] == "another thought"
    kept = saves.read(session.path)
    assert kept.result == session.result
    assert len(before) > 0


@pytest.mark.usefixtures("staged")
def test_two_games_side_by_side(session: Session) -> None:
    assert "There is no other finished game" in told([*ASKED, "c", ""], session)
    whole("vip")
    text = told(["v", "c", "1", ""], session)
    assert words.say("en", "compare.score") in text
    assert "Skill index" in text
