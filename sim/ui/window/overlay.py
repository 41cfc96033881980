"""What floats over all screens: the tip of a control, and messages that go away by themselves."""

import pygame

from sim.ui.window import focus
from sim.ui.window.kit import draw
from sim.ui.window.kit.node import Control, Node, find
from sim.ui.window.kit.theme import BODY, NUMBER
from sim.ui.window.kit.ui import Toast, Ui

TIP_DELAY = 0.45


def tip_of(ui: Ui, root: Node, *, rested: bool) -> Control | None:
    """The control whose tip is to be shown.

    Args:
        ui: Knows pointer and focus.
        root: The screen on top.
        rested: Whether the pointer has stayed long enough.
    """
    if rested and ui.hover:
        under = find(root, ui.hover)
        return under if isinstance(under, Control) and under.tip else None
    control = focus.focused(ui, root) if ui.focus_shown else None
    return control if control is not None and control.tip else None


def draw_tip(ui: Ui, surface: pygame.Surface, control: Control) -> None:
    """Draws a tip below its control, or above where there is no room."""
    most = min(ui.em(300), surface.get_width() - ui.px(24))
    lines = ui.wrap(control.tip, NUMBER, most - 2 * ui.px(10))
    wide = max(ui.line_width(line, NUMBER) for line in lines) + 2 * ui.px(10)
    box = pygame.Rect(0, 0, wide, len(lines) * ui.leading(NUMBER) + 2 * ui.px(7))
    box.midtop = (control.rect.centerx, control.rect.bottom + ui.px(8))
    if box.bottom > surface.get_height() - ui.px(4):
        box.bottom = max(box.h, control.rect.top - ui.px(8))
    box.clamp_ip(surface.get_rect().inflate(-ui.px(8), -ui.px(8)))
    edge = ui.colour("edge")
    draw.framed(surface, box, radius=ui.px(7), fill=ui.colour("tooltip"), edge=edge)
    top = box.y + ui.px(7)
    for line in lines:
        ui.write(surface, line, NUMBER, at=(box.x + ui.px(10), top), colour="on_tooltip")
        top += ui.leading(NUMBER)


def draw_toasts(ui: Ui, surface: pygame.Surface) -> None:
    """Draws the messages above the bottom of the window, the newest lowest."""
    bottom = surface.get_height() - ui.px(84)
    for toast in reversed(ui.toasts):
        bottom = _draw_toast(ui, surface, toast, bottom) - ui.px(8)


def _draw_toast(ui: Ui, surface: pygame.Surface, toast: Toast, bottom: int) -> int:
    side, pad = ui.em(20), ui.px(14)
    most = min(ui.em(460), surface.get_width() - ui.px(60))
    lines = ui.wrap(toast.text, BODY, most - 2 * pad - side - ui.px(10))
    wide = max(ui.line_width(line, BODY) for line in lines) + 2 * pad + side + ui.px(10)
    high = len(lines) * ui.leading(BODY) + 2 * ui.px(10)
    box = pygame.Rect((surface.get_width() - wide) // 2, bottom - high, wide, high)
    radius = ui.px(10)
    draw.shadow(surface, box, radius=radius, spread=ui.px(9), strength=ui.theme.shadow)
    edge = ui.colour("edge")
    draw.framed(surface, box, radius=radius, fill=ui.colour("tooltip"), edge=edge)
    mark = pygame.Rect(box.x + pad, box.centery - side // 2, side, side)
    ui.picture(surface, toast.icon, rect=mark, colour="on_tooltip")
    top = box.y + ui.px(10)
    for line in lines:
        left = mark.right + ui.px(10)
        ui.write(surface, line, BODY, at=(left, top), colour="on_tooltip")
        top += ui.leading(BODY)
    return box.top
