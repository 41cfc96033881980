"""The turn: the portfolio at the left, the matter at hand in the middle, the plan at the right."""

from collections.abc import Callable
from functools import partial

from sim.ui.window.kit.buttons import Button, Pressable, tabs
from sim.ui.window.kit.dialogue import Dialogue
from sim.ui.window.kit.labels import Fact, Label
from sim.ui.window.kit.layout import Column, Columns
from sim.ui.window.kit.node import Command, Home, Node, Push
from sim.ui.window.kit.panels import Bar, Panel, heading
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.kit.theme import BODY, CHOICE, HEAD
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.desk import Desk
from sim.ui.window.pages.frame import WIDE, Page, bottom_bar, gap, page, top_bar
from sim.ui.window.pages.glossary import GlossaryPage
from sim.ui.window.pages.help_page import HelpPage
from sim.ui.window.pages.ledger import open_number
from sim.ui.window.pages.parts import concepts, faces_of, gauge, lines
from sim.ui.window.pages.report import ReportPage
from sim.ui.window.pages.saves import SavesPage
from sim.ui.window.pages.settings_page import SettingsPage
from sim.ui.window.pages.shown import FILE, FIRM, TALK, Shown
from sim.ui.window.pages.turn_actions import actions
from sim.ui.window.pages.turn_board import board
from sim.ui.window.pages.turn_file import file
from sim.ui.window.pages.turn_plan import inbox, plan
from sim.ui.window.pages.turn_talk import talk
from sim.view.words import hours, money

PARTS = (("inbox", "inbox"), ("board", "users"), ("detail", "contact"), ("plan", "clipboard-list"))
METERS = {"satisfaction": "smile", "loyalty": "heart", "switching_cost": "lock", "equity": "coins"}


