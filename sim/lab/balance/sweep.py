"""A sweep from its plan to what was measured, whoever does the work."""

from collections.abc import Callable, Sequence

from sim.lab.balance.balance import Balance, assemble, pars_of
from sim.lab.balance.hands import Hands
from sim.lab.balance.journal import Journal
from sim.lab.balance.plan import Plan
from sim.lab.balance.work import Part
from sim.scenario.load import Loaded

Tell = Callable[["Progress"], None]


class Progress:
    """How far a sweep is.

    Attributes:
        chunks: how many there are.
        finished: how many of them are done.
        share: of the work that is done, 0..1.
        found: share that was done before this run began.
    """

    def __init__(self, plan: Plan, parts: Sequence[Part | None]) -> None:
        """At its beginning."""
        self._plan = plan
        self._whole = sum(chunk.weight for chunk in plan.chunks)
        self.chunks, self.finished, self._done = len(plan.chunks), 0, 0
        for number, part in enumerate(parts):
            if part is not None:
                self.count(number)
        self.found = self.share

    def count(self, number: int) -> None:
        """One more chunk is done."""
        self.finished += 1
        self._done += self._plan.chunks[number].weight

    @property
    def share(self) -> float:
        """Of the work that is done, 0..1."""
        return self._done / self._whole


def sweep(
    loaded: Loaded,
    plan: Plan,
    hands: Hands,
    *,
    journal: Journal | None = None,
    tell: Tell | None = None,
) -> Balance:
    """Play a plan, or what is left of it.

    The games that grades go by come first, so that a scenario without room between doing nothing
    and the expert is refused at once.

    Args:
        loaded: the scenario.
        plan: of the sweep.
        hands: who does the work.
        journal: where parts are kept; they are forgotten without.
        tell: called at the beginning and after every chunk.

    Raises:
        SimError: `balance/no-range`, or whatever keeps the work from going on.
    """
    parts: list[Part | None] = [None] * len(plan.chunks)
    for number, part in ({} if journal is None else journal.parts).items():
        parts[number] = part
    progress = Progress(plan, parts)
    if tell is not None:
        tell(progress)
    try:
        for stage in _stages(plan):
            left = [(each, plan.chunks[each]) for each in stage if parts[each] is None]
            for number, part in hands.parts(plan.deck, left) if left else ():
                parts[number] = part
                if journal is not None:
                    journal.add(number, part)
                progress.count(number)
                if tell is not None:
                    tell(progress)
            pars_of(plan, [part or {} for part in parts])
    finally:
        hands.close()
    return assemble(loaded, plan, [part for part in parts if part is not None])


def _stages(plan: Plan) -> tuple[list[int], list[int]]:
    """The chunks that decide whether there is anything to measure, and the others."""
    first = [number for number, chunk in enumerate(plan.chunks) if chunk.kind == "par"]
    return first, [number for number in range(len(plan.chunks)) if number not in first]
