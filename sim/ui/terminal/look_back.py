"""Looking back at a game that is over: asked first, then shown, then decided again.

Nothing is graded before the player has said which turn mattered most, and why. Meanwhile the review
is worked out in another process.
"""

import time
from collections.abc import Callable, Iterator
from functools import partial

from sim.errors import SimError
from sim.game import TurnRecord
from sim.play.branching import play_on
from sim.play.session import Session
from sim.ui.terminal import render_end, render_review
from sim.ui.terminal.commands import AGAIN, BACK, Choice, words_of
from sim.ui.terminal.decide_again import decide_again
from sim.ui.terminal.player import Player
from sim.view.debriefing import Debriefing
from sim.view.ledger import FIGURES
from sim.view.review_model import ReviewView

_PAUSE = 0.05  # seconds between two looks at what is being worked out
_NAMES = 6  # other games that are listed
_FIRST = 3  # customers of a report that are shown without asking


def look_back(player: Player) -> Session | None:
    """Holds the debrief of a finished game.

    Returns:
        A game to play on with, if one was begun from a turn of this one.
    """
    held = Debriefing(player.session, player.attempt)
    try:
        if not _answered(player, held):
            return None
        wait(player, held)
        return _menu(player, held)
    finally:
        held.close()


# --- asked first ---


def _answered(player: Player, held: Debriefing) -> bool:
    """Whether the player has said what mattered most; asked if not."""
    while not held.answered:
        turns = held.recap()
        player.show(render_review.recap_lines(turns, player.lang))
        key = player.choose("ask.mattered", [Choice(str(each.turn), each.when) for each in turns])
        if key == BACK:
            return False
        if key != AGAIN and not held.answer(int(key), player.console.ask(player.say("ask.why"))):
            return False
    return True


def wait(player: Player, held: Debriefing) -> None:
    """Tells how far the review is until it is done, or stopped with Ctrl-C."""
    if held.reviewing.working:
        player.tell("look.working")
    try:
        while held.reviewing.working:
            if held.take() and held.view is not None:
                player.show(text for text in (held.view.progress or held.view.depth,) if text)
            time.sleep(_PAUSE)
    except KeyboardInterrupt:
        held.reviewing.cancel()
        player.tell("look.stopped")
    if held.reviewing.problem is not None:
        player.complain(held.reviewing.problem)


# --- then shown ---


def _menu(player: Player, held: Debriefing) -> Session | None:
    """Shows what is asked for, until the player has seen enough or plays on."""
    listed = True
    while (view := held.view) is not None:
        choices = [_choice(player, key, text) for key, text in _items(player, held, view)]
        key = player.choose("ask.look", choices, empty=BACK, listed=listed)
        if key == BACK:
            return None
        listed = key in {AGAIN, "retry", "closer", "turn"}
        if key in _SHOWN:
            player.show(["", *_SHOWN[key](view, player.lang)])
        elif key == "play_on":
            if (begun := _play_on(player, held, _which(player, view))) is not None:
                return begun
        elif key != AGAIN and (begun := _DONE[key](player, held, view)) is not None:
            return begun
    return None


def _choice(player: Player, key: str, text: str) -> Choice:
    """A line of a menu with the letter that chooses it."""
    names = words_of(key)
    return Choice(key, player.say("line.menu", text=text, letter=names[0]), names)


def _items(player: Player, held: Debriefing, view: ReviewView) -> Iterator[tuple[str, str]]:
    """What there is to look at, and what may be done."""
    say = player.say
    for key in ("happened", "decided", "why", "turn", "ledger"):
        yield key, say(f"look.{key}")
    solved = len([card for card in view.retries if held.solved(card.turn)])
    yield "retry", say("look.retry", n=solved, of=len(view.retries))
    yield "play_on", say("look.play_on")
    yield "compare", say("look.compare")
    if held.closer_left:
        yield "closer", say("look.closer", n=held.closer_left)


_SHOWN: dict[str, Callable[[ReviewView, str], Iterator[str]]] = {
    "happened": render_review.happened_lines,
    "decided": render_review.decided_lines,
    "why": partial(render_review.why_lines, explained=True),
}


def _which(player: Player, view: ReviewView) -> int:
    """A turn of the game; 0 for none."""
    choices = [Choice(ref.id, ref.name) for ref in view.question.turns]
    while (key := player.choose("ask.turn", choices)) == AGAIN:
        pass
    return 0 if key == BACK else int(key)


