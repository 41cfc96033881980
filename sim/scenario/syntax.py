"""Which line of broken YAML is guilty, and what its author should do.

A YAML parser names the first place where it cannot go on, which is often the line after the slip
and never says what to type. ``blame`` looks at that line, at the one before and at where the
construct began, for the slips that authors make; ``hanging_under`` says what to leave out so that
the rest can be read.

Every pattern is anchored or bounded and crosses no line end: their time grows with one line.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from sim.scenario.builder import MOST_LEVELS
from sim.scenario.messages.reasons import reason_of

LONGEST_LOOKED_AT = 2_000
LONGEST_NAME = 1_024  # as YAML has it
MOST_LINES_BACK = 40


class Fault(NamedTuple):
    """What a YAML parser says: lines and columns from 0; ``began`` is where its construct began."""

    problem: str
    line: int
    column: int
    context: str
    began: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Blame:
    """The guilty place, line and column from 0, and what is wrong there."""

    code: str
    line: int
    column: int
    data: Mapping[str, Any] = field(default_factory=dict)


_ITEM = r"^ *(?:- +)*"
_VALUE = rf"(?:{_ITEM}|: +)"
_WANTED = {
    "，": ",",
    "、": ",",
    "；": ",",
    "【": "[",
    "［": "[",
    "｛": "{",
    "】": "]",
    "］": "]",
    "｝": "}",
}

# code and pattern; group 1 is where the problem is shown
_SLIPS = tuple(
    (code, re.compile(pattern))
    for code, pattern in (
        ("S25", r"^(<{7}|={7}|>{7}|\|{7})(?: |$)"),
        ("S31", r"^ *(\t)"),
        ("S22", rf"{_ITEM}(:)(?: |$)"),
        ("S50", r"^ *([\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])"),
        ("S51", r"^ *([–—•·●◦‣−‐‑－﹣]) ?[^\s]"),
        ("S51", r"^ *(\*) [^\s*]"),
        ("S32", rf"{_ITEM}[^\s\"'#\[\]{{}}:：][^\"'#:：]{{0,60}}(：)"),
        ("S32", r"[{,] *[\w-]{1,40}(：)"),
        ("S33", r": *([【［｛])"),
        ("S33", r"[\[{][^\"'#]{0,400}?([，、；】］｝])"),
        ("S36", rf"{_VALUE}([*&!%@`])"),
        ("S46", r": +([|>])(?:[+\-\d]{0,2} +[^\s#]|[^\s+\-\d])"),
        ("S37", r"(?:[:\-,\[{] *|^ *)(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*') *([^\s#,\]}:\"'])"),
        ("S38", r"(?::|-) +(\"(?:[^\"\\]|\\.)*|'(?:[^']|'')*)$"),
        ("S36", r"[:\-] +([\[{])[^\[\]{}]{0,200}[\]}] *[^\s,#\]}:]"),
        ("S34", rf"{_ITEM}[A-Za-z_][\w-]*(:)[^\s:/\\]"),
        ("S34", r"[{,] *[A-Za-z_][\w-]*(:)[\]}]"),
        ("S35", rf"{_ITEM}[^\s\"'\[{{|>#:-][^:#]*: +[^\s\"'\[{{|>#&*!%@`][^#]*?(: |:$)"),
        ("S45", rf"{_VALUE}([\]}}])"),
        ("S44", r"^ *(-)[^\s\-]"),
    )
)
_ESCAPE = re.compile(r"(\\[^0abt\tnvfre \"/\\N_LPxuU])")
_OPEN_QUOTE = next(pattern for code, pattern in _SLIPS if code == "S38")
_ENTRY = re.compile(r"^ *(?:- |-$|[\w-]{1,60}:(?: |$))")
_ITEM_LINE = re.compile(r"^ *-(?: |$)")
_INDENTED = re.compile(r"\s*")


def blame(lines: Sequence[str], fault: Fault) -> Blame:
    """Finds the guilty line of a syntax error.

    Args:
        lines: The text that was parsed.
        fault: What the parser said of it.

    Returns:
        The place to show, with the code of the best advice.
    """
    fault = fault._replace(line=min(fault.line, len(lines) - 1))
    if "nesting depth" in fault.problem:
        return _too_deep(lines, fault)
    for line in _candidates(lines, fault):
        for found in _slips(lines[line][:LONGEST_LOOKED_AT], line):
            if not _is_excused(found, lines, fault):
                return found
    return _closing(lines, fault) or _by_complaint(lines, fault)


def hanging_under(lines: Sequence[str], blamed: Blame) -> Iterator[int]:
    """The guilty line and all that is indented deeper below it.

    After a quote that is never closed also what follows up to the next ``name:`` or ``-`` line.
    """
    yield blamed.line
    depth = _depth(lines[blamed.line])
    for line in range(blamed.line + 1, len(lines)):
        text = lines[line]
        deeper = not text.strip() or _depth(text) > depth
        runs_on = blamed.code == "S38" and not _ENTRY.match(text)
        if not (deeper or runs_on):
            return
        yield line


def _depth(text: str) -> int:
    found = _INDENTED.match(text)
    return found.end() if found else 0


def _candidates(lines: Sequence[str], fault: Fault) -> Iterator[int]:
    began = fault.began[0] if fault.began else fault.line
    here = fault.line if fault.line < len(lines) else len(lines) - 1
    before = next((n for n in range(here - 1, -1, -1) if lines[n].strip()), here)
    simple_key = "simple key" in fault.context
    yield from dict.fromkeys((began, here, before) if simple_key else (here, before))
    if "flow" in fault.context or "quoted" in fault.context:
        yield from range(began, min(here, began + MOST_LINES_BACK))


def _slips(text: str, line: int) -> Iterator[Blame]:
    for code, pattern in _SLIPS:
        found = pattern.search(text)
        if found is not None:
            yield Blame(code, line, found.start(1), _told(code, found[1]))


def _told(code: str, shown: str) -> dict[str, Any]:
    if code == "S50":
        return {"character": f"U+{ord(shown):04X}"}
    if code == "S33":
        return {"value": shown, "wanted": _WANTED[shown]}
    return {"value": shown}


def _is_excused(found: Blame, lines: Sequence[str], fault: Fault) -> bool:
    """Whether what looks like a slip is not the cause of this complaint."""
    if found.code == "S38":  # a text may run over several lines in good order
        return found.line == fault.line and not _runs_out(fault)
    if found.code == "S45":
        return "node content" not in fault.problem
    if found.code == "S33" and found.data.get("value") in {"，", "、", "；"}:
        return "flow" not in fault.context or _is_closed(lines[found.line])
    return (
        found.code == "S36" and lines[found.line][found.column] in "[{" and _is_after(fault, found)
    )


def _is_closed(text: str) -> bool:
    return text.rstrip().endswith(("]", "}")) and ":" not in text[text.rfind("{") :]


def _is_after(fault: Fault, found: Blame) -> bool:
    return found.line < fault.line and "block" not in fault.context


def _runs_out(fault: Fault) -> bool:
    return "end of stream" in fault.problem or "document indicator" in fault.problem


def _too_deep(lines: Sequence[str], fault: Fault) -> Blame:
    opening = islice(re.finditer(r"[\[{]", lines[fault.line]), MOST_LEVELS, None)
    column = next((found.start() for found in opening), fault.column)
    return Blame("S10", fault.line, column, {"limit": MOST_LEVELS})


def _closing(lines: Sequence[str], fault: Fault) -> Blame | None:
    """A bracket that closes nothing, where the parser could not go on."""
    sign = lines[fault.line][fault.column : fault.column + 1]
    outside = sign in {"]", "}"} and "flow" not in fault.context
    return Blame("S45", fault.line, fault.column, {"value": sign}) if outside else None


def _by_complaint(lines: Sequence[str], fault: Fault) -> Blame:
    began = fault.began or (fault.line, fault.column)
    if "escape" in fault.problem:
        return _escape(lines, fault)
    if _runs_out(fault) and "quoted" in fault.context:
        return Blame("S38", *began)
    if "',' or" in fault.problem:
        return Blame("S39", *began, {"wanted": "]" if "']'" in fault.problem else "}"})
    if "expected ':'" in fault.problem:
        return Blame("S41", *began)
    if "node content" in fault.problem and "flow" in fault.context:
        return Blame("S48", fault.line, fault.column)
    return _by_layout(lines, fault)


def _escape(lines: Sequence[str], fault: Fault) -> Blame:
    found = _ESCAPE.search(lines[fault.line], max(0, fault.column - 1))
    found = found or _ESCAPE.search(lines[fault.line])
    column, shown = (found.start(1), found[1]) if found else (fault.column, "\\")
    return Blame("S42", fault.line, column, {"value": shown})


def _by_layout(lines: Sequence[str], fault: Fault) -> Blame:
    text = lines[fault.line]
    depth = _depth(text)
    opened = _open_quote_before(lines, fault.line) if '"' in text or "'" in text else None
    if opened is not None:
        return opened
    if "sequence entries" in fault.problem:
        return Blame("S43" if _ITEM_LINE.match(text) else "S47", fault.line, fault.column)
    if "expected key" in fault.problem and _ITEM_LINE.match(text):
        return Blame("S43", fault.line, depth)
    if "'-' indicator" in fault.problem and fault.began and depth == fault.began[1]:
        return Blame("S43", fault.line, depth)
    if any(
        part in fault.problem
        for part in ("expected key", "'-' indicator", "mapping values", "document start")
    ):
        length = fault.column - depth
        long = length > LONGEST_NAME and "mapping values" in fault.problem
        data = {"length": length, "limit": LONGEST_NAME} if long else {}
        return Blame("S12" if long else "S40", fault.line, depth, data)
    return Blame("S30", fault.line, fault.column, {"reason": reason_of(fault.problem)})


def _open_quote_before(lines: Sequence[str], line: int) -> Blame | None:
    for earlier in range(line - 1, max(-1, line - MOST_LINES_BACK), -1):
        found = _OPEN_QUOTE.search(lines[earlier][:LONGEST_LOOKED_AT])
        if found is not None:
            return Blame("S38", earlier, found.start(1))
    return None
