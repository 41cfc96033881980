"""The consumers of `benchmarks.consumer` as agents of a Mesa model, run by `AgentSet.do`."""

from typing import Any

import mesa

from benchmarks.consumer import Chosen, Consumer, Luck, World, befriend
from sim.engine.rules import Rules
from sim.engine.state import State


class Customer(mesa.Agent, Consumer):  # type: ignore[misc]  # Mesa need not be installed
    """One customer; what is done for him this turn lies ready in the model."""

    model: Any  # a `Market`; Mesa's own annotation is its base class

    def __init__(self, model: "Market", world: World, place: int, opening: State) -> None:
        """Join the model where run 0 of the opening state stands."""
        keywords: Any = {"world": world, "place": place, "opening": opening}
        super().__init__(model, **keywords)  # Mesa passes on what is not its own

    def act(self) -> None:
        """Meet this turn's deeds and draws."""
        self.meet(self.model.chosen[self.place], self.model.luck[self.place])


class Market(mesa.Model):  # type: ignore[misc]  # likewise
    """A portfolio of customers."""

    def __init__(self, rules: Rules, world: World, opening: State) -> None:
        """Fill the market with the customers of run 0 of an opening state."""
        super().__init__(seed=0)
        places = range(rules.sizes.customers)
        self.customers = [Customer(self, world, place, opening) for place in places]
        befriend(list(self.customers), rules)
        self.chosen: list[list[Chosen]] = []
        self.luck: list[Luck] = []

    def step(self) -> None:
        """One turn: everybody meets it, then hears who left."""
        self.agents.do("act")
        self.agents.do("hear")
        self.agents.do("label")
