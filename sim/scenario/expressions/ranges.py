"""Whether a condition can be true or false at all, from the ranges of its names.

``never(node)`` is sound (what it calls impossible is impossible) and not complete. Both questions
are one: a condition is always true when its opposite never is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import inf, isnan, nextafter

from sim.scenario.expressions.names import Names
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
)

Interval = tuple[float, float]
Known = Mapping[Node, Interval]

_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "=="}
_NOWHERE: Interval = (inf, -inf)


def opposite(node: Node) -> Node:
    """A condition that holds exactly where this one does not."""
    if isinstance(node, Not):
        return node.part
    if isinstance(node, Joined):
        turned = tuple(opposite(part) for part in node.parts)
        return Joined("or" if node.op == "and" else "and", turned)
    if isinstance(node, Among):
        return replace(node, negated=not node.negated)
    if isinstance(node, Compare):
        pairs = tuple(replace(pair, ops=(_OPPOSITE[pair.ops[0]],)) for pair in _pairs(node))
        return pairs[0] if len(pairs) == 1 else Joined("or", pairs)
    if isinstance(node, Call) and node.function in {"any", "all"}:
        return Call("all" if node.function == "any" else "any", opposite(node.part))
    return Not(node)


def _pairs(node: Compare) -> list[Compare]:
    neighbours = zip(node.operands, node.ops, node.operands[1:], strict=False)
    return [Compare((left, right), (op,)) for left, op, right in neighbours]


@dataclass(frozen=True, slots=True)
class Ranges:
    """What is known of the values of names."""

    names: Names

    def never(self, node: Node, known: Known | None = None) -> bool:
        """Whether a condition can nowhere hold.

        Args:
            node: A checked condition.
            known: Narrower ranges that hold here, from conditions beside this one.
        """
        known = {} if known is None else known
        if isinstance(node, Not) and isinstance(node.part, Joined | Not | Compare | Among | Call):
            return self.never(opposite(node.part), known)
        if isinstance(node, Joined):
            return self._joined_never(node, known)
        if isinstance(node, Compare):
            return any(self._apart(pair, known) for pair in _pairs(node))
        if isinstance(node, Among):
            return self._among_never(node, known)
        if isinstance(node, Call):
            return self.never(node.part)
        return self._flag_never(node, known)

    def _joined_never(self, node: Joined, known: Known) -> bool:
        if node.op == "or":
            return all(self.never(part, known) for part in node.parts)
        narrowed = dict(known)
        for part in _flat(node):
            self._narrow(part, narrowed)
        if any(low > high for low, high in narrowed.values()):
            return True
        return any(self.never(part, narrowed) for part in node.parts)

    def _narrow(self, node: Node, known: dict[Node, Interval]) -> None:
        """Adds what a condition, if it holds, says of single names."""
        if isinstance(node, Compare):
            for pair in _pairs(node):
                self._narrow_pair(pair, known)
        elif isinstance(node, Name | Not):
            flag = node.part if isinstance(node, Not) else node
            value = 0.0 if isinstance(node, Not) else 1.0
            known[flag] = _common(known.get(flag, (0.0, 1.0)), (value, value))

    def _narrow_pair(self, pair: Compare, known: dict[Node, Interval]) -> None:
        (left, right), op = pair.operands, pair.ops[0]
        if op not in _TURNED:
            return
        if not isinstance(left, Name):
            left, right, op = right, left, _TURNED[op]
        if isinstance(left, Name) and isinstance(right, Number | Choice):
            value = self.interval(right, known)[0]
            known[left] = _common(self.interval(left, known), _side(op, value))

    def _apart(self, pair: Compare, known: Known) -> bool:
        (left, right), op = pair.operands, pair.ops[0]
        (low, high), (other_low, other_high) = (
            self.interval(left, known),
            self.interval(right, known),
        )
        if op in {">", ">="}:
            (low, high), (other_low, other_high) = (other_low, other_high), (low, high)
        if op in {"<", ">"}:
            return low >= other_high
        if op in {"<=", ">="}:
            return low > other_high
        if op == "==":
            return low > other_high or high < other_low
        return left == right or low == high == other_low == other_high

    def _among_never(self, node: Among, known: Known) -> bool:
        low, high = self.interval(node.value, known)
        values = [self.interval(option, known)[0] for option in node.options]
        if not node.negated:
            return all(value < low or value > high for value in values)
        if isinstance(node.options[0], Choice) and isinstance(node.value, Name):
            return set(range(round(low), round(high) + 1)) <= set(values)
        return low == high and low in values

    def _flag_never(self, node: Node, known: Known) -> bool:
        if isinstance(node, Not):
            return known.get(node.part, (0.0, 1.0))[0] > 0.0
        return known.get(node, (0.0, 1.0))[1] < 1.0

    def interval(self, node: Node, known: Known) -> Interval:
        """The least and the greatest value of a number or of a choice's position."""
        if node in known:
            return known[node]
        if isinstance(node, Number | Choice):
            value = node.value if isinstance(node, Number) else float(node.index)
            return value, value
        if isinstance(node, Name):
            return self._of_name(node)
        if isinstance(node, Negative):
            low, high = self.interval(node.part, known)
            return -high, -low
        if isinstance(node, Arithmetic):
            return _combined(
                node.op, self.interval(node.left, known), self.interval(node.right, known)
            )
        return self._of_call(node)

    def _of_name(self, node: Name) -> Interval:
        variable = self.names[node.name]
        if variable.kind == "choice":
            return 0.0, len(variable.choices) - 1.0
        return (0.0, 1.0) if variable.kind == "boolean" else (variable.lo, variable.hi)

    def _of_call(self, node: Node) -> Interval:
        if not isinstance(node, Call) or node.function in {"any", "all"}:
            return 0.0, 1.0
        if node.function == "count":
            return 0.0, 0.0 if self.never(node.part) else inf
        low, high = self.interval(node.part, {})
        return min(low, 0.0), max(high, 0.0)  # without customers it is 0


def _flat(node: Joined) -> list[Node]:
    """The parts of nested ``and``."""
    found: list[Node] = []
    for part in node.parts:
        nested = isinstance(part, Joined) and part.op == "and"
        found.extend(_flat(part) if nested and isinstance(part, Joined) else [part])
    return found


def _common(one: Interval, other: Interval) -> Interval:
    return max(one[0], other[0]), min(one[1], other[1])


def _side(op: str, value: float) -> Interval:
    """Where ``x op value`` holds, an open end counting as the next number."""
    ends = {
        "<": (-inf, nextafter(value, -inf)),
        "<=": (-inf, value),
        ">": (nextafter(value, inf), inf),
        ">=": (value, inf),
    }
    return ends.get(op, (value, value))


def _combined(op: str, one: Interval, other: Interval) -> Interval:
    if op == "/":
        if other[0] <= 0.0 <= other[1]:
            return -inf, inf
        other = tuple(sorted((1.0 / other[0], 1.0 / other[1])))  # type: ignore[assignment]
        op = "*"
    if op == "-":
        other, op = (-other[1], -other[0]), "+"
    if op == "+":
        return one[0] + other[0], one[1] + other[1]
    products = [a * b for a in one for b in other]
    products = [0.0 if isnan(product) else product for product in products]
    return min(products), max(products)
