"""Reads every condition of a scenario and tells what can never or must always be true."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sim.engine.conditions import Program
from sim.scenario.diagnostics import make, within
from sim.scenario.expressions import Expression, Names, Scope, parse
from sim.scenario.lint_context import Context, joined
from sim.scenario.lint_references import EACH, responses_of
from sim.scenario.pruning import Keys
from sim.scenario.vocabulary import names_for


@dataclass(frozen=True)
class Conditions:
    """The sound conditions of a scenario, by the path of their field."""

    expressions: Mapping[str, Expression] = field(default_factory=dict)
    per_customer: frozenset[str] = frozenset()
    places: Mapping[str, Keys] = field(default_factory=dict)
    complete: bool = True  # none was left out because it is wrong

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
    customers = {name: place for place, name in enumerate(context.ids("customers"))}
    expressions: dict[str, Expression] = {}
    places: dict[str, Keys] = {}
    per_customer = set()
    for written in _conditions(context):
        vocabulary = names[written.at_end]
        read = parse(written.text, vocabulary, written.scope, customers)
        path = joined(written.keys)
        if not isinstance(read, Expression):
            at = context.place(written.keys)
            lines = context.source.lines[at.line - 1 :]
            context.problems.extend(within(problem, at, lines, path) for problem in read)
            continue
        expressions[path], places[path] = read, written.keys
        if any(vocabulary[name].per_customer for name in read.names_used if name in vocabulary):
            per_customer.add(path)
        _check_truth(context, written.keys, read)
    complete = len(expressions) == len(list(_conditions(context)))
    return Conditions(expressions, frozenset(per_customer), places, complete)


def _names(context: Context, *, at_end: bool) -> Names:
    # An encounter of `each` is counted customer by customer, so it has no one number to ask for.
    several = {name for name, each in context.scenario.encounters.items() if each.who == EACH}
    return names_for(
        turns=context.scenario.turns,
        customers=len(context.scenario.customers),
        variables=context.ids("variables"),
        events=context.ids("events"),
        encounters=[name for name in context.ids("encounters") if name not in several],
        at_end=at_end,
    )


def _conditions(context: Context) -> Iterator[_Written]:
    """Every condition that is written, with what it may look at."""
    scenario = context.scenario
    for name, encounter in scenario.encounters.items():
        keys: Keys = ("encounters", name)
        written = [((*keys, "when"), encounter.when)]
        written += [((*here, "if"), each.if_) for here, each in responses_of(keys, encounter)]
        for where, text in written:
            if text is not None:
                yield _Written(where, text, "customer", at_end=False)
    for section, at_end in (("events", False), ("endings", True)):
        for name, entry in getattr(scenario, section).items():
            if entry.when is not None:
                yield _Written((section, name, "when"), entry.when, "run", at_end=at_end)


def _check_truth(context: Context, keys: Keys, expression: Expression) -> None:
    truth = expression.truth()
    if truth is None or not (context.whole("turns") and context.has_all_customers):
        return
    code = "L09" if truth == "never" else "L10"
    context.problems.append(make(code, context.place(keys), joined(keys)))
