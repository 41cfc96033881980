"""Columns, rows and grids: they give their parts a place, so that nothing overlaps at any size."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import pygame

from sim.ui.window.kit.node import Node
from sim.ui.window.kit.ui import Ui


@dataclass(eq=False)
class Space(Node):
    """Empty space.

    Attributes:
        units: Its width and height in design units.
    """

    units: float = 0

    def natural(self, ui: Ui, /) -> int:
        """Its width."""
        return ui.px(self.units)

    def measure(self, ui: Ui, width: int, /) -> int:
        """Its height."""
        del width
        return ui.px(self.units)


@dataclass(eq=False)
class Column(Node):
    """Parts one below the other.

    Attributes:
        items: The parts.
        gap: Between two of them, in design units.
        pad: Around all: one number, or across and down.
        align: Where parts stand that are narrower: `fill`, `left`, `centre`.
        wide: Natural width in text units, if the parts' own does not matter.
    """

    items: Sequence[Node] = ()
    gap: float = 8
    pad: float | tuple[float, float] = 0
    align: str = "fill"
    wide: float = 0
    middle: bool = False

    def parts(self) -> Sequence[Node]:
        """The items."""
        return self.items

    def insets(self, ui: Ui) -> tuple[int, int]:
        """Pixels left and right of the parts, and above and below them."""
        across, down = self.pad if isinstance(self.pad, tuple) else (self.pad, self.pad)
        return ui.px(across), ui.px(down)

    def natural(self, ui: Ui, /) -> int:
        """As wide as the widest part."""
        if self.wide:
            return ui.em(self.wide)
        widest = max((item.wished(ui) for item in self.items), default=0)
        return widest + 2 * self.insets(ui)[0]

    def least(self, ui: Ui, /) -> int:
        """The widest part decides."""
        return max((item.needed(ui) for item in self.items), default=0) + 2 * self.insets(ui)[0]

    def measure(self, ui: Ui, width: int, /) -> int:
        """The sum of the parts and gaps."""
        across, down = self.insets(ui)
        heights = [
            item.height(ui, self._share(ui, item, width - 2 * across)) for item in self.items
        ]
        return sum(heights) + ui.px(self.gap) * max(0, len(heights) - 1) + 2 * down

    def ahead(self, ui: Ui, width: int, /) -> Iterator[None]:
        """Part by part."""
        inner = width - 2 * self.insets(ui)[0]
        for item in self.items:
            yield from item.ahead(ui, self._share(ui, item, inner))

    def _share(self, ui: Ui, item: Node, width: int) -> int:
        return width if self.align == "fill" else min(width, item.wished(ui))

    def place(self, ui: Ui, rect: pygame.Rect, /) -> None:
        """Stacks the parts; what is too high is taken from those that scroll."""
        self.rect = rect
        across, down = self.insets(ui)
        inner = rect.inflate(-2 * across, -2 * down)
        widths = [self._share(ui, item, inner.w) for item in self.items]
        heights = [item.height(ui, wide) for item, wide in zip(self.items, widths, strict=True)]
        gap = ui.px(self.gap)
        spare = inner.h - sum(heights) - gap * max(0, len(heights) - 1)
        heights = _spread(self.items, heights, spare, ui.px(70))
        top = inner.y + (max(0, spare) // 2 if self.middle else 0)
        for item, wide, high in zip(self.items, widths, heights, strict=True):
            left = inner.x + ((inner.w - wide) // 2 if self.align == "centre" else 0)
            item.place(ui, pygame.Rect(left, top, wide, high))
            top += high + gap


def _spread(items: Sequence[Node], heights: list[int], spare: int, least: int) -> list[int]:
    """Heights with the spare pixels given to what grows, or the missing taken from what scrolls."""
    if spare >= 0:
        return [
            high + extra
            for high, extra in zip(
                heights, portions(spare, [item.grow for item in items]), strict=True
            )
        ]
    room = [
        max(0, high - least) if item.shrinks else 0
        for item, high in zip(items, heights, strict=True)
    ]
    taken = portions(min(-spare, sum(room)), room)
    return [high - less for high, less in zip(heights, taken, strict=True)]


def portions(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to weights that sum to the total exactly; none if all are 0."""
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    ends = [round(total * reached / whole) for reached in accumulate(weights)]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


