"""What a class leaves behind: games that verify, decisions that no spreadsheet runs, grades."""

import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from sim.classroom.csvs import safe, table
from sim.classroom.debrief.games import ClassGame
from sim.classroom.exports import COLUMNS, decisions_csv, file_name, zip_of
from sim.classroom.grades import (
    GradeLine,
    Person,
    Rule,
    canvas_csv,
    fill_canvas,
    fill_moodle,
    grades,
    moodle_csv,
    plain_csv,
)
from sim.errors import SimError
from sim.lab.pars import Pars, _entry, _write
from sim.play.case import Case, pars_dir
from sim.play.services import verify
from tests.view.made_up import case_named, game, made_up_review

NASTY = '=HYPERLINK("http://evil","x")'


@pytest.fixture
def case() -> Case:
    """Its pars are known, so that grades cost nothing."""
    found = case_named("first-day")
    _write(_entry(found.fingerprint, pars_dir()), Pars(nothing=40.0, expert=60.0, error=0.1))
    return found


@pytest.fixture
def games() -> list[ClassGame]:
    return [
        ClassGame("../Ana & Bo", "Red", game("first-day", "vip")),
        ClassGame(NASTY, None, game("first-day", "discount")),
        ClassGame("李雷", None, game("first-day", "visits", turns=2)),
    ]


PEOPLE = (
    Person(0, "../Ana & Bo", "s1001", "Ana Abad", "ana@example.org"),
    Person(0, "../Ana & Bo", "s1002", "Bo Li", "bo@example.org"),
    Person(1, NASTY, "s1003", NASTY, "c@example.org"),
    Person(2, "李雷", "s1004", "李雷", ""),
    Person(None, "", "s1005", "Never There", ""),
)


