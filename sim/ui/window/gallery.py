"""Every widget on one page, to be looked at and to be tested; not part of the game."""

from dataclasses import dataclass, field
from functools import partial

from sim.ui.window.gallery_words import EN, ZH
from sim.ui.window.kit.buttons import Button, Card, Choice, Switch, icon_button, tabs
from sim.ui.window.kit.charts import LineChart, Series, Step, Waterfall
from sim.ui.window.kit.dialogue import Dialogue
from sim.ui.window.kit.fields import TextField
from sim.ui.window.kit.labels import Fact, Label, Pill, Portrait, change_pill, mood_pill
from sim.ui.window.kit.layout import Column, Columns, Row, Space
from sim.ui.window.kit.menus import DropDown
from sim.ui.window.kit.meters import Meter, Progress, Slider
from sim.ui.window.kit.node import Command, Node, Pop, Push, Screen
from sim.ui.window.kit.panels import Bar, Bubble, Panel, heading, note
from sim.ui.window.kit.plane import Dot, Plane
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.kit.theme import BODY, CARD, DIALOGUE, NAME, TAG, TITLE
from sim.ui.window.kit.ui import Ui


def _meters() -> list[Node]:
    kinds = ("satisfaction", "loyalty", "switching_cost")
    return [Meter(kind, value, 40) for kind, value in zip(kinds, (62, 55, None), strict=True)]


@dataclass
class Shown:
    """What the controls of the gallery are set to."""

    tab: str = "list"
    search: str = ""
    still: bool = False
    size: float = 1.0
    language: str = "en"
    choice: int = 0
    pressed: list[str] = field(default_factory=list)