@dataclass(eq=False)
class Row(Node):
    """Parts side by side; they go to a new line where they do not fit, if `folds`.

    Attributes:
        items: The parts.
        gap: Between two of them, in design units.
        align: `top`, `middle` or `fill` (all as high as the line).
        folds: Whether they may go to a new line.
    """

    items: Sequence[Node] = ()
    gap: float = 8
    align: str = "middle"
    folds: bool = False
    end: bool = field(default=False, kw_only=True)

    def parts(self) -> Sequence[Node]:
        """The items."""
        return self.items

    def natural(self, ui: Ui, /) -> int:
        """The sum of the parts and gaps."""
        gaps = ui.px(self.gap) * max(0, len(self.items) - 1)
        return sum(item.wished(ui) for item in self.items) + gaps

    def least(self, ui: Ui, /) -> int:
        """The widest part if it folds, else the sum."""
        smallest = [item.needed(ui) for item in self.items]
        gaps = ui.px(self.gap) * max(0, len(self.items) - 1)
        return max(smallest, default=0) if self.folds else sum(smallest) + gaps

    def lines(self, ui: Ui, width: int) -> list[list[tuple[Node, int]]]:
        """The parts of each line with their widths."""
        lines: list[list[Node]] = [[]]
        gap, used = ui.px(self.gap), 0
        for item in self.items:
            wide = item.wished(ui)
            if self.folds and lines[-1] and used + gap + wide > width:
                lines.append([])
                used = 0
            used += wide + (gap if lines[-1] else 0)
            lines[-1].append(item)
        return [list(zip(line, self._widths(ui, line, width), strict=True)) for line in lines]

    def _widths(self, ui: Ui, line: Sequence[Node], width: int) -> list[int]:
        wished = [item.wished(ui) for item in line]
        spare = width - sum(wished) - ui.px(self.gap) * max(0, len(line) - 1)
        if spare >= 0:
            extra = portions(spare, [item.grow for item in line])
            return [wish + more for wish, more in zip(wished, extra, strict=True)]
        give = [max(0, wish - item.needed(ui)) for item, wish in zip(line, wished, strict=True)]
        lost = portions(min(-spare, sum(give)), give)
        return [wish - less for wish, less in zip(wished, lost, strict=True)]

    def measure(self, ui: Ui, width: int, /) -> int:
        """The highest part of each line."""
        heights = [
            max((item.height(ui, wide) for item, wide in line), default=0)
            for line in self.lines(ui, width)
        ]
        return sum(heights) + ui.px(self.gap) * max(0, len(heights) - 1)

    def place(self, ui: Ui, rect: pygame.Rect, /) -> None:
        """Puts the parts side by side."""
        self.rect = rect
        gap, top = ui.px(self.gap), rect.y
        lines = self.lines(ui, rect.w)
        for line in lines:
            single = rect.h if len(lines) == 1 else 0
            high = max(single, max((item.height(ui, wide) for item, wide in line), default=0))
            used = sum(wide for _, wide in line) + gap * max(0, len(line) - 1)
            left = rect.right - used if self.end else rect.x
            for item, wide in line:
                own = high if self.align == "fill" else min(high, item.height(ui, wide))
                drop = (high - own) // 2 if self.align == "middle" else 0
                item.place(ui, pygame.Rect(left, top + drop, wide, own))
                left += wide + gap
            top += high + gap


