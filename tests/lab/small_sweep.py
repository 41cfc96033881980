"""A sweep of a few games, worked out once for all tests of a process."""

import json
from functools import cache

from sim.lab.balance.balance import Balance, assemble
from sim.lab.balance.plan import Plan, deck, plan
from sim.lab.balance.work import Part, work
from sim.scenario.load import Loaded, load_scenario


@cache
def day() -> Loaded:
    """The scenario."""
    return load_scenario("first-day")


@cache
def small() -> Plan:
    """A few games of each bot."""
    return plan(deck(day()), 8, forked=3)


@cache
def parts() -> tuple[Part, ...]:
    """The parts of the small sweep, as they come back from a file."""
    done = [work(small().deck, chunk) for chunk in small().chunks]
    return tuple(json.loads(json.dumps(part)) for part in done)


@cache
def found() -> Balance:
    """What they come to."""
    return assemble(day(), small(), parts())
