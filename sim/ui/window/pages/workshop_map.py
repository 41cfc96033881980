"""What may happen when: encounters and events over the turns, and the endings."""

from collections.abc import Sequence
from functools import partial

from sim.ui.window.charts.legend import Item, Legend
from sim.ui.window.charts.strip import COLOURS, Strip, Turns
from sim.ui.window.kit.buttons import Card
from sim.ui.window.kit.labels import Icon, Label
from sim.ui.window.kit.layout import Column, Columns, Row
from sim.ui.window.kit.node import Node
from sim.ui.window.kit.panels import Panel, heading
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.kit.theme import BODY, CARD, CHOICE, NUMBER, TAG
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.frame import WIDE
from sim.ui.window.pages.workshop_problems import LOOKS
from sim.ui.window.pages.workshop_studio import Studio
from sim.view.workshop_model import EndingRow, MapRow, MapView

SHARES = (40, 60)  # of the width: words, turns
PAD = (12, 7)


def scenario_map(ui: Ui, studio: Studio, view: MapView) -> Node:
    """The whole map, from the first encounter to the last ending."""
    if not (view.encounters or view.events):
        parts: list[Node] = [Label(studio.word("map.empty"), CHOICE, "muted")]
    else:
        parts = [_key(studio, view)]
    for name, rows in (("encounters", view.encounters), ("events", view.events)):
        if rows:
            head = _head(ui, studio.word(f"map.{name}"), view.turns)
            parts += [head, *(_row(ui, studio, row) for row in rows)]
    parts.append(heading(studio.word("map.ending")))
    parts += [_ending(studio, each) for each in view.endings]
    return Panel([Scroll(Column(parts, gap=6, pad=(8, 4)), name="map", grow=1)], pad=(6, 8))


def _key(studio: Studio, view: MapView) -> Node:
    names = ("map.key_expert", "map.key_random")
    items = [
        Item("square", colour, studio.word(name))
        for name, colour in zip(names, COLOURS, strict=True)
    ]
    items.append(Item("frame", "ink", studio.word("map.key_bound")))
    rows: list[Node] = [Legend(items=items)]
    if view.waiting:
        rows.append(Label(view.waiting, NUMBER, "muted"))
    return Column(rows, gap=2)


def _head(ui: Ui, name: str, turns: Sequence[str]) -> Node:
    """The name of a part, and the numbers of the turns above its strips."""
    if ui.columns < WIDE:
        return heading(name)
    return Column([Columns([heading(name), Turns(names=turns)], SHARES)], pad=(PAD[0], 0))


def _row(ui: Ui, studio: Studio, row: MapRow) -> Card:
    title: list[Node] = [Label(row.title, CARD, grow=1)]
    if row.severity:
        icon, ink, _ = LOOKS[row.severity]
        title.append(Icon(icon, 16, ink, CARD))
    words = Column([Row(title, gap=6, align="top"), Label(row.text, TAG, "muted")], gap=0)
    strip = Strip(cells=row.cells)
    wide = ui.columns >= WIDE
    body: Node = Columns([words, strip], SHARES) if wide else Column([words, strip], gap=4)
    seen = [cell.text for cell in row.cells if any(cell.shares) or cell.bound]
    press = (
        partial(studio.choose, row.id)
        if row.kind == "encounter"
        else partial(studio.copy, str(studio.workshop.file.parent / row.place))
    )
    return Card(
        name=f"map/{row.kind}/{row.id}",
        body=body,
        tip="\n".join((row.place, *(text.replace("\n", "  ·  ") for text in seen))),
        pad=PAD,
        sound="select",
        on_press=press,
    )


def _ending(studio: Studio, row: EndingRow) -> Card:
    words = Column([Label(row.title, CARD), Label(row.text, BODY, "muted")], gap=1)
    return Card(
        name=f"map/ending/{row.id}",
        body=words,
        tip=row.place,
        pad=PAD,
        sound="select",
        on_press=partial(studio.copy, str(studio.workshop.file.parent / row.place)),
    )
