"""Satisfaction against loyalty: a plane of faces, or four lists where there is no room for one."""

from collections.abc import Sequence
from functools import partial

from sim.ui.window.kit.buttons import Card
from sim.ui.window.kit.labels import Label, Portrait
from sim.ui.window.kit.layout import Grid
from sim.ui.window.kit.node import Node
from sim.ui.window.kit.panels import Panel
from sim.ui.window.kit.plane import Dot, Plane
from sim.ui.window.kit.portraits import NOBODY
from sim.ui.window.kit.theme import CARD, TAG
from sim.ui.window.pages.desk import Desk
from sim.ui.window.pages.frame import WIDE
from sim.ui.window.pages.parts import Faces, Press, group_panel
from sim.view.model import BoardView, CustomerCard, PlaceView, PlaneView, ResultView
from sim.view.parts import GroupView, Ref

# The fields as they lie: loyal above, satisfied to the right.
FIELDS = ("captive", "evangelist", "saboteur", "mercenary")
FIELD_COLOURS = {
    "captive": "captives",
    "evangelist": "apostles",
    "saboteur": "defectors",
    "mercenary": "mercenaries",
}


def matrix(desk: Desk, view: BoardView | ResultView, faces: Faces, press: Press) -> list[Node]:
    """Everyone at his place, what each field means, and those who are not known yet.

    Args:
        desk: Its window decides whether there is room for a plane.
        view: With the four fields, the places, and perhaps some who have none.
        faces: The cards of the customers by id.
        press: Called with a customer.
    """
    found = {group.id: group for group in view.matrix}
    fields = [found[name] for name in FIELDS if name in found]
    rest = [group_panel(each, faces, press) for each in view.matrix if each.id not in FIELDS]
    if desk.host.ui.columns < WIDE or len(fields) < len(FIELDS):
        lists = [group_panel(each, faces, press, fill=FIELD_COLOURS[each.id]) for each in fields]
        return [Grid(lists, cell=140, gap=4, most=2), *rest]
    meanings = Grid([_meaning(each) for each in fields], cell=140, gap=4, most=2)
    axes = (desk.say("meter.satisfaction"), desk.say("meter.loyalty"))
    dots = _dots(fields, view.plane, faces, press)
    corners = [f"{group.name} · {len(group.customers)}" for group in fields]
    plane = Plane(dots, (corners[0], corners[1], corners[2], corners[3]), axes)
    return [plane, meanings, *rest]


def _dots(fields: Sequence[GroupView], plane: PlaneView, faces: Faces, press: Press) -> list[Dot]:
    known = {who.id: who for group in fields for who in group.customers}
    return [
        _dot(known[place.id], place, plane.split, face=faces.get(place.id), press=press)
        for place in plane.places
    ]


def _dot(
    who: Ref,
    place: PlaceView,
    split: tuple[float, float],
    *,
    face: CustomerCard | None,
    press: Press,
) -> Dot:
    portrait, mood = (face.portrait, face.mood_id) if face else (None, None)
    node = Card(
        name=f"plane/{who.id}",
        body=Portrait(portrait or NOBODY, mood, 30),
        pad=(2, 2),
        tip=f"{who.name}\n{who.note}",
        sound="select",
        on_press=partial(press, who.id),
    )
    x, y = _share(place.satisfaction, split[0]), _share(place.loyalty, split[1])
    return Dot(x, y, node, who.name)


def _share(value: float, split: float) -> float:
    """A value 0..100 on an axis 0..1 whose middle is where the fields meet."""
    if value < split:
        return 0.5 * value / split
    return 0.5 + 0.5 * (value - split) / max(1.0, 100.0 - split)


def _meaning(group: GroupView) -> Panel:
    return Panel(
        [Label(group.name, CARD), Label(group.text, TAG, "muted")],
        fill=FIELD_COLOURS[group.id],
        radius=8,
        lifted=False,
        pad=(10, 8),
        gap=2,
    )
