"""Gives every name of a condition its meaning and checks that the parts fit together.

All that is wrong is collected, not only the first. What comes back is a tree in which names are
canonical, words are choices of a variable, and each part has the type its neighbours need.
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple

from sim.scenario.diagnostics import Problem
from sim.scenario.expressions.grammar import problem_at
from sim.scenario.expressions.names import Kind, Names, Scope, Variable
from sim.scenario.expressions.tree import (
    Among,
    Arithmetic,
    Call,
    Choice,
    Compare,
    Joined,
    Name,
    Negative,
    Node,
    Not,
    Number,
    names_in,
)

_TRUTH = {"true": True, "yes": True, "真": True, "是": True}
_TRUTH |= {"false": False, "no": False, "假": False, "否": False}
_EQUALITY = frozenset({"==", "!="})
_OF_CONDITIONS = frozenset({"any", "all", "count"})


class Typed(NamedTuple):
    """A part with its meaning; ``kind`` None after a problem that has been noted."""

    node: Node
    kind: Kind | None


class Checker:
    """Checks one condition; ``problems`` is empty when it is sound."""

    def __init__(self, text: str, names: Names, scope: Scope, customers: Mapping[str, int]) -> None:
        self.problems: list[Problem] = []
        self._text = text
        self._names = names
        self._scope = scope
        self._customers = {customer.casefold(): customer for customer in customers}
        self._inside = ""

    def condition(self, node: Node) -> Node:
        """The checked tree of a whole condition."""
        return self._truth(node)

    def _typed(self, node: Node) -> Typed:
        if isinstance(node, Number):
            return Typed(node, "number")
        if isinstance(node, Name):
            return self._name(node)
        if isinstance(node, Negative):
            return Typed(replace(node, part=self._number(node.part)), "number")
        if isinstance(node, Arithmetic):
            left, right = self._number(node.left), self._number(node.right)
            return Typed(replace(node, left=left, right=right), "number")
        return self._logical(node)

    def _logical(self, node: Node) -> Typed:
        if isinstance(node, Joined):
            joined = tuple(self._truth(part) for part in node.parts)
            return Typed(replace(node, parts=joined), "boolean")
        if isinstance(node, Not):
            return Typed(replace(node, part=self._truth(node.part)), "boolean")
        if isinstance(node, Compare):
            return Typed(self._compare(node), "boolean")
        if isinstance(node, Among):
            return Typed(self._among(node), "boolean")
        assert isinstance(node, Call)
        return self._call(node)

    def _number(self, node: Node) -> Node:
        typed = self._typed(node)
        if typed.kind not in {"number", None}:
            self._note("X14", node, value=self._shown(node), found=typed.kind)
        return typed.node

    def _truth(self, node: Node) -> Node:
        typed = self._typed(node)
        if typed.kind in {"number", "choice"}:
            example = self._example(typed)
            self._note("X16", node, value=self._shown(node), wanted=example)
        return typed.node

    def _example(self, typed: Typed) -> str:
        shown = self._shown(typed.node)
        if typed.kind == "choice" and isinstance(typed.node, Name):
            return f"{shown} is {self._names[typed.node.name].choices[0]}"
        return f"{shown} >= 50"

    def _name(self, node: Name) -> Typed:
        whole = node.name if node.customer is None else f"{node.customer}.{node.name}"
        name = self._names.find(whole)
        if node.customer is not None and name is None:
            return self._of_customer(node)
        if name is None:
            return self._unknown(node, node.name)
        variable = self._names[name]
        if variable.per_customer and self._scope == "run" and not self._inside:
            self._note("X13", node, value=name, name=name, wanted=f"any({name} …)")
        return Typed(replace(node, name=name, customer=None), variable.kind)

    def _of_customer(self, node: Name) -> Typed:
        customer = self._customers.get(str(node.customer).casefold())
        name = self._names.find(node.name)
        if customer is None:
            return self._of_nobody(node)
        if name is not None and self._names[name].per_customer:
            return Typed(replace(node, name=name, customer=customer), self._names[name].kind)
        at = node.span[1] - len(node.name)
        if name is not None:
            return self._note("X12", node, at=at, value=name)
        own = tuple(name for name, variable in self._names.items() if variable.per_customer)
        return self._note("X27", node, at=at, value=node.name, choices=own)

    def _of_nobody(self, node: Name) -> Typed:
        """A dot after what is no customer: a group of names such as `event.`, or a mistake."""
        group = tuple(name for name in self._names if name.startswith(f"{node.customer}."))
        if group:
            return self._note("X08", node, value=f"{node.customer}.{node.name}", choices=group)
        ids = tuple(self._customers.values())
        return self._note("X11", node, value=node.customer, choices=ids)

    def _unknown(self, node: Node, word: str) -> Typed:
        if word.casefold() in self._customers:
            own = next((name for name, v in self._names.items() if v.per_customer), "…")
            return self._note("X29", node, value=word, wanted=f"{word}.{own}")
        belongs = next((n for n, v in self._names.items() if v.choice(word) is not None), None)
        data: dict[str, Any] = {"near": f"{belongs} is {word}"} if belongs else {}
        return self._note("X08", node, value=word, choices=tuple(self._names), **data)

    def _compare(self, node: Compare) -> Node:
        variable = next(filter(None, map(self._choosing, node.operands)), None)
        if variable is not None:
            return self._compare_choices(node, variable)
        truth = self._compare_truth(node)
        if truth is not None:
            return truth
        typed = [self._typed(operand) for operand in node.operands]
        kinds = {one.kind for one in typed}
        for one in typed:
            if one.kind == "boolean" and not (
                kinds == {"boolean"} and _EQUALITY.issuperset(node.ops)
            ):
                self._note("X14", one.node, value=self._shown(one.node), found="boolean")
        self._refuse_percent([one.node for one in typed])
        return replace(node, operands=tuple(one.node for one in typed))

    def _choosing(self, node: Node) -> str | None:
        """The variable whose words this comparison is about."""
        if not isinstance(node, Name):
            return None
        name = self._names.find(node.name)
        return name if name is not None and self._names[name].kind == "choice" else None

    def _compare_choices(self, node: Compare, variable: str) -> Node:
        if not _EQUALITY.issuperset(node.ops):
            self._note("X22", node, value=variable)
            return node
        operands = tuple(self._choice(operand, variable) for operand in node.operands)
        return replace(node, operands=operands)

    def _choice(self, node: Node, variable: str) -> Node:
        known = self._names[variable]
        if isinstance(node, Name) and (node.customer is not None or self._names.find(node.name)):
            typed = self._typed(node)
            if typed.kind in {"choice", None}:
                return typed.node
        word = _word(node)
        index = known.choice(word) if word is not None else None
        if index is None:
            shown = word if word is not None else self._shown(node)
            self._note("X17", node, value=shown, noun=variable, choices=known.choices)
        return Choice(variable, index or 0, span=node.span)

    def _compare_truth(self, node: Compare) -> Node | None:
        """``flag is true``: the flag itself, or its opposite."""
        if len(node.ops) != 1 or node.ops[0] not in _EQUALITY:
            return None
        word = _word(node.operands[1])
        if word is None or word.casefold() not in _TRUTH or self._names.find(word):
            return None
        holds = _TRUTH[word.casefold()] == (node.ops[0] == "==")
        part = self._truth(node.operands[0])
        return part if holds else Not(part, span=node.span)

    def _refuse_percent(self, operands: list[Node]) -> None:
        for one, other in pairwise(operands):
            for node, beside in ((one, other), (other, one)):
                if isinstance(node, Number) and node.percent and isinstance(beside, Name):
                    self._percent_of(node, self._names.get(beside.name), beside.name)

    def _percent_of(self, node: Number, variable: Variable | None, name: str) -> None:
        if variable is not None and 1.0 < variable.hi < float("inf"):
            wanted = round(node.value * 100.0, 6)
            self._note("X20", node, name=name, low=variable.lo, high=variable.hi, wanted=wanted)

    def _among(self, node: Among) -> Node:
        variable = self._choosing(node.value)
        if variable is None:
            value = self._number(node.value)
            options = tuple(self._constant(option) for option in node.options)
            return replace(node, value=value, options=options)
        value = self._typed(node.value).node
        options = tuple(self._choice(option, variable) for option in node.options)
        return replace(node, value=value, options=options)

    def _constant(self, node: Node) -> Node:
        if not isinstance(node, Number):
            self._note("X14", node, value=self._shown(node), found="value")
        return node

    def _call(self, node: Call) -> Typed:
        kind: Kind = "boolean" if node.function in {"any", "all"} else "number"
        if self._inside:
            return self._note("X18", node)
        self._inside = node.function
        wants_truth = node.function in _OF_CONDITIONS
        part = self._truth(node.part) if wants_truth else self._number(node.part)
        self._inside = ""
        own = (n for n in names_in(part) if n.customer is None and n.name in self._names)
        if not self.problems and not any(self._names[name.name].per_customer for name in own):
            self._note("X19", node, value=node.function)
        return Typed(replace(node, part=part), kind)

    def _shown(self, node: Node) -> str:
        return self._text[slice(*node.span)]

    def _note(self, code: str, node: Node, *, at: int | None = None, **data: Any) -> Typed:
        self.problems.append(problem_at(code, node.span[0] if at is None else at, **data))
        return Typed(node, None)


def _word(node: Node) -> str | None:
    return node.name if isinstance(node, Name) and node.customer is None else None
