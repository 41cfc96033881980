"""What can be done: actions with price, tone, addressee and conditions."""

from itertools import groupby

from sim.ui.window.kit.buttons import Button, Card, tabs
from sim.ui.window.kit.labels import Icon, Label, Pill
from sim.ui.window.kit.layout import Column, Row
from sim.ui.window.kit.menus import DropDown
from sim.ui.window.kit.node import Node
from sim.ui.window.kit.panels import card
from sim.ui.window.kit.theme import BODY, CARD, NUMBER, STRONG
from sim.ui.window.pages.desk import Desk
from sim.ui.window.pages.parts import Press, concepts
from sim.ui.window.pages.shown import Shown
from sim.view.parts import ActionView


def actions(
    desk: Desk, shown: Shown, views: tuple[ActionView, ...], *, customer: str | None, explain: Press
) -> list[Node]:
    """Every action on offer in its group; the one that is unfolded in full."""
    ordered = sorted(views, key=lambda view: [each.group for each in views].index(view.group))
    parts: list[Node] = []
    for _, members in groupby(ordered, key=lambda view: view.group):
        group = list(members)
        parts.append(Label(group[0].group_name, NUMBER, "muted"))
        parts += [_action(desk, shown, each, customer=customer, explain=explain) for each in group]
    return parts


def _action(
    desk: Desk, shown: Shown, view: ActionView, *, customer: str | None, explain: Press
) -> Node:
    unfolded = shown.action == view.id

    def unfold() -> None:
        shown.action = "" if unfolded else view.id

    possible = view.allowed or bool(view.chosen)
    state: list[Node] = []
    if view.chosen:
        state.append(Pill(desk.say("action.planned"), "check", "good", "good_tint"))
    elif not view.allowed:
        state.append(Icon("ban", 18, "faint"))
    head = Row(
        [
            Icon(view.icon, 22, "accent" if possible else "faint"),
            Label(view.name, CARD, "ink" if possible else "muted", grow=1),
            *state,
            Label(view.cost, NUMBER, "muted"),
            Icon("chevron-up" if unfolded else "chevron-down", 16, "muted"),
        ],
        gap=10,
    )
    fold = Card(
        name=f"action/{view.id}",
        body=head,
        pad=(12, 8),
        chosen=unfolded,
        tip="" if unfolded else view.why_not,
        sound="click",
        on_press=unfold,
    )
    if not unfolded:
        return fold
    body = _unfolded(desk, shown, view, customer=customer, explain=explain)
    return Column([fold, card(body, gap=8)], gap=2)


def _unfolded(
    desk: Desk, shown: Shown, view: ActionView, *, customer: str | None, explain: Press
) -> list[Node]:
    parts: list[Node] = [Label(view.text, BODY)]
    parts += [
        Row([Icon("info", 15, "muted"), Label(need, NUMBER, "muted", grow=1)], gap=7)
        for need in view.needs
    ]
    if view.chosen:
        parts.append(Label(view.chosen, STRONG, "good"))
    elif not view.allowed:
        parts.append(Row([Icon("ban", 18, "bad"), Label(view.why_not, BODY, "bad", grow=1)], gap=8))
    else:
        parts += _tone(desk, shown, view) + _person(desk, shown, view)
    parts += concepts(view.concepts, explain, name=f"about/{view.id}")
    parts.append(Row([_do(desk, shown, view, customer)], gap=8))
    return parts


def _tone(desk: Desk, shown: Shown, view: ActionView) -> list[Node]:
    if not view.tones:
        return []
    picked = shown.tones.get(view.id, view.tones[0].id)
    text = next((tone.text for tone in view.tones if tone.id == picked), "")

    def pick(tone: str) -> None:
        shown.tones[view.id] = tone

    items = [(tone.id, tone.name, "") for tone in view.tones]
    return [
        Label(desk.say("action.tone"), STRONG),
        tabs(f"tone/{view.id}", items, chosen=picked, on_choose=pick),
        Label(text, NUMBER, "muted"),
    ]


def _person(desk: Desk, shown: Shown, view: ActionView) -> list[Node]:
    if not view.people:
        return []

    def pick(person: str) -> None:
        shown.persons[view.id] = person

    items = [(person.id, f"{person.name}  ·  {person.note}") for person in view.people]
    return [
        Row(
            [
                Label(desk.say("action.person"), STRONG, grow=1),
                DropDown(
                    name=f"person/{view.id}",
                    items=items,
                    chosen=shown.persons.get(view.id, view.people[0].id),
                    on_choose=pick,
                ),
            ],
            gap=10,
            folds=True,
        )
    ]


def _do(desk: Desk, shown: Shown, view: ActionView, customer: str | None) -> Button:
    session = desk.session

    def do() -> None:
        if customer is None:
            desk.attempt(lambda: session.act_market(view.id, on=not view.chosen))
        elif view.chosen:
            desk.attempt(lambda: session.cancel(customer, view.id))
        else:
            tone = shown.tones.get(view.id) if view.tones else None
            person = shown.persons.get(view.id) if view.people else None
            desk.attempt(lambda: session.act(customer, view.id, tone, person), sound="confirm")

    if view.chosen:
        return Button(
            name=f"do/{view.id}", text=desk.say("action.take_back"), icon="undo-2", on_press=do
        )
    return Button(
        name=f"do/{view.id}",
        text=desk.say("action.do", cost=view.cost),
        icon="check",
        kind="primary",
        enabled=view.allowed,
        tip=view.why_not,
        on_press=do,
    )
