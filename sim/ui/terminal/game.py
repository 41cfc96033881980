"""A whole game in the terminal: briefing, turns and result."""

from collections.abc import Callable
from functools import partial

from sim.paths import command
from sim.play.session import Session
from sim.ui.terminal import orders, render, render_end, screens
from sim.ui.terminal.commands import AGAIN, BACK, Choice, global_command, words_of
from sim.ui.terminal.console import Console, LeaveError
from sim.ui.terminal.look_back import look_back
from sim.ui.terminal.player import Player
from sim.view.build import (
    build_briefing,
    build_report,
    build_result,
    build_view,
)
from sim.view.model import ReportView, TurnView

_FIRST = 3  # customers of a report that are shown without asking

_SCREENS: dict[str, Callable[[Player], None]] = {
    "inbox": screens.inbox,
    "customers": screens.customers,
    "portfolio": screens.portfolio,
    "firm": screens.firm,
    "plan": screens.plan,
    "forecast": screens.forecast,
}


def play(session: Session, console: Console) -> int:
    """Plays a game to its end, or until the player leaves; either way it is saved.

    From the review of a finished game another one may be begun, which is played on then.
    """
    following: Session | None = session
    while following is not None:
        following = _played(Player(following, console))
    return 0


def _played(player: Player) -> Session | None:
    """Plays one game; returns the one to go on with, if there is any."""
    try:
        if not player.session.reports:
            view = build_briefing(player.session, player.lang)
            player.show(render_end.briefing_lines(view, player.say))
            player.tell("help.first")
        while not player.session.finished:
            turn(player)
        return finish(player)
    except (LeaveError, KeyboardInterrupt):
        farewell(player)
    return None


def farewell(player: Player) -> None:
    """Saves, and says how to go on."""
    player.session.save()
    if player.session.save_problem is not None:
        player.complain(player.session.save_problem)
    elif player.session.path is not None:
        player.tell("leave.saved", path=player.session.path, command=command())
    player.tell("leave.goodbye")


# A turn -----------------------------------------------------------------------------------------


def turn(player: Player) -> None:
    """One turn, until it is ended."""
    played = len(player.session.reports)
    view = build_view(player.session, player.lang)
    fresh = not player.reported  # else the report has just told the news
    opening = render.turn_lines if fresh else render.header_of
    player.show(["", *opening(view, player.say)])
    listed = True
    while len(player.session.reports) == played:
        view = build_view(player.session, player.lang)
        everybody = orders.customers(view.board)
        key = player.choose(
            "ask.menu",
            [*_menu(view, player), *everybody],
            empty=AGAIN,
            listed=listed,
            orders=partial(orders.give, player, everybody),
        )
        listed = key == AGAIN
        if listed:
            view = build_view(player.session, player.lang)
            player.show(render.header_of(view, player.say))
        else:
            _visit(player, key)


def _visit(player: Player, key: str) -> None:
    """Goes where the menu, or the name of a customer, leads."""
    if key == "end":
        end_turn(player)
    elif key == "news":
        player.show(_news(player))
    elif key in _SCREENS:
        _SCREENS[key](player)
    elif key != BACK:
        screens.customer(player, key)


def _menu(view: TurnView, player: Player) -> list[Choice]:
    open_ = len([each for each in view.inbox if not each.answered])
    texts = {
        "inbox": player.say("menu.inbox", n=open_),
        "customers": player.say("menu.customers"),
        "portfolio": player.say("menu.portfolio"),
        "firm": player.say("menu.firm"),
        "plan": player.say("menu.plan", n=len(view.plan)),
        "forecast": player.say("menu.forecast"),
        "news": player.say("menu.news"),
        "end": player.say("menu.end"),
    }
    return [
        Choice(key, player.say("line.menu", text=text, letter=words_of(key)[0]), words_of(key))
        for key, text in texts.items()
    ]


def _news(player: Player) -> list[str]:
    """Where the game stands, and the last report in full."""
    view = build_view(player.session, player.lang)
    lines = render.turn_lines(view, player.say)
    if player.session.reports:
        report = build_report(player.session, player.lang)
        lines += render_end.report_lines(report, player.say, first=len(report.customers))
    return lines


def end_turn(player: Player) -> None:
    """Ends the turn after a question, and tells what came of it."""
    view = build_view(player.session, player.lang)
    player.hint(view.hints, "end_turn")
    open_ = len([each for each in view.inbox if not each.path])
    player.show([player.say("end.left", text=view.header.hours_text)])
    if open_:
        player.tell("end.unanswered", n=open_)
    if not player.confirm("end.sure"):
        return
    if player.attempt(player.session.end_turn):
        show_report(player)


def show_report(player: Player) -> None:
    """The end of the turn: the largest changes first, the rest on demand."""
    player.reported = True
    report = build_report(player.session, player.lang)
    lines = render_end.report_lines(report, player.say, first=_FIRST, told=player.told)
    player.show(["", *lines])
    shown = _FIRST
    while True:
        left = len(render_end.telling(report)) - shown
        question = "ask.report_more" if left > 0 else "ask.report"
        key = player.choose(question, _after_report(report, left), empty="on")
        if key in {"on", BACK}:
            return
        if key == AGAIN:
            report = build_report(player.session, player.lang)
            shown = 0
        if key in {"more", AGAIN}:
            stop = shown + _FIRST
            told = player.told if key == "more" else None
            lines = render_end.more_lines(report, player.say, start=shown, stop=stop, told=told)
            player.show(lines)
            shown = stop
        for each in report.customers:
            if each.id == key:
                player.show(render_end.customer_report_lines(each, player.say))


def _after_report(report: ReportView, left: int) -> list[Choice]:
    choices = [Choice(each.id, names=(each.name,)) for each in report.customers]
    return [*choices, Choice("more", names=words_of("more"))] if left > 0 else choices


# The end ----------------------------------------------------------------------------------------


def finish(player: Player) -> Session | None:
    """The result, with the grade; the review, if wanted; and one thought for the next time.

    Returns:
        A game that was begun from the review, to be played on.
    """
    session = player.session
    result = session.result
    if result is not None and result.grade is None:
        player.tell("result.working")
        session.grade()
    player.show(["", *render_end.result_lines(build_result(session, player.lang), player.say)])
    while True:
        thought = player.console.ask(player.say("ask.reflection"))
        if thought.casefold() not in words_of("look_back"):
            break
        begun = look_back(player)
        if begun is not None:
            return begun
    command, _ = global_command(thought)
    if command == "quit":
        raise LeaveError
    if thought and not command:
        session.reflect(thought)
        player.tell("done.reflection")
    farewell(player)
    return None
