r"""Writes values as YAML that this program reads back as the same values.

    scalar(value, style, at) -> str      a text in the style asked for, or quoted where it must be
    entry(key, value, at) -> list[str]   a name with its value, as lines without their indent

Numbers and truth values are always plain; a text is plain only where nothing in it could be taken
for a sign of YAML by a reader or by a program.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

WIDTH = 100  # of a line that still holds a whole mapping, in characters

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_UNSAFE_START = re.compile(r"[\[\]{},#&*!|>'\"%@`?:<=]|-(?![\d.])|\.\.\.|---")
_UNSAFE = re.compile(r": |:$| #|\t|^\s|\s$")
_UNSAFE_FLOW = re.compile(r"[\[\]{},:?]|#")
_UNSAFE_BLOCK = re.compile(r"^\s|[ \t]$|\n[ \t]+(?=\n|$)|[\t\r\x0b\x0c]|\n\n\Z")
# What a text file cannot hold, and what nobody would see in it.
_NEEDS_ESCAPE = re.compile(
    '[\x00-\x1f"\\\\\x7f-\x9f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]'
    "|[\u200b\u200c\u200e\u200f]|\u200d(?![\u2640-\U0001ffff])"
)
_SHORT = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds a value.

    Attributes:
        flow: It stands inside brackets.
        indent: Columns before the lines of a block.
        quote: Put every text into double quotes, whatever it holds.
    """

    flow: bool = False
    indent: int = 2
    quote: bool = False


class Noted(dict[str, Any]):
    """A mapping with comments to stand above some of its names."""

    __slots__ = ("comments",)

    def __init__(self) -> None:
        super().__init__()
        self.comments: dict[str, str] = {}


def remark(comment: str) -> list[str]:
    """A comment as lines, each with its sign; none for an empty one."""
    return [f"# {line}".rstrip() for line in comment.split("\n")] if comment else []


def scalar(value: Any, style: str, at: Setting) -> str:
    r"""A number, a truth value or a text; lines end with ``\n``.

    Args:
        value: None is written as ``null``.
        style: "" for plain, a quote, or the sign of a block.
        at: What surrounds it.
    """
    if not isinstance(value, str):
        return _plain_value(value)
    if at.quote:
        return _double(value)
    if style in {"|", ">"} and not at.flow and _fits_block(value, style):
        return _block(value, style, at.indent)
    if style == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    if style == "" and _fits_plain(value, at):
        return value
    return _double(value)


def entry(key: str, value: Any, at: Setting) -> list[str]:
    """A name with its value; a mapping of short values takes one line, a longer one several."""
    if isinstance(value, str):
        style = "|" if "\n" in value else ""
        return (f"{key}: " + scalar(value, style, replace(at, indent=2))).split("\n")
    if not _is_long(key, value, at):
        return [f"{key}: {flow(value, at)}"]
    return [f"{key}:", *("  " + line if line else "" for line in _block_lines(value, at))]


def flow(value: Any, at: Setting) -> str:
    """A value on one line, with brackets where it is a mapping or a list."""
    inside = replace(at, flow=True)
    if isinstance(value, Mapping):
        inner = (f"{name}: {flow(each, inside)}" for name, each in value.items())
        return "{" + ", ".join(inner) + "}"
    if _is_list(value):
        return "[" + ", ".join(flow(each, inside) for each in value) + "]"
    return scalar(value, "", at)


def _block_lines(value: Any, at: Setting) -> list[str]:
    inner = replace(at, indent=at.indent + 2)
    if _is_list(value):
        return [f"- {flow(each, replace(at, flow=True))}" for each in value]
    comments = value.comments if isinstance(value, Noted) else {}
    return [
        line
        for name, each in value.items()
        for line in (*remark(comments.get(name, "")), *entry(name, each, inner))
    ]


def _is_long(key: str, value: Any, at: Setting) -> bool:
    """Whether a mapping is better spread over lines."""
    if not isinstance(value, Mapping) or not value:
        return False
    nested = any(isinstance(each, Mapping) and each for each in value.values())
    nested = nested or bool(isinstance(value, Noted) and any(value.comments.values()))
    if nested or any(isinstance(each, str) and "\n" in each for each in value.values()):
        return True
    return at.indent + len(key) + 2 + len(flow(value, at)) > WIDTH


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _plain_value(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _fits_plain(value: str, at: Setting) -> bool:
    return not (
        value in _NOTHING
        or not value.isprintable()
        or _UNSAFE_START.match(value)
        or _UNSAFE.search(value)
        or (at.flow and _UNSAFE_FLOW.search(value))
    )


def _double(value: str) -> str:
    return '"' + _NEEDS_ESCAPE.sub(_escape, value) + '"'


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    code = ord(character)
    return _SHORT.get(character) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


def _fits_block(value: str, style: str) -> bool:
    """Whether a text can stand in a block and come back with every space of it."""
    if _UNSAFE_BLOCK.search(value) or not value.strip("\n") or value.startswith("\n"):
        return False
    if any(found.group() not in '"\\\n' for found in _NEEDS_ESCAPE.finditer(value)):
        return False
    return style == "|" or not re.search(r"\n[ \t]", value)


def _block(value: str, style: str, indent: int) -> str:
    sign = style if value.endswith("\n") else style + "-"
    body = value.removesuffix("\n")
    if style == ">":
        body = re.sub(r"\n+", lambda found: found.group() + "\n", body)
    lines = (" " * indent + line if line else "" for line in body.split("\n"))
    return "\n".join([sign, *lines])
