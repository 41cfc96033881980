"""Turns looked at side by side: what several of them want played is played at once.

A turn of a few games costs nearly as much as one of hundreds, since most of it is spent between the
array operations. So whatever looks at a turn is a generator: it yields the games that it wants and
is sent how they ended. How games are put together changes none of them (`rollouts.play_on`).
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TypeVar

from sim.engine.rules import Rules
from sim.lab.review.rollouts import Block, Ends, play_on

_Found = TypeVar("_Found")
_Other = TypeVar("_Other")
Asking = Generator[list[Block], list[Ends], _Found]


def alone(asking: Asking[_Found], rules: Rules, seed: int) -> _Found:
    """What one comes to whose games are played for it alone.

    Args:
        asking: not begun.
        rules: of the scenario.
        seed: of the review's chance.
    """
    return next(found for _, found in together([asking], rules, seed))


def together(
    askings: Sequence[Asking[_Found]],
    rules: Rules,
    seed: int,
    *,
    stopped: Callable[[], bool] = bool,
) -> Iterator[tuple[int, _Found]]:
    """What each comes to, by its place, as soon as it is known.

    Args:
        askings: not begun.
        rules: of the scenario.
        seed: of the review's chance.
        stopped: whether nobody wants to know any more; asked before games are played.
    """
    wanted: dict[int, list[Block]] = {}
    for place, asking in enumerate(askings):
        yield from _told(place, asking, None, wanted)
    while wanted and not stopped():
        every = [block for blocks in wanted.values() for block in blocks]
        ends = iter(play_on(rules, every, seed=seed) if every else [])
        heard = {place: [next(ends) for _ in blocks] for place, blocks in wanted.items()}
        for place, found in heard.items():
            del wanted[place]
            yield from _told(place, askings[place], found, wanted)


def _told(
    place: int,
    asking: Asking[_Found],
    ends: list[Ends] | None,
    wanted: dict[int, list[Block]],
) -> Iterator[tuple[int, _Found]]:
    """Go on with one until it asks again, which is written down, or has come to an end."""
    try:
        wanted[place] = next(asking) if ends is None else asking.send(ends)
    except StopIteration as end:
        yield place, end.value


def both(one: Asking[_Found], other: Asking[_Other]) -> Asking[tuple[_Found, _Other]]:
    """Two that ask in the same breath, for as long as both have something to ask."""
    first, second = _Half(one), _Half(other)
    while first.asks or second.asks:
        blocks = [*first.blocks, *second.blocks]
        ends = yield blocks
        cut = len(first.blocks)
        first.hear(ends[:cut])
        second.hear(ends[cut:])
    return first.found, second.found  # type: ignore[return-value]  # both have ended


class _Half:
    """One of two: what it asks for, and what it came to."""

    def __init__(self, asking: Asking[object]) -> None:
        self._asking = asking
        self.asks, self.blocks, self.found = True, list[Block](), None
        self._go_on(lambda: next(asking))

    def hear(self, ends: list[Ends]) -> None:
        if self.asks:
            self._go_on(lambda: self._asking.send(ends))

    def _go_on(self, ask: Callable[[], list[Block]]) -> None:
        try:
            self.blocks = ask()
        except StopIteration as end:
            self.asks, self.blocks, self.found = False, [], end.value
