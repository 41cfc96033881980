"""Sums, lengths and the budget."""

from collections.abc import Iterable, Sequence

from sim.scenario.lint_context import Context
from sim.scenario.pruning import Keys
from sim.scenario.schema_rows import Action, MarketAction

_CLOSE = 1e-6


def check_numbers(context: Context) -> None:
    """Reports sums that are not whole and budgets that allow nothing."""
    _check_sum(context, ("score",), context.scenario.score.values())
    _check_priors(context)
    _check_lists(context)
    _check_turns(context)
    _check_budget(context)


def _check_sum(context: Context, keys: Keys, shares: Iterable[float]) -> None:
    total = 0.0
    for share in shares:
        total += share
    if context.whole(*keys) and abs(total - 1.0) > _CLOSE:
        context.report("L12", keys, at_key=True, total=round(total * 100.0, 4))


def _check_priors(context: Context) -> None:
    scenario = context.scenario
    if scenario.prior.style:
        _check_sum(context, ("prior", "style"), scenario.prior.style.values())
    for name, customer in scenario.customers.items():
        if customer.prior.style:
            keys: Keys = ("customers", name, "prior", "style")
            _check_sum(context, keys, customer.prior.style.values())
        for ident, person in customer.people.items():
            if person.prior.style:
                keys = ("customers", name, "people", ident, "prior", "style")
                _check_sum(context, keys, person.prior.style.values())


def _check_lists(context: Context) -> None:
    budget, turns = context.scenario.budget, context.scenario.turns
    for name, values in (("hours", budget.hours), ("income", budget.income)):
        if len(values) not in {1, turns} and context.whole("turns") and context.whole("budget"):
            context.report("L11", ("budget", name), count=len(values), limit=turns)


def _check_turns(context: Context) -> None:
    """Things that are set for a turn after the last one."""
    scenario = context.scenario
    if not context.whole("turns"):
        return
    for section in ("encounters", "events"):
        for name, entry in getattr(scenario, section).items():
            if entry.turn is not None and entry.turn > scenario.turns:
                keys = (section, name, "turn")
                context.report("L22", keys, value=entry.turn, limit=scenario.turns)


def _check_budget(context: Context) -> None:
    """Actions that no turn has the hours for."""
    scenario = context.scenario
    if not (context.whole("budget") and context.whole("offers")):
        return
    most = max(scenario.budget.hours)
    offered = _offered(context)
    cheapest = min(offered, key=lambda each: each[1].hours, default=None)
    if cheapest is not None and cheapest[1].hours > most and len(offered) == len(scenario.offers):
        index, action = cheapest
        value = scenario.offers[index]
        context.report(
            "L20",
            ("budget", "hours"),
            value=value,
            hours=action.hours,
            money=action.money,
            limit=most,
        )
        return
    for index, action in offered:
        if action.hours > most:
            value = scenario.offers[index]
            context.report("L21", ("offers", index), value=value, hours=action.hours, limit=most)


def _offered(context: Context) -> Sequence[tuple[int, Action | MarketAction]]:
    known: dict[str, Action | MarketAction] = {**context.actions, **context.market_actions}
    offers = context.scenario.offers
    return [(index, known[name]) for index, name in enumerate(offers) if name in known]
