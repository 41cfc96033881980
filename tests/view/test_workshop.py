"""What the workshop shows, in words of both languages, whatever state the file is in."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sim.play.trials import BOTS
from sim.view.workshop import build_workshop
from sim.view.workshop_words import patterns
from tests.play.studio import NearWorkshop, near, save

ROOT = Path(__file__).parents[2]
CODE = [
    path
    for folder in ("view", "ui/terminal", "ui/window/pages")
    for path in (ROOT / "sim" / folder).glob("workshop*.py")
]
# Keys made of an id: of a bot, a severity, what sets an encounter off, a tab, a part of the map.
BUILT = {
    *(f"bot.{bot}" for bot in BOTS),
    *(f"count.{each}" for each in ("error", "warning", "note")),
    *(f"problems.severity.{each}" for each in ("error", "warning", "note")),
    "when.complaint",
    *(f"tab.{tab}" for tab in ("talks", "map", "games", "problems")),
    *(f"map.{part}" for part in ("encounters", "events")),
}
# Keys that are chosen first and asked for later.
LITERAL = {"map.key_expert", "map.key_random", "problems.copied", "problems.uncopied"}


def asked() -> Iterator[str]:
    """Every key that `word` is asked for as it stands in the code."""
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _called(node.func) == "word":
                for argument in node.args[:2]:
                    yield from _keys(argument)


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _keys(argument: ast.expr) -> Iterator[str]:
    for node in ast.walk(argument):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value:
            yield node.value


def test_every_sentence_is_there_and_none_is_idle() -> None:
    known, keys = set(patterns("en")), {key for key in asked() if not key.endswith(".")}
    literal = {*keys, *LITERAL}
    assert literal - known == set()
    assert known - literal == BUILT


def test_both_languages_say_the_same_things() -> None:
    english, chinese = patterns("en"), patterns("zh")
    assert list(english) == list(chinese)
    for key, text in english.items():
        for wording in text.split("|"):
            assert set(re.findall(r"\{\w+\}", wording)) == set(
                re.findall(r"\{\w+\}", chinese[key])
            ), key


@pytest.fixture
def workshop(tmp_path: Path) -> NearWorkshop:
    return near(tmp_path, bots=())


def at(_seconds: float) -> str:
    return "12:00:00"


def test_before_the_first_look_it_waits(workshop: NearWorkshop) -> None:
    view = build_workshop(workshop, "en")
    assert (view.title, view.verdict.state) == ("Workshop · my-inn", "waiting")
    assert (view.map, view.games, view.encounters) == (None, None, ())


@pytest.mark.parametrize(
    ("lang", "who", "when"),
    [
        ("en", "any customer", "when satisfaction is below 55"),
        ("zh", "任何客户", "满意度低于55时"),
    ],
)
def test_an_encounter_says_whose_it_is_and_when_it_opens(
    workshop: NearWorkshop, lang: str, who: str, when: str
) -> None:
    workshop.settle()
    view = build_workshop(workshop, lang)
    assert view.title.endswith({"en": "Workshop · My case", "zh": "工作台 · 我的案例"}[lang])
    quiet = next(each for each in view.encounters if each.id == "gone_quiet")
    assert quiet.who == who
    assert quiet.opens[0] == when
    assert len(quiet.opens) == 3
    assert [each.id for each in quiet.speakers] == [
        f"gone_quiet.{name}" for name in ("anna", "bruno", "clara", "dora")
    ]
    lines = workshop.file.read_text("utf-8").split("\n")
    assert lines[int(quiet.place.rpartition(":")[2]) - 1].startswith("  gone_quiet:")
    paths = [each.path for each in quiet.answers]
    assert paths[:3] == [("ask",), ("ask", "fix"), ("ask", "explain")]
    fix = quiet.answers[1]
    assert (fix.depth, fix.deeds) == (1, ("family: service", "effect: quality 5, bond 2"))
    assert fix.cost


def test_errors_come_first_and_never_lose_the_last_good_preview(workshop: NearWorkshop) -> None:
    workshop.settle()
    before = build_workshop(workshop, "en", at=at)
    save(workshop, "mood: calm", "mood: hapy")
    workshop.settle()
    view = build_workshop(workshop, "en", at=at)
    assert view.verdict.state == "error"
    assert view.verdict.text.startswith("1 error")
    assert view.verdict.warning == "This save cannot be played. Shown is the one of 12:00:00."
    assert view.encounters[1:] == before.encounters[1:]
    first = view.findings[0]
    assert (first.severity, first.severity_name) == ("error", "error")
    assert re.fullmatch(r"scenario\.yaml:\d+:11", first.short)
    assert first.source[first.before :].startswith("hapy")
    assert first.place.startswith(str(workshop.file))


def test_a_file_that_was_never_sound_shows_only_what_is_wrong(workshop: NearWorkshop) -> None:
    save(workshop, "mood: calm", "mood: hapy")
    workshop.settle()
    view = build_workshop(workshop, "zh", at=at)
    assert view.map is None
    assert view.verdict.warning == "还没有可以显示的内容：请先改正错误。"


def test_an_encounter_with_a_problem_is_marked(workshop: NearWorkshop) -> None:
    save(workshop, "when: satisfaction < 55", "when: satisfaction < 555")
    workshop.settle()
    view = build_workshop(workshop, "en")
    marked = {each.id: each.severity for each in view.encounters}
    assert marked["gone_quiet"] == "warning"
    assert view.map is not None
    assert {row.id: row.severity for row in view.map.encounters} == marked


def test_the_map_has_every_turn_and_marks_what_is_scheduled(workshop: NearWorkshop) -> None:
    workshop.settle()
    view = build_workshop(workshop, "en").map
    assert view is not None
    assert view.turns == tuple("12345678")
    bound = {row.id: [cell.bound for cell in row.cells].count(True) for row in view.encounters}
    assert bound == {"first_words": 1, "gone_quiet": 0, "complaint": 0}
    (event,) = view.events
    assert [place for place, cell in enumerate(event.cells, start=1) if cell.bound] == [4]
    assert [each.id for each in view.endings] == ["regulars", "emptied", "otherwise"]
    assert view.endings[-1].text == "otherwise"
    assert view.waiting


def test_what_bots_did_is_shown_when_they_have_played(tmp_path: Path) -> None:
    workshop = near(tmp_path)
    workshop.settle()
    view = build_workshop(workshop, "en")
    assert view.games is not None
    assert view.map is not None
    assert (view.games.waiting, view.map.waiting) == ("", "")
    assert [each.id for each in view.games.charts] == [
        "score",
        "satisfaction",
        "loyalty",
        "switching_cost",
        "equity",
    ]
    for chart in view.games.charts:
        for line in chart.lines:
            heights = [y for points in (line.points, line.low, line.high) for _, y in points]
            assert chart.y.low <= min(heights) <= max(heights) <= chart.y.high
    first = view.map.encounters[0]
    assert first.cells[0].shares == (1.0, 1.0)
    assert first.cells[0].told
    assert first.cells[0].text.startswith("Week 1\nscheduled")
    assert view.encounters[0].seen == "Opened in 100 % of the expert’s 32 games."
    assert [len(row) for row in view.games.endings.rows] == [3, 3, 3]
    assert [bot.note.partition(":")[0] for bot in view.games.bots] == ["Expert", "Random"]


def test_a_failure_of_the_program_is_told(
    workshop: NearWorkshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_file: Path) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr("sim.play.workbench._inspected", failing)
    workshop.settle()
    for lang in ("en", "zh"):
        assert "ZeroDivisionError" in build_workshop(workshop, lang).verdict.text
