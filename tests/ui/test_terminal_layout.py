"""Lines fit eighty columns, in both scripts."""

import pytest

from sim.ui.terminal.layout import columns, wrap

CHINESE = "他说：“我觉得这家店不错，不过Mei Lin可能会离开。”（老客户）"


@pytest.mark.parametrize("width", [10, 20, 39, 40, 80])
@pytest.mark.parametrize(
    "text", ["One short and two long words, (perhaps) more. " * 4, CHINESE * 4, "x" * 200, ""]
)
def test_lines_fit_and_nothing_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width=width, indent="  ")
    assert all(columns(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_chinese_character_takes_two_columns() -> None:
    assert columns("客户 a") == 6
    assert columns("é") == columns("e\u0301") == 1


def test_marks_do_not_begin_or_end_a_line() -> None:
    for width in range(10, 40):
        lines = wrap(CHINESE * 3, width=width)
        assert all(line[0] not in "，。：”）" for line in lines)
        assert all(line[-1] not in "“（" for line in lines)


def test_paragraphs_and_leading_spaces_stay() -> None:
    assert wrap("a\n\nb") == ["a", "", "b"]
    assert wrap("  indented")[0] == "  indented"
