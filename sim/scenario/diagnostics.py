"""Problems found in a scenario and how they are told to its author.

A ``Problem`` is data: place, stable code, field path, the values the sentence needs. It becomes
words only here, in the reader's language:

    render(problems, lines_of, lang)   text, with the source line and a caret, sorted, capped
    sentence(problem, lang)            the one sentence of a problem
    as_json(problems, lang)            plain data for ``--json``
    within(problem, at, lines)         moves a problem found inside a text to its place in the file
    make(code, place, ...)             the usual way to build one

Suggestions are looked for when a problem is told, so that thousands of problems cost nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from typing import Any, NamedTuple

from sim.scenario.messages import MESSAGES, Language, Severity
from sim.scenario.messages.blanks import BLANKS
from sim.scenario.suggest import nearest
from sim.scenario.wording import MARGIN, excerpt, phrases

SHOWN = 50

LinesOf = Callable[[str], Sequence[str]]


class Place(NamedTuple):
    """A position in a file; line and column count from 1, columns in characters."""

    path: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong, or likely wrong, at one place of a scenario.

    Attributes:
        path: File, as the author knows it.
        line: From 1.
        column: From 1, in characters.
        code: Key of ``messages.MESSAGES``.
        severity: error, warning or note.
        field: Path of the field, e.g. ``customers.mei.mood``; empty for the file itself.
        data: What the message inserts. ``value`` and ``choices`` (what is allowed) are worded by
            ``wording``; a near choice is added when the problem is told.
    """

    path: str
    line: int
    column: int
    code: str
    severity: Severity
    field: str = ""
    data: Mapping[str, Any] = attribute(default_factory=dict, hash=False)

    @property
    def place(self) -> Place:
        """Where it is."""
        return Place(self.path, self.line, self.column)


def make(code: str, place: Place, where: str = "", **data: Any) -> Problem:
    """Builds a problem with the severity its code has.

    Args:
        code: Key of ``messages.MESSAGES``.
        place: Position it points at.
        where: Path of the field.
        data: Values for the sentence.
    """
    return Problem(*place, code, MESSAGES[code].severity, where, data)


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """Problems by file, line, column and code, each only once."""
    found: dict[tuple[str, int, int, str, str, str], Problem] = {}
    for problem in problems:
        missing = str(problem.data.get("field", ""))  # several fields can be missing at one place
        found.setdefault((*problem.place, problem.code, problem.field, missing), problem)
    return [found[key] for key in sorted(found)]


def within(problem: Problem, at: Place, lines: Sequence[str], where: str = "") -> Problem:
    """Moves a problem found inside a text to where that text stands in its file.

    Args:
        problem: Its column counts from 1 inside the text.
        at: Where the text begins (at its quote, or at the sign of its block, if it has one).
        lines: The source lines from that one on.
        where: Path of the field.

    Returns:
        The problem at its true place, also in a text over several lines.
    """
    row, column = _true_place(lines, at.column, problem.column - 1)
    return replace(problem, path=at.path, line=at.line + row, column=column, field=where)


def _true_place(lines: Sequence[str], start: int, offset: int) -> tuple[int, int]:
    """The row (from 0) and column (from 1) of a character of a text; its start where unclear."""
    sign = lines[0][start - 1 : start] if lines else ""
    escape = {"'": "''", '"': "\\"}.get(sign)
    row, column = (0, start) if escape else (0, start - 1)
    if sign in {"|", ">"}:
        row, column = _next_row(lines, row)
    for _ in range(offset):
        if row < len(lines) and column < len(lines[row].rstrip()):
            column += 2 if escape and lines[row].startswith(escape, column) else 1
        else:
            row, column = _next_row(lines, row)
    return (row, column + 1) if row < len(lines) else (0, start)


def _next_row(lines: Sequence[str], row: int) -> tuple[int, int]:
    """The next line with something in it, and where that begins."""
    row += 1
    while row < len(lines) and not lines[row].strip():
        row += 1
    return row, len(lines[row]) - len(lines[row].lstrip()) if row < len(lines) else 0


def sentence(problem: Problem, lang: Language) -> str:
    """What is wrong, in one sentence without place or code."""
    message = MESSAGES[problem.code]
    pattern = message.zh if lang == "zh" else message.en
    data = dict(problem.data)
    if "near" not in data and "choices" in data and "value" in data:
        data["near"] = nearest(str(data["value"]), data["choices"])
    return pattern.format_map(phrases(data, lang))


def headline(problem: Problem, lang: Language) -> str:
    """Place, severity (unless error), field, sentence and code in one line."""
    colon = "：" if lang == "zh" else ": "
    level = {"warning": {"en": "warning", "zh": "警告"}, "note": {"en": "note", "zh": "提示"}}
    parts = [f"{problem.path}:{problem.line}:{problem.column}: "]
    if problem.severity != "error":
        parts.append(level[problem.severity][lang] + colon)
    if problem.field:
        parts.append(f"{problem.field}{colon}")
    return "".join([*parts, sentence(problem, lang), f" [{problem.code}]"])


def render(
    problems: Iterable[Problem],
    lines_of: LinesOf,
    lang: Language,
    *,
    shown: int = SHOWN,
    advice: Callable[[str], str] = lambda _: "",
) -> str:
    """Tells problems to a person.

    Args:
        problems: In any order.
        lines_of: Gives the source lines of a path (empty when there are none).
        lang: Language of the reader.
        shown: How many are told; the rest is counted.
        advice: What to do about a code; told once, under the first problem that has it.

    Returns:
        For each problem a headline, the source line and a caret under the place.
    """
    found = ordered(problems)
    blocks, advised = [], set()
    for problem in found[:shown]:
        blocks.append(_block(problem, lines_of, lang))
        words = advice(problem.code) if problem.code not in advised else ""
        blocks += [f"{MARGIN}→ {words}"] if words else []
        advised.add(problem.code)
    rest = len(found) - shown
    if rest > 0:
        blocks.append(f"… and {rest} more." if lang == "en" else f"…… 另有 {rest} 个问题。")
    return "\n".join(blocks)


def _block(problem: Problem, lines_of: LinesOf, lang: Language) -> str:
    lines = lines_of(problem.path)
    head = headline(problem, lang)
    if not (0 < problem.line <= len(lines) and lines[problem.line - 1]):
        return head
    return f"{head}\n{excerpt(lines[problem.line - 1], problem.column)}"


def as_json(problems: Iterable[Problem], lang: Language) -> list[dict[str, str | int]]:
    """Problems as plain data, in order, all of them."""
    return [
        {
            "path": problem.path,
            "line": problem.line,
            "column": problem.column,
            "code": problem.code,
            "severity": problem.severity,
            "field": problem.field,
            "message": sentence(problem, lang),
        }
        for problem in ordered(problems)
    ]


def pattern(code: str, lang: Language) -> str:
    """The message of a code with names where its values stand."""
    message = MESSAGES[code]
    return (message.zh if lang == "zh" else message.en).format_map(_Blanks(lang))


class _Blanks(dict[str, str]):
    """Shows every placeholder by its name."""

    def __init__(self, lang: Language) -> None:
        super().__init__(near="", en="…", zh="…")
        self._zh = lang == "zh"

    def __missing__(self, name: str) -> str:
        return f"‹{BLANKS[name][self._zh]}›"
