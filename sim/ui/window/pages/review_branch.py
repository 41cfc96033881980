"""Playing on from a turn: with the same luck or with new luck, as a game of its own."""

from collections.abc import Callable
from functools import partial

from sim.errors import SimError
from sim.play.branching import Retry, play_on
from sim.ui.window.kit.dialogue import Dialogue
from sim.ui.window.kit.node import Begin, Command, Push
from sim.ui.window.pages.debrief import Debrief


def branch_dialogue(debrief: Debrief, turn: int, retry: Retry | None = None) -> Command:
    """Asks with which luck, and says that the game that is left keeps its result.

    Args:
        debrief: Of the game.
        turn: The first turn to be played anew.
        retry: The turn as it was decided again, whose plan is the draft then.
    """
    say = debrief.desk.say
    answers: list[tuple[str, str, Callable[[], Command | None]]] = [
        (say("button.cancel"), "plain", _stay),
        (say("branch.new_luck"), "plain", partial(_begin, debrief, turn, retry=retry, new=True)),
        (
            say("branch.same_luck"),
            "primary",
            partial(_begin, debrief, turn, retry=retry, new=False),
        ),
    ]
    title = say("branch.title", when=debrief.past.lens(debrief.desk.lang, 1).when(turn))
    return Push(Dialogue(title, say("branch.text"), answers))


def _begin(debrief: Debrief, turn: int, *, retry: Retry | None, new: bool) -> Command | None:
    desk = debrief.desk
    try:
        plan = None if retry is None else retry.draft
        session = play_on(debrief.session, turn, new_luck=new, plan=plan)
    except SimError as error:
        desk.complain(error)
        return None
    desk.adopt(session)
    return Begin(desk.open_game())


def _stay() -> None:
    """Nothing is done."""