@dataclass(eq=False)
class Grid(Node):
    """Cells of equal width, as many beside each other as fit.

    Attributes:
        items: The cells.
        cell: Smallest width of a cell in text units.
        gap: Between two cells, in design units.
        most: Largest number of columns; 0 for any.
        steady: Whether cells keep their width where there are fewer than would fit.
    """

    items: Sequence[Node] = ()
    cell: float = 200
    gap: float = 8
    most: int = 0
    steady: bool = False

    def parts(self) -> Sequence[Node]:
        """The items."""
        return self.items

    def natural(self, ui: Ui, /) -> int:
        """One line of smallest cells."""
        count = min(len(self.items), self.most or len(self.items))
        return count * ui.em(self.cell) + max(0, count - 1) * ui.px(self.gap)

    def least(self, ui: Ui, /) -> int:
        """The cell that needs most."""
        return max((item.needed(ui) for item in self.items), default=0)

    def count(self, ui: Ui, width: int) -> int:
        """How many columns fit."""
        gap = ui.px(self.gap)
        cell = max(ui.em(self.cell), self.needed(ui))
        fitting = max(1, (width + gap) // (cell + gap))
        count = min(fitting, self.most or fitting)
        return count if self.steady else min(count, max(1, len(self.items)))

    def _rows(self, ui: Ui, width: int) -> tuple[list[list[Node]], list[int]]:
        count = self.count(ui, width)
        rows = [
            list(self.items[start : start + count]) for start in range(0, len(self.items), count)
        ]
        widths = portions(width - ui.px(self.gap) * (count - 1), [1] * count)
        return rows, widths

    def measure(self, ui: Ui, width: int, /) -> int:
        """The highest cell of each line."""
        rows, widths = self._rows(ui, width)
        heights = [
            max(item.height(ui, wide) for item, wide in zip(row, widths, strict=False))
            for row in rows
        ]
        return sum(heights) + ui.px(self.gap) * max(0, len(heights) - 1)

    def place(self, ui: Ui, rect: pygame.Rect, /) -> None:
        """Puts the cells in lines."""
        self.rect = rect
        rows, widths = self._rows(ui, rect.w)
        gap, top = ui.px(self.gap), rect.y
        spare = max(0, rect.h - self.height(ui, rect.w)) if self.grow else 0
        for row, extra in zip(rows, portions(spare, [1] * len(rows)), strict=True):
            pairs = list(zip(row, widths, strict=False))
            high = max(item.height(ui, wide) for item, wide in pairs) + extra
            left = rect.x
            for item, wide in pairs:
                item.place(ui, pygame.Rect(left, top, wide, high))
                left += wide + gap
            top += high + gap


@dataclass(eq=False)
class Columns(Node):
    """Whole columns of a page, each as high as the page; widths by weight.

    Attributes:
        items: The columns.
        weights: Their shares of the width.
        gap: Between two of them, in design units.
    """

    items: Sequence[Node] = ()
    weights: Sequence[float] = ()
    gap: float = 14
    shrinks = True

    def parts(self) -> Sequence[Node]:
        """The columns."""
        return self.items

    def natural(self, ui: Ui, /) -> int:
        """The sum of the columns."""
        gaps = ui.px(self.gap) * (len(self.items) - 1)
        return sum(item.wished(ui) for item in self.items) + gaps

    def _widths(self, ui: Ui, width: int) -> list[int]:
        return portions(width - ui.px(self.gap) * (len(self.items) - 1), self.weights)

    def measure(self, ui: Ui, width: int, /) -> int:
        """The highest column."""
        pairs = zip(self.items, self._widths(ui, width), strict=True)
        return max((item.height(ui, wide) for item, wide in pairs), default=0)

    def ahead(self, ui: Ui, width: int, /) -> Iterator[None]:
        """Column by column."""
        for item, wide in zip(self.items, self._widths(ui, width), strict=True):
            yield from item.ahead(ui, wide)

    def place(self, ui: Ui, rect: pygame.Rect, /) -> None:
        """Gives each column the whole height."""
        self.rect = rect
        left = rect.x
        for item, wide in zip(self.items, self._widths(ui, rect.w), strict=True):
            item.place(ui, pygame.Rect(left, rect.y, wide, rect.h))
            left += wide + ui.px(self.gap)
