"""What many games of a scenario come to, as lines of text: figures, main tables, and verdict."""

from collections.abc import Iterator

from sim.ui.terminal.layout import columns, wrap
from sim.view.balance_words import say
from sim.view.findings_model import Findings, Smell
from sim.view.review_model import Table

_GAP = "  "


def findings_text(view: Findings, lang: str) -> str:
    """A summary: everything else stands in the page and in the data."""
    return "\n".join(_lines(view, lang)) + "\n"


def _lines(view: Findings, lang: str) -> Iterator[str]:
    yield view.title
    yield from wrap(view.basis)
    yield ""
    for tile in view.tiles:
        text = say(lang, "text.line", name=tile.name, text=tile.shown)
        text = say(lang, "line.remark", text=text, remark=tile.note) if tile.note else text
        yield from wrap(text, indent="  ")
    for part in view.parts:
        for chart in part.charts:
            yield from ("", chart.title)
            yield from wrap(chart.summary)
            if chart.id in _IN_FULL:
                yield from grid(chart.table)
    if view.left_out:
        yield from ("", view.left_out_title)
        yield from (line for each in view.left_out for line in wrap(f"  {each}", indent="    "))
    yield ""
    yield view.verdict
    for smell in view.smells:
        yield from smell_lines(smell, lang)


_IN_FULL = frozenset(("grades", "endings", "worths", "discrimination", "deeds"))


def smell_lines(smell: Smell, lang: str) -> Iterator[str]:
    """A smell: where, what, and what can be done; the place alone on its line, for editors."""
    yield f"{smell.where}: {smell.code}"
    gap = "" if lang == "zh" else " "
    yield from (f"    {line}" for line in wrap(gap.join((smell.text, smell.advice)), width=76))


def grid(table: Table) -> Iterator[str]:
    """A table in columns, its first cells to the left, the others to the right."""
    rows = [table.columns, *table.rows]
    widths = [max(columns(row[place]) for row in rows) for place in range(len(table.columns))]
    for row in rows:
        first = row[0] + " " * (widths[0] - columns(row[0]))
        rest = (
            " " * (width - columns(cell)) + cell
            for cell, width in zip(row[1:], widths[1:], strict=True)
        )
        yield f"{_GAP}{_GAP.join((first, *rest))}".rstrip()
