"""Measuring on a machine that others use too: processor time, pieces in turn, medians, ratios."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from statistics import median
from time import process_time_ns
from typing import TypeVar

_Result = TypeVar("_Result")


@dataclass
class Timed:
    """Processor time of pieces of work, by name, in the order in which they ran.

    Pieces that are compared run in turn within one process, so that a slower minute slows them all;
    the time of other processes does not count.
    """

    spent: dict[str, list[float]] = field(default_factory=dict)  # ns per unit of work

    def call(self, name: str, work: Callable[[], _Result]) -> tuple[_Result, float]:
        """Do a piece of work; its result, and its time in ns."""
        begin = process_time_ns()
        result = work()
        taken = float(process_time_ns() - begin)
        self.spent.setdefault(name, []).append(taken)
        return result, taken

    def note(self, name: str, taken: float) -> None:
        """Add a time that was put together outside."""
        self.spent.setdefault(name, []).append(taken)

    def middle(self, name: str) -> float:
        """The median."""
        return median(self.spent[name])

    def share(self, name: str, hundredth: int) -> float:
        """A percentile: the smallest time that so many of a hundred do not exceed."""
        ordered = sorted(self.spent[name])
        return ordered[min(len(ordered) - 1, len(ordered) * hundredth // 100)]

    def ratio(self, name: str, other: str) -> float:
        """The median of the ratios, pair by pair."""
        pairs = zip(self.spent[name], self.spent[other], strict=True)
        return median(one / two for one, two in pairs)


def table(title: str, heads: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    """A table as text: the first column to the left, the others to the right."""
    rows = [list(heads), *(list(line) for line in lines)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    told = [
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return "\n".join([title, told[0], "-" * len(told[0]), *told[1:], ""])
