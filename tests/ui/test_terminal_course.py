"""The cards of the course in a terminal: every number and every word of them is told."""

import pytest

from sim.ui.terminal.render_review import course_lines
from sim.view.review import open_past, review_view
from sim.view.review_model import ReviewView
from tests.view.made_up import case_named, game, made_up_review

LANGUAGES = ("en", "zh")


def view(lang: str, *, turns: int | None = None) -> ReviewView:
    case, record = case_named("tiny"), game("tiny", turns=turns)
    return review_view(open_past(case, record), made_up_review(case, record), lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_card_is_told_in_full(lang: str) -> None:
    found = view(lang)
    assert found.course is not None
    told = "\n".join(course_lines(found, lang))
    for each in found.course.cards:
        rows = () if each.table is None else each.table.rows
        cells = (cell for row in rows for cell in row)
        readings = (text for reading in each.readings for text in (reading.name, reading.shown))
        wanted = [each.concept.name, each.sentence, each.asked, *readings, *cells]
        assert [text for text in wanted if text not in told] == []


def test_nothing_is_told_before_the_game_is_over() -> None:
    assert list(course_lines(view("en", turns=1), "en")) == []
