"""The commands for those who play."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sim.arguments import choose
from sim.errors import SimError


def play(arguments: argparse.Namespace) -> int:
    """Plays, in the front end that fits the machine, or lets a bot play."""
    _expect_sense(arguments)
    if arguments.bot:
        from sim.play import services

        services.bot_game(
            arguments.scenario, policy=arguments.bot, seed=arguments.seed, out=arguments.out
        )
        return 0
    from sim import front_end

    return front_end.play(arguments)


def _expect_sense(arguments: argparse.Namespace) -> None:
    """Refuses options that do not go together."""
    lang = arguments.lang
    other = arguments.scenario or arguments.seed is not None or arguments.bot
    if bool(arguments.bot) != bool(arguments.out):
        arguments.refuse(choose(lang, "--bot and --out go together", "--bot 和 --out 要一起用"))
    if arguments.bot and not arguments.scenario:
        arguments.refuse(choose(lang, "--bot needs a SCENARIO", "--bot 要给出情景"))
    if arguments.resume and other:
        arguments.refuse(
            choose(
                lang, "--resume brings its own scenario and seed", "--resume 的对局自带情景和种子"
            )
        )
    if arguments.join and (other or arguments.resume):
        arguments.refuse(
            choose(
                lang,
                "the class of --join has its own scenario and luck",
                "--join 的课堂自有情景和运气",
            )
        )
    if arguments.name is not None and not arguments.join:
        arguments.refuse(choose(lang, "--name goes with --join", "--name 要和 --join 一起用"))


def verify(arguments: argparse.Namespace) -> int:
    """Replays games and says which do not reproduce."""
    from sim.play import services
    from sim.view import words

    verdicts = services.verify(arguments.games)
    for verdict in verdicts:
        turn = verdict.data.get("turn")
        place = choose(arguments.lang, f"turn {turn}: ", f"第 {turn} 回合：") if turn else ""
        said = words.explain(SimError(verdict.code, **verdict.data), arguments.lang)
        print(f"{verdict.path}: {place}{said}")
    return max(verdict.exit_code for verdict in verdicts)


def review(arguments: argparse.Namespace) -> int:
    """Judges the decisions of a game."""
    _tell_progress(arguments.lang, 0.0)  # at once: what comes now takes longest to load
    found = None
    with _own_line():
        from sim.lab.review.model import to_json
        from sim.play import reviews
        from sim.view.review import open_past, review_view, turn_ledgers

        case, record = reviews.open_game(arguments.game)
        for step in reviews.stream(case, record, arguments.tier):
            found = step.review
            _tell_progress(arguments.lang, step.done)
    assert found is not None  # a stream has at least one step
    past = open_past(case, record)
    view = review_view(past, found, arguments.lang)
    if arguments.html:
        from sim.ui.report.file import write_report

        ledgers = turn_ledgers(past, view, arguments.lang)
        write_report(view, ledgers, arguments.lang, Path(arguments.html))
        print(choose(arguments.lang, "written: ", "已写入："), arguments.html, file=sys.stderr)
    if arguments.json:
        print(to_json(found), end="")
    elif not arguments.html:
        from sim.ui.terminal.render_review import review_text

        print(review_text(view, arguments.lang))
    return 0


def _tell_progress(lang: str, done: float) -> None:
    """How far it is, on one line of a terminal, else on a line each."""
    text = choose(lang, f"reviewing: {done:.0%}", f"复盘中：{done:.0%}")
    if sys.stderr.isatty():
        end = "\n" if done == 1.0 else ""
        print(f"\r{text}", end=end, file=sys.stderr, flush=True)
    else:
        print(text, file=sys.stderr, flush=True)


@contextmanager
def _own_line() -> Iterator[None]:
    """Whatever is said of a failure begins below how far it was."""
    try:
        yield
    except BaseException:
        if sys.stderr.isatty():
            print(file=sys.stderr)
        raise


def scenarios(arguments: argparse.Namespace) -> int:
    """Lists the scenarios."""
    from sim.play import services

    for name, title in services.list_scenarios(arguments.lang):
        print(f"{name:24} {title}")
    return 0
