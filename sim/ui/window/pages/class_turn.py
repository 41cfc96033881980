"""A turn in a class: the page of every game, or what is waited for, as the class goes on."""

from functools import partial

from sim.errors import SimError
from sim.game import GameRecord
from sim.play.joining.game import JoinedSession
from sim.play.joining.seat import Seat
from sim.play.joining.table import hear
from sim.play.session import Session
from sim.ui.window.kit.buttons import Button
from sim.ui.window.kit.dialogue import Dialogue
from sim.ui.window.kit.labels import Label, Pill
from sim.ui.window.kit.layout import Column, Grid, Row
from sim.ui.window.kit.node import Answer, Begin, Command, Home, Node, Push
from sim.ui.window.kit.panels import card
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.kit.theme import BODY, CHOICE, HEAD, NAME
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.class_device import DevicePage
from sim.ui.window.pages.class_parts import Ear, plan_rows, told, waiting
from sim.ui.window.pages.class_read import ClassReportPage, ClassResultPage, EndedPage, ReadBriefing
from sim.ui.window.pages.desk import Desk
from sim.ui.window.pages.frame import WIDE, bottom_bar, gap, page, top_bar
from sim.ui.window.pages.parts import faces_of
from sim.ui.window.pages.result import ResultPage
from sim.ui.window.pages.turn import TurnPage
from sim.view.join_words import explain, say
from sim.view.joined import ProposalView, Where, decided, proposals, wait_view, where