def rows(raw: bytes, divider: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig")), delimiter=divider))


# --- games and decisions ---


def test_the_games_of_a_class_verify(case: Case, games: list[ClassGame], tmp_path: Path) -> None:
    raw = zip_of(case, games)
    assert raw == zip_of(case, games)  # the same games, the same archive
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        names = archive.namelist()
        assert names == ["001-Ana-Bo.json", "002-HYPERLINK-http-evil-x.json", "003-李雷.json"]
        archive.extractall(tmp_path)
    verdicts = verify([str(tmp_path / name) for name in names])
    assert [each.code for each in verdicts] == [
        "verify/reproduced",
        "verify/reproduced",
        "verify/unfinished",
    ]


@pytest.mark.parametrize(
    ("label", "name"),
    [("", "game"), ("..", "game"), ("a/b\\c:d", "a-b-c-d"), ("é" * 99, "é" * 60), ("\x00x", "x")],
)
def test_a_label_never_leads_out_of_a_folder(label: str, name: str) -> None:
    assert file_name(label) == name


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_decision_has_a_line(case: Case, games: list[ClassGame], lang: str) -> None:
    raw = decisions_csv(case, games, lang)
    assert raw.startswith(b"\xef\xbb\xbf")
    head, *lines = rows(raw)
    assert tuple(head) == COLUMNS
    made = sum(
        max(len(turn.choices) + len(turn.market) + len(turn.responses), 1)
        for each in games
        for turn in each.record.turns
    )
    assert len(lines) == made
    assert all(len(line) == len(COLUMNS) for line in lines)
    assert not any(cell.startswith(("=", "+", "@")) for line in lines for cell in line)
    assert {line[0] for line in lines} == {"../Ana & Bo", "'" + NASTY, "李雷"}
    action = next(line for line in lines if line[4] == "action")
    assert action[6] == case.script.actions[action[5]].name.of(lang)
    assert float(action[12]) == case.script.actions[action[5]].hours
    assert action[14] in case.rules.customer_ids


def test_cells_that_would_be_formulas_are_text() -> None:
    for bad in ("=1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "＝1", "＠x"):
        assert safe(bad).startswith("'")
    assert safe(-1.5) == "-1.5"  # a number of ours is a number
    assert safe(None) == ""
    assert table([["a"]], bom=False) == b"a\r\n"


# --- grades ---


def test_a_grade_is_what_the_game_says(case: Case, games: list[ClassGame]) -> None:
    lines = grades(case, PEOPLE, games, Rule(points=20.0))
    score = games[0].record.result
    assert score is not None
    share = min(max(100.0 * (score.score - 40.0) / 20.0, 0.0), 100.0)
    assert lines[0].points == round(share / 5.0, 2)
    assert lines[1].points == lines[0].points  # the team's
    assert lines[3].points is None  # not finished
    assert lines[4].points is None  # not there


def test_taking_part_and_skill_can_be_graded(case: Case, games: list[ClassGame]) -> None:
    part = grades(case, PEOPLE, games, Rule("turns"))
    assert [line.points for line in part] == [100.0, 100.0, 100.0, 33.33, 0.0]
    reviews = {number: made_up_review(case, each.record) for number, each in enumerate(games)}
    skill = grades(case, PEOPLE, games, Rule("skill"), reviews=reviews)
    assert skill[0].points == round(min(max(reviews[0].skill_index, 0.0), 100.0), 2)
    assert skill[3].points is None
    early = grades(case, PEOPLE, games, Rule("skill", unfinished=True), reviews=reviews)
    assert early[3].points is not None


@pytest.mark.parametrize("points", [0.0, 101.0])
def test_moodle_would_refuse_more_than_a_hundred(
    case: Case, games: list[ClassGame], points: float
) -> None:
    with pytest.raises(SimError, match="class/grade-points"):
        grades(case, PEOPLE, games, Rule(points=points))


@pytest.fixture
def lines(case: Case, games: list[ClassGame]) -> tuple[GradeLine, ...]:
    return grades(case, PEOPLE, games, Rule())


def test_moodle_gets_identities_grade_and_the_rule(lines: tuple[GradeLine, ...]) -> None:
    raw = moodle_csv(lines, "Rapport", "0 = nothing, 100 = expert")
    head, *found = rows(raw)
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert head == ["ID number", "Email address", "Full name", "Rapport", "Rapport (feedback)"]
    assert found[0][:3] == ["s1001", "ana@example.org", "Ana Abad"]
    assert found[0][4] == "0 = nothing, 100 = expert"
    assert found[2][2] == "'" + NASTY
    assert found[3][3:] == ["", ""]  # an empty cell is no grade


def test_canvas_gets_its_headings_and_the_row_of_points(lines: tuple[GradeLine, ...]) -> None:
    head, points, *found = rows(canvas_csv(lines, "Rapport (7)"))
    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Rapport [7]"]
    assert points[0] == "    Points Possible"
    assert points[-1] == "100.0"
    assert found[0][2] == "s1001"
    assert float(found[0][-1]) == lines[0].points


def test_everything_is_in_the_plain_table(lines: tuple[GradeLine, ...]) -> None:
    head, *found = rows(plain_csv(lines, Rule(), "the rule"))
    assert head[-1] == "rule"
    assert all(line[-1] == "the rule" for line in found)


GRADEBOOK = (
    "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Essay (1),Rapport (12),Final (read only)\r\n"
    ",,,,,,Manual Posting,\r\n"
    "    Points Possible,,,,,10,100,(read only)\r\n"
    '"Abad, Ana",501,s1001,ana,Group 1,9,,88\r\n'
    '"Li, Bo",502,,bo@example.org,Group 1,,50,\r\n'
    '"Stranger, A",503,s9,x,Group 1,5,77,1\r\n'
    '"Student, Test",504,,,Group 1,,,\r\n'
)


def test_a_gradebook_of_canvas_goes_there_and_back(lines: tuple[GradeLine, ...]) -> None:
    found = fill_canvas(GRADEBOOK.encode(), lines, "Rapport")
    head, posting, points, ana, bo, stranger, test = rows(found.raw)
    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Rapport (12)"]
    assert posting == ["", "", "", "", "", "Manual Posting"]
    assert points == ["    Points Possible", "", "", "", "", "100.0"]
    assert ana[:5] == ["Abad, Ana", "501", "s1001", "ana", "Group 1"]
    assert float(ana[5]) == lines[0].points
    assert float(bo[5]) == lines[1].points  # by the login
    assert (stranger[5], test[5]) == ("", "")  # nothing is said about them
    assert found.found == 2
    assert found.missing == (NASTY,)
    again = fill_canvas(found.raw, lines, "Rapport")
    assert again.raw == found.raw


def test_canvas_with_semicolons_and_a_new_title(lines: tuple[GradeLine, ...]) -> None:
    text = "Student;ID;SIS Login ID;Section\r\nPoints Possible;;;\r\nAna;1;ana@example.org;A\r\n"
    found = fill_canvas(text.encode(), lines, "New")
    head, points, ana = rows(found.raw, ";")
    assert head[-1] == "New"
    assert points[-1] == "100.0"
    assert float(ana[-1]) == lines[0].points


def test_a_list_of_moodle_goes_there_and_back(lines: tuple[GradeLine, ...]) -> None:
    text = (
        "First name,Last name,ID number,Email address,Rapport,Other\r\n"
        "Ana,Abad,s1001,ana@example.org,-,3\r\n"
        "Bo,Li,,BO@example.org,,\r\n"
        "Not,There,s77,n@example.org,12,4\r\n"
    )
    found = fill_moodle(text.encode(), lines, "Rapport", "the rule")
    head, ana, bo, other = rows(found.raw)
    assert head == [
        *("First name", "Last name", "ID number", "Email address", "Rapport"),
        "Rapport (feedback)",
    ]
    assert float(ana[4]) == lines[0].points
    assert ana[5] == "the rule"
    assert float(bo[4]) == lines[1].points
    assert other[4:] == ["", ""]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "class/grades-text"),
        (b"\xff\xfe\x00\x01", "class/grades-text"),
        (b"a,b\r\n1,2\r\n", "class/not-canvas"),
        (b"x" * (512 * 1024 + 1), "class/grades-size"),
    ],
)
def test_what_is_no_gradebook_is_said(lines: tuple[GradeLine, ...], raw: bytes, code: str) -> None:
    with pytest.raises(SimError, match=code):
        fill_canvas(raw, lines, "Rapport")


def test_what_is_no_list_is_said(lines: tuple[GradeLine, ...]) -> None:
    with pytest.raises(SimError, match="class/not-moodle"):
        fill_moodle(b"colour,size\r\nred,1\r\n", lines, "Rapport", "")


def test_nobody_is_told_apart_by_nothing(lines: tuple[GradeLine, ...]) -> None:
    blank = tuple(replace(line, person=replace(line.person, number="", email="")) for line in lines)
    found = fill_canvas(GRADEBOOK.encode(), blank, "Rapport")
    assert found.found == 0
    assert len(found.missing) == 3
