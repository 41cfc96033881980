"""What was resolved after a game is there when the next one of the scenario begins."""

import io

import pytest

from sim.play.case import Case
from sim.play.resolutions import earlier_resolution
from sim.play.session import Session
from sim.ui.terminal.console import Console
from sim.ui.terminal.game import play
from sim.view.build import build_briefing


def finished(case: Case, thought: str, *, seed: int = 5) -> Session:
    session = Session.new(case, seed, grader=lambda *_: 50.0)
    while not session.finished:
        session.end_turn()
    if thought:
        session.reflect(thought)
    return session


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_is_told_before_the_next_game_of_the_scenario(tiny: Case, lang: str) -> None:
    first = Session.new(tiny, 1, lang)
    assert build_briefing(first, lang).resolution == ""
    finished(tiny, "ask before I offer")
    finished(tiny, "")  # a game after which nothing was resolved does not hide it
    following = Session.new(tiny, 2, lang)
    assert "ask before I offer" in build_briefing(following, lang).resolution
    out = io.StringIO()
    play(following, Console(io.StringIO(""), out))
    assert "ask before I offer" in out.getvalue()


def test_the_last_one_counts_and_an_open_game_does_not(tiny: Case) -> None:
    finished(tiny, "the older thought")
    finished(tiny, "the newer thought", seed=6)
    running = Session.new(tiny, 7)
    running.end_turn()
    running.note("reflection", "half way")
    assert earlier_resolution(running.record) == "the newer thought"


def test_games_that_are_not_kept_here_show_nobodys_resolution(tiny: Case) -> None:
    finished(tiny, "my own thought")
    guest = Session.new(tiny, 3, saved=False)
    assert build_briefing(guest, "en").resolution == ""
