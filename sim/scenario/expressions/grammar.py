"""From tokens to a tree, or to the first thing that is wrong.

A parser of our own rather than Python's ``ast``: nothing but this grammar can be written at all,
ids may contain dashes, Chinese needs no spaces, and every message names its column and what to do.
From loose to tight: ``or``, ``and``, ``not``, comparisons and ``in``, ``+ -``, ``* /``, minus.
"""

from decimal import Decimal
from typing import Any, NoReturn

from sim.scenario.diagnostics import Place, Problem, make
from sim.scenario.expressions.tokens import FUNCTIONS, Token
from sim.scenario.expressions.tree import (
    Among,
    Arithmetic,
    Call,
    Compare,
    Joined,
    Name,
    Negative,
    Node,
    Not,
    Number,
)

MOST_NODES = 80
DEEPEST = 20

_COMPARISONS = frozenset({"<", "<=", ">", ">=", "==", "!="})
_CLOSING = {"(": ")", "[": "]"}


class Refused(Exception):  # noqa: N818 - carries a problem to the author, not to a caller
    """The condition cannot be understood."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def problem_at(code: str, at: int, **data: Any) -> Problem:
    """A problem at an offset of the condition; ``diagnostics.within`` moves it to its file."""
    return make(code, Place("", 1, at + 1), **data)


def tree_of(tokens: list[Token]) -> Node:
    """Parses a whole condition.

    Raises:
        Refused: With the first problem.
    """
    return _Parser(tokens).condition()


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._nodes = 0
        self._depth = 0

    def condition(self) -> Node:
        if self._next.kind == "end":
            self._refuse("X21", self._next)
        node = self._or()
        if self._next.kind != "end":
            self._unexpected(self._next)
        return node

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _sign(self, *signs: str) -> Token | None:
        """Takes the next token if it is one of these signs."""
        token = self._next
        return self._take() if token.kind == "sign" and token.text in signs else None

    def _or(self) -> Node:
        return self._chain("or")

    def _chain(self, op: str) -> Node:
        start = self._next.at
        parts = [self._and() if op == "or" else self._not()]
        while self._sign(op):
            parts.append(self._and() if op == "or" else self._not())
        if len(parts) == 1:
            return parts[0]
        return self._made(Joined(op, tuple(parts), span=(start, self._end)))

    def _and(self) -> Node:
        return self._chain("and")

    def _not(self) -> Node:
        token = self._sign("not")
        if token is None:
            return self._comparison()
        with_depth = self._deeper(token)
        part = self._not()
        self._depth -= with_depth
        return self._made(Not(part, span=(token.at, self._end)))

    def _comparison(self) -> Node:
        first = self._sum()
        membership = self._sign("in", "not in")
        if membership is not None:
            return self._among(first, membership)
        operands, ops = [first], []
        while token := self._sign(*_COMPARISONS):
            ops.append(token.text)
            operands.append(self._sum())
        if not ops:
            return first
        span = (first.span[0], self._end)
        return self._made(Compare(tuple(operands), tuple(ops), span=span))

    def _among(self, value: Node, token: Token) -> Node:
        opening = self._sign("[", "(")
        if opening is None:
            self._refuse("X24", self._next)
        options = [self._sum()]
        while self._sign(","):
            options.append(self._sum())
        self._close(opening)
        span = (value.span[0], self._end)
        return self._made(Among(value, tuple(options), token.text == "not in", span=span))

    def _sum(self) -> Node:
        return self._arithmetic("+", "-")

    def _arithmetic(self, *ops: str) -> Node:
        tight = "*" in ops
        left = self._factor() if tight else self._arithmetic("*", "/")
        while token := self._sign(*ops):
            right = self._factor() if tight else self._arithmetic("*", "/")
            span = (left.span[0], self._end)
            left = self._made(Arithmetic(token.text, left, right, span=span))
        if self._next.text == "**" and self._next.kind == "sign":
            self._refuse("X10", self._next)
        return left

    def _factor(self) -> Node:
        token = self._sign("-", "+")
        if token is None:
            return self._atom()
        with_depth = self._deeper(token)
        part = self._factor()
        self._depth -= with_depth
        if token.text == "+":
            return part
        if isinstance(part, Number):
            return Number(-part.value, part.percent, span=(token.at, self._end))
        return self._made(Negative(part, span=(token.at, self._end)))

    def _atom(self) -> Node:
        token = self._next
        if token.kind == "number":
            return self._number()
        if token.kind == "text":
            self._take()
            return self._made(Name(token.text, span=(token.at, self._end)))
        if token.kind == "name":
            return self._named()
        if token.kind == "sign" and token.text == "(":
            return self._bracket()
        return self._unexpected(token)

    def _number(self) -> Node:
        token = self._take()
        percent = self._sign("%") is not None
        value = float(Decimal(token.text).scaleb(-2 if percent else 0))
        return self._made(Number(value, percent, span=(token.at, self._end)))

    def _named(self) -> Node:
        token = self._take()
        if self._next.kind == "sign" and self._next.text == "(":
            return self._call(token)
        if token.text in FUNCTIONS:
            self._refuse("X25", token, value=token.shown)
        name, customer = token.text, None
        if self._sign("."):
            if self._next.kind != "name":
                self._unexpected(self._next)
            customer, name = name, self._take().text
        return self._made(Name(name, customer, span=(token.at, self._end)))

    def _call(self, token: Token) -> Node:
        if token.text not in FUNCTIONS:
            self._refuse("X09", token, value=token.shown, choices=tuple(sorted(FUNCTIONS)))
        part = self._bracket()
        return self._made(Call(token.text, part, span=(token.at, self._end)))

    def _bracket(self) -> Node:
        opening = self._take()
        with_depth = self._deeper(opening)
        part = self._or()
        self._depth -= with_depth
        self._close(opening)
        return part

    def _close(self, opening: Token) -> None:
        if self._sign(_CLOSING[opening.text]):
            return
        if self._next.kind == "end":
            self._refuse("X07", opening)
        self._unexpected(self._next)

    def _deeper(self, token: Token) -> int:
        self._depth += 1
        if self._depth > DEEPEST:
            self._refuse("X03", token, limit=DEEPEST)
        return 1

    @property
    def _end(self) -> int:
        """The offset after the last token taken."""
        token = self._tokens[self._at - 1]
        return token.at + len(token.shown)

    def _made(self, node: Node) -> Node:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise Refused(problem_at("X02", node.span[0], limit=MOST_NODES))
        return node

    def _unexpected(self, token: Token) -> NoReturn:
        before = self._tokens[self._at - 1] if self._at else None
        after_value = before is not None and (
            before.kind != "sign" or before.text in {")", "]", "%"}
        )
        if token.kind == "unknown":
            self._refuse("X23" if token.text in {'"', "'"} else "X04", token)
        if token.kind == "sign" and token.text in {")", "]"} and after_value:
            self._refuse("X26", token)
        if token.kind == "sign" and token.text == "[":
            self._refuse("X28", token)
        if token.kind == "sign" and token.text in {".", ",", "%", "**"}:
            self._refuse("X10" if token.text == "**" else "X04", token)
        if not after_value or token.kind == "end":
            shown = before if before is not None else token
            self._refuse("X05", shown, value=shown.shown)
        self._refuse("X06", token)

    def _refuse(self, code: str, token: Token, **data: Any) -> NoReturn:
        raise Refused(problem_at(code, token.at, **({"value": token.shown} | data)))
