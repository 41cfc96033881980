"""A condition as words: numbers, names, operators, in any of the spellings people type.

Accepted beside the plain forms: ``=`` ``&&`` ``||`` ``!`` ``≥`` ``≤`` ``≠``, full-width characters,
Chinese words for operators, and the Chinese names of the vocabulary, also with nothing between
them (``信任>=50且心态是下降``).
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

LONGEST_CONDITION = 400

# full-width forms lie at a fixed distance from their half-width ones
_WIDE = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_SAME_LENGTH = str.maketrans(
    _WIDE
    | {"\u3000": " ", "\u00a0": " ", "【": "[", "】": "]", "、": ",", "。": ".", "−": "-"}
    | {"×": "*", "÷": "/", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "\t": " "}
)

_SIGNS = {
    "&&": "and",
    "&": "and",
    "||": "or",
    "|": "or",
    "!": "not",
    "=": "==",
    "===": "==",
    "≥": ">=",
    "⩾": ">=",
    "=>": ">=",
    "≤": "<=",
    "⩽": "<=",
    "=<": "<=",
    "≠": "!=",
    "<>": "!=",
}
WORDS = {
    "and": "and",
    "or": "or",
    "not": "not",
    "is": "==",
    "in": "in",
    "是": "==",
    "为": "==",
    "等于": "==",
    "不是": "!=",
    "不为": "!=",
    "不等于": "!=",
    "且": "and",
    "并且": "and",
    "而且": "and",
    "和": "and",
    "或": "or",
    "或者": "or",
    "非": "not",
    "不": "not",
    "属于": "in",
    "低于": "<",
    "小于": "<",
    "不高于": "<=",
    "不超过": "<=",
    "不大于": "<=",
    "高于": ">",
    "大于": ">",
    "超过": ">",
    "不低于": ">=",
    "不小于": ">=",
    "至少": ">=",
    "至多": "<=",
    "任一": "any",
    "任意": "any",
    "有客户": "any",
    "全部": "all",
    "所有": "all",
    "个数": "count",
    "数量": "count",
    "平均": "average",
    "最低": "lowest",
    "最高": "highest",
}

# two operators in a row that mean one
_TOGETHER = {
    ("==", "not"): "!=",
    ("not", "=="): "!=",
    ("not", "in"): "not in",
    ("!=", "in"): "not in",
    ("==", "in"): "in",
    ("==", "<"): "<",
    ("==", "<="): "<=",
    ("==", ">"): ">",
    ("==", ">="): ">=",
}
FUNCTIONS = frozenset({"any", "all", "count", "average", "lowest", "highest"})
_LONGEST_WIDE = 20

_TOKEN = re.compile(
    r"(?P<space>[ \n]+)"
    r"|(?P<number>(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})(?:[eE][+-]?\d{1,2})?(?![A-Za-z0-9_.]))"
    r"|(?P<unknown>\d[\w.]*)"
    r"|(?P<text>\"[^\"]*\"|'[^']*')"
    r"|(?P<ascii>[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*)"
    r"|(?P<wide>[^\W\d_]+(?<![A-Za-z]))"
    r"|(?P<sign>\*\*|===|&&|\|\||<=|>=|=<|=>|==|!=|<>|[-+*/%()\[\],.<>=!&|≥≤≠⩾⩽])"
)


class Token(NamedTuple):
    """One word of a condition.

    Attributes:
        kind: number, text, name, sign, unknown or end; operators are signs, however spelt.
        text: In its plain form.
        shown: As it was written.
        at: Offset of its first character.
    """

    kind: str
    text: str
    shown: str
    at: int


def tokens(text: str, known: Iterable[str]) -> list[Token]:
    """Cuts a condition into tokens.

    Args:
        text: At most ``LONGEST_CONDITION`` characters.
        known: Names of the vocabulary: needed for names with ``-`` and for Chinese without spaces.

    Returns:
        The tokens, the last of kind ``end``.
    """
    folded = frozenset(name.casefold() for name in known)
    found: list[Token] = []
    for token in _raw(text, folded):
        if token.kind == "space":
            continue
        before = found[-1] if found else None
        operator = _TOGETHER.get((before.text, token.text)) if before else None
        if operator and before and before.kind == token.kind == "sign":
            shown = text[before.at : token.at + len(token.shown)]
            found[-1] = Token("sign", operator, shown, before.at)
        else:
            found.append(token)
    return [*found, Token("end", "", "", len(text.rstrip()))]


def _raw(text: str, known: frozenset[str]) -> Iterator[Token]:
    plain = text.translate(_SAME_LENGTH)
    at = 0
    while at < len(plain):
        match = _TOKEN.match(plain, at)
        if match is None:
            yield Token("unknown", plain[at], text[at], at)
            at += 1
            continue
        kind, word = str(match.lastgroup), match[0]
        if kind == "ascii":
            word = _ascii_word(word, known)
        elif kind == "wide":
            yield from _wide_words(word, at, known)
        if kind != "wide":
            yield _token(kind, word, text[at : at + len(word)], at)
        at += len(word)


def _token(kind: str, word: str, shown: str, at: int) -> Token:
    if kind == "sign":
        return Token("sign", _SIGNS.get(word, word), shown, at)
    if kind != "ascii":
        return Token(kind, word[1:-1] if kind == "text" else word, shown, at)
    operator = WORDS.get(word.casefold())
    return Token("sign", operator, shown, at) if operator else Token("name", word, shown, at)


def _ascii_word(word: str, known: frozenset[str]) -> str:
    """The longest known name a word with dashes begins with; without one, up to the first dash."""
    parts = word.split("-")
    for count in range(len(parts), 0, -1):
        start = "-".join(parts[:count])
        if start.casefold() in known or start.casefold() in WORDS:
            return start
    return word


def _wide_words(word: str, at: int, known: frozenset[str]) -> Iterator[Token]:
    """Cuts Chinese without spaces: at each place the longest known word."""
    start = 0
    while start < len(word):
        length = _longest(word, start, known)
        end = start + max(length, 1)
        while not length and end < len(word) and not _longest(word, end, known):
            end += 1
        part = word[start:end]
        meaning = part if part in known else WORDS.get(part, part)
        operator = meaning != part and meaning not in FUNCTIONS
        yield Token("sign" if operator else "name", meaning, part, at + start)
        start = end


def _longest(word: str, start: int, known: frozenset[str]) -> int:
    for length in range(min(_LONGEST_WIDE, len(word) - start), 0, -1):
        part = word[start : start + length]
        if part in known or part in WORDS:
            return length
    return 0
