"""Grades of a class, and the files in which learning platforms take them.

    grades(case, people, games, Rule())            one line for each person
    moodle_csv(lines, title), canvas_csv(...)      files for the importers
    fill_canvas(raw, lines, title)                 the platform's own export, with our column in it

Moodle finds people by id number, username or address, whichever column the importer is told; an
empty cell is no grade; more than 100 is refused. Canvas finds them by ID, SIS User ID, SIS Login
ID, in that order; `Title (123)` updates an assignment, a bare title makes one; a row of points
possible stands above the people. Only identities and our own column go back, so that a file that is
some days old cannot undo other marks.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from sim.classroom.csvs import Cell, table
from sim.classroom.debrief.games import ClassGame
from sim.errors import SimError
from sim.lab.review.model import Review
from sim.play.case import Case, grade_of

Basis = Literal["grade", "skill", "turns"]
BASES: Final[tuple[Basis, ...]] = ("grade", "skill", "turns")
LARGEST: Final = 512 * 1024  # bytes of an uploaded file
_POINTS: Final = "Points Possible"
_CANVAS: Final = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
_CANVAS_ALSO: Final = ("LastName", "FirstName", "Root Account", "Integration ID")
_MOODLE: Final = {
    "number": ("id number", "idnumber", "学号", "编号"),
    "username": ("username", "用户名"),
    "email": ("email address", "email", "电子邮件地址", "邮箱"),
}


@dataclass(frozen=True)
class Rule:
    """How a game becomes points.

    Attributes:
        basis: `grade`, 0 what doing nothing reaches and 100 what the expert reaches; `skill`, the
            skill index of the review, 0..100, which luck hardly moves; `turns`, the share of the
            turns that were played, for taking part.
        points: What a hundred per cent is worth, 1..100 since Moodle refuses more.
        unfinished: Whether a game that was not played to its end gets points (only by `turns`
            otherwise).
    """

    basis: Basis = "grade"
    points: float = 100.0
    unfinished: bool = False


@dataclass(frozen=True)
class Person:
    """Somebody of the class; without a name list only the label is known.

    Attributes:
        game: Number of the game among the games of the class; None: has not joined.
        label: What the class calls the seat.
        number: As the platform knows the person: student number or username.
        name: In full.
        email: Address.
    """

    game: int | None
    label: str
    number: str = ""
    name: str = ""
    email: str = ""


@dataclass(frozen=True)
class GradeLine:
    """What a person gets.

    Attributes:
        person: Who.
        points: None: no grade.
        of: The most there is.
        turns: Played.
        all_turns: Of a whole game.
        score: As it was reached; None: not finished.
        share: Of the rule, 0..100; None: no grade.
    """

    person: Person
    points: float | None
    of: float
    turns: int
    all_turns: int
    score: float | None
    share: float | None


def grades(
    case: Case,
    people: Sequence[Person],
    games: Sequence[ClassGame],
    rule: Rule,
    *,
    reviews: Mapping[int, Review] | None = None,
) -> tuple[GradeLine, ...]:
    """One line for each person; the members of a team get the same.

    Args:
        case: the scenario of the games.
        people: of the class.
        games: of the class.
        rule: of the grading.
        reviews: by number of the game, for `skill`.

    Raises:
        SimError: `class/grade-points` (low, high).
    """
    if not 1.0 <= rule.points <= 100.0:
        raise SimError("class/grade-points", low=1, high=100)
    return tuple(_line(case, person, games, rule=rule, reviews=reviews or {}) for person in people)


def _line(
    case: Case,
    person: Person,
    games: Sequence[ClassGame],
    *,
    rule: Rule,
    reviews: Mapping[int, Review],
) -> GradeLine:
    whole = case.rules.sizes.turns
    record = None if person.game is None else games[person.game].record
    review = None if person.game is None else reviews.get(person.game)
    turns = 0 if record is None else len(record.turns)
    result = None if record is None else record.result
    share: float | None = None
    if rule.basis == "turns":
        share = 100.0 * turns / whole
    elif rule.basis == "skill" and review is not None and (result or rule.unfinished):
        share = min(max(review.skill_index, 0.0), 100.0)
    elif rule.basis == "grade" and result is not None:
        share = grade_of(case, result.score) if result.grade is None else result.grade
    points = None if share is None else round(rule.points * share / 100.0, 2)
    score = None if result is None else result.score
    return GradeLine(person, points, rule.points, turns, whole, score, share)


# --- files for the importers ---


def plain_csv(lines: Sequence[GradeLine], rule: Rule, explained: str) -> bytes:
    """All there is, for a spreadsheet; the rule stands in the last column of every line."""
    head = (
        "label",
        "number",
        "name",
        "email",
        "turns",
        "of_turns",
        "score",
        "points",
        "of",
        "rule",
    )
    rows: list[Sequence[Cell]] = [head]
    for line in lines:
        who = line.person
        rows.append(
            (
                who.label,
                who.number,
                who.name,
                who.email,
                line.turns,
                line.all_turns,
                None if line.score is None else round(line.score, 2),
                line.points,
                rule.points,
                explained,
            )
        )
    return table(rows)


def moodle_csv(lines: Sequence[GradeLine], title: str, explained: str) -> bytes:
    """A file for Moodle's grade import: identities, the grade, and the rule as feedback."""
    rows: list[Sequence[Cell]] = [
        ("ID number", "Email address", "Full name", title, f"{title} (feedback)")
    ]
    for line in lines:
        who = line.person
        points: Cell = "" if line.points is None else line.points
        told = "" if line.points is None else explained
        rows.append((who.number, who.email, who.name or who.label, points, told))
    return table(rows, bom=False)


