"""Parts that several pages show: meters, customers, concepts, hints and the top bar's numbers."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from sim.ui.window.kit.buttons import Button, Card, Pressable
from sim.ui.window.kit.labels import Icon, Label, Pill, Portrait
from sim.ui.window.kit.layout import Column, Grid, Row
from sim.ui.window.kit.meters import Meter
from sim.ui.window.kit.node import Command, Node
from sim.ui.window.kit.panels import Panel, note
from sim.ui.window.kit.portraits import NOBODY
from sim.ui.window.kit.theme import BODY, CARD, NUMBER, TAG, TextStyle
from sim.ui.window.pages.desk import Desk
from sim.view.model import BoardView, CustomerCard
from sim.view.parts import GroupView, Hint, Ref
from sim.view.parts import Meter as MeterView
from sim.view.words import UNKNOWN

Press = Callable[[str], Command | None]
Faces = Mapping[str, CustomerCard]
READ = ("satisfaction", "loyalty", "trust")  # meters that age from reading to reading


def meter(view: MeterView, *, moves: str = "", style: TextStyle = NUMBER) -> Meter:
    """The bar of a gauge, with a mark where the reading before was; hatched if nobody has read."""
    before = None
    if view.value is not None and view.change:
        before = min(100.0, max(0.0, view.value - view.change))
    rough = view.id in READ and view.value is not None and view.age is None
    return Meter(
        view.id, view.value, before, label=view.shown, moves=moves, style=style, rough=rough
    )


def gauge(
    view: MeterView, *, of_customer: bool = False, name: str = "", press: Press | None = None
) -> Node:
    """A gauge with its name, its bar and how old or how sure it is.

    Args:
        view: What it shows.
        of_customer: Whether it may be rough.
        name: Of the number, for where it comes from; empty: it cannot be pressed.
        press: Called with that name.
    """
    remark = "  ·  ".join(part for part in (view.change_text, view.when) if part)
    bar = meter(view)
    bar.rough = bar.rough and of_customer
    rows: list[Node] = [
        Row([Label(view.name, NUMBER, grow=1), Label(remark, TAG, "muted")], gap=10, folds=True),
        bar,
    ]
    if view.value is None and view.how:
        rows.append(Label(view.how, TAG, "muted"))
    drawn = Column(rows, gap=1)
    if press is None:
        return drawn
    return Pressable(name=f"number/{name}", body=drawn, on_press=partial(press, name))


def hints(desk: Desk, views: Sequence[Hint], *anchors: str) -> list[Node]:
    """The tutorial's lines for these places, until they are put away."""
    return [
        note(
            hint.text,
            Button(
                name=f"hint/{hint.anchor}",
                icon="circle-x",
                kind="note",
                compact=True,
                tip=desk.say("hint.away"),
                on_press=partial(desk.read.add, hint.anchor),
            ),
        )
        for hint in views
        if hint.anchor in anchors and hint.anchor not in desk.read
    ]


def concepts(refs: Sequence[Ref], press: Press, *, name: str) -> list[Node]:
    """Buttons that open the glossary at a concept."""
    if not refs:
        return []
    return [
        Row(
            [
                Button(
                    name=f"{name}/{ref.id}",
                    text=ref.name,
                    icon="book-open",
                    kind="quiet",
                    style=NUMBER,
                    compact=True,
                    on_press=partial(press, ref.id),
                )
                for ref in refs
            ],
            gap=4,
            folds=True,
        )
    ]


def customer_card(desk: Desk, view: CustomerCard, *, chosen: bool, press: Press) -> Card:
    """A customer on the board: face, name, three meters and what wants attention."""
    style = desk.say("file.style_unknown") if view.style == UNKNOWN else view.style
    head = Column(
        [Label(view.name, CARD, one_line=True), Label(style, TAG, "muted", one_line=True)],
        gap=0,
        grow=1,
    )
    rows: list[Node] = [
        Row([Portrait(view.portrait or NOBODY, view.mood_id, 38), head], gap=7),
        Column([meter(each) for each in view.meters], gap=0),
    ]
    if view.flags:
        rows.append(Pill(view.flags[0], "bell", "note_ink", "note", TAG))
    return Card(
        name=f"customer/{view.id}",
        body=Column(rows, gap=4),
        chosen=chosen,
        tip=card_tip(view),
        pad=(9, 8),
        sound="select",
        on_press=partial(press, view.id),
    )


def card_tip(view: CustomerCard) -> str:
    """What does not fit on a card."""
    first = "  ·  ".join(part for part in (view.name, view.kind, view.status) if part)
    return "\n".join((first, view.worth, *view.flags))


def chip(ref: Ref, face: CustomerCard | None, press: Press, *, name: str) -> Card:
    """A customer as a small face; the tip says who it is."""
    portrait = face.portrait if face else None
    mood = face.mood_id if face else None
    return Card(
        name=f"{name}/{ref.id}",
        body=Portrait(portrait or NOBODY, mood, 34),
        pad=(4, 4),
        tip=f"{ref.name}\n{ref.note}" if ref.note else ref.name,
        sound="select",
        on_press=partial(press, ref.id),
    )


def chips(group: GroupView, faces: Faces, press: Press, *, name: str) -> Row:
    """All customers of a group as small faces."""
    return Row(
        [chip(ref, faces.get(ref.id), press, name=name) for ref in group.customers],
        gap=4,
        folds=True,
    )


def lines(texts: Sequence[str], *, icon: str = "circle-dot", colour: str = "ink") -> list[Node]:
    """Sentences one below the other, each behind a mark."""
    return [
        Row([Icon(icon, 16, "muted", BODY), Label(text, BODY, colour, grow=1)], gap=8, align="top")
        for text in texts
        if text
    ]


def pills(texts: Sequence[str], icon: str = "") -> Row:
    """Short words side by side."""
    return Row([Pill(text, icon, style=TAG) for text in texts if text], gap=6, folds=True)


def cards_grid(cards: Sequence[Node]) -> Grid:
    """Customers in as many columns as fit."""
    return Grid(cards, cell=158, gap=6, most=4)


def faces_of(view: BoardView) -> dict[str, CustomerCard]:
    """The cards of all customers by id, whose faces stand for them elsewhere."""
    return {card.id: card for card in (*view.cards, *view.gone)}


def group_panel(group: GroupView, faces: Faces, press: Press, *, fill: str = "card") -> Panel:
    """A group of customers as a panel: name, rule and faces."""
    return Panel(
        [
            Label(f"{group.name}  ·  {len(group.customers)}", CARD),
            Label(group.text, TAG, "muted"),
            chips(group, faces, press, name=group.id),
        ],
        fill=fill,
        edge="line" if fill == "card" else "",
        radius=8,
        lifted=False,
        pad=(10, 8),
        gap=4,
    )
