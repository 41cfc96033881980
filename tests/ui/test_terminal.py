"""The terminal game: whole games from a script of answers, and every text of the view-model."""

import io
import re
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

from sim.play.case import Case, open_case
from sim.play.saves import saves
from sim.play.session import Session
from sim.ui.terminal import render, render_end, render_file, run
from sim.ui.terminal.console import Console
from sim.ui.terminal.game import play
from sim.ui.terminal.layout import columns
from sim.view import model, words
from sim.view.parts import ActionView
from tests.view.sentinel import Counter, filled, texts_of

TINY = Path(__file__).parents[1] / "scenario" / "good" / "tiny.yaml"
LANGUAGES = ("en", "zh")
# A whole game of the tiny scenario: a conversation to its end, every page of a file, an action, all
# arrangements, a forecast, a look at the glossary, taking back and choosing again.
OPENING = ["i", "1", "1", "1", "b", "c", "1", "p", "t", "s", "y", "a", "1", "2", "b", "b", "b"]
LOOKING = ["p", "1", "2", "3", "4", "b", "f", "1", "1", "70 %", "n", "h", "g trust", "", "m", ""]
CHANGING = ["u", "r", "a", "1", "b"]
ENDING = ["e", "y", "m", "", "e", "y", "", "I should have listened."]
WHOLE = [*OPENING, *LOOKING, *CHANGING, *ENDING]


@cache
def tiny() -> Case:
    return open_case(TINY)


def new(lang: str, *, saved: bool = False) -> Session:
    return Session.new(tiny(), 3, lang, saved=saved, grader=lambda _case, _score: 61.0)


def keyboard(answers: Sequence[str]) -> io.StringIO:
    """Lines that come from a pipe."""
    return io.StringIO("".join(f"{line}\n" for line in answers))


def told(answers: Sequence[str], session: Session) -> str:
    """What the terminal says when these lines are typed."""
    out = io.StringIO()
    assert play(session, Console(keyboard(answers), out)) == 0
    return out.getvalue()


# Whole games ------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_whole_game_to_its_result(lang: str) -> None:
    session = new(lang)
    text = told(WHOLE, session)
    assert session.finished
    assert session.record.turns[0].choices[0].tone == "driver"
    assert session.record.turns[0].responses
    assert session.record.turns[0].notes["forecast"]["sure"] == 0.7
    assert session.record.turns[1].notes["reflection"] == "I should have listened."
    for key in ("meter.score", "meter.grade", "line.next", "done.undo", "done.redo"):
        assert words.say(lang, key) in text
    assert "61" in text


def test_the_game_from_the_command_line_is_saved_and_gone_on_with() -> None:
    out = io.StringIO()
    answers = io.StringIO("i\n1\n1\n1\n")  # then the input ends
    assert run(str(TINY), seed=3, language="en", resume=None, stdin=answers, stdout=out) == 0
    path = saves()[0].path
    assert re.sub(r"\s+", "", str(path)) in re.sub(r"\s+", "", out.getvalue())
    out = io.StringIO()
    answers = io.StringIO("m\n\nq\n")
    assert run(None, seed=None, language="zh", resume=str(path), stdin=answers, stdout=out) == 0
    assert "已选 1 项" in out.getvalue()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_from_a_number_to_where_it_comes_from(lang: str) -> None:
    session = new(lang)
    name = session.script.customers[session.rules.customer_ids[0]].name.of(lang)
    text = told(["w", "2", "", f"w {name}", "1", "", "w nobody", "q"], session)
    shown = re.sub(r"\s+", "", text)
    for key in ("number.book.formula", "number.of.formula", "number.opening.text"):
        start = words.say(lang, key, how="").split("{")[0]
        assert re.sub(r"\s+", "", start[:30]) in shown
    assert re.sub(r"\s+", "", words.say(lang, "ask.not_here", text="nobody")) in shown


@pytest.mark.parametrize("typed", range(0, len(OPENING), 3))
def test_the_input_may_end_anywhere(typed: int) -> None:
    text = told(OPENING[:typed], new("en"))
    assert text.rstrip().endswith("Goodbye.")


