"""A deed in one line, for players who know what they want: `dan, usual, driver`.

The parts are customer, action, tone and person, each by name, id, or the beginning of either. What
is left out is asked for.
"""

import re
from collections.abc import Sequence

from sim.ui.terminal import screens
from sim.ui.terminal.commands import Choice, match
from sim.ui.terminal.player import Player
from sim.ui.terminal.render import impossible
from sim.view.build import build_customer
from sim.view.model import BoardView
from sim.view.parts import ActionView, Ref, ToneView

_BETWEEN = re.compile(r"\s*[,，、;；]\s*")


def customers(board: BoardView) -> list[Choice]:
    """Everybody by name, not listed."""
    return [Choice(each.id, names=(each.name,)) for each in (*board.cards, *board.gone)]


def give(player: Player, everybody: Sequence[Choice], text: str) -> bool:
    """Does what a line asks for.

    Args:
        player: who has typed it.
        everybody: the customers, see `customers`.
        text: the line.

    Returns:
        Whether it was an order at all: several parts, of which the first names a customer.
    """
    first, *others = _BETWEEN.split(text)
    who = match(first, everybody) if first else []
    if not others or len(who) != 1:
        return False
    name = who[0].key
    view = build_customer(player.session, player.lang, name)
    found = _chosen(player, others[0], _named(view.actions))
    if found is None:
        return True
    action = next(each for each in view.actions if each.id == found)
    if action.why_not and not action.chosen:
        player.show([impossible(action.why_not, player.say)])
    else:
        _act(player, name, action, others[1:])
    return True


def _act(player: Player, customer: str, action: ActionView, how: Sequence[str]) -> None:
    """An action with the tone and the person that were named."""
    given = {"tone": "", "person": ""}
    asked = (("tone", action.tones), ("person", action.people))
    for text, (part, options) in zip(how, (each for each in asked if each[1]), strict=False):
        found = _chosen(player, text, _named(options))
        if found is None:
            return
        given[part] = found
    screens.act(player, customer, action, tone=given["tone"], person=given["person"])


def _named(options: Sequence[ActionView | ToneView | Ref]) -> list[Choice]:
    return [Choice(each.id, names=(each.name,)) for each in options]


def _chosen(player: Player, text: str, choices: Sequence[Choice]) -> str | None:
    """What a part of the line means; None after saying that it is not clear."""
    found = match(text, choices) if text else []
    if len(found) == 1:
        return found[0].key
    player.not_understood(text, choices, found)
    return None
