"""Learn from your mistakes: a turn is decided again, judged, hinted at, and at last solved."""

import time
from collections.abc import Callable

from sim.errors import SimError
from sim.game import TurnRecord
from sim.play.branching import Retry, again
from sim.play.resolutions import TRIES
from sim.play.session import Session
from sim.ui.terminal import render, render_review, screens
from sim.ui.terminal.commands import AGAIN, BACK, Choice, words_of
from sim.ui.terminal.player import Player
from sim.view.build import build_header, build_view
from sim.view.debrief import judged
from sim.view.debriefing import Debriefing

_PAUSE = 0.05  # seconds between two looks whether the plan has been judged
Begin = Callable[[int, TurnRecord], Session | None]  # a game of its own, from a turn with a plan
_SCREENS: dict[str, Callable[[Player], None]] = {
    "inbox": screens.inbox,
    "customers": screens.customers,
    "portfolio": screens.portfolio,
    "firm": screens.firm,
    "plan": screens.plan,
}


class Task:
    """One turn that is decided again.

    Attributes:
        held: The debrief.
        turn: From 1.
        why: What the player thinks was wrong.
        tries: How many plans have been judged.
        seen: Whether the solution has been shown.
        solved: Whether the last plan was good.
    """

    def __init__(self, outer: Player, held: Debriefing, turn: int, retry: Retry) -> None:
        """Opens a turn as it stood, with its own plan."""
        self.held, self.turn, self.retry = held, turn, retry
        self.player = Player(retry, outer.console)
        self.why, self.tries, self.seen, self.solved = "", 0, False, False

    def items(self) -> list[Choice]:
        """What may be done: all that changes the plan, then to have it judged."""
        say, view = self.player.say, build_view(self.retry, self.player.lang)
        open_ = len([each for each in view.inbox if not each.answered])
        texts = {
            "inbox": say("menu.inbox", n=open_),
            "customers": say("menu.customers"),
            "portfolio": say("menu.portfolio"),
            "firm": say("menu.firm"),
            "plan": say("menu.plan", n=len(view.plan)),
            "judge": say("look.judge"),
        }
        if self.tries >= TRIES or self.solved:
            texts |= {"solution": say("look.solution"), "play_on": say("look.play_on_turn")}
        return [
            Choice(key, say("line.menu", text=text, letter=words_of(key)[0]), words_of(key))
            for key, text in texts.items()
        ]

    def judge(self) -> None:
        """Has the plan judged, and says how good it is; a hint where it is not good enough."""
        try:
            plan = self.retry.plan
        except SimError as error:
            self.player.complain(error)
            return
        reviewing = self.held.reviewing
        self.player.tell("look.judging")
        reviewing.ask(self.turn, plan)
        while reviewing.answer is None:
            self.held.take()
            time.sleep(_PAUSE)
        answer = reviewing.answer
        if answer.found is None:
            if answer.problem is not None:
                self.player.complain(answer.problem)
            return
        self.tries += 1
        found = judged(answer.found, self.player.lang)
        self.solved = found.solved
        label = f"{found.label.glyph} {found.label.name}"
        key = "look.solved" if found.solved else "look.not_yet"
        self.player.tell(key, label=label, cost=found.cost)
        self.keep(solved=found.solved and not self.seen)
        card = self.held.retry_card(self.turn)
        if not found.solved and card is not None:
            self.player.tell("look.hint", text=card.hint)

    def solution(self) -> None:
        """Shows the better plan; from now on solving the turn does not count."""
        self.seen = True
        self.keep(solved=False)
        card = self.held.retry_card(self.turn)
        if card is not None:
            self.player.show(render_review.solution_lines(card, self.player.lang))

    def keep(self, *, solved: bool) -> None:
        """Keeps with the game how it went."""
        self.held.tried(self.turn, solved=solved, why=self.why, tries=self.tries, seen=self.seen)


def decide_again(player: Player, held: Debriefing, turn: int, play_on: Begin) -> Session | None:
    """A turn as it stood then, to be changed and judged until the player goes back.

    Args:
        player: at the terminal.
        held: the debrief.
        turn: from 1.
        play_on: begins a game of its own from a turn.

    Returns:
        The game that was begun, if one was.
    """
    card = held.retry_card(turn)
    if card is None:
        return None
    try:
        task = Task(player, held, turn, again(held.session, turn))
    except SimError as error:
        player.complain(error)
        return None
    player.show(["", *render_review.task_lines(card, player.lang)])
    task.why = player.console.ask(card.question)
    return _until_back(task, play_on)


def _until_back(task: Task, play_on: Begin) -> Session | None:
    player = task.player
    while True:
        header = build_header(task.retry, player.lang)
        player.show([render.joined(player.say, [header.hours_text, header.money_text])])
        key = player.choose("ask.again", task.items())
        task.held.session.language = player.lang
        if key == BACK:
            return None
        if key == "judge":
            task.judge()
        elif key == "solution":
            task.solution()
        elif key == "play_on":
            if (begun := play_on(task.turn, task.retry.draft)) is not None:
                return begun
        elif key != AGAIN:
            _SCREENS[key](player)
