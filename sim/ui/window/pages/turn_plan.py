"""What waits and what is planned: the inbox, the plan of the turn, and what is left to spend."""

from functools import partial

from sim.ui.window.kit.buttons import Button, Card
from sim.ui.window.kit.labels import Icon, Label, Pill, Portrait
from sim.ui.window.kit.layout import Column, Row
from sim.ui.window.kit.meters import Progress
from sim.ui.window.kit.node import Node
from sim.ui.window.kit.panels import heading
from sim.ui.window.kit.portraits import NOBODY
from sim.ui.window.kit.theme import BODY, CARD, NUMBER
from sim.ui.window.pages.desk import Desk
from sim.ui.window.pages.parts import Press, hints
from sim.ui.window.pages.shown import TALK, Shown
from sim.ui.window.pages.turn_forecast import forecast
from sim.view.model import EncounterView, PlannedView


def inbox(desk: Desk, shown: Shown, press: Press) -> list[Node]:
    """Who wants an answer."""
    view = desk.view
    waiting = len([each for each in view.inbox if not each.answered])
    count = Pill(str(waiting), "mail", "note_ink", "note") if waiting else Pill("0", "check")
    rows: list[Node] = [heading(desk.say("turn.inbox"), count)]
    if not view.inbox:
        rows.append(Label(desk.say("inbox.empty"), BODY, "muted"))
    rows += [_waiting(desk, shown, each, press) for each in view.inbox]
    return [*rows, *hints(desk, view.hints, "inbox")]


def _waiting(desk: Desk, shown: Shown, view: EncounterView, press: Press) -> Node:
    cards = {card.id: card for card in desk.view.board.cards}
    owner = cards.get(view.customer.id)
    mood = owner.mood_id if owner and view.speaker == owner.name else None
    icon, colour = ("circle-check", "good") if view.answered else ("mail", "note_ink")
    words = Column(
        [
            Label(view.speaker, CARD, one_line=True),
            Label(view.title, NUMBER),
            Row([Icon(icon, 15, colour), Label(view.state, NUMBER, "muted", grow=1)], gap=5),
        ],
        gap=0,
        grow=1,
    )
    return Card(
        name=f"inbox/{view.id}",
        body=Row([Portrait(view.portrait or NOBODY, mood, 44, badge=False), words], gap=10),
        chosen=shown.kind == TALK and shown.id == view.id,
        sound="encounter",
        on_press=partial(press, view.id),
    )


def plan(desk: Desk, shown: Shown) -> list[Node]:
    """What is chosen for this turn, each with a button that takes it back, and the forecast."""
    return [*chosen(desk), *hints(desk, desk.view.hints, "end_turn"), *forecast(desk, shown)]


def chosen(desk: Desk) -> list[Node]:
    """What is chosen for this turn, each with a button that takes it back."""
    view = desk.view
    rows: list[Node] = [heading(desk.say("turn.plan")), *budget(desk)]
    if not view.plan:
        rows.append(Label(desk.say("plan.empty"), BODY, "muted"))
    return rows + [_planned(desk, each) for each in view.plan]


def budget(desk: Desk) -> list[Node]:
    """What is left of time and money."""
    header = desk.view.header
    share = header.hours_left / header.hours if header.hours else 0.0
    return [
        Row([Icon("clock", 16, "muted"), Label(header.hours_text, NUMBER, grow=1)], gap=7),
        Progress(max(0.0, min(1.0, share)), "accent", 7),
        Row([Icon("wallet", 16, "muted"), Label(header.money_text, NUMBER, grow=1)], gap=7),
    ]


def _planned(desk: Desk, view: PlannedView) -> Node:
    owner = view.customer.name if view.customer else desk.say("line.firm")
    words: list[Node] = [Label(owner, CARD, one_line=True), Label(view.text, NUMBER)]
    if view.cost:
        words.append(Label(view.cost, NUMBER, "muted"))
    customer = view.customer.id if view.customer else ""
    back = Button(
        name=f"plan/{customer}/{view.id}",
        icon="circle-x",
        kind="quiet",
        tip=desk.say("action.take_back"),
        on_press=lambda: _take_back(desk, view),
    )
    return Row([Column(words, gap=0, grow=1), back], gap=6)


def _take_back(desk: Desk, view: PlannedView) -> None:
    session = desk.session
    if view.encounter:
        desk.attempt(lambda: session.unanswer(view.id))
    elif view.customer is None:
        desk.attempt(lambda: session.act_market(view.id, on=False))
    else:
        customer = view.customer.id
        desk.attempt(lambda: session.cancel(customer, view.id))
