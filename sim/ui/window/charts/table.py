"""The numbers behind a chart, as a table."""

from collections.abc import Sequence
from dataclasses import dataclass

import pygame

from sim.ui.window.kit.layout import portions
from sim.ui.window.kit.node import Node
from sim.ui.window.kit.theme import NUMBER, TAG_STRONG, TextStyle
from sim.ui.window.kit.ui import Ui
from sim.view.review_model import Table

GAP = 12
SHORT = 14  # characters of a cell that stays on one line
Cells = Sequence[str]


@dataclass(eq=False)
class DataTable(Node):
    """Rows of cells that wrap; where the columns do not fit, each row becomes a list."""

    table: Table

    def _widest(self, ui: Ui, column: int) -> int:
        head = ui.width(self.table.columns[column], TAG_STRONG)
        cells = (ui.width(row[column], NUMBER) for row in self.table.rows)
        return max(head, max(cells, default=0)) + 1

    def _least(self, ui: Ui, column: int) -> int:
        """The longest word, or a whole cell if that is short: ranges are not torn apart."""
        head = ui.longest_word(self.table.columns[column], TAG_STRONG)
        cells = (self._unbroken(ui, row[column]) for row in self.table.rows)
        return max(head, max(cells, default=0)) + 1

    @staticmethod
    def _unbroken(ui: Ui, cell: str) -> int:
        short = len(cell) <= SHORT
        return ui.width(cell, NUMBER) if short else ui.longest_word(cell, NUMBER)

    def natural(self, ui: Ui, /) -> int:
        """All columns on one line."""
        count = len(self.table.columns)
        return sum(self._widest(ui, place) for place in range(count)) + ui.px(GAP) * (count - 1)

    def least(self, ui: Ui, /) -> int:
        """A list needs no more than its longest word."""
        return max(self._least(ui, place) for place in range(len(self.table.columns)))

    def _widths(self, ui: Ui, width: int) -> list[int]:
        """The widths of the columns; empty where they do not fit beside each other."""
        count = len(self.table.columns)
        room = width - ui.px(GAP) * (count - 1)
        least = [self._least(ui, place) for place in range(count)]
        if sum(least) > room:
            return []
        wished = [self._widest(ui, place) for place in range(count)]
        spare = room - sum(least)
        wants = [wish - need for wish, need in zip(wished, least, strict=True)]
        if sum(wants) <= spare:
            return wished
        return [need + more for need, more in zip(least, portions(spare, wants), strict=True)]

    def _lists(self, ui: Ui) -> list[list[tuple[str, TextStyle, str]]]:
        """Each row as lines: its name, then `column: cell`."""
        heads, colon = self.table.columns, "：" if ui.look.lang == "zh" else ": "
        return [
            [
                (row[0], TAG_STRONG, "ink"),
                *(
                    (f"{head}{colon}{cell}", NUMBER, "muted")
                    for head, cell in zip(heads[1:], row[1:], strict=True)
                    if cell
                ),
            ]
            for row in self.table.rows
        ]

    def measure(self, ui: Ui, width: int, /) -> int:
        """All rows."""
        widths = self._widths(ui, width)
        if not widths:
            lines = (line for block in self._lists(ui) for line in block)
            high = sum(
                len(ui.wrap(text, style, width)) * ui.leading(style) for text, style, _ in lines
            )
            return high + ui.px(8) * len(self.table.rows)
        rows = (self._high(ui, row, widths, NUMBER) for row in self.table.rows)
        head = self._high(ui, self.table.columns, widths, TAG_STRONG)
        return head + sum(rows) + ui.px(6) * (1 + len(self.table.rows))

    @staticmethod
    def _high(ui: Ui, cells: Cells, widths: Sequence[int], style: TextStyle) -> int:
        lines = (
            len(ui.wrap(cell, style, wide)) if cell else 1
            for cell, wide in zip(cells, widths, strict=True)
        )
        return max(lines) * ui.leading(style)

    def draw(self, ui: Ui, surface: pygame.Surface, /) -> None:
        """Draws heads and cells, a thin line below each row."""
        widths = self._widths(ui, self.rect.w)
        if not widths:
            self._draw_lists(ui, surface)
            return
        top = self._draw_row(ui, surface, self.table.columns, widths, self.rect.y, TAG_STRONG)
        for row in self.table.rows:
            top = self._draw_row(ui, surface, row, widths, top, NUMBER)

    def _draw_row(  # noqa: PLR0917 - a row is its cells, their widths, its place and its style
        self,
        ui: Ui,
        surface: pygame.Surface,
        cells: Cells,
        widths: Sequence[int],
        top: int,
        style: TextStyle,
    ) -> int:
        left = self.rect.x
        for cell, wide in zip(cells, widths, strict=True):
            high = top
            for line in ui.wrap(cell, style, wide) if cell else ():
                ui.write(surface, line, style, at=(left, high), colour="ink")
                high += ui.leading(style)
            left += wide + ui.px(GAP)
        end = top + self._high(ui, cells, widths, style) + ui.px(3)
        surface.fill(ui.colour("line"), (self.rect.x, end, self.rect.w, 1))
        return end + ui.px(3)

    def _draw_lists(self, ui: Ui, surface: pygame.Surface) -> None:
        top = self.rect.y
        for block in self._lists(ui):
            for text, style, colour in block:
                for line in ui.wrap(text, style, self.rect.w):
                    ui.write(surface, line, style, at=(self.rect.x, top), colour=colour)
                    top += ui.leading(style)
            top += ui.px(8)
