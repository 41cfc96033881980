"""The glossary: all concepts of the course, with a search in both languages."""

from functools import partial

from sim.ui.window.kit.buttons import Card
from sim.ui.window.kit.fields import TextField
from sim.ui.window.kit.labels import Label, Pill
from sim.ui.window.kit.layout import Column, Columns
from sim.ui.window.kit.node import Node
from sim.ui.window.kit.panels import Panel, card, heading
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.kit.theme import BODY, CARD, CHOICE, DIALOGUE, NAME, STRONG, TAG
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.desk import Desk
from sim.ui.window.pages.frame import WIDE, Page, bottom_bar, page, top_bar
from sim.ui.window.pages.parts import concepts
from sim.view.build import build_glossary
from sim.view.model import GlossaryEntry, GlossaryView

MOST_LISTED = 60  # in a narrow window, where the list stands above the text


class GlossaryPage(Page):
    """A list of concepts and the one that is read."""

    @property
    def first(self) -> str:
        """What most players want first."""
        return "search"

    def __init__(self, desk: Desk, concept: str = "") -> None:
        """Opens at a concept, or at the first one."""
        super().__init__(desk)
        self.concept, self.search = concept, ""

    def build(self, ui: Ui) -> Node:
        """List and text side by side, or one below the other."""
        view = build_glossary(self.desk.session, self.desk.lang, self.search)
        found = {entry.id: entry for entry in view.entries}
        shown = found.get(self.concept) or next(iter(view.entries), None)
        search = TextField(
            name="search",
            value=self.search,
            hint=self.desk.say("glossary.search"),
            icon="search",
            on_change=self._search,
        )
        text = self._text(shown)
        wide = ui.columns >= WIDE
        entries = Column(self._entries(view, shown, wide=wide), gap=4)
        content: Node = (
            Columns(
                [
                    Panel([search, Scroll(entries, name="entries", grow=1)], gap=8),
                    Panel([Scroll(text, name="text", grow=1)], pad=(12, 10)),
                ],
                weights=(36, 64),
            )
            if wide
            else Scroll(Column([Panel([search, text]), Panel([entries])], gap=14), name="page")
        )
        return page(
            top_bar(view.title, self.language_button(), icon="book-open"),
            content,
            bottom_bar(self.back_button()),
        )

    def _search(self, text: str) -> None:
        self.search, self.concept = text, ""

    def _choose(self, concept: str) -> None:
        self.concept = concept
        if self.desk.host.ui.scrolls.get("text"):
            self.desk.host.ui.scrolls["text"] = 0

    def _follow(self, concept: str) -> None:
        self.search = ""
        self._choose(concept)

    def _entries(
        self, view: GlossaryView, shown: GlossaryEntry | None, *, wide: bool
    ) -> list[Node]:
        entries = view.entries if wide else view.entries[:MOST_LISTED]
        return [
            Card(
                name=f"entry/{entry.id}",
                body=Column([Label(entry.name, CARD), Label(entry.group, TAG, "muted")], gap=0),
                pad=(12, 6),
                chosen=entry is shown,
                sound="select",
                on_press=partial(self._choose, entry.id),
            )
            for entry in entries
        ]

    def _text(self, entry: GlossaryEntry | None) -> Node:
        if entry is None:
            return Label(self.desk.say("glossary.nothing"), CHOICE, "muted")
        say = self.desk.say
        parts: list[Node] = [
            heading(entry.name, Pill(entry.group), style=NAME),
            Label(entry.text, DIALOGUE),
        ]
        for key, text in (("glossary.game", entry.game), ("glossary.evidence", entry.evidence)):
            if text:
                parts.append(card([Label(say(key), STRONG, "accent"), Label(text, CHOICE)]))
        if entry.see:
            parts.append(Label(say("glossary.see"), BODY, "muted"))
            parts += concepts(entry.see, self._follow, name="see")
        return Column(parts, gap=12, pad=(10, 6))
