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
    """Actions that no turn has the hours for, or the whole game not the money."""
    scenario, offered = context.scenario, _offered(context)
    if not (context.whole("budget") and context.whole("offers") and context.whole("turns")):
        return
    hours, money = max(scenario.budget.hours), all_money(context)
    beyond = [(i, each) for i, each in offered if each.hours > hours or each.money > money]
    if beyond and len(beyond) == len(scenario.offers):
        index, cheapest = min(beyond, key=lambda entry: (entry[1].hours, entry[1].money))
        context.report(
            "L20",
            ("budget", "hours"),
            value=scenario.offers[index],
            hours=cheapest.hours,
            money=cheapest.money,
            limit=hours,
            purse=money,
        )
        return
    for index, action in beyond:
        code = "L21" if action.hours > hours else "L28"
        limit = hours if action.hours > hours else money
        value = scenario.offers[index]
        data = {"hours": action.hours, "money": action.money, "limit": limit}
        context.report(code, ("offers", index), at_key=False, value=value, **data)


def all_money(context: Context) -> float:
    """What can be spent in a whole game; customers' profit is not the trainee's to spend."""
    budget, turns = context.scenario.budget, context.scenario.turns
    income = [*budget.income] * turns if len(budget.income) == 1 else budget.income
    total = budget.money
    for amount in income:
        total += amount
    return total


def _offered(context: Context) -> Sequence[tuple[int, Action | MarketAction]]:
    known: dict[str, Action | MarketAction] = {**context.actions, **context.market_actions}
    offers = context.scenario.offers
    return [(index, known[name]) for index, name in enumerate(offers) if name in known]
