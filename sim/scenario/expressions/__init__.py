"""One-line conditions: what an author writes, as something the engine can run.

    parse(text, names, scope, customer_ids) -> Expression, or the problems with their columns

Numbers, names, ``+ - * /``, comparisons (also ``20 <= trust < 60``), ``in [a, b]``, and / or / not,
``customer-id.name``, and ``any all count average lowest highest (…)`` over the customers; nothing
else can be written. ``x / 0`` is 0. At most 400 characters and 80 parts.

In scope ``run`` a name that differs from customer to customer must stand inside ``any(…)`` and its
like or follow a customer's id; in scope ``customer`` it is that of the customer in question.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np

from sim.engine.conditions import Program, evaluate
from sim.scenario.diagnostics import Problem
from sim.scenario.expressions.check import Checker
from sim.scenario.expressions.grammar import Refused, problem_at, tree_of
from sim.scenario.expressions.names import Names, Scope, Variable
from sim.scenario.expressions.programs import program_of
from sim.scenario.expressions.ranges import Ranges, opposite
from sim.scenario.expressions.tokens import FUNCTIONS, LONGEST_CONDITION, tokens
from sim.scenario.expressions.tree import Node, names_in
from sim.scenario.expressions.words import Speaker
from sim.scenario.messages import Language

__all__ = ["Expression", "Names", "Scope", "Variable", "parse"]


@dataclass(frozen=True)
class Expression:
    """A sound condition.

    Attributes:
        text: As written.
        tree: Its parts with their meaning.
        names: The vocabulary it was read with.
        program: What ``sim.engine.conditions.evaluate`` runs; only strings, numbers and tuples.
    """

    text: str
    tree: Node
    names: Names
    program: Program

    def evaluate(self, values: Mapping[str, Any]) -> Any:
        """Where the condition holds.

        Args:
            values: Quantities by name, ``[R, C]``, ``[R, 1]`` or (per run only) ``[R]``; with
                ``#present``, the mask ``[R, C]`` of the customers that exist.

        Returns:
            Booleans ``[R, C]`` or ``[R, 1]``, see ``sim.engine.conditions.evaluate``.
        """
        columns = {
            name: np.asarray(value)[:, None] if np.ndim(value) == 1 else value
            for name, value in values.items()
        }
        return evaluate(self.program, columns)

    def in_words(self, lang: Language, called: Mapping[str, str] | None = None) -> str:
        """The condition as a person would say it.

        Args:
            lang: Language of the reader.
            called: What customers are called, by id.
        """
        return Speaker(lang, self.names, {} if called is None else called).words(self.tree)

    def truth(self) -> Literal["always", "never"] | None:
        """Whether the ranges of its names settle the condition once and for all."""
        ranges = Ranges(self.names)
        if ranges.never(self.tree):
            return "never"
        return "always" if ranges.never(opposite(self.tree)) else None

    @cached_property
    def names_used(self) -> frozenset[str]:
        """The names it asks for."""
        return frozenset(name.name for name in names_in(self.tree))

    @cached_property
    def customers_used(self) -> frozenset[str]:
        """The ids of the customers it names."""
        return frozenset(name.customer for name in names_in(self.tree) if name.customer)


def parse(
    text: str,
    names: Names,
    scope: Scope = "run",
    customer_ids: Sequence[str] | Mapping[str, int] = (),
) -> Expression | list[Problem]:
    """Reads a condition.

    Args:
        text: What the author wrote.
        names: The vocabulary.
        scope: Whether it is asked once per run or once per customer.
        customer_ids: Ids in the order of the customer axis, or the position of each.

    Returns:
        The condition; or what is wrong with it, with columns counted from 1 inside the text
        (``diagnostics.within`` moves them to the file).
    """
    if len(text) > LONGEST_CONDITION:
        limit = LONGEST_CONDITION
        return [problem_at("X01", limit, length=len(text), limit=limit)]
    customers = dict(customer_ids) if isinstance(customer_ids, Mapping) else _places(customer_ids)
    try:
        tree = tree_of(tokens(text, {*names.words, *customers, *FUNCTIONS}))
    except Refused as refused:
        return [refused.problem]
    checker = Checker(text, names, scope, customers)
    tree = checker.condition(tree)
    if checker.problems:
        return checker.problems
    return Expression(text, tree, names, program_of(tree, names, customers))


def _places(customer_ids: Sequence[str]) -> dict[str, int]:
    return {customer: index for index, customer in enumerate(customer_ids)}