def canvas_csv(lines: Sequence[GradeLine], title: str) -> bytes:
    """A file for Canvas's gradebook import, which makes a new assignment of that title."""
    blank = ("",) * (len(_CANVAS) - 1)
    of = lines[0].of if lines else 100.0
    rows: list[Sequence[Cell]] = [(*_CANVAS, _canvas_title(title)), (f"    {_POINTS}", *blank, of)]
    for line in lines:
        who = line.person
        points: Cell = "" if line.points is None else line.points
        rows.append((who.name or who.label, "", who.number, who.email, "", points))
    return table(rows, bom=False)


def _canvas_title(title: str) -> str:
    """A title that Canvas does not take for one of its own numbers at the end."""
    return re.sub(r"\((\d+)\)\s*$", r"[\1]", title).strip()


# --- the platform's own export, filled in ---


@dataclass(frozen=True)
class Filled:
    """A file to be given back to the platform.

    Attributes:
        raw: The file.
        column: The heading that holds our grades.
        found: How many people were found.
        missing: Labels of those who have a grade and were not found in the file.
    """

    raw: bytes
    column: str
    found: int
    missing: tuple[str, ...]


def fill_canvas(raw: bytes, lines: Sequence[GradeLine], title: str) -> Filled:
    """Put grades into an exported gradebook of Canvas.

    Args:
        raw: as it was exported.
        lines: the grades.
        title: of the assignment; one that is there already is filled, else it is made anew.

    Raises:
        SimError: `class/grades-size` (limit), `class/grades-text`, `class/not-canvas`.
    """
    rows, divider = _read(raw)
    heads = rows[0]
    if "ID" not in heads or not {"Student", "LastName"} & set(heads):
        raise SimError("class/not-canvas")
    kept = [place for place, head in enumerate(heads) if head in (*_CANVAS, *_CANVAS_ALSO)]
    wanted = re.compile(rf"{re.escape(title)}\s*(\(\d+\))?$")
    column = next((head for head in heads if wanted.match(head.strip())), _canvas_title(title))
    places = {
        name: heads.index(name) for name in ("ID", "SIS User ID", "SIS Login ID") if name in heads
    }
    people = _People(lines)
    filled: list[Sequence[Cell]] = [[*(heads[place] for place in kept), column]]
    for row in rows[1:]:
        own: Cell = row[heads.index(column)] if column in heads else ""  # of rows about nobody
        if any(cell.strip() == _POINTS for cell in row[:2]):
            own = lines[0].of if lines else 100.0
        elif row[places["ID"]].strip():
            own = people.points([row[place] for place in places.values()])
        line = [*(row[place] for place in kept), own]
        if any(str(cell).strip() for cell in line):
            filled.append(line)
    return _filled(filled, column, people, divider)