class TurnPage(Page):
    """The open turn of the game.

    Attributes:
        shown: What the player is looking at.
    """

    @property
    def first(self) -> str:
        """What most players want first."""
        return "end"

    def __init__(self, desk: Desk) -> None:
        """Begins with the first conversation that waits, or with the news."""
        super().__init__(desk)
        self.shown = Shown()
        self.begin()

    def begin(self) -> None:
        """At the start of a turn: shows what wants attention first."""
        self.shown = Shown(board=self.shown.board, sure=self.shown.sure)
        self._to_top()
        waiting = self._waiting()
        if waiting:
            self.shown.talk(waiting[0])
            self.shown.part = "inbox" if len(waiting) > 1 else "detail"

    def _waiting(self) -> list[str]:
        return [each.id for each in self.desk.view.inbox if not each.answered]

    def build(self, ui: Ui) -> Node:
        """Three columns, or one part at a time where there is no room."""
        wide = ui.columns >= WIDE
        if wide:
            content: Node = Columns(
                [
                    _panel("board", board(self.desk, self.shown, self._customer)),
                    _panel("detail", self._detail(ui), pad=12),
                    _panel("plan", self._side()),
                ],
                weights=(31, 43, 26),
                gap=12,
            )
        else:
            content = Scroll(
                Panel([self._part_tabs(), *self._part(ui)], gap=10, pad=(12, 10)),
                name=f"part/{self.shown.part}",
            )
        return page(self._top(wide=wide), content, self._bottom(wide=wide))

    # --- bars ---

    def _top(self, *, wide: bool) -> Bar:
        view, say = self.desk.view, self.desk.say
        header = view.header
        left = f"{hours(header.hours_left)} / {hours(header.hours)}"
        turn = f"{header.turn} / {header.turns}"
        facts: list[Node] = [
            Fact(say("fact.turn"), turn, "calendar"),
            self._fact("budget/hours", Fact(say("fact.hours"), left, "clock")),
            self._fact("budget/money", Fact(say("fact.money"), money(header.money_left), "wallet")),
        ]
        for each in view.meters if wide else ():
            fact = Fact(each.name, each.shown, METERS.get(each.id, ""))
            facts.append(self._fact(f"book/{each.id}", fact))
        window = f"{header.title} · {say('fact.turn')} {turn}"
        title = header.title if wide else ""
        return top_bar(title, *facts, *self._menu(wide=wide), window=window)

    def _fact(self, name: str, fact: Fact) -> Node:
        """A number of the top bar, which opens where it comes from."""
        press = partial(open_number, self.desk, name)
        return Pressable(
            name=f"fact/{name}",
            body=fact,
            ground="bar_button",
            tip=self._tip("numbers"),
            on_press=press,
        )

    def _menu(self, *, wide: bool) -> list[Node]:
        say, desk = self.desk.say, self.desk
        ways = (
            ("glossary", "book-open", lambda: Push(GlossaryPage(desk))),
            ("saves", "folder-open", lambda: Push(SavesPage(desk, running=True))),
            ("settings", "settings", lambda: Push(SettingsPage(desk))),
            ("help", "circle-question-mark", lambda: Push(HelpPage(desk))),
        )
        buttons: list[Node] = [
            Button(
                name=action,
                icon=icon,
                kind="bar",
                action=action,
                tip=self._tip(action),
                on_press=deed,
            )
            for action, icon, deed in ways
        ]
        if wide:
            buttons.append(self.language_button())
        else:
            buttons.append(
                Button(
                    name="language",
                    icon="languages",
                    kind="bar",
                    tip=say("title.language"),
                    on_press=self.switch_language,
                )
            )
        return buttons

    def _tip(self, action: str) -> str:
        key = self.desk.host.ui.key_of(action)
        return f"{self.desk.say(f'key.{action}')}  [{key}]"

    def _bottom(self, *, wide: bool) -> Bar:
        say = self.desk.say
        news = Button(
            name="news", text=say("turn.news"), icon="megaphone", on_press=self.shown.news
        )
        end = Button(
            name="end",
            text=say("turn.end"),
            icon="skip-forward",
            kind="primary",
            action="end_turn",
            on_press=self._end,
        )
        undo, redo = self._steps(wide=wide)
        return bottom_bar(undo, redo, news, *self._firm_button(), gap(), end)

    def _steps(self, *, wide: bool) -> tuple[Button, Button]:
        """A step back, and forth again."""
        view, session = self.desk.view, self.desk.session
        return (
            self._step("undo", "undo-2", session.undo, possible=view.can_undo, wide=wide),
            self._step("redo", "reply", session.redo, possible=view.can_redo, wide=wide),
        )

    def _step(
        self, action: str, icon: str, deed: Callable[[], object], *, possible: bool, wide: bool
    ) -> Button:
        return Button(
            name=action,
            text=self.desk.say(f"key.{action}") if wide else "",
            icon=icon,
            action=action,
            enabled=possible,
            tip=self._tip(action),
            on_press=lambda: self._attempt(deed),
        )

    def _firm_button(self) -> list[Button]:
        """The way to what can be done for the firm, if there is anything."""
        if not self.desk.view.market:
            return []
        text = self.desk.say("turn.firm")
        return [Button(name="firm", text=text, icon="store", on_press=self.shown.firm)]

    def _attempt(self, deed: Callable[[], object]) -> None:
        self.desk.attempt(deed)

    # --- the three parts ---

    def _part_tabs(self) -> Node:
        def choose(part: str) -> None:
            self.shown.part = part

        waiting = len(self._waiting())
        items = [(part, self.desk.say(f"part.{part}", n=waiting), icon) for part, icon in PARTS]
        return tabs("part", items, chosen=self.shown.part, on_choose=choose)

    def _part(self, ui: Ui) -> list[Node]:
        if self.shown.part == "inbox":
            return inbox(self.desk, self.shown, self._talk)
        if self.shown.part == "board":
            return board(self.desk, self.shown, self._customer)
        if self.shown.part == "plan":
            return plan(self.desk, self.shown)
        return self._detail(ui)

    def _side(self) -> list[Node]:
        return [
            *inbox(self.desk, self.shown, self._talk),
            *plan(self.desk, self.shown),
        ]

    def _detail(self, ui: Ui) -> list[Node]:
        if self.shown.kind == TALK:
            view = self.desk.encounter(self.shown.id)
            if view is not None:
                return talk(
                    ui,
                    self.desk,
                    view,
                    explain=self._explain,
                    on_customer=self._customer,
                    on_next=self._next(view.customer.id),
                )
        if self.shown.kind == FILE:
            return file(ui, self.desk, self.shown, explain=self._explain, on_talk=self._talk)
        if self.shown.kind == FIRM:
            return self._firm()
        return self._news()

    def _next(self, customer: str) -> Button:
        """Where to go after a conversation: to the next one, or to the customer's actions."""
        waiting = self._waiting()
        if not waiting:
            return Button(
                name="talk/deeds",
                text=self.desk.say("turn.deeds"),
                icon="clipboard-list",
                kind="primary",
                on_press=partial(self._deeds, customer),
            )
        return Button(
            name="talk/next",
            text=self.desk.say("turn.next"),
            icon="arrow-right",
            kind="primary",
            on_press=partial(self._talk, waiting[0]),
        )

    def _firm(self) -> list[Node]:
        views = self.desk.view.market
        head = [
            heading(self.desk.say("line.firm")),
            Label(self.desk.say("firm.text"), BODY, "muted"),
        ]
        if not views:
            return [*head, Label(self.desk.say("firm.nothing"), CHOICE)]
        rows = actions(self.desk, self.shown, views, customer=None, explain=self._explain)
        return [*head, *rows]

    def _news(self) -> list[Node]:
        view, say = self.desk.view, self.desk.say
        parts: list[Node] = [
            heading(f"{view.header.title}  ·  {view.header.when}"),
            *lines([view.header.book], icon="users"),
            *(
                gauge(each, name=f"book/{each.id}", press=partial(open_number, self.desk))
                for each in view.meters
            ),
        ]
        for item in view.news:
            parts += [Label(item.title, HEAD), Label(item.text, CHOICE)]
            parts += concepts(item.concepts, self._explain, name=f"news/{item.id}")
        if not view.news:
            parts.append(Label(say("turn.no_news"), BODY, "muted"))
        if self.desk.session.reports:
            parts.append(
                Button(
                    name="last_report",
                    text=say("turn.last_report"),
                    icon="chart-column",
                    on_press=lambda: Push(ReportPage(self.desk, faces_of(view.board))),
                )
            )
        return parts

    # --- deeds ---

    def _customer(self, customer: str) -> None:
        self.shown.customer(customer)
        self._to_top()

    def _deeds(self, customer: str) -> None:
        self.shown.file = "actions"
        self._customer(customer)

    def _talk(self, encounter: str) -> None:
        self.shown.talk(encounter)
        self._to_top()

    def _to_top(self) -> None:
        for name in ("detail", "part/detail"):
            self.desk.host.ui.scrolls[name] = 0

    def _explain(self, concept: str) -> Command:
        return Push(GlossaryPage(self.desk, concept))

    def _end(self) -> Command | None:
        open_ = len([each for each in self.desk.view.inbox if not each.path])
        say = self.desk.say
        texts = [f"{self.desk.view.header.hours_text}."]
        if open_:
            texts.append(say("end.unanswered", n=open_))
        if not open_ and self.desk.view.header.hours_left < 1:
            return self._play()
        answers = [
            (say("button.cancel"), "plain", _stay),
            (say("turn.end"), "primary", self._play),
        ]
        return Push(Dialogue(say("end.sure"), "\n".join(texts), answers))

    def _play(self) -> Command | None:
        faces = faces_of(self.desk.view.board)
        if not self.desk.attempt(self.desk.session.end_turn, sound="turn_end"):
            return None
        if not self.desk.session.finished:
            self.begin()
        return Push(ReportPage(self.desk, faces))

    def act(self, ui: Ui, action: str) -> Command | bool | None:
        """Inbox and customers have keys of their own."""
        if action == "inbox":
            waiting = self._waiting() or [each.id for each in self.desk.view.inbox]
            if waiting:
                self._talk(waiting[0])
            return True
        if action == "customers":
            self.shown.part, self.shown.board = "board", "list"
            cards = self.desk.view.board.cards
            ui.focus, ui.focus_shown = (f"customer/{cards[0].id}" if cards else ""), True
            return True
        return super().act(ui, action)

    def numbers(self, ui: Ui) -> Command | None:
        """Of the customer in focus or on view, else of all customers."""
        kind, _, name = ui.focus.partition("/")
        if kind == "customer":
            return open_number(self.desk, f"of/{name}")
        if kind == "number":
            return open_number(self.desk, name)
        if self.shown.kind == FILE:
            return open_number(self.desk, f"of/{self.shown.id}")
        found = self.desk.encounter(self.shown.id) if self.shown.kind == TALK else None
        whose = "book/satisfaction" if found is None else f"of/{found.customer.id}"
        return open_number(self.desk, whose)

    def escape(self, ui: Ui) -> Command | None:
        """Leaving needs no worry, but a question, since Esc is easily hit."""
        del ui
        say = self.desk.say
        answers = [
            (say("leave.stay"), "plain", _stay),
            (say("leave.go"), "primary", Home),
        ]
        return Push(Dialogue(say("leave.title"), say("leave.text"), answers))


def _stay() -> None:
    """Nothing is done."""


def _panel(name: str, parts: list[Node], *, pad: float = 8) -> Panel:
    return Panel([Scroll(Column(parts, gap=9, pad=(pad, 6)), name=name, grow=1)], pad=(4, 6))
