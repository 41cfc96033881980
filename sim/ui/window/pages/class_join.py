"""Coming into a class: what the room asks for, and what is waited for until the game is there."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sim.errors import SimError
from sim.play.case import Case
from sim.play.joining.entrance import Entrance
from sim.play.joining.game import JoinedSession
from sim.play.joining.line import AwayError
from sim.play.joining.model import Door
from sim.play.joining.place import Place
from sim.play.joining.seat import Seat
from sim.play.joining.table import seated
from sim.play.joining.task import Task
from sim.ui.window.kit.buttons import Button, tabs
from sim.ui.window.kit.fields import TextField
from sim.ui.window.kit.labels import Label
from sim.ui.window.kit.layout import Column, Row
from sim.ui.window.kit.node import Answer, Begin, Node
from sim.ui.window.kit.panels import Panel
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.kit.theme import BODY, CHOICE, NAME
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.briefing import Briefing
from sim.ui.window.pages.class_parts import told
from sim.ui.window.pages.class_turn import ClassTurnPage
from sim.ui.window.pages.desk import Desk
from sim.ui.window.pages.frame import Page, bottom_bar, page, top_bar
from sim.view.join_words import explain, say

AGAIN = 3.0  # seconds until a server that did not answer is asked once more
_LONGEST_NAME = 24
_LONGEST_NUMBER = 60


@dataclass(frozen=True)
class Arrived:
    """Everything that a game in a class needs."""

    door: Door
    place: Place
    case: Case


@dataclass
class Asked:
    """What the room wants to know of somebody."""

    label: str = ""
    number: str = ""
    team: str = ""


class JoinPage(Page):
    """The way from an address and a code to the game."""

    busy = True

    @property
    def first(self) -> str:
        """The first thing to be filled in."""
        return "join" if self._asks == "pseudonym" else "who"

    def __init__(self, desk: Desk, entrance: Entrance, name: str = "") -> None:
        """Begins to look for the class.

        Args:
            desk: What all pages share.
            entrance: The room.
            name: Or number on the name list, where the room asks for one and it is known already.
        """
        super().__init__(desk)
        self.entrance = entrance
        self.asked = Asked(label=name, number=name)
        self.door: Door | None = None
        self.problem: SimError | None = None
        self._seat: Seat | None = None
        self._case: Case | None = None
        self._named = bool(name)
        self._again_at: float | None = None
        self._task: Task[Door | Arrived] | None = None
        self._begin(self._look)

    @property
    def _asks(self) -> str:
        return "pseudonym" if self.door is None else self.door.names

    def close(self) -> None:
        """Leaves; a seat that nobody plays from is let go of."""
        if self._seat is not None and not self._arrived:
            self._seat.stop()

    _arrived = False

    # --- the work, in a thread ---

    def _begin(self, work: Callable[[], Door | Arrived]) -> None:
        self._again_at = self.problem = None
        self._task = Task(work)

    def _look(self) -> Door | Arrived:
        door = self.entrance.look()
        place = self.entrance.remembered()
        return door if place is None else self._with_case(door, place)

    def _join(self) -> Arrived:
        door = self.door or self.entrance.look()
        asked = self.asked
        number = asked.number if door.names == "roster" else ""
        label = asked.label if door.names == "own" else ""
        place = self.entrance.join(label=label, number=number, team=asked.team)
        return self._with_case(door, place)

    def _with_case(self, door: Door, place: Place) -> Arrived:
        return Arrived(door, place, self.entrance.case(door, place))

    # --- what came of it ---

    def tick(self, ui: Ui) -> Answer:
        """Goes on as soon as there is something to go on with."""
        if self._task is not None and self._task.done:
            return self._take(ui, self._task)
        if self._seat is not None and self._case is not None:
            return self._sit_down(self._seat, self._case)
        if self._again_at is not None and ui.now >= self._again_at:
            self._begin(self._join if self.door is not None else self._look)
            return True
        return None

    def _take(self, ui: Ui, task: Task[Door | Arrived]) -> Answer:
        self._task = None
        try:
            found = task.result()
        except SimError as error:
            self.problem = error
            if isinstance(error, AwayError):
                self._again_at = ui.now + AGAIN
            return True
        if isinstance(found, Door):
            return self._ask(found)
        self.entrance.close()
        if found.place.game and self.desk.resume(found.place.game):
            return Begin(self.desk.open_game())
        self._seat, self._case = Seat(self.entrance.address, found.place), found.case
        self._seat.start()
        return True

    def _ask(self, door: Door) -> Answer:
        """Asks for what the room wants to know, or goes on if it is known."""
        self.door = door
        if not door.teams and (door.names == "pseudonym" or self._named):
            self._named = False  # the next time it is asked for
            self._begin(self._join)
        else:
            self.desk.host.ui.focus = self.first
        return True

    def _sit_down(self, seat: Seat, case: Case) -> Answer:
        """Begins the game as soon as the class has said how it stands."""
        seat.start()
        if seat.told.over is not None:
            self.problem, self._seat = seat.told.over, None
            seat.forget()  # the room is no more, or knows this seat no longer
            return True
        if seat.told.standing is None:
            return None
        try:
            session = seated(seat, case, self.desk.lang, JoinedSession)
        except SimError as error:
            self.problem, self._seat = error, None
            seat.stop()
            return True
        self._arrived = True
        desk, alone = self.desk, self.desk.open_game
        desk.adopt(session)
        desk.open_game = lambda: (
            ClassTurnPage(desk, seat) if isinstance(desk.session, JoinedSession) else alone()
        )
        fresh = not session.reports and seat.told.standing.room.state != "lobby"
        untouched = not session.draft.choices and not session.draft.responses
        return Begin(Briefing(desk) if fresh and untouched else desk.open_game())

    # --- what is on view ---

    def build(self, ui: Ui) -> Node:
        """What is asked for, what is waited for, or what went wrong."""
        del ui
        where = say(
            self.desk.lang, "join.at", code=self.entrance.code, address=self.entrance.address
        )
        return page(
            top_bar(where, self.language_button(), icon="school"),
            self._content(),
            bottom_bar(self.back_button()),
        )

    def _content(self) -> Node:
        lang = self.desk.lang
        if self._task is None and self._seat is None:
            if self.door is not None and self._again_at is None:
                return self._form(self.door)
            if self.problem is not None:
                return self._trouble(self.problem)
        key = "join.reaching" if self.door is None else "join.taking"
        title = say(lang, "join.loading" if self._seat is not None else key)
        return told(title, str(self.entrance.address), "hourglass", [])

    def _trouble(self, problem: SimError) -> Node:
        lang = self.desk.lang
        again = Button(
            name="again",
            text=say(lang, "join.again"),
            icon="refresh-cw",
            kind="primary",
            on_press=self._try_again,
        )
        text = explain(problem, lang)
        if self._again_at is not None:
            text += f"\n{say(lang, 'join.retrying')}"
        return told(say(lang, "class.join"), text, "triangle-alert", [again])

    def _try_again(self) -> None:
        self._begin(self._join if self.door is not None else self._look)

    def _form(self, door: Door) -> Node:
        lang = self.desk.lang
        rows: list[Node] = [
            Label(door.title, NAME),
            *([] if self.problem is None else [Label(explain(self.problem, lang), CHOICE, "bad")]),
        ]
        if door.names != "pseudonym":
            rows += self._field("number" if door.names == "roster" else "label")
        if door.teams:
            rows.append(Label(say(lang, "class.team"), BODY))
            rows.append(self._teams(door.teams))
        join = Button(
            name="join",
            text=say(lang, "class.join_do"),
            icon="arrow-right",
            kind="primary",
            action="end_turn",
            on_press=self._press,
        )
        rows += [Row([join], gap=10), Label(say(lang, "class.privacy"), BODY, "muted")]
        return Scroll(Column([Panel(rows, gap=14, pad=(30, 26))], pad=(10, 10)), name="join")

    def _field(self, name: str) -> list[Node]:
        """A name, or a number on the name list."""
        lang = self.desk.lang
        field = TextField(
            name="who",
            value=getattr(self.asked, name),
            hint=say(lang, f"class.{name}"),
            icon="user",
            longest=_LONGEST_NUMBER if name == "number" else _LONGEST_NAME,
            on_change=partial(self._type, name),
            on_enter=self._press,
        )
        return [
            Label(say(lang, f"class.{name}"), BODY),
            field,
            Label(
                say(lang, f"class.{name}_help" if name == "number" else "join.label_help"),
                BODY,
                "muted",
            ),
        ]

    def _teams(self, count: int) -> Node:
        lang = self.desk.lang
        items = [("", say(lang, "class.team_any"), "users")]
        items += [
            (str(team), say(lang, "class.team_name", team=team), "") for team in range(1, count + 1)
        ]
        return tabs("team", items, chosen=self.asked.team, on_choose=partial(self._type, "team"))

    def _type(self, name: str, text: str) -> None:
        setattr(self.asked, name, text)

    def _press(self) -> None:
        asks = {"own": self.asked.label, "roster": self.asked.number}
        if not asks.get(self._asks, "x").strip():
            self.problem = SimError("class/no-name")
            return
        self._begin(self._join)
