"""A conversation: who speaks, what was said so far, and what may be said next."""

from collections.abc import Callable
from functools import partial

from sim.ui.window.kit.buttons import Button, Choice
from sim.ui.window.kit.labels import Icon, Label, Pill, Portrait, mood_pill
from sim.ui.window.kit.layout import Column, Row, Space
from sim.ui.window.kit.node import Node
from sim.ui.window.kit.panels import Bubble, Panel, note
from sim.ui.window.kit.portraits import NOBODY
from sim.ui.window.kit.theme import BODY, CHOICE, DIALOGUE, NAME
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.desk import Desk
from sim.ui.window.pages.frame import WIDE
from sim.ui.window.pages.parts import Press, concepts, meter
from sim.view.model import CustomerView, EncounterView, ResponseView, SaidView

FAR = 1_000_000  # pixels; as far as there is something to scroll


def talk(
    ui: Ui,
    desk: Desk,
    view: EncounterView,
    *,
    explain: Press,
    on_customer: Press,
    on_next: Button,
) -> list[Node]:
    """The conversation from top to bottom."""
    file = desk.customer(view.customer.id)
    return [
        _head(ui, view, file, on_customer),
        Space(2),
        Bubble([Label(view.text, DIALOGUE)]),
        *(part for said in view.said for part in _exchange(view, said, file)),
        *_answers(desk, view),
        *_closing(desk, view, explain, on_next),
    ]


def _mood(view: EncounterView, file: CustomerView) -> str | None:
    """The mood of who speaks, as far as it is known."""
    speaker = (person for person in file.people if person.name == view.speaker)
    return next((person.mood_id for person in speaker), file.card.mood_id)


def _head(ui: Ui, view: EncounterView, file: CustomerView, on_customer: Press) -> Node:
    mood = _mood(view, file)
    words: list[Node] = [Label(view.title, BODY, "muted")]
    if mood:
        words.append(mood_pill(ui, mood, view.mood))
    if view.customer.name != view.speaker:
        words.insert(0, Label(view.customer.name, BODY, "muted"))
    name = Row(
        [
            Label(view.speaker, NAME),
            Button(
                name="talk/file",
                icon="contact",
                kind="quiet",
                tip=file.card.name,
                on_press=partial(on_customer, view.customer.id),
            ),
        ],
        gap=4,
    )
    return Row(
        [
            Portrait(view.portrait or NOBODY, mood, 92, badge=False),
            Column([name, *words], gap=2, align="left", grow=1),
            Column([meter(each) for each in file.card.meters], gap=6, wide=116),
        ],
        gap=18,
        folds=ui.columns < WIDE,
    )


def _exchange(view: EncounterView, said: SaidView, file: CustomerView) -> list[Node]:
    """What the player said, then the reply."""
    mine = Row(
        [
            Space(30, grow=1),
            Panel(
                [Label(said.say, CHOICE, wide=420)],
                fill="selected",
                lifted=False,
                pad=(14, 9),
                radius=12,
            ),
        ],
        gap=0,
    )
    if not said.reply:
        return [mine]
    reply = Row(
        [
            Portrait(view.portrait or NOBODY, _mood(view, file), 40, badge=False),
            Panel([Label(said.reply, CHOICE)], fill="bubble", lifted=False, pad=(14, 9), grow=1),
        ],
        gap=10,
    )
    return [mine, reply]


def _answers(desk: Desk, view: EncounterView) -> list[Node]:
    return [
        Choice(
            name=f"answer/{each.id}",
            text=each.say,
            digit=place,
            enabled=each.allowed,
            tip=each.why_not,
            after=_price(each),
            on_press=_answer(desk, view, each.id),
        )
        for place, each in enumerate(view.responses, start=1)
    ]


def _price(response: ResponseView) -> list[Node]:
    if not response.cost:
        return []
    return [Row([Pill(response.cost, "clock")], gap=6)]


def _answer(desk: Desk, view: EncounterView, response: str) -> Callable[[], None]:
    def deed() -> None:
        path = (*view.path, response)
        desk.attempt(lambda: desk.session.answer(view.id, path), sound="confirm")
        after = desk.encounter(view.id)
        if after is not None and after.answered:  # the last word and the way on come into sight
            for name in ("detail", "part/detail"):
                desk.host.ui.scrolls[name] = FAR

    return deed


def _closing(desk: Desk, view: EncounterView, explain: Press, on_next: Button) -> list[Node]:
    """After the last word: what it is about, and the way back or on."""
    parts: list[Node] = []
    if view.answered:
        parts.append(
            Row([Icon("circle-check", 20, "good"), Label(desk.say("line.encounter_over"), grow=1)])
        )
        parts += concepts(view.concepts, explain, name="talk")
        if all(each.answered for each in desk.view.inbox):
            parts.append(Label(desk.say("turn.all_answered"), CHOICE))
    if view.final:
        parts.append(note(desk.say("line.encounter_final"), icon="lock"))
    buttons: list[Node] = []
    if view.path and not view.final:
        buttons.append(
            Button(
                name="talk/back",
                text=desk.say("inbox.take_back"),
                icon="undo-2",
                on_press=lambda: _unanswer(desk, view.id),
            )
        )
    if view.answered:
        buttons.append(on_next)
    return [*parts, *([Row(buttons, gap=10, folds=True)] if buttons else [])]


def _unanswer(desk: Desk, encounter: str) -> None:
    desk.attempt(lambda: desk.session.unanswer(encounter))
