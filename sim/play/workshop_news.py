"""What an author is told after each save: what is wrong, what there is, what bots made of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sim.play.case import Case
from sim.play.outline import Outline
from sim.play.trials import Trial
from sim.scenario.diagnostics import LinesOf, Problem, headline, ordered, sentence
from sim.scenario.explaining import advice
from sim.scenario.messages import Language
from sim.scenario.script import Words
from sim.scenario.wording import cut, excerpt

SHOWN = 100  # problems that are told one by one
SEVERITIES = ("error", "warning", "note")
_LANGUAGES: tuple[Language, Language] = ("en", "zh")


@dataclass(frozen=True)
class Finding:
    """A problem in words.

    Attributes:
        path: The file, as the author knows it.
        line: From 1.
        column: From 1, in characters.
        code: It can be explained by.
        severity: One of `SEVERITIES`.
        field: Path of the field; empty for the file itself.
        sentence: What is wrong.
        headline: The same behind place and severity, as `check` prints it.
        advice: Why it is one, and what to do; empty where there is no more to say.
        source: The part of the line around the place; empty where there is none.
        before: So many of its characters stand before the place.
    """

    path: str
    line: int
    column: int
    code: str
    severity: str
    field: str
    sentence: Words
    headline: Words
    advice: Words
    source: str
    before: int

    @property
    def excerpt(self) -> str:
        """The line with a caret below the place, for fonts whose letters are equally wide."""
        return excerpt(self.source, self.before + 1) if self.source else ""

    @property
    def place(self) -> str:
        """File and line, as editors understand it."""
        return f"{self.path}:{self.line}"


@dataclass(frozen=True)
class Checked:
    """What was found in the files of one save.

    Attributes:
        save: Number of the save, from 1.
        at: When the newest of its files was written, seconds of the epoch; 0 if there is none.
        seconds: It took to look at it.
        findings: The first of the problems, in order.
        counts: How many there are of each severity.
    """

    save: int
    at: float
    seconds: float
    findings: tuple[Finding, ...]
    counts: Mapping[str, int]

    @property
    def sound(self) -> bool:
        """Whether it can be played."""
        return not self.counts["error"]


@dataclass(frozen=True)
class Staged:
    """A save that can be played.

    Attributes:
        save: Its number.
        at: As in `Checked`.
        case: Its rules and words.
        outline: What it consists of.
    """

    save: int
    at: float
    case: Case
    outline: Outline


@dataclass(frozen=True)
class Tried:
    """What a bot made of a save.

    Attributes:
        save: Its number.
        trial: The games.
    """

    save: int
    trial: Trial


@dataclass(frozen=True)
class Failed:
    """The program itself failed at a save.

    Attributes:
        save: Its number.
        kind: Of the failure.
    """

    save: int
    kind: str


News = Checked | Staged | Tried | Failed


def told(problems: Iterable[Problem], lines_of: LinesOf) -> tuple[Finding, ...]:
    """The first problems in words."""
    return tuple(_finding(each, lines_of(each.path)) for each in ordered(problems)[:SHOWN])


def counted(problems: Iterable[Problem]) -> dict[str, int]:
    """How many problems there are of each severity."""
    found = [str(each.severity) for each in problems]
    return {severity: found.count(severity) for severity in SEVERITIES}


def _finding(problem: Problem, lines: Sequence[str]) -> Finding:
    there = 0 < problem.line <= len(lines) and bool(lines[problem.line - 1])
    source, before = cut(lines[problem.line - 1], problem.column) if there else ("", 0)
    return Finding(
        path=problem.path,
        line=problem.line,
        column=problem.column,
        code=problem.code,
        severity=problem.severity,
        field=problem.field,
        sentence=Words(*(sentence(problem, lang) for lang in _LANGUAGES)),
        headline=Words(*(headline(problem, lang) for lang in _LANGUAGES)),
        advice=Words(*(advice(problem.code, lang) for lang in _LANGUAGES)),
        source=source,
        before=before,
    )
