"""What only a careful reader sees is told at the very character where it stands."""

from pathlib import Path

import pytest

from sim.scenario.load import inspect_source
from sim.scenario.source import parse

GOOD = Path(__file__).parent / "good"
TINY = (GOOD / "tiny.yaml").read_text(encoding="utf-8")
ABOUT = "about: {en: Always takes the corner seat., zh: 总坐靠角落的位子。}"
COVERED = """\
  covered:
    when: kept >= 90% and score >= 50 and told < 5
    title: {en: All stay, zh: 都留下了}
    text: {en: All still come., zh: 都还来。}
"""
WHEN = "when: satisfaction < 60 and money >= 1"


def told(old: str, new: str) -> list[tuple[str, str]]:
    """Codes, and what stands on the line from the place of each on."""
    assert TINY.count(old) == 1, old
    text = TINY.replace(old, new)
    lines = text.split("\n")
    found = inspect_source(parse(text, "tiny.yaml"), GOOD / "tiny.yaml").problems
    return [(each.code, lines[each.line - 1][each.column - 1 :]) for each in found]


@pytest.mark.parametrize(
    ("about", "code", "rest"),
    [
        ("{en: It is 好 here., zh: 这里好。}", "W02", "好 here., zh: 这里好。}"),
        ("{en: TODO later., zh: 以后再写。}", "W03", "TODO later., zh: 以后再写。}"),
        ("{en: Sits down., zh: 坐下,看报。}", "W04", None),
        ('{en: Sits down., zh: "坐下,看报。"}', "W04", ',看报。"}'),
        ("{en: Sits down., zh: 坐下看报...}", "W04", "...}"),
        ("{en: Sits，down., zh: 坐下看报。}", "W05", "，down., zh: 坐下看报。}"),
        ("{en: Sits  down., zh: 坐下看报。}", "W06", "  down., zh: 坐下看报。}"),
        ("{en: Sits down., zh: 坐下 看报。}", "W06", " 看报。}"),
        ("{en: Sits “down., zh: 坐下看报。}", "W07", "“down., zh: 坐下看报。}"),
        ("{en: Sits down., zh: 坐下）看报。}", "W07", "）看报。}"),
        ("{en: Sits at the the bar., zh: 坐在吧台。}", "W08", "the the bar., zh: 坐在吧台。}"),
        ("{en: Amiable to all., zh: 待人好。}", "W11", "Amiable to all., zh: 待人好。}"),
        ("{en: Kind to all., zh: 典型的平易型。}", "W11", "平易型。}"),
    ],
)
def test_inside_a_text(about: str, code: str, rest: str | None) -> None:
    found = told(ABOUT, f"about: {about}")
    if rest is None:  # in { } a comma ends the text, which is worse
        assert [each for each, _ in found] == ["L08"]
    else:
        assert found == [(code, rest)]


@pytest.mark.parametrize(
    "sound",
    [
        "{en: “Well …” – and gone., zh: “好吧……”说完就走了。}",
        "{en: At 8:30 (sharp) it opens., zh: 8:30准时开门（从不晚）。}",
        "{en: Wants a) rest and b) quiet., zh: 要a）休息、b）清静。}",
        "{en: He had had enough of that that day., zh: 那天他受够了。}",
        "{en: Reads The Times., zh: 看The Times和《晚报》。}",
        "{en: Owns a café., zh: 开着一家café。}",
    ],
)
def test_nothing_is_said_of_good_writing(sound: str) -> None:
    assert told(ABOUT, f"about: {sound}") == []


@pytest.mark.parametrize(
    ("condition", "code", "part"),
    [
        ("satisfaction < 60 and trust <= 100", "O03", "trust <= 100"),
        ("satisfaction < 60 or (money > 5 and trust > 100)", "O04", "trust > 100)"),
        ("'satisfaction < 60 and turn >= 1'", "O03", "turn >= 1'"),
        ("money > 5 and not (trust > 100)", "O03", "not (trust > 100)"),
    ],
)
def test_inside_a_condition(condition: str, code: str, part: str) -> None:
    assert told(WHEN, f"when: {condition}") == [(code, part)]


@pytest.mark.parametrize(
    "condition",
    [
        "satisfaction < 60 and turn >= 2",
        "20 <= trust < 60 and satisfaction < 60",
        "satisfaction < 60 or mood is falling",
        "event.chain_opens >= 1 and satisfaction < 90",
        "told >= 1 or satisfaction < 60",
    ],
)
def test_nothing_is_said_of_good_conditions(condition: str) -> None:
    assert told(WHEN, f"when: {condition}") == []


def test_a_circle_of_waiting_is_found() -> None:
    """Each waits for the other, so neither ever comes."""
    chain = "    turn: 2\n    chance: 80%\n"
    circle = "    when: encounter.cold_coffee >= 1\n    chance: 80%\n"
    text = TINY.replace(chain, circle).replace(WHEN, "when: event.chain_opens >= 1")
    found = inspect_source(parse(text, "tiny.yaml"), GOOD / "tiny.yaml").problems
    assert [(each.code, each.field, each.data["value"]) for each in found] == [
        ("O01", "encounters.cold_coffee.when", "chain_opens"),
        ("O01", "events.chain_opens.when", "cold_coffee"),
    ]


def test_a_variable_that_only_grows_never_falls() -> None:
    assert told(WHEN, "when: told < 0 or satisfaction < 60") == []
    assert told(WHEN, "when: told < 0") == [("O02", "told < 0")]


def test_an_error_hides_nothing_else() -> None:
    """A mood that is none, and beside it what only the whole file shows."""
    text = TINY
    for old, new in (
        ("mood: falling", "mood: hapy"),
        (ABOUT, "about: {en: Always takes the the corner seat., zh: 总坐靠角落的位子。}"),
        (WHEN, "when: satisfaction < 60 and trust <= 100"),
        ("variables: {told: 0}", "variables: {told: 0, forgotten: 0}"),
        ("rivals:\n", "rivals:\n  unheard: {name: {en: Unheard, zh: 无闻}}\n"),
        ("clue: {style: amiable", "clue: {style: driver"),
        ("    effect: {bond: 1.5, quality: 1}", "    effect: {bond: 1.5, failure_factor: .5}"),
        ("      shrug:\n", "      shrug:\n        hours: 90\n"),
        (
            "  otherwise:\n",
            COVERED + "  otherwise:\n",
        ),
    ):
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    found = inspect_source(parse(text, "tiny.yaml"), GOOD / "tiny.yaml").problems
    assert sorted(each.code for each in found) == [
        *("L25", "L25", "M01", "M06", "O03", "O05", "P02", "T03", "W08"),
    ]
