"""The parts a condition is made of; plain data, compared by meaning and not by place."""

from collections.abc import Iterator
from dataclasses import dataclass, field

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Any part; ``span`` is its first offset and the one after its last."""

    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A constant; a percentage is already divided by 100."""

    value: float
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A variable, of one customer when ``customer`` is given; before the check also any word."""

    name: str
    customer: str | None = None


@dataclass(frozen=True, slots=True)
class Choice(Node):
    """One of the words a variable can be, by position."""

    variable: str
    index: int


@dataclass(frozen=True, slots=True)
class Negative(Node):
    """Minus."""

    part: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """``+ - * /``."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """``a < b <= c``: every neighbouring pair holds."""

    operands: tuple[Node, ...]
    ops: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Among(Node):
    """``value in [a, b]``."""

    value: Node
    options: tuple[Node, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Joined(Node):
    """``and`` or ``or`` of two or more parts."""

    op: str
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not(Node):
    """``not``."""

    part: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """``any all count average lowest highest`` over the customers."""

    function: str
    part: Node


def parts(node: Node) -> tuple[Node, ...]:
    """What a node directly consists of."""
    if isinstance(node, Compare):
        return node.operands
    if isinstance(node, Among):
        return (node.value, *node.options)
    if isinstance(node, Joined):
        return node.parts
    if isinstance(node, Arithmetic):
        return node.left, node.right
    return (node.part,) if isinstance(node, Negative | Not | Call) else ()


def names_in(node: Node) -> Iterator[Name]:
    """All names in a tree, from left to right."""
    if isinstance(node, Name):
        yield node
    for part in parts(node):
        yield from names_in(part)