def _turn(player: Player, held: Debriefing, view: ReviewView) -> Session | None:
    """One turn in full, and what may be done with it."""
    turn = _which(player, view)
    if not turn:
        return None
    _tell_turn(player, held, turn)
    while True:
        say = player.say
        items = [("ledger", say("look.ledger")), ("report", say("look.report"))]
        items += [("retry", say("look.retry_turn")), ("play_on", say("look.play_on_turn"))]
        if not held.looked_closer(turn):
            items.append(("closer", say("look.closer_turn")))
        key = player.choose("ask.turn_look", [_choice(player, *item) for item in items])
        if key == BACK:
            return None
        begun = _of_turn(player, held, turn, key)
        if begun is not None:
            return begun


def _of_turn(player: Player, held: Debriefing, turn: int, key: str) -> Session | None:
    """Does something with a turn."""
    if key == "ledger":
        _tell_ledger(player, held, f"turn/{turn}")
    elif key == "report":
        _report(player, held, turn)
    elif key == "retry":
        return decide_again(player, held, turn, partial(_play_on, player, held))
    elif key == "play_on":
        return _play_on(player, held, turn)
    elif key == "closer":
        held.reviewing.deepen((turn,))
        wait(player, held)
        _tell_turn(player, held, turn)
    return None


def _report(player: Player, held: Debriefing, turn: int) -> None:
    """Why everything changed in a turn: in short, and in full for whoever is named."""
    player.show(render_end.report_lines(held.report(turn), player.say, first=_FIRST))
    while True:
        report = held.report(turn)
        choices = [Choice(each.id, names=(each.name,)) for each in report.customers]
        key = player.choose("ask.report", choices, empty=BACK)
        if key == BACK:
            return
        for each in report.customers:
            if each.id == key:
                player.show(render_end.customer_report_lines(each, player.say))


def _tell_turn(player: Player, held: Debriefing, turn: int) -> None:
    found = held.decision(turn)
    if found is not None:
        player.show(["", *render_review.turn_detail_lines(found, player.lang)])


def _ledger(player: Player, held: Debriefing, view: ReviewView) -> None:
    """From a number to what it was worked out of."""
    names = [(name, player.say(f"ledger.{name}")) for name in FIGURES]
    names += [(f"turn/{ref.id}", ref.name) for ref in view.question.turns]
    while (key := player.choose("ask.number", [Choice(*each) for each in names])) == AGAIN:
        pass
    if key != BACK:
        _tell_ledger(player, held, key)


def _tell_ledger(player: Player, held: Debriefing, name: str) -> None:
    found = held.ledger(name)
    if found is not None:
        player.show(["", *render_review.ledger_lines(found, player.lang)])


# --- then decided again ---


def _retry(player: Player, held: Debriefing, view: ReviewView) -> Session | None:
    """The costliest turns, to be decided again."""
    if not view.retries:
        player.tell("look.no_retries")
        return None
    player.show([view.retries_note])
    choices = [
        Choice(str(card.turn), player.say("line.meter", name=card.when, shown=card.loss.shown))
        for card in view.retries
    ]
    key = player.choose("ask.turn", choices)
    if key in {BACK, AGAIN}:
        return None
    return decide_again(player, held, int(key), partial(_play_on, player, held))


def _play_on(
    player: Player, held: Debriefing, turn: int, plan: TurnRecord | None = None
) -> Session | None:
    """A game of its own from a turn, with the same luck or with new luck."""
    if not turn:
        return None
    choices = [Choice(key, player.say(f"look.{key}")) for key in ("same_luck", "new_luck")]
    key = player.choose("ask.luck", choices)
    if key in {BACK, AGAIN}:
        return None
    try:
        begun = play_on(held.session, turn, new_luck=key == "new_luck", plan=plan)
    except SimError as error:
        player.complain(error)
        return None
    player.tell("look.begun")
    return begun


def _compare(player: Player, held: Debriefing, view: ReviewView) -> None:
    """This game beside another one."""
    del view
    others = held.others()[:_NAMES]
    if not others:
        player.tell("look.no_others")
        return
    text = [player.say("line.meter", name=ref.name, shown=ref.note) for ref in others]
    choices = [Choice(ref.id, line) for ref, line in zip(others, text, strict=True)]
    key = player.choose("ask.other", choices)
    if key in {BACK, AGAIN}:
        return
    try:
        player.show(["", *render_review.compare_lines(held.compare(key), player.lang)])
    except SimError as error:
        player.complain(error)


def _closer(player: Player, held: Debriefing, view: ReviewView) -> None:
    """Every turn once more, as long as the player likes."""
    del view
    held.reviewing.deepen()
    wait(player, held)


_DONE: dict[str, Callable[[Player, Debriefing, ReviewView], Session | None]] = {
    "turn": _turn,
    "ledger": _ledger,
    "retry": _retry,
    "compare": _compare,
    "closer": _closer,
}