class Gallery(Screen):
    """A page with every widget.

    Attributes:
        shown: What its controls are set to.
    """

    @property
    def first(self) -> str:
        """What most players want first."""
        return "end"

    def __init__(self) -> None:
        """Starts with nothing chosen."""
        self.shown = Shown()
        self._ui: Ui | None = None

    def build(self, ui: Ui) -> Node:
        """Three columns where there is room, else one below the other."""
        self._ui = ui
        words = ZH if ui.look.lang == "zh" else EN
        columns = [self._controls(words), self._talk(ui, words), self._charts(words)]
        if ui.columns >= 1000:
            panels = [Scroll(column, name=f"page/{place}") for place, column in enumerate(columns)]
            page: Node = Columns(panels, weights=(29, 41, 30), grow=1)
        else:
            page = Scroll(Column(columns, gap=14), name="page", grow=1)
        return Column([self._bar(words), page, self._foot(words)], gap=8)

    def _bar(self, words: dict[str, str]) -> Node:
        return Bar(
            [
                Row(
                    [
                        Label(words["title"], TITLE, "on_bar", grow=1),
                        Fact(words["turn"], "7 / 12", "calendar"),
                        Space(20),
                        Fact(words["money"], "¥4,200", "wallet"),
                        Space(20),
                        Button(name="bar", text="中文", icon="languages", kind="bar"),
                    ],
                    gap=14,
                )
            ]
        )

    def _foot(self, words: dict[str, str]) -> Node:
        return Bar(
            [
                Row(
                    [
                        Button(
                            name="ask",
                            text=words["ask"],
                            icon="messages-square",
                            on_press=self._ask,
                        ),
                        Button(
                            name="toast", text=words["toast"], icon="bell", on_press=self._toast
                        ),
                        Button(
                            name="off",
                            text=words["off"],
                            icon="ban",
                            enabled=False,
                            tip=words["why"],
                        ),
                        Space(1, grow=1),
                        Button(
                            name="end",
                            text=words["end"],
                            icon="skip-forward",
                            kind="primary",
                            action="end_turn",
                            on_press=lambda: self.shown.pressed.append("end"),
                        ),
                    ],
                    gap=10,
                    folds=True,
                )
            ],
            fill="panel",
        )

    def _ask(self) -> Command:
        words = ZH if self._ui and self._ui.look.lang == "zh" else EN
        answers = [(words["no"], "plain", Pop), (words["yes"], "primary", Pop)]
        return Push(Dialogue(words["question"], words["question_text"], answers))

    def _toast(self) -> None:
        if self._ui:
            self._ui.toast((ZH if self._ui.look.lang == "zh" else EN)["saved"], "save")

    def _set(self, name: str, value: object) -> None:
        setattr(self.shown, name, value)

    def _controls(self, words: dict[str, str]) -> Node:
        shown = self.shown
        people = [
            Card(
                name=f"card/{number}",
                chosen=shown.choice == number,
                on_press=partial(self._set, "choice", number),
                body=Row(
                    [
                        Portrait(f"p{number:02}", mood, 44),
                        Column(
                            [Label(words["name"], CARD, one_line=True), *_meters()], gap=1, grow=1
                        ),
                    ],
                    gap=10,
                ),
            )
            for number, mood in ((7, "rising"), (12, None))
        ]
        return Panel(
            [
                heading(
                    words["controls"],
                    change_pill("+2", 1),
                    icon_button("info", "info", words["why"], lambda: None),
                ),
                tabs(
                    "tab",
                    [
                        ("list", words["list"], "list"),
                        ("pyramid", words["pyramid"], "pyramid"),
                        ("matrix", words["matrix"], "grid-2x2"),
                    ],
                    chosen=shown.tab,
                    on_choose=partial(self._set, "tab"),
                ),
                Column(people, gap=6),
                TextField(
                    name="search",
                    value=shown.search,
                    hint=words["search"],
                    icon="search",
                    on_change=partial(self._set, "search"),
                ),
                Row(
                    [
                        Label(words["language"], grow=1),
                        DropDown(
                            name="language",
                            items=[("en", "English"), ("zh", "简体中文")],
                            chosen=shown.language,
                            on_choose=partial(self._set, "language"),
                        ),
                    ]
                ),
                Switch(
                    name="still",
                    text=words["still"],
                    on=shown.still,
                    on_press=partial(self._set, "still", not shown.still),
                ),
                Label(words["size"]),
                Slider(
                    name="size",
                    value=shown.size,
                    low=1,
                    high=2,
                    step=0.25,
                    show=lambda value: f"{100 * value:.0f} %",
                    on_change=partial(self._set, "size"),
                ),
                Progress(0.6),
            ],
            gap=12,
        )

    def _talk(self, ui: Ui, words: dict[str, str]) -> Node:
        moods = ("rising", "calm", "complacent", "falling", None)
        pills = [mood_pill(ui, mood, words[mood or "unknown"]) for mood in moods]
        head = Row(
            [
                Portrait("p02", "falling", 100, badge=False),
                Column(
                    [
                        Label(words["name"], NAME),
                        Label(words["style"], BODY, "muted"),
                        mood_pill(ui, "falling", words["falling"]),
                    ],
                    gap=3,
                    align="left",
                    grow=1,
                ),
                Column(
                    [
                        Meter("satisfaction", 41, 48, moves="gallery"),
                        Meter("loyalty", 22, 26),
                        Meter("switching_cost", 18),
                    ],
                    gap=6,
                    wide=180,
                ),
            ],
            gap=18,
        )
        choices = [
            Choice(
                name=f"choice/{digit}",
                text=words[name],
                digit=digit,
                chosen=self.shown.choice == -digit,
                on_press=partial(self._set, "choice", -digit),
                after=[Pill("2 h · ¥120", "clock")] if digit == 2 else (),
            )
            for digit, name in ((1, "one"), (2, "two"), (3, "three"))
        ]
        return Panel(
            [
                head,
                Space(4),
                Bubble([Label(words["said"], DIALOGUE)]),
                *choices,
                Row(pills, gap=6, folds=True),
                Row(
                    [Portrait(f"p{number:02}", "calm", 38) for number in range(20, 28)], folds=True
                ),
            ],
            gap=10,
        )

    def _charts(self, words: dict[str, str]) -> Node:
        steps = [
            Step(8, words["reason_1"], words["text_1"], "+8"),
            Step(-9, words["reason_2"], words["text_2"], "−9"),
            Step(2, words["reason_3"], "", "+2"),
        ]
        series = [
            Series(words["satisfaction"], "satisfaction", (62, 58, 60, 49, 41)),
            Series(words["loyalty"], "loyalty", (40, None, 30, 26, 22), "square"),
            Series(words["switching"], "switching", (20, 21, None, 19, 18), "diamond"),
        ]
        dots = [
            Dot(x, y, self._dot(number), words["name"], trail)
            for number, x, y, trail in (
                (2, 0.3, 0.2, (0.4, 0.35)),
                (5, 0.82, 0.8, None),
                (9, 0.7, 0.4, None),
            )
        ]
        corners = (words["captives"], words["apostles"], words["defectors"], words["mercenaries"])
        return Panel(
            [
                heading(words["why_head"], change_pill("+1", 1)),
                Waterfall(steps),
                note(words["lesson"]),
                LineChart(series, words["turn"], tall=110),
                Plane(dots, corners, (words["satisfaction"], words["loyalty"]), tall=190),
                Label("Noto Sans SC · 思源黑体", TAG, "muted"),
            ],
            gap=12,
        )

    @staticmethod
    def _dot(number: int) -> Node:
        return Card(
            name=f"dot/{number}",
            pad=(2, 2),
            tip=f"p{number:02}",
            body=Portrait(f"p{number:02}", "calm", 28, badge=False),
        )
