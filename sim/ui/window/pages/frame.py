"""What is around every page: the top bar, the bottom bar and the way between pages."""

from collections.abc import Sequence
from dataclasses import replace

from sim.ui.window.kit.buttons import Button
from sim.ui.window.kit.labels import Icon, Label
from sim.ui.window.kit.layout import Column, Columns, Row, Space
from sim.ui.window.kit.node import Command, Node, Pop, Push, Screen
from sim.ui.window.kit.panels import Bar
from sim.ui.window.kit.theme import TITLE
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.desk import Desk

WIDE = 1000
OTHER_LANGUAGE = {"en": ("zh", "中文"), "zh": ("en", "English")}


class Page(Screen):
    """A whole page: top bar, content, bottom bar.

    Attributes:
        desk: What all pages share.
    """

    def __init__(self, desk: Desk) -> None:
        """Shows something of this desk."""
        self.desk = desk

    def act(self, ui: Ui, action: str) -> Command | bool | None:
        """Keys that mean the same on every page."""
        if action == "language":
            self.switch_language()
            return True
        if action == "numbers":
            return self.numbers(ui)
        return None

    def numbers(self, ui: Ui) -> Command | bool | None:
        """Where the numbers of this page come from; None where there are none."""
        del ui
        return None

    def switch_language(self) -> None:
        """English or Chinese, at once."""
        settings = self.desk.host.settings
        self.desk.change(replace(settings, language=OTHER_LANGUAGE[settings.language][0]))

    def language_button(self) -> Button:
        """The button to the other language, named in that language."""
        return Button(
            name="language",
            text=OTHER_LANGUAGE[self.desk.lang][1],
            icon="languages",
            kind="bar",
            compact=True,
            on_press=self.switch_language,
        )

    def back_button(self, key: str = "button.back") -> Button:
        """The way back, also with Esc."""
        return Button(
            name="back", text=self.desk.say(key), icon="arrow-left", hint="Esc", on_press=Pop
        )


def top_bar(title: str, *after: Node, icon: str = "", window: str = "") -> Bar:
    """The strip at the top: where one is, and what stands at its right end.

    Args:
        title: Of the page.
        after: What stands at the right end.
        icon: Before the title.
        window: What the window is called, if that says more than the title.
    """
    head: list[Node] = [Icon(icon, 24, "on_bar_muted")] if icon else []
    head.append(Label(title, TITLE, "on_bar", grow=1))
    return Bar([Row([*head, *after], gap=14, folds=True)], window=window or title)


def bottom_bar(*items: Node) -> Bar:
    """The strip of buttons at the bottom."""
    return Bar([Row(items, gap=10, folds=True)], fill="panel", pad=(16, 10))


def gap() -> Space:
    """Pushes what follows to the right end."""
    return Space(0, grow=1)


def page(top: Node, content: Node, bottom: Node | None = None) -> Column:
    """Bars with the content between them, which takes all the height that is left."""
    content.grow = 1
    middle = Column([content], pad=(14, 14), grow=1)
    middle.shrinks = True
    content.shrinks = True
    parts = [top, middle] if bottom is None else [top, middle, bottom]
    return Column(parts, gap=0)


def columns(items: Sequence[Node], weights: Sequence[float]) -> Columns:
    """Panels side by side over the whole height."""
    return Columns(items, weights, gap=14)


def open_page(screen: Screen) -> Push:
    """Puts a page on top."""
    return Push(screen)
