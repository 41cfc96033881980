"""Lines break where English and Chinese allow it."""

import pytest

from sim.ui.window.kit.linebreak import NO_END, NO_START, atoms, pseudo, wrap


def units(text: str) -> int:
    """Chinese characters are two wide, others one."""
    return sum(2 if "\u2e80" <= char <= "\uffef" else 1 for char in text)


@pytest.mark.parametrize("width", range(4, 40))
@pytest.mark.parametrize(
    "text",
    [
        "“你们的竞争对手给我同样的套餐，便宜15%，而且他们的App五分钟就办好了。”",
        "价格（含税）是¥1,200——比去年低……但是《合同》还没签！怎么办？",
        "Match the price at once: give a 15% discount for the next twelve months.",
    ],
)
def test_no_line_begins_or_ends_with_a_forbidden_sign(text: str, width: int) -> None:
    longest = max(units(piece) for _, piece in atoms(text))
    lines = wrap(text, width, units)
    if width >= longest:
        assert all(line[0] not in NO_START for line in lines[1:])
        assert all(line[-1] not in NO_END for line in lines[:-1])
    assert all(units(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_english_words_stay_whole() -> None:
    assert wrap("the quick brown fox", 9, units) == ["the quick", "brown fox"]


def test_numbers_and_their_signs_stay_together() -> None:
    lines = wrap("便宜15%，涨了¥1,200。", 8, units)
    assert any("15%，" in line for line in lines)
    assert any("¥1,200。" in line for line in lines)
    assert wrap("stays 60 % sure", 9, units) == ["stays", "60 % sure"]


def test_a_dash_or_ellipsis_is_never_split() -> None:
    for width in range(4, 20):
        for line in wrap("等一下——我想想……好的", width, units):
            assert line.count("—") in (0, 2)
            assert line.count("…") in (0, 2)


def test_the_last_line_is_not_one_forgotten_word() -> None:
    lines = wrap("Offer a bundle that is only worth it if he stays on", 48, units)
    assert lines[-1] != "on"
    lines = wrap("转移成本低意味着一旦对手降价陈伟随时可能离开吗", 44, units)
    assert units(lines[-1]) >= 8


def test_paragraphs_and_empty_lines_are_kept() -> None:
    assert wrap("one\n\ntwo", 20, units) == ["one", "", "two"]


def test_a_word_wider_than_the_line_is_cut() -> None:
    assert wrap("incomprehensibilities", 8, units) == ["incompre", "hensibil", "ities"]


def test_pseudo_text_is_much_longer() -> None:
    for text in (
        "End turn",
        "结束回合",
        "Apologise, fix the waiting time first",
        "满意并不等于忠诚。",
    ):
        assert units(pseudo(text)) >= 1.35 * units(text)
    assert pseudo("") == ""
