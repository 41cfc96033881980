"""From a checked condition to the program that ``sim.engine.conditions`` runs."""

from collections.abc import Iterator, Mapping
from typing import Any

from sim.engine.conditions import Program
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
    parts,
)


def program_of(tree: Node, names: Names, customers: Mapping[str, int]) -> Program:
    """The postfix program of a checked tree.

    Args:
        tree: From ``check``.
        names: The vocabulary it was checked with.
        customers: Position of each customer by id.
    """
    return tuple(_operations(tree, names, customers))


def _operations(
    node: Node, names: Names, customers: Mapping[str, int]
) -> Iterator[tuple[str, Any]]:
    if isinstance(node, Number):
        yield "number", float(node.value)
    elif isinstance(node, Choice):
        yield "number", float(node.index)
    elif isinstance(node, Name):
        yield _quantity(node, names, customers)
    else:
        operands = (node.value,) if isinstance(node, Among) else parts(node)
        for part in operands:
            yield from _operations(part, names, customers)
        yield from _operation(node)


def _quantity(node: Name, names: Names, customers: Mapping[str, int]) -> tuple[str, Any]:
    flag = names[node.name].kind == "boolean"
    if node.customer is None:
        return ("flag" if flag else "name"), node.name
    return ("flag of" if flag else "of"), (node.name, customers[node.customer])


def _operation(node: Node) -> Iterator[tuple[str, Any]]:
    if isinstance(node, Compare):
        yield "compare", node.ops
    elif isinstance(node, Among):
        yield "in", tuple(map(_constant, node.options))
        if node.negated:
            yield "not", None
    elif isinstance(node, Joined):
        yield node.op, len(node.parts)
    elif isinstance(node, Arithmetic):
        yield node.op, None
    elif isinstance(node, Call):
        yield node.function, None
    else:
        assert isinstance(node, Negative | Not)
        yield ("neg" if isinstance(node, Negative) else "not"), None


def _constant(node: Node) -> float:
    if isinstance(node, Choice):
        return float(node.index)
    assert isinstance(node, Number)
    return float(node.value)
