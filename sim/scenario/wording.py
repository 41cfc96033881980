"""How values, choices and source lines look inside a diagnostic."""

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from sim.scenario.messages import Language
from sim.scenario.messages.reasons import REASONS

LONGEST_VALUE = 40
LONGEST_LINE = 100
MOST_CHOICES = 16
MARGIN = "    "

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)

_NUMERIC = re.compile(r"[+-]?\d+(?:\.\d+)? ?%?")

# the word for what a field holds, "not {noun}"
_NOUNS = {
    "mood": ("a mood", "心情"),
    "style": ("a social style", "性格"),
    "tone": ("a tone", "语气"),
    "role": ("a buying role", "采购角色"),
    "status": ("a status", "客户状态"),
    "stage": ("a stage of the relationship", "关系阶段"),
    "family": ("a family of actions", "行动类别"),
    "kind": ("a kind that exists", "已有的种类"),
    "level": ("a level of the relationship", "关系层次"),
    "language": ("a language", "语言"),
}
_ANY_NOUN = ("allowed here", "可用的值")

# the kinds of value a message can speak of
_KINDS = {
    "text": ("a text", "文字"),
    "number": ("a number", "数字"),
    "integer": ("a whole number", "整数"),
    "boolean": ("true or false", "真假值"),
    "choice": ("a word", "词语"),
    "mapping": ("a mapping", "“名称: 值”行"),
    "entries": ("indented 'name: value' lines", "缩进的“名称: 值”行"),
    "list": ("a list", "列表"),
    "nothing": ("nothing", "空值"),
    "value": ("a value", "值"),
    "customer": ("customer", "客户"),
    "action": ("action", "行动"),
    "encounter": ("encounter", "情境"),
    "event": ("event", "事件"),
    "rival": ("rival", "对手"),
    "person": ("person", "人物"),
    "concept": ("concept", "概念"),
    "library": ("library", "库"),
    "variable": ("variable", "变量"),
    "parameter": ("parameter", "参数"),
    "manner": ("manner", "方式"),
    "protocol": ("order of steps", "步骤流程"),
    "step": ("step", "步骤"),
    "binary": ("binary data", "二进制数据"),
    "zip": ("a zip or office document", "压缩包或办公文档"),
    "pdf": ("a PDF", "PDF"),
    "picture": ("a picture", "图片"),
    "utf-16": ("UTF-16 without a byte-order mark", "没有字节顺序标记的 UTF-16"),
    "utf-32": ("UTF-32", "UTF-32"),
}


def phrases(data: Mapping[str, Any], lang: Language) -> dict[str, str]:
    """The values of a message as words.

    Args:
        data: Raw values by placeholder.
        lang: Language of the reader.

    Returns:
        ``value`` and ``wanted`` quoted, ``choices`` joined, ``near`` as a clause, ``noun``,
        ``kind`` and ``found`` as words, numbers without needless decimals; all else as text.
    """
    words = {name: _phrase(name, value, lang) for name, value in data.items()}
    words.setdefault("near", "")
    return words


def _phrase(name: str, value: object, lang: Language) -> str:
    if name in {"value", "name"} or (name == "wanted" and value not in _KINDS):
        return quoted(value, lang) if name != "name" else shortened(value)
    if name == "choices":
        return listed(value if isinstance(value, Iterable) else (value,), lang)
    if name == "near":
        return _near(value, lang)
    if name == "noun":
        return _NOUNS.get(str(value), _ANY_NOUN)[lang == "zh"]
    if name in {"kind", "found", "wanted", "reason"}:
        words = REASONS if name == "reason" else _KINDS
        return words.get(str(value), (str(value), str(value)))[lang == "zh"]
    return number(value) if isinstance(value, float) else shortened(value)


def _near(value: object, lang: Language) -> str:
    if not value:
        return ""
    if lang == "zh":
        return f"（是否想写{quoted(value, lang)}？）"
    return f" (did you mean {quoted(value, lang)}?)"


def number(value: float) -> str:
    """A number as an author would write it: 40 rather than 40.0."""
    return str(int(value)) if math.isfinite(value) and value == int(value) else repr(value)


def shortened(value: object) -> str:
    """A value as one short line of printable characters."""
    text = number(value) if isinstance(value, float) else str(value)
    text = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def quoted(value: object, lang: Language) -> str:
    """A value in the quotation marks of the language; a number stands without them."""
    if _NUMERIC.fullmatch(shortened(value)):
        return shortened(value)
    return f"“{shortened(value)}”" if lang == "zh" else f"'{shortened(value)}'"


def listed(choices: Iterable[object], lang: Language) -> str:
    """What is allowed, joined; a long list is cut and counted."""
    words = [shortened(choice) for choice in choices]
    comma = "、" if lang == "zh" else ", "
    text = comma.join(words[:MOST_CHOICES]) or ("无" if lang == "zh" else "none")
    rest = len(words) - MOST_CHOICES
    if rest <= 0:
        return text
    return f"{text}等 {len(words)} 个" if lang == "zh" else f"{text}, … ({rest} more)"


def excerpt(line: str, column: int) -> str:
    """A source line and a caret under one of its columns.

    Args:
        line: The line without its end.
        column: From 1, in characters; wide (East Asian) characters take two cells.
    """
    shown, before = cut(line, column)
    return f"{MARGIN}{shown}\n{MARGIN}{' ' * sum(map(_cells, shown[:before]))}^"


def cut(line: str, column: int) -> tuple[str, int]:
    """The part of a source line around one of its columns, in printable characters.

    Args:
        line: The line without its end.
        column: From 1, in characters.

    Returns:
        The part, and how many of its characters stand before that column.
    """
    start = max(0, column - 1 - LONGEST_LINE * 2 // 3) if len(line) > LONGEST_LINE else 0
    part = line[start : start + LONGEST_LINE]
    shown = _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", part).replace("\t", " ")
    return shown, min(column - 1 - start, len(shown))


def _cells(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
