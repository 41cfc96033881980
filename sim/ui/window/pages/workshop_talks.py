"""The conversations of a scenario: all of them, one as it will look, and its tree of answers."""

from functools import partial

from sim.ui.window.kit.buttons import Button, Card
from sim.ui.window.kit.labels import Icon, Label
from sim.ui.window.kit.layout import Column, Columns, Row, Space
from sim.ui.window.kit.node import Command, Node, Push
from sim.ui.window.kit.panels import Panel, heading
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.kit.theme import BODY, CARD, CHOICE, NUMBER, TAG
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.frame import WIDE, Page, bottom_bar, page, top_bar
from sim.ui.window.pages.glossary import GlossaryPage
from sim.ui.window.pages.parts import lines
from sim.ui.window.pages.shown import Shown
from sim.ui.window.pages.turn_file import file
from sim.ui.window.pages.turn_talk import talk
from sim.ui.window.pages.workshop_problems import LOOKS
from sim.ui.window.pages.workshop_studio import Studio
from sim.view.workshop_model import AnswerView, EncounterItem

INDENT = 16  # design units of each step down the tree
MOST_INDENT = 3


def talks(ui: Ui, studio: Studio) -> Node:
    """List, conversation and tree; the conversation as wide as in the game."""
    item = studio.item
    if item is None:
        return Column([Panel([Label(studio.word("talk.none"), CHOICE, "muted")])])
    parts = [_list(studio), _conversation(ui, studio), _about(studio, item)]
    if ui.columns >= WIDE:
        looks = (("encounters", 8, 8), ("detail", 9, 12), ("about", 8, 8))
        return Columns(
            [
                Panel([Scroll(Column(each, gap=gap, pad=(pad, 6)), name=name, grow=1)], pad=(4, 6))
                for (name, gap, pad), each in zip(looks, parts, strict=True)
            ],
            weights=(26, 43, 31),
            gap=12,
        )
    order = (parts[1], parts[2], parts[0])
    panels = [Panel(each, gap=8, pad=(12, 10)) for each in order]
    return Scroll(Column(panels, gap=12), name="detail")


# --- all of them ---


def _list(studio: Studio) -> list[Node]:
    head = heading(studio.word("talk.list"), Label(str(len(studio.view.encounters)), BODY, "muted"))
    return [head, *(_entry(studio, each) for each in studio.view.encounters)]


def _entry(studio: Studio, item: EncounterItem) -> Card:
    title: list[Node] = [Label(item.title, CARD, grow=1)]
    if item.severity:
        icon, ink, _ = LOOKS[item.severity]
        title.append(Icon(icon, 16, ink, CARD))
    facts = " · ".join((item.who, *item.opens[:1]))
    return Card(
        name=f"encounter/{item.id}",
        body=Column([Row(title, gap=6, align="top"), Label(facts, TAG, "muted")], gap=1),
        chosen=item.id == studio.chosen,
        tip="\n".join((item.who, *item.opens)),
        pad=(10, 7),
        sound="select",
        on_press=partial(studio.choose, item.id),
    )


# --- one as it will look ---


def _conversation(ui: Ui, studio: Studio) -> list[Node]:
    desk = studio.desk
    view = desk.encounter(studio.entry)
    assert view is not None
    further = Button(
        name="talk/next",
        text=desk.say("turn.next"),
        icon="arrow-right",
        kind="primary",
        on_press=lambda: studio.choose(studio.following()),
    )
    return talk(
        ui,
        desk,
        view,
        explain=lambda concept: Push(GlossaryPage(desk, concept)),
        on_customer=lambda customer: Push(FilePage(studio, customer)),
        on_next=further,
    )


class FilePage(Page):
    """The file of a customer as it is at the start."""

    def __init__(self, studio: Studio, customer: str) -> None:
        """Opens the file of a customer."""
        super().__init__(studio.desk)
        self.shown = Shown()
        self.shown.customer(customer)

    def build(self, ui: Ui) -> Node:
        """The file alone."""
        desk = self.desk
        parts = file(ui, desk, self.shown, explain=self._explain, on_talk=lambda _encounter: None)
        content = Scroll(Column([Panel(parts, gap=9, pad=(18, 12))]), name="file")
        title = desk.customer(self.shown.id).card.name
        return page(
            top_bar(title, self.language_button(), icon="contact"),
            content,
            bottom_bar(self.back_button()),
        )

    def _explain(self, concept: str) -> Command:
        return Push(GlossaryPage(self.desk, concept))


# --- when it opens, and its tree ---


def _about(studio: Studio, item: EncounterItem) -> list[Node]:
    parts: list[Node] = [
        heading(studio.word("talk.opens"), _place(studio, item.place, "place")),
        *lines(item.opens, icon="clock"),
        *lines([item.seen], icon="chart-column"),
    ]
    if len(item.speakers) > 1:
        parts += [heading(studio.word("talk.speaker")), _speakers(studio, item)]
    else:
        parts += lines([item.who], icon="user")
    parts.append(heading(studio.word("talk.answers")))
    parts.append(_begin(studio))
    parts += [_answer(studio, each) for each in item.answers]
    return parts


def _place(studio: Studio, place: str, name: str) -> Button:
    folder = studio.workshop.file.parent
    return Button(
        name=name,
        icon="copy",
        kind="quiet",
        compact=True,
        tip=studio.word("talk.at", place=place),
        on_press=partial(studio.copy, str(folder / place)),
    )


def _speakers(studio: Studio, item: EncounterItem) -> Node:
    return Row(
        [
            Button(
                name=f"speaker/{each.id}",
                text=each.name,
                kind="chosen" if each.id == studio.entry else "plain",
                style=TAG,
                compact=True,
                sound="select",
                on_press=partial(studio.speak, each.id),
            )
            for each in item.speakers
        ],
        gap=4,
        folds=True,
    )


def _begin(studio: Studio) -> Button:
    return Button(
        name="tree",
        text=studio.word("talk.begin"),
        icon="rotate-ccw",
        kind="plain" if studio.path else "chosen",
        compact=True,
        on_press=partial(studio.go, ()),
    )


def _answer(studio: Studio, view: AnswerView) -> Node:
    on_way = studio.path[: len(view.path)] == view.path
    rows: list[Node] = [Label(view.say, NUMBER)]
    if view.condition:
        rows.append(Label(view.condition, TAG, "note_ink"))
    if view.cost:
        rows.append(Label(view.cost, TAG, "muted"))
    if view.deeds:
        rows.append(Label(" · ".join(view.deeds), TAG, "muted"))
    card = Card(
        name=f"tree/{'/'.join(view.path)}",
        body=Column(rows, gap=1),
        chosen=on_way,
        tip=view.place,
        pad=(9, 6),
        sound="select",
        grow=1,
        on_press=partial(studio.go, view.path),
    )
    return Row([Space(INDENT * min(view.depth, MOST_INDENT)), card], gap=0, align="top")
