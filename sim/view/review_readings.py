"""The small parts of the cards of the course: measured numbers and their tables."""

from collections.abc import Sequence

from sim.view.review_model import Reading, Table
from sim.view.review_words import say
from sim.view.words import percent


def reading(lang: str, name: str, shown: str) -> Reading:
    """A measured number under the name `course.NAME`."""
    return Reading(name, say(lang, f"course.{name}"), shown)


def share(lang: str, name: str, value: float) -> Reading:
    """A share 0..1."""
    return reading(lang, name, percent(value))


def counted(lang: str, name: str, count: int, of: int) -> Reading:
    """How many out of how many; that there were none of them, where there were none."""
    shown = say(lang, "course.of", n=count, of=of) if of else say(lang, "course.none")
    return reading(lang, name, shown)


def table(lang: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    """Rows under the names of their columns.

    Args:
        lang: `en` or `zh`.
        heads: keys of the names.
        rows: texts, one for each column.
    """
    return Table(tuple(say(lang, head) for head in heads), tuple(rows))
