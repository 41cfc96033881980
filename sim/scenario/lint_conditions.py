"""Reads every condition of a scenario and tells what can never or must always be true."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sim.engine.conditions import Program
from sim.scenario.diagnostics import make, within
from sim.scenario.expressions import Expression, Names, Scope, parse
from sim.scenario.lint_context import Context, joined
from sim.scenario.lint_references import responses_of
from sim.scenario.pruning import Keys
from sim.scenario.vocabulary import names_for


@dataclass(frozen=True)
class Conditions:
    """The conditions of a scenario, by the path of their field."""

    expressions: Mapping[str, Expression] = field(default_factory=dict)
    per_customer: frozenset[str] = frozenset()

    @property
    def programs(self) -> Mapping[str, Program]:
        """What the engine runs."""
        return {path: expression.program for path, expression in self.expressions.items()}

    @property
    def names(self) -> frozenset[str]:
        """All names that some condition asks for."""
        used = (expression.names_used for expression in self.expressions.values())
        return frozenset(name for names in used for name in names)


class _Written(NamedTuple):
    keys: Keys
    text: str
    scope: Scope
    at_end: bool


def read_conditions(context: Context) -> Conditions:
    """All sound conditions; what is wrong with the others is reported."""
    names = {at_end: _names(context, at_end=at_end) for at_end in (False, True)}
    customers = context.ids("customers")
    expressions: dict[str, Expression] = {}
    per_customer = set()
    for written in _conditions(context):
        vocabulary = names[written.at_end]
        read = parse(written.text, vocabulary, written.scope, customers)
        path = joined(written.keys)
        if not isinstance(read, Expression):
            at = context.place(written.keys)
            line = context.lines[at.line - 1] if at.line <= len(context.lines) else ""
            context.problems.extend(within(problem, at, line, path) for problem in read)
            continue
        expressions[path] = read
        if any(vocabulary[name].per_customer for name in read.names_used if name in vocabulary):
            per_customer.add(path)
        _check_truth(context, written.keys, read)
    return Conditions(expressions, frozenset(per_customer))


def _names(context: Context, *, at_end: bool) -> Names:
    return names_for(
        turns=context.scenario.turns,
        customers=len(context.scenario.customers),
        variables=context.ids("variables"),
        events=context.ids("events"),
        encounters=context.ids("encounters"),
        at_end=at_end,
    )


def _conditions(context: Context) -> Iterator[_Written]:
    scenario = context.scenario
    for name, encounter in scenario.encounters.items():
        keys: Keys = ("encounters", name)
        if encounter.when is not None:
            yield _Written((*keys, "when"), encounter.when, "customer", at_end=False)
        for here, response in responses_of(keys, encounter):
            if response.if_ is not None:
                yield _Written((*here, "if"), response.if_, "customer", at_end=False)
    for name, event in scenario.events.items():
        if event.when is not None:
            yield _Written(("events", name, "when"), event.when, "run", at_end=False)
    for name, ending in scenario.endings.items():
        if ending.when is not None:
            yield _Written(("endings", name, "when"), ending.when, "run", at_end=True)


def _check_truth(context: Context, keys: Keys, expression: Expression) -> None:
    truth = expression.truth()
    if truth is None or not (context.whole("turns") and context.whole("customers")):
        return
    code = "L09" if truth == "never" else "L10"
    context.problems.append(make(code, context.place(keys), joined(keys)))