def fill_moodle(raw: bytes, lines: Sequence[GradeLine], title: str, explained: str) -> Filled:
    """Put grades into a list of participants or an exported grade report of Moodle.

    Args:
        raw: as it was exported.
        lines: the grades.
        title: of the grade item; a column of that name is filled, else one is added.
        explained: the rule, as feedback.

    Raises:
        SimError: `class/grades-size` (limit), `class/grades-text`, `class/not-moodle`.
    """
    rows, divider = _read(raw)
    heads = [head.strip().lower() for head in rows[0]]
    places = [heads.index(name) for names in _MOODLE.values() for name in names if name in heads]
    if not places:
        raise SimError("class/not-moodle")
    known = [place for place, head in enumerate(rows[0]) if head.strip() == title]
    kept = [place for place in range(len(heads)) if place in places or _is_name(heads[place])]
    people = _People(lines)
    column = rows[0][known[0]] if known else title
    filled: list[Sequence[Cell]] = [
        [*(rows[0][place] for place in kept), column, f"{title} (feedback)"]
    ]
    for row in rows[1:]:
        own = people.points([row[place] for place in places])
        filled.append([*(row[place] for place in kept), own, explained if own != "" else ""])
    return _filled(filled, column, people, divider)


def _is_name(head: str) -> bool:
    return head in {"first name", "last name", "surname", "full name", "名", "姓", "姓名"}


class _People:
    """Who gets what, found by anything that tells them apart."""

    def __init__(self, lines: Sequence[GradeLine]) -> None:
        self._by: dict[str, GradeLine] = {}
        self._graded = [line for line in lines if line.points is not None]
        self.seen: set[int] = set()
        for line in lines:
            for key in (line.person.number, line.person.email):
                if key.strip():
                    self._by.setdefault(_key(key), line)

    def points(self, keys: Sequence[str]) -> Cell:
        """The points of whoever one of these identities belongs to; nothing if nobody does."""
        for key in keys:
            line = self._by.get(_key(key)) if key.strip() else None
            if line is not None:
                self.seen.add(id(line))
                return "" if line.points is None else line.points
        return ""

    @property
    def missing(self) -> tuple[str, ...]:
        """Labels of those who have a grade and were not asked for."""
        return tuple(line.person.label for line in self._graded if id(line) not in self.seen)


def _key(text: str) -> str:
    return text.strip().strip("'").casefold()


def _filled(rows: Sequence[Sequence[Cell]], column: str, people: _People, divider: str) -> Filled:
    """Cells of the platform's own go back as they came: an apostrophe would be another name."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=divider, lineterminator="\r\n")
    for row in rows:
        writer.writerow(["" if cell is None else cell for cell in row])
    return Filled(stream.getvalue().encode(), column, len(people.seen), people.missing)


def _read(raw: bytes) -> tuple[list[list[str]], str]:
    """The rows of an uploaded file, all as long as the headings, and its divider."""
    if len(raw) > LARGEST:
        raise SimError("class/grades-size", limit=LARGEST // 1024)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SimError("class/grades-text") from error
    divider = max(",;\t", key=text.partition("\n")[0].count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=divider))
    except csv.Error as error:
        raise SimError("class/grades-text") from error
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        raise SimError("class/grades-text")
    wide = len(rows[0])
    return [[*row[:wide], *[""] * (wide - len(row))] for row in rows], divider
