"""Comments by which an author calls off a warning or a note, and what is wrong with them.

    turn: 3   # lint: ok L22 because: the epilogue is only read on paper

At the end of a line it holds for that line; on a line of its own for the next one; in the head of
the file, before its first line that says something, for the whole file. An error cannot be called
off. In Chinese, `因为：` or `理由：` may stand for `because:`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sim.scenario.diagnostics import Place, Problem, make
from sim.scenario.messages import MESSAGES
from sim.scenario.source import Source

_COMMENT = re.compile(r"(?:^|(?<=\s))#\s*lint:\s*ok\b(?P<rest>.*)$")
_REASON = re.compile(r"(?:\bbecause\b|因为|理由)\s*[:：]?\s*(?P<why>.*)$")
_WORD = re.compile(r"[^\s,，、]+")
ITSELF = frozenset({"L52", "L53", "L54", "L55"})


@dataclass(frozen=True)
class Suppression:
    """One comment.

    Attributes:
        place: Where its sign stands.
        codes: What it calls off, each with its place.
        reason: Why; empty when it does not say.
        line: The line it holds for; None for the whole file.
    """

    place: Place
    codes: tuple[tuple[str, Place], ...]
    reason: str
    line: int | None

    def covers(self, code: str, line: int) -> bool:
        """Whether it calls off a code on a line."""
        return self.line in {None, line} and any(code == each for each, _ in self.codes)


def suppressions(source: Source) -> tuple[Suppression, ...]:
    """The comments of a file that call something off, in order."""
    if "lint:" not in source.text:
        return ()
    lines = source.lines
    head = next((n for n, line in enumerate(lines) if _says(line)), len(lines))
    return tuple(
        _read(source.path, lines, number, found, head=head)
        for number, line in enumerate(lines)
        if "lint:" in line and (found := _COMMENT.search(line))
    )


def _says(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _read(
    path: str, lines: Sequence[str], number: int, found: re.Match[str], *, head: int
) -> Suppression:
    rest, start = found["rest"], found.start("rest")
    reason = _REASON.search(rest)
    listed = rest[: reason.start()] if reason else rest
    codes = tuple(
        (word[0].upper(), Place(path, number + 1, start + word.start() + 1))
        for word in _WORD.finditer(listed)
    )
    line: int | None = number + 1
    if not _says(lines[number]):
        below = (n + 1 for n in range(number + 1, len(lines)) if _says(lines[n]))
        line = None if number < head else next(below, number + 1)
    why = reason["why"].strip() if reason else ""
    return Suppression(Place(path, number + 1, found.start() + 1), codes, why, line)


def called_off(problems: Iterable[Problem], source: Source, *, sound: bool) -> list[Problem]:
    """What is left of problems, with those that the comments themselves have.

    Args:
        problems: of a scenario; those in other files stay.
        source: its file.
        sound: whether every check had its say; else a comment that nothing answers to may be right.
    """
    comments = suppressions(source)
    if not comments:
        return list(problems)
    left: list[Problem] = []
    used: set[tuple[str, Place]] = set()
    for problem in problems:
        off = [
            (code, place)
            for comment in comments
            if problem.path == source.path and comment.covers(problem.code, problem.line)
            for code, place in comment.codes
            if code == problem.code
        ]
        used.update(off)
        if not off or problem.severity == "error":
            left.append(problem)
    for comment in comments:
        left += _faults(comment, used, sound=sound)
    return left


def _faults(
    comment: Suppression, used: set[tuple[str, Place]], *, sound: bool
) -> Iterator[Problem]:
    """What is wrong with a comment itself."""
    if not comment.reason or not comment.codes:
        yield make("L52", comment.place)
    for code, place in comment.codes:
        if code not in MESSAGES or code in ITSELF:
            yield make("L53", place, value=code, choices=tuple(MESSAGES))
        elif MESSAGES[code].severity == "error":
            yield make("L55", place, value=code)
        elif sound and (code, place) not in used:
            yield make("L54", place, value=code)
