"""Items that are doubtful: chosen by nobody or everybody, or well by those who play badly."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sim.lab.insights.items import Item, Items

LEAST = 10  # games in which it could be chosen, before anything is said
_KEY = 0.5  # share of moments at which an answer must be the best to be taken for the right one


@dataclass(frozen=True)
class Flag:
    """One item that deserves a look.

    Attributes:
        code: stable: `insights/nobody`, `insights/everybody`, `insights/negative`, `insights/lure`.
        item: which.
        data: figures for the sentence.
    """

    code: str
    item: Item
    data: dict[str, float] = field(default_factory=dict)


def flags(found: Items) -> tuple[Flag, ...]:
    """Everything doubtful, talks first."""
    return (*_negative(found), *_lures(found), *_unanimous(found), *_undone(found))


def _negative(found: Items) -> Iterator[Flag]:
    """Choices that those who decide well elsewhere make worse than others."""
    for item in (*found.moments, *found.deeds):
        told = item.discrimination
        if item.players >= LEAST and told is not None and told.high < 0.0:
            yield Flag("insights/negative", item, {"r": told.r})


def _lures(found: Items) -> Iterator[Flag]:
    """Answers that are seldom the best and chosen by those who decide well elsewhere."""
    for item in found.answers:
        told = item.discrimination
        if item.players < LEAST or told is None or item.good.could >= _KEY * item.all.could:
            continue
        if told.low > 0.0:
            yield Flag("insights/lure", item, {"r": told.r})


def _unanimous(found: Items) -> Iterator[Flag]:
    """Answers that all give, or nobody; what all give says enough of those beside it."""
    all_give = {item.path[:-1] for item in found.answers if _by_all(item)}
    for item in found.answers:
        if _by_all(item):
            yield Flag("insights/everybody", item, {"players": item.players})
        elif item.players >= LEAST and not item.choosers and item.path[:-1] not in all_give:
            yield Flag("insights/nobody", item, {"players": item.players})


def _by_all(item: Item) -> bool:
    return item.players >= LEAST and item.all.did == item.all.could


def _undone(found: Items) -> Iterator[Flag]:
    for item in found.deeds:
        if _by_all(item):
            yield Flag("insights/everybody", item, {"players": item.players})
        elif item.players >= LEAST and not item.choosers:
            yield Flag("insights/nobody", item, {"players": item.players})
