"""What the pages of a class share: what the class says, and what there is while one waits."""

from collections.abc import Sequence

from sim.play.joining.seat import Seat
from sim.ui.window.kit.labels import Fact, Icon, Label
from sim.ui.window.kit.layout import Column, Row
from sim.ui.window.kit.node import Node
from sim.ui.window.kit.panels import Panel
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.kit.theme import BODY, CHOICE, NAME, TAG, TextStyle
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.desk import Desk
from sim.view.join_words import say
from sim.view.joined import WaitView, notices
from sim.view.review_model import PlanLine

_FACT = (TAG, TextStyle(19, bold=True))
_ON_PANEL = ("muted", "ink", "muted")


class Ear:
    """Hears what the class says, and says it on whatever page is on view."""

    def __init__(self, desk: Desk, seat: Seat) -> None:
        """What has been said before is not said again."""
        self.desk, self.seat = desk, seat
        self._seen = -1
        self._notices: tuple[tuple[str, str], ...] = ()
        standing = seat.told.standing
        self._message = max((each.id for each in standing.messages), default=0) if standing else 0
        self._opened = standing.turn if standing else None
        self._heard = 0  # the last message before the open turn

    def listen(self, ui: Ui) -> bool:
        """Whether there is something new to be shown."""
        self.seat.start()
        now = self._now()
        news = self._seen != self.seat.changes or now != self._notices
        self._notices = now
        if self._seen != self.seat.changes:
            self._seen = self.seat.changes
            self._hear(ui)
        return news

    def _hear(self, ui: Ui) -> None:
        for refusal in self.seat.take_refusals():
            self.desk.complain(refusal)
        standing, lang = self.seat.told.standing, self.desk.lang
        if standing is None:
            return
        heard = self._message
        for message in standing.messages:
            if message.id > self._message:
                self._message = message.id
                ui.play("encounter")
                ui.toast(f"{say(lang, 'class.told')} {message.text}", "megaphone", seconds=12)
        if standing.turn is not None and standing.turn != self._opened:
            ui.play("encounter")
            ui.toast(say(lang, "join.opened", turn=standing.turn), "flag")
            self._heard = heard
        self._opened = standing.turn

    def _now(self) -> tuple[tuple[str, str], ...]:
        return notices(self.seat, self.desk.lang, heard=self._heard)

    def bands(self) -> list[Node]:
        """What matters whatever is on view, as a strip below the top bar."""
        parts = [
            Row([Icon(icon, 19, "note_ink", BODY), Label(text, BODY)], gap=8)
            for icon, text in self._now()
        ]
        if not parts:
            return []
        strip = Panel(
            [Row(parts, gap=22, folds=True)],
            pad=(12, 8),
            fill="note",
            edge="note_edge",
            radius=10,
            lifted=False,
        )
        strip.shrinks = False
        return [Column([strip], pad=(14, 4))]


def plan_rows(plan: Sequence[PlanLine], lang: str) -> list[Node]:
    """A plan line by line."""
    rows: list[Node] = [
        Row(
            [
                Label(line.customer.name if line.customer else say(lang, "line.firm"), BODY),
                Label(line.text, BODY, "muted", grow=1),
            ],
            gap=12,
            align="top",
        )
        for line in plan
    ]
    return rows or [Label(say(lang, "plan.empty"), BODY, "muted")]


def waiting(view: WaitView, buttons: list[Node], more: list[Node] | None = None) -> Node:
    """What is waited for, in the middle of a page."""
    facts = [
        Fact(name, value, icon, styles=_FACT, colours=_ON_PANEL) for name, value, icon in view.facts
    ]
    parts: list[Node] = [
        Row([Icon(view.icon, 40, "accent"), Label(view.title, NAME, grow=1)], gap=16),
        Label(view.text, CHOICE),
        Row(facts, gap=28, folds=True),
        *(more or []),
        Row(buttons, gap=10, folds=True),
    ]
    return Scroll(Column([Panel(parts, gap=18, pad=(30, 26))], pad=(10, 10)), name="wait")


def told(title: str, text: str, icon: str, buttons: list[Node]) -> Node:
    """A message with nothing else around it."""
    return waiting(WaitView(title, text, icon, ()), buttons)