class ClassTurnPage(TurnPage):
    """The open turn, the team's vote, or a waiting room.

    Attributes:
        seat: Whose game it is.
        fault: Why the game cannot be gone on with here.
    """

    busy = True

    def __init__(self, desk: Desk, seat: Seat) -> None:
        """Shows where the class stands.

        Args:
            desk: With the game, a `JoinedSession` that has been told all turns so far.
            seat: That has been told how things stand.
        """
        self.seat = seat
        self.fault: SimError | None = None
        self._ear = Ear(desk, seat)
        super().__init__(desk)

    @property
    def game(self) -> JoinedSession:
        """The game as it is computed here."""
        session = self.desk.session
        assert isinstance(session, JoinedSession)
        return session

    @property
    def where(self) -> Where:
        """What there is to do now."""
        standing = self.seat.told.standing
        assert standing is not None
        return where(standing, self.game.played, sending=self.seat.sending)

    @property
    def _in_turn(self) -> bool:
        return self.fault is None and self.seat.told.over is None and self.where == "turn"

    def close(self) -> None:
        """Leaving lets go of the network; what was not sent is sent when one comes back."""
        self.seat.stop()

    # --- what comes in ---

    def tick(self, ui: Ui) -> Answer:
        """Plays on as the class does."""
        news = self._ear.listen(ui)
        if self.fault is None:
            if (report := self._played()) is not None:
                return report
            if self.seat.told.game is not None:
                return self._end_of(self.seat.told.game)
        return news or None

    def _played(self) -> Command | None:
        """Plays the turns that the class has played; leads to the report of the last one."""
        if self.seat.known == self.game.played:
            return None
        faces = faces_of(self.desk.view.board)
        try:
            hear(self.seat, self.game)
        except SimError as error:
            self.fault = error
            return None
        self.desk.forget()
        self.begin()
        return Push(ClassReportPage(self.desk, faces, self._ear))

    def _end_of(self, game: GameRecord) -> Command | bool:
        """The class is over: from now on it is a game like any other, with its luck and a file."""
        self.seat.stop()
        session = Session.begin(self.game.case, game)
        if session.save_problem is not None:
            self.desk.complain(session.save_problem)
        if session.path is not None:
            self.seat.keep_game(str(session.path))
        session.language = self.desk.lang
        faces = faces_of(self.desk.view.board)
        self.desk.adopt(session)
        return Begin(ResultPage(self.desk, faces) if session.finished else EndedPage(self.desk))

    # --- what is on view ---

    def build(self, ui: Ui) -> Node:
        """The turn with what the class says above it, or what is waited for."""
        self._ear.listen(ui)
        if self._in_turn:
            found = super().build(ui)
            assert isinstance(found, Column)
            found.items = [found.items[0], *self._ear.bands(), *found.items[1:]]
            return found
        return self._around(self._content())

    def _around(self, content: Node) -> Node:
        standing = self.seat.told.standing
        title = standing.room.title if standing is not None else ""
        wide = self.desk.host.ui.columns >= WIDE
        found = page(
            top_bar(title, *self._menu(wide=wide), icon="school"),
            content,
            bottom_bar(*self._ways()),
        )
        found.items = [found.items[0], *self._ear.bands(), *found.items[1:]]
        return found

    def _ways(self) -> list[Node]:
        home = Button(
            name="home", text=self.desk.say("result.home"), icon="house", on_press=self._leave
        )
        return [home, gap(), *self._reading()]

    def _content(self) -> Node:
        lang, standing = self.desk.lang, self.seat.told.standing
        if self.fault is not None:
            title, text = say(lang, "join.stuck"), explain(self.fault, lang)
            return told(title, text, "triangle-alert", [self._device()])
        if (over := self.seat.told.over) is not None:
            return self._over(over)
        assert standing is not None
        if self.where == "vote":
            return self._vote()
        return waiting(wait_view(standing, self.where, lang), [self._device()], self._decided())

    def _decided(self) -> list[Node]:
        """What was chosen, while it waits for the others."""
        if self.where not in {"submitted", "team", "sending"}:
            return []
        lang = self.desk.lang
        plan = plan_rows(decided(self.game, lang), lang)
        return [card([Label(say(lang, "class.decided"), HEAD), *plan], gap=8)]

    def _device(self) -> Node:
        """The way to another device, or to a browser on this one."""
        return Button(
            name="device",
            text=say(self.desk.lang, "class.device"),
            icon="external-link",
            on_press=lambda: Push(DevicePage(self.desk, self.seat)),
        )

    def _over(self, over: SimError) -> Node:
        """Sent away, or a room that is no more."""
        lang = self.desk.lang
        buttons: list[Node] = []
        if over.code != "class/removed" and self.desk.join is not None:
            buttons.append(
                Button(
                    name="anew",
                    text=say(lang, "join.anew"),
                    icon="refresh-cw",
                    kind="primary",
                    on_press=self._anew,
                )
            )
        return told(say(lang, "join.over"), explain(over, lang), "circle-x", buttons)

    def _anew(self) -> Command | None:
        self.seat.forget()
        return None if self.desk.join is None else Begin(self.desk.join())

    def _reading(self) -> list[Node]:
        """What can be read while one waits."""
        say_ = self.desk.say
        found: list[Node] = []
        if self.game.finished:
            found.append(
                Button(
                    name="result",
                    text=say_("report.result"),
                    icon="award",
                    kind="primary",
                    on_press=lambda: Push(ClassResultPage(self.desk)),
                )
            )
        if self.game.reports:
            found.append(
                Button(
                    name="last_report",
                    text=say_("turn.last_report"),
                    icon="chart-column",
                    on_press=self._last_report,
                )
            )
        else:
            found.append(
                Button(
                    name="briefing",
                    text=say(self.desk.lang, "class.briefing"),
                    icon="book-open",
                    kind="primary",
                    on_press=lambda: Push(ReadBriefing(self.desk)),
                )
            )
        return found

    def _last_report(self) -> Command:
        return Push(ClassReportPage(self.desk, faces_of(self.desk.view.board), self._ear))

    # --- the vote of a team ---

    def _vote(self) -> Node:
        lang, standing = self.desk.lang, self.seat.told.standing
        assert standing is not None
        cards = [self._proposal(each) for each in proposals(self.game, standing, lang)]
        body = Column(
            [
                Label(say(lang, "class.vote"), NAME),
                Label(say(lang, "class.vote_text"), CHOICE, "muted"),
                Grid(cards, cell=340, gap=14, most=3),
            ],
            gap=14,
            pad=(10, 10),
        )
        return Scroll(body, name="vote")

    def _proposal(self, view: ProposalView) -> Node:
        lang = self.desk.lang
        rows = plan_rows(view.plan, lang)
        mine = [Pill(say(lang, "class.yours"), "user")] if view.mine else []
        vote = Button(
            name=f"vote/{view.seat}",
            text=say(lang, "class.voted" if view.chosen else "class.vote_do"),
            icon="check",
            kind="plain" if view.chosen else "primary",
            enabled=not view.chosen and not self.seat.sending,
            on_press=partial(self._vote_for, view.seat),
        )
        return card(
            [
                Row([Label(view.label, HEAD, grow=1), *mine], gap=8),
                *rows,
                Row([vote, Label(view.votes, BODY, "muted")], gap=10),
            ],
            gap=8,
        )

    def _vote_for(self, proposal: str) -> None:
        self.desk.attempt(lambda: self.seat.vote(self.game.turn, proposal))

    # --- deeds ---

    def _end(self) -> Command | None:
        standing, lang = self.seat.told.standing, self.desk.lang
        if standing is None or standing.turn != self.game.turn:
            self.desk.complain(SimError("class/paused"))
            return None
        if not standing.seat.team:
            return super()._end()
        answers = [
            (say(lang, "class.rather_not"), "plain", _stay),
            (say(lang, "class.propose"), "primary", self._play),
        ]
        ask, why = say(lang, "class.propose_sure"), say(lang, "class.propose_text")
        return Push(Dialogue(ask, why, answers))

    def _play(self) -> Command | None:
        game, seat = self.game, self.seat
        self.desk.attempt(lambda: seat.decide(game.turn, game.decision()), sound="turn_end")
        return None

    def act(self, ui: Ui, action: str) -> Command | bool | None:
        """Keys of the turn, while there is one."""
        if self._in_turn or action not in {"inbox", "customers"}:
            return super().act(ui, action)
        return None

    def numbers(self, ui: Ui) -> Command | None:
        """Where numbers come from, while there are any."""
        return super().numbers(ui) if self._in_turn else None

    def escape(self, ui: Ui) -> Command | None:
        """Leaving needs a question."""
        del ui
        return self._leave()

    def _leave(self) -> Command:
        say_ = self.desk.say
        answers = [(say_("leave.stay"), "plain", _stay), (say_("leave.go"), "primary", Home)]
        text = say(self.desk.lang, "join.leave")
        return Push(Dialogue(say_("leave.title"), text, answers))


def _stay() -> None:
    """Nothing is done."""
