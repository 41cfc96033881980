"""The settings: everything works at once and is kept."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pygame

from sim.ui.window.kit.buttons import Button, Switch
from sim.ui.window.kit.dialogue import Dialogue
from sim.ui.window.kit.labels import Label
from sim.ui.window.kit.layout import Column, Columns, Row
from sim.ui.window.kit.menus import DropDown
from sim.ui.window.kit.meters import Slider
from sim.ui.window.kit.node import Answer, Command, Control, Node, Pop, Push
from sim.ui.window.kit.panels import Panel, heading
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.kit.theme import BODY, CHOICE
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.desk import Desk
from sim.ui.window.pages.frame import WIDE, Page, bottom_bar, page, top_bar
from sim.ui.window.settings import KEYS, TEXT_SIZES, THEMES, code_of, label_of


class SettingsPage(Page):
    """One row for each thing that can be set."""

    @property
    def first(self) -> str:
        """What most players want first."""
        return "set/language"

    def build(self, ui: Ui) -> Node:
        """What is seen and heard beside the keys."""
        look = Column([*self._seen(), *self._heard()], gap=14, pad=(8, 6))
        keys = Column(self._keys(), gap=8, pad=(8, 6))
        content: Node = (
            Columns(
                [
                    Panel([Scroll(look, name="look", grow=1)], pad=(10, 10)),
                    Panel([Scroll(keys, name="keys", grow=1)], pad=(10, 10)),
                ],
                weights=(1, 1),
            )
            if ui.columns >= WIDE
            else Scroll(Column([Panel([look]), Panel([keys])], gap=14), name="page")
        )
        return page(
            top_bar(self.desk.say("title.settings"), icon="settings"),
            content,
            bottom_bar(self.back_button()),
        )

    def _set(self, name: str, value: Any) -> None:
        self.desk.change(replace(self.desk.host.settings, **{name: value}))

    def _row(self, key: str, control: Control) -> Node:
        return Row([Label(self.desk.say(key), CHOICE, grow=1), control], gap=14, folds=True)

    def _seen(self) -> list[Node]:
        say, now = self.desk.say, self.desk.host.settings
        sizes = [(str(size), f"{100 * size:.0f} %") for size in TEXT_SIZES]
        return [
            heading(say("settings.look")),
            self._row(
                "settings.language",
                DropDown(
                    name="set/language",
                    items=[("en", "English"), ("zh", "简体中文")],
                    chosen=now.language,
                    on_choose=partial(self._set, "language"),
                ),
            ),
            self._row(
                "settings.text",
                DropDown(
                    name="set/text",
                    items=sizes,
                    chosen=str(now.text),
                    on_choose=lambda value: self._set("text", float(value)),
                ),
            ),
            self._row(
                "settings.theme",
                DropDown(
                    name="set/theme",
                    items=[(theme, say(f"settings.theme.{theme}")) for theme in THEMES],
                    chosen=now.theme,
                    on_choose=partial(self._set, "theme"),
                ),
            ),
            Switch(
                name="set/still",
                text=say("settings.still"),
                on=now.still,
                on_press=lambda: self._set("still", not now.still),
            ),
        ]

    def _heard(self) -> list[Node]:
        say, now = self.desk.say, self.desk.host.settings
        return [
            heading(say("settings.sound")),
            Switch(
                name="set/sound",
                text=say("settings.sound_on"),
                on=now.sound,
                on_press=lambda: self._set("sound", not now.sound),
            ),
            self._row(
                "settings.volume",
                Slider(
                    name="set/volume",
                    value=now.volume,
                    step=0.1,
                    show=lambda value: f"{100 * value:.0f} %",
                    on_change=lambda value: self._set("volume", round(value, 2)),
                ),
            ),
        ]

    def _keys(self) -> list[Node]:
        say, now = self.desk.say, self.desk.host.settings
        rows: list[Node] = [
            heading(say("settings.keys")),
            Label(say("settings.keys_text"), BODY, "muted"),
        ]
        for action in KEYS:
            button = Button(
                name=f"key/{action}",
                text=label_of(now.keys[action]),
                compact=True,
                tip=say("settings.key_tip"),
                on_press=partial(self._ask, action),
            )
            rows.append(self._row(f"key.{action}", button))
        reset = Button(
            name="keys/reset",
            text=say("settings.keys_reset"),
            icon="rotate-ccw",
            on_press=lambda: self._set("keys", dict(KEYS)),
        )
        return [*rows, Row([reset])]

    def _ask(self, action: str) -> Command:
        return Push(AskKey(self.desk, action, self._set))


class AskKey(Dialogue):
    """Waits for the key that an action is to have."""

    def __init__(self, desk: Desk, action: str, change: Callable[[str, Any], None]) -> None:
        """Asks for one action."""
        title = desk.say(f"key.{action}")
        answers = [(desk.say("button.cancel"), "plain", Pop)]
        super().__init__(title, desk.say("settings.press_key"), answers)
        self.desk, self.action, self._change = desk, action, change

    @property
    def first(self) -> str:
        """What catches the key."""
        return "catch"

    def build(self, ui: Ui) -> Node:
        """The dialogue with a part that catches the key."""
        root = super().build(ui)
        catch = KeyCatcher(name="catch", on_key=self._take, text=self.text)
        return Column([catch, root], gap=0)  # what is drawn later is clicked first

    def arrange(self, ui: Ui, root: Node, size: tuple[int, int]) -> None:
        """As a dialogue; the catcher has no place of its own."""
        catch, panel = root.parts()
        super().arrange(ui, panel, size)
        root.rect = panel.rect
        catch.place(ui, panel.rect.inflate(-8, -8))

    def _take(self, name: str) -> Answer:
        keys = dict(self.desk.host.settings.keys)
        other = next((action for action, key in keys.items() if key == name), None)
        if other is not None:  # the two actions change places
            keys[other] = keys[self.action]
        keys[self.action] = name
        self._change("keys", keys)
        return Pop()


class KeyCatcher(Control):
    """Takes any key that an action may have."""

    def __init__(self, *, name: str, on_key: Callable[[str], Answer], text: str) -> None:
        """Calls `on_key` with the name of the key."""
        super().__init__(name=name, tip=text)
        self.on_key = on_key

    def key(self, ui: Ui, event: pygame.event.Event, /) -> Answer:
        """A key with a name that is free."""
        del ui
        if event.type != pygame.KEYDOWN:
            return None
        name = pygame.key.name(event.key)
        return self.on_key(name) if code_of(name) else None