def test_ctrl_c_leaves_politely(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt() -> str:
        raise KeyboardInterrupt

    out, stopped = io.StringIO(), io.StringIO()
    monkeypatch.setattr(stopped, "readline", interrupt, raising=False)
    session = new("en", saved=True)
    assert play(session, Console(stopped, out)) == 0
    assert "Goodbye." in out.getvalue()
    assert session.path is not None
    assert Session.resume(session.path).draft.choices == session.draft.choices


def test_a_game_is_chosen_from_the_catalogue() -> None:
    out = io.StringIO()
    answers = io.StringIO("nonsense\n中文\ncorner-cafe\nq\n")
    assert run(None, seed=1, language="en", resume=None, stdin=answers, stdout=out) == 0
    assert "“nonsense” is not possible here" in out.getvalue()
    assert "再见。" in out.getvalue()
    assert saves()[0].record is not None


def test_the_language_switches_in_the_middle_of_a_turn() -> None:
    session = new("en")
    text = told(["c", "1", "l", "b", "b", "q"], session)
    assert session.language == "zh"
    assert text.index("Satisfaction 60") < text.index("满意度 60") < text.index("再见。")


def test_wrong_input_says_what_is_possible() -> None:
    text = told(["xyz", "99", "c", "", "b", "p", "zz", "q"], new("en"))
    assert "“xyz” is not possible here. Possible: a number from 1 to 8" in text
    assert "Possible: Mei Lin, Tom Reed." in text
    assert "“99” is not possible here" in text
    assert "a number from 1 to 4" in text
    assert "Please type a number or a name" in text


def test_an_answer_can_be_taken_back_and_the_turn_waits_for_its_end() -> None:
    session = new("en")
    text = told(["i", "1", "1", "b", "b", "e", "y", "i", "1", "x", "b", "b", "q"], session)
    assert "only half finished" in text
    assert "Taken back." in text
    assert not session.draft.responses


def test_unfinished_things_are_named_before_a_turn_ends() -> None:
    text = told(["e", "n", "q"], new("en"))
    assert "1 conversation has no answer yet." in text


# Orders in one line -----------------------------------------------------------------------------


def action_of(session: Session, *, tones: bool) -> str:
    """An action that is allowed for Mei Lin and has, or has no, choice of tone."""
    script = session.script.actions
    allowed = (each.id for each in session.options("mei") if each.allowed)
    return next(name for name in allowed if script[name].tones == tones)


def test_a_deed_is_planned_in_one_line_with_its_tone_and_cost() -> None:
    session = new("en")
    action = action_of(session, tones=True)
    text = told([f"mei, {action}, driver", "q"], session)
    assert [(each.customer, each.action, each.tone) for each in session.draft.choices] == [
        ("mei", action, "driver")
    ]
    assert re.search(r"Planned: Mei Lin, .*\(tone: Driver\), [\d.]+ hour", text)


@pytest.mark.parametrize("between", ["，", "、", "; ", ","])
def test_an_order_in_chinese_may_use_any_mark(between: str) -> None:
    session = new("zh")
    action = action_of(session, tones=True)
    name = session.script.actions[action].name.zh
    told([between.join(["林梅", name, "驾驭型"]), "q"], session)
    assert session.draft.choices[0].tone == "driver"


def test_what_an_order_leaves_out_is_asked_for() -> None:
    session = new("en")
    told([f"mei, {action_of(session, tones=True)}", "2", "q"], session)
    assert session.draft.choices[0].tone == "driver"


def test_an_order_that_is_not_clear_changes_nothing_and_says_what_is_possible() -> None:
    session = new("en")
    text = told(["mei, dance", "nobody, greet", "mei, greet, shouting", "q"], session)
    assert session.draft.choices == ()
    for wrong in ("dance", "nobody, greet", "shouting"):
        assert f"“{wrong}” is not possible here" in text or f"“{wrong}” could be" in text


def test_an_order_that_was_given_before_can_be_taken_back() -> None:
    session = new("en")
    order = f"mei, {action_of(session, tones=True)}, driver"
    text = told([order, order, "y", "q"], session)
    assert session.draft.choices == ()
    assert "is already chosen. Take it back? yes or no?" in text


# Form -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_line_is_too_wide_and_nothing_moves_the_cursor(lang: str) -> None:
    text = told(WHOLE, new(lang))
    shown = [line for line in text.splitlines() if "I should have listened" not in line]
    assert [line for line in shown if columns(line) > 80 + len(" 70 %")] == []
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", text)
    assert not re.search(r"[\u2500-\u257f]", text)


# Latin letters that a Chinese reader sees: letters to type, the name of the other language, and
# names of methods and of authors.
LATIN = {"English", "IDIC", "AIDMAS", "PDCA", "MVC", "MGC", "BZ", "BCG", "GE", "TARP", "et", "al"}


def test_chinese_output_has_no_english_words() -> None:
    answers = [line for line in WHOLE if line != "I should have listened."]
    text = told([*answers, "我该多听"], new("zh"))
    without_authors = re.sub(r"（[A-Z][^（）]*?\d{4}[^（）]*）", "", text)
    found = set(re.findall(r"[A-Za-z]{2,}", without_authors)) - LATIN
    assert found - {"trust"} == set()  # what was searched for


# Every text of the view-model appears -----------------------------------------------------------

EN = partial(words.say, "en")


def shown(*parts: Sequence[str]) -> str:
    return "\n".join(line for lines in parts for line in lines)


def turn(view: model.TurnView) -> str:
    return shown(
        render.turn_lines(view, EN),
        render.inbox_items(view.inbox, EN),
        *(render.encounter_lines(each, EN) for each in view.inbox),
        *(render.response_items(each, EN) for each in view.inbox),
        *(render.board_lines(view.board, name, EN) for name in ("list", "pyramid", "funnel")),
        render.board_lines(view.board, "matrix", EN),
        *(actions(each) for each in view.market),
        render.plan_items(view.plan, EN),
        render.forecast_lines(view.forecast, EN),
        render.hint_lines(view.hints, EN, *(hint.anchor for hint in view.hints)),
    )


def actions(view: ActionView) -> list[str]:
    return [
        *render.action_lines(view, EN),
        *render.tone_items(view, EN),
        *render.person_items(view, EN),
    ]


def customer(view: model.CustomerView) -> str:
    return shown(
        [render.card_text(view.card, EN)],
        render_file.customer_lines(view, EN),
        render_file.tie_lines(view, EN),
        render_file.people_lines(view, EN),
        render_file.sign_lines(view.signs, view.signs_note, EN),
        render_file.history_lines(view.history, EN),
        render_file.offer_lines(view, EN),
        *(actions(each) for each in view.actions),
    )


SCREENS: list[tuple[Any, Callable[[Any], str]]] = [
    (model.TurnView, turn),
    (model.CustomerView, customer),
    (model.CatalogueView, lambda view: shown([view.title], render_end.catalogue_items(view, EN))),
    (model.BriefingView, lambda view: shown(render_end.briefing_lines(view, EN))),
    (
        model.ReportView,
        lambda view: shown(*(render_end.report_lines(view, EN, first=count) for count in (0, 9))),
    ),
    (model.ResultView, lambda view: shown(render_end.result_lines(view, EN))),
    (
        model.GlossaryView,
        lambda view: shown(
            [view.title],
            render_end.glossary_items(view, EN),
            *(render_end.glossary_entry_lines(each, EN) for each in view.entries),
        ),
    ),
    (model.PageView, lambda view: shown(render_end.page_lines(view))),
]


@pytest.mark.parametrize(
    ("kind", "screen"), SCREENS, ids=lambda each: getattr(each, "__name__", "")
)
def test_every_text_of_the_view_model_is_shown(kind: Any, screen: Callable[[Any], str]) -> None:
    counter = Counter()
    text = screen(filled(kind, counter)).casefold()
    assert [each for each in texts_of(counter) if each not in text] == []


# A shipped scenario -----------------------------------------------------------------------------


def cafe_answers(case: Case) -> list[str]:
    """Twelve weeks: answer who waits, look at people, talk, write down, forecast, end the week."""
    ids, lines = case.rules.customer_ids, []
    for turn_number in range(case.rules.sizes.turns):
        one, other = ids[turn_number % 10], ids[(turn_number + 5) % 10]
        lines += ["i", *["1"] * 5, "b", "b", "c", one, "a", "1", "3", "2", "b", "p", "s", "y", "b"]
        lines += [other, "a", "2", "b", "b", "b", "p", "1", "2", "4", "b", "f", one, "1", "60"]
        lines += ["e", "y", "", ""]
    return [*lines, "", ""]


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_corner_cafe_from_briefing_to_result(lang: str) -> None:
    case = open_case("corner-cafe")
    session = Session.new(case, 5, lang, saved=False, grader=lambda _case, _score: 61.0)
    answers = cafe_answers(case)
    while not session.finished:  # a week goes on when an answer went astray
        out = io.StringIO()
        play(session, Console(keyboard(answers), out))
        if lang == "zh":
            text = re.sub(r"（[A-Z][^（）]*?\d{4}[^（）]*）", "", out.getvalue())
            assert (
                set(re.findall(r"[A-Za-z]{2,}", text)) - LATIN - set(case.rules.customer_ids)
                == set()
            )
    assert session.result is not None
