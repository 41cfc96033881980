"""The customers and what can be done for them."""

from sim.scenario.compile_rows import allowed_statuses
from sim.scenario.lint_context import Context
from sim.scenario.pruning import Keys
from sim.scenario.schema_customers import Customer
from sim.scenario.schema_scenario import MOST_CUSTOMERS

_PERSONAL = ("style", "mood")
_REACHABLE = {
    "active": {"active", "lapsed", "released"},
    "prospect": {"prospect", "active", "lapsed"},
}


def check_customers(context: Context) -> None:
    """Reports customers nobody can play with and files nobody can read."""
    scenario = context.scenario
    statuses = {customer.status for customer in scenario.customers.values()}
    if context.whole("customers") and not statuses & {"active", "prospect"}:
        context.report("L42", ("customers",), at_key=True)
    _check_number(context)
    revealed = _revealed(context) if _all_there(context) else set(context.library.kinds)
    for name, customer in scenario.customers.items():
        _check_people(context, ("customers", name), customer)
        _check_file(context, ("customers", name), customer, revealed)
    _check_audience(context)


def _check_number(context: Context) -> None:
    """More customers than there is room for, told at the first for whom there is none."""
    names = list(context.ids("customers"))
    if len(names) > MOST_CUSTOMERS:
        keys = ("customers", names[MOST_CUSTOMERS])
        context.report("T18", keys, at_key=True, count=len(names), limit=MOST_CUSTOMERS)


def _check_people(context: Context, keys: Keys, customer: Customer) -> None:
    if not customer.people:
        return
    for field in _PERSONAL:
        if getattr(customer, field) is not None:
            context.report("L43", (*keys, field), at_key=True)
    if customer.count > 1:
        context.report("L47", (*keys, "people"), at_key=True)


def _check_file(context: Context, keys: Keys, customer: Customer, revealed: set[str]) -> None:
    """What the file says but nothing on offer can find out."""
    entries = [(keys, customer)]
    entries += [((*keys, "people", name), each) for name, each in customer.people.items()]  # type: ignore[misc]
    for where, person in entries:
        for kind in person.file:
            if kind not in revealed and kind not in {*person.known, *customer.known}:
                context.report("L44", (*where, "file", kind), at_key=True, value=kind)


def _all_there(context: Context) -> bool:
    sections = ("offers", "actions", "encounters", "use")
    return all(context.whole(section) for section in sections)


def _revealed(context: Context) -> set[str]:
    """The kinds that something in the scenario can find out."""
    scenario = context.scenario
    if scenario.reveal == "all":
        return set(context.library.kinds)
    kinds: set[str] = set()
    for name in scenario.offers:
        action = context.actions.get(name)
        kinds |= {*action.reveal} if action is not None else set()
    for encounter in scenario.encounters.values():
        kinds |= {*encounter.reveals}
        waiting = list(encounter.responses.values())
        while waiting:
            response = waiting.pop()
            kinds |= {*response.reveal}
            waiting += response.responses.values()
    return kinds


def _check_audience(context: Context) -> None:
    """Actions on offer for which no customer will ever be in the right status."""
    scenario = context.scenario
    if not (context.whole("customers") and context.whole("offers")):
        return
    reached: set[str] = set()
    for customer in scenario.customers.values():
        status = "prospect" if customer.status == "unborn" else customer.status
        reached |= _REACHABLE.get(status, {status, "active"})
    for index, name in enumerate(scenario.offers):
        action = context.actions.get(name)
        if action is not None and not reached & set(allowed_statuses(action)):
            context.report("L26", ("offers", index), value=name)
