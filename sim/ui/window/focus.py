"""Where the keyboard is: order of Tab, neighbours by arrows, and keeping the focus in sight."""

from collections.abc import Sequence

import pygame

from sim.ui.window.kit.node import Control, Node, find
from sim.ui.window.kit.scroll import Scroll, scrolls_around
from sim.ui.window.kit.ui import Ui

ARROWS = {
    pygame.K_LEFT: (-1, 0),
    pygame.K_RIGHT: (1, 0),
    pygame.K_UP: (0, -1),
    pygame.K_DOWN: (0, 1),
}
# A neighbour straight ahead is preferred to a nearer one off to the side.
ASIDE_WEIGHT = 3


def order(root: Node) -> list[Control]:
    """The controls that Tab visits, in reading order."""
    return [node for node in root.walk() if isinstance(node, Control) and node.focusable]


def focused(ui: Ui, root: Node) -> Control | None:
    """The control that keys go to."""
    found = find(root, ui.focus)
    return found if isinstance(found, Control) and found.focusable else None


def move(ui: Ui, root: Node, step: int) -> None:
    """Goes to the next control (1) or to the one before (-1), around the ends."""
    controls = order(root)
    if not controls:
        return
    names = [control.name for control in controls]
    place = names.index(ui.focus) + step if ui.focus in names else (0 if step > 0 else -1)
    settle(ui, root, controls[place % len(controls)])


def steer(ui: Ui, root: Node, key: int) -> bool:
    """Goes to the nearest control in the direction of an arrow; returns whether there is one."""
    here = focused(ui, root)
    if here is None:
        move(ui, root, 1)
        return True
    groups = _groups(root)
    ahead = [
        (groups[control.name] is not groups[here.name], distance, place, control)
        for place, control in enumerate(order(root))
        if control is not here and (distance := _distance(here.rect, control.rect, key)) is not None
    ]
    if not ahead:
        return False
    settle(ui, root, min(ahead, key=lambda found: found[:3])[3])
    return True


def _groups(root: Node) -> dict[str, Node | None]:
    """The innermost scrolling part around each control: arrows stay in it while they can."""
    groups: dict[str, Node | None] = {}

    def visit(node: Node, around: Node | None) -> None:
        if isinstance(node, Control):
            groups[node.name] = around
        inner = node if isinstance(node, Scroll) else around
        for part in node.parts():
            visit(part, inner)

    visit(root, None)
    return groups


def _distance(here: pygame.Rect, there: pygame.Rect, key: int) -> float | None:
    """How far a control is in a direction; None if it does not lie there."""
    right, down = ARROWS[key]
    if right:
        along = (there.centerx - here.centerx) * right
        aside = _gap((here.top, here.bottom), (there.top, there.bottom))
    else:
        along = (there.centery - here.centery) * down
        aside = _gap((here.left, here.right), (there.left, there.right))
    clear = _clear(here, there, key)
    return along + ASIDE_WEIGHT * aside if clear else None


def _clear(here: pygame.Rect, there: pygame.Rect, key: int) -> bool:
    """Whether one lies beyond the other, not merely a little further."""
    slack = 4
    return {
        pygame.K_RIGHT: there.left >= here.right - slack,
        pygame.K_LEFT: there.right <= here.left + slack,
        pygame.K_DOWN: there.top >= here.bottom - slack,
        pygame.K_UP: there.bottom <= here.top + slack,
    }[key]


def _gap(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Pixels between two intervals; 0 where they overlap."""
    return max(0, one[0] - other[1], other[0] - one[1])


def settle(ui: Ui, root: Node, control: Control, *, shown: bool = True) -> None:
    """Gives a control the focus and brings it into sight."""
    ui.focus, ui.focus_shown = control.name, shown
    reveal(ui, root, control)


def reveal(ui: Ui, root: Node, control: Control) -> None:
    """Scrolls until a control is in sight."""
    for scroll in scrolls_around(root, control):
        scroll.show(ui, control.rect)


def keep(ui: Ui, root: Node, names_before: Sequence[str]) -> None:
    """After a rebuild: if the focused control is gone, goes to what stands where it stood."""
    if not ui.focus or focused(ui, root) is not None:
        return
    names = [control.name for control in order(root)]
    following = names_before[names_before.index(ui.focus) :] if ui.focus in names_before else ()
    ui.focus = next((name for name in following if name in names), "")
