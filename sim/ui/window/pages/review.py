"""The review of a game: first the player's own view, then the four steps of a debrief."""

from functools import partial

from sim.ui.window.kit.buttons import Button, Tab
from sim.ui.window.kit.labels import Icon, Label
from sim.ui.window.kit.layout import Column, Row
from sim.ui.window.kit.node import Node, Push
from sim.ui.window.kit.panels import Bar, Panel
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.kit.theme import CHOICE, NAME
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.debrief import Debrief
from sim.ui.window.pages.desk import Desk
from sim.ui.window.pages.frame import WIDE, bottom_bar, gap, page, top_bar
from sim.ui.window.pages.glossary import GlossaryPage
from sim.ui.window.pages.review_ask import Ask
from sim.ui.window.pages.review_next import Next
from sim.ui.window.pages.review_parts import ReviewScreen, stopped, working
from sim.ui.window.pages.review_steps import decided, happened, why
from sim.view.review_model import ReviewView

# The steps in the order in which a debrief is held.
STEPS = (("happened", "chart-line"), ("decided", "scale"), ("why", "brain"), ("next", "rocket"))


class ReviewPage(ReviewScreen):
    """The debrief of a finished game.

    Attributes:
        step: One of `STEPS`.
    """

    @property
    def first(self) -> str:
        """What most players want first."""
        return "on" if self.debrief.answered else "why"

    def __init__(self, desk: Desk) -> None:
        """Begins to work the review out; the game of the desk must be finished."""
        super().__init__(Debrief(desk))
        self.step = STEPS[0][0]
        self.ask, self.later = Ask(self.debrief), Next(self.debrief)

    def close(self) -> None:
        """Leaving gives up what is still being worked out; what is finished is kept."""
        self.debrief.close()

    def build(self, ui: Ui) -> Node:
        """The step of the debrief between the steps' tabs and the way on."""
        view = self.debrief.view if self.debrief.answered else None  # it takes some time to make
        content = self._content(ui, view)
        content.grow = 1
        content.shrinks = True
        parts: list[Node] = [content]
        if self.debrief.answered:
            parts.insert(0, self._steps())
        body = Column(parts, gap=10)
        title = self.desk.say("debrief.title") if view is None else view.title
        return page(
            top_bar(title, self.language_button(), icon="graduation-cap"),
            body,
            self._bottom(ui, view),
        )

    def _content(self, ui: Ui, view: ReviewView | None) -> Node:
        if not self.debrief.answered:
            return self.ask.content(ui)
        if view is None:
            return self._waiting()
        made = {"happened": happened, "decided": decided, "why": why}.get(self.step)
        return self.later.content(ui, view) if made is None else made(ui, self.debrief, view)

    def _waiting(self) -> Node:
        say = self.desk.say
        stopped = not self.debrief.busy
        parts: list[Node] = [
            Row([Icon("hourglass", 28, "accent"), Label(say("debrief.waiting"), NAME, grow=1)]),
            Label(say("debrief.stopped" if stopped else "debrief.waiting_text"), CHOICE, "muted"),
        ]
        return Scroll(Column([Panel(parts, gap=12)]), name="page")

    def _steps(self) -> Node:
        tabs = [
            Tab(
                name=f"step/{step}",
                text=self.desk.say(f"debrief.step.{step}"),
                icon=icon,
                hint=str(place),
                digit=place,
                chosen=step == self.step,
                sound="select",
                on_press=partial(self._choose, step),
            )
            for place, (step, icon) in enumerate(STEPS, start=1)
        ]
        return Row(tabs, gap=4, folds=True)

    def _choose(self, step: str) -> None:
        self.step, self.debrief.playing = step, None
        self.desk.host.ui.scrolls.update({"left": 0, "right": 0, "page": 0})

    # --- the bottom: how far it is, and the way on ---

    def _bottom(self, ui: Ui, view: ReviewView | None) -> Bar:
        say = self.desk.say
        glossary = Button(
            name="glossary",
            text=say("key.glossary") if ui.columns >= WIDE else "",
            icon="book-open",
            action="glossary",
            tip=say("key.glossary"),
            on_press=lambda: Push(GlossaryPage(self.desk)),
        )
        items: list[Node] = [self.back_button(), glossary, *self._progress(ui, view)]
        following = self._following()
        if self.debrief.answered and following:
            items.append(
                Button(
                    name="on",
                    text=say(f"debrief.step.{following}"),
                    icon="arrow-right",
                    kind="primary",
                    action="end_turn",
                    on_press=lambda: self._choose(following),
                )
            )
        return bottom_bar(*items)

    def _following(self) -> str:
        names = [step for step, _ in STEPS]
        place = names.index(self.step) + 1
        return names[place] if place < len(names) else ""

    def _progress(self, ui: Ui, view: ReviewView | None) -> list[Node]:
        """How far the review is, with a way to stop it or to go on; once done, to look closer."""
        say, debrief = self.desk.say, self.debrief
        if debrief.reviewing.working:
            words = say("debrief.working")
            if view is not None and view.progress:
                words = view.progress
            elif view is not None:
                words = say("debrief.closer_busy")
            return working(debrief, words)
        if debrief.reviewing.done < 1.0 and (view is None or view.progress):
            return stopped(debrief, "" if view is None else view.progress)
        return [gap()] if view is None else [*self._closer(ui), gap()]

    def _closer(self, ui: Ui) -> list[Node]:
        """The way to a closer look at every turn, as long as some are left."""
        say, debrief = self.desk.say, self.debrief
        left, every = debrief.closer_left, len(debrief.past.reports)
        if not left:
            return []
        begun = say("debrief.closer_left", n=left) if left < every else say("debrief.closer_tip")
        return [
            Button(
                name="closer",
                text=say("debrief.closer_all") if ui.columns >= WIDE else "",
                icon="search",
                tip=begun if ui.columns >= WIDE else f"{say('debrief.closer_all')}\n{begun}",
                on_press=debrief.reviewing.deepen,
            )
        ]
