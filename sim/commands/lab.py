"""The commands that look at many games."""

import argparse
import json
import shlex
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import SimError
from sim.paths import command

if TYPE_CHECKING:
    from sim.lab.balance.balance import Balance
    from sim.lab.balance.hands import Hands
    from sim.lab.balance.journal import Journal
    from sim.scenario.load import Loaded
    from sim.view.findings_model import Findings

_FEW = 20  # games that are replayed before anybody wonders
_REFUSED = "balance/no-range"


def balance(arguments: argparse.Namespace) -> int:
    """Plays thousands of games of bots and says what is out of balance."""
    from sim.scenario.load import load_scenario

    lang = arguments.lang
    loaded = load_scenario(arguments.scenario)
    try:
        found = _measured(loaded, arguments)
    except SimError as error:
        if error.code != _REFUSED:
            raise
        return _refuse(loaded, error, arguments)
    from sim.view.balance import balance_json, balance_view

    view = balance_view(found, loaded, lang)
    _show(view, lambda: balance_json(found, loaded, lang), arguments)
    return 1 if view.smells else 0


def insights(arguments: argparse.Namespace) -> int:
    """Says what games that were handed in tell about the choices of a scenario."""
    from sim.lab.insights.items import items
    from sim.play.case import open_case
    from sim.play.gathered import Gathered
    from sim.scenario.load import load_scenario
    from sim.view.insights import insights_json, insights_view, told_left_out

    lang = arguments.lang
    case, loaded = open_case(arguments.scenario), load_scenario(arguments.scenario)
    gathered = Gathered(case, arguments.games)
    tell = partial(_tell_replayed, lang, len(gathered.games))
    found = items(case.rules, gathered.games, tell)
    if not found.games:
        for each in gathered.left_out:
            print(told_left_out(each, lang), file=sys.stderr)
        left = len(gathered.left_out)
        raise SimError("gather/none", scenario=loaded.scenario.id, left=left)
    view = insights_view(found, loaded, gathered.left_out, lang)
    _show(view, lambda: insights_json(found, loaded, gathered.left_out, lang), arguments)
    return 1 if view.smells else 0


def _tell_replayed(lang: str, whole: int, done: int) -> None:
    from sim.view.balance_words import say

    if whole > _FEW:
        print(say(lang, "insights.progress", done=done, all=whole), file=sys.stderr, flush=True)


def _show(
    view: "Findings", as_json: Callable[[], dict[str, Any]], arguments: argparse.Namespace
) -> None:
    """A page where one is wanted, and either data or text."""
    lang = arguments.lang
    if arguments.html:
        from sim.ui.report.file import write_page
        from sim.ui.report.findings_page import findings_page
        from sim.view.balance_words import say

        write_page(findings_page(view, lang), Path(arguments.html))
        print(say(lang, "balance.written", path=arguments.html), file=sys.stderr)
    if arguments.json:
        print(json.dumps(as_json(), ensure_ascii=False, allow_nan=False))
    else:
        from sim.ui.terminal.render_findings import findings_text

        print(findings_text(view, lang), end="")


def _measured(loaded: "Loaded", arguments: argparse.Namespace) -> "Balance":
    """What was measured; says on standard error how far it is, and how to go on after Ctrl-C."""
    from sim.lab.balance.journal import Journal
    from sim.lab.balance.plan import GAMES, deck, plan, shared_out
    from sim.lab.balance.sweep import sweep
    from sim.ui.terminal.progress import Bar
    from sim.view.balance_words import say

    lang, shared = arguments.lang, deck(loaded)
    games = shared_out(shared.rules, arguments.games) if arguments.games else GAMES
    wanted = plan(shared, games)
    journal = Journal(Path(arguments.resume), wanted) if arguments.resume else None
    bar = Bar(lang)
    if journal is not None and journal.parts:
        counts = {"done": len(journal.parts), "all": len(wanted.chunks)}
        print(say(lang, "balance.taken_over", path=journal.path, **counts), file=sys.stderr)
    try:
        return sweep(
            loaded,
            wanted,
            _hands(arguments),
            journal=journal,
            tell=lambda now: bar.show(now.share, now.found, now.finished, now.chunks),
        )
    except KeyboardInterrupt:
        bar.end()
        print(_stopped(arguments, journal, len(wanted.chunks)), file=sys.stderr)
        raise
    finally:
        bar.end()


def _hands(arguments: argparse.Namespace) -> "Hands":
    if arguments.cluster:
        try:
            from sim.lab.balance.cluster import Cluster
        except ImportError as error:  # installed without the group `cluster`, or packed into one
            raise SimError("balance/needs-cluster") from error

        return Cluster(arguments.cluster)
    from sim.lab.balance.hands import Workers, processors

    return Workers(arguments.workers or processors())


def _stopped(arguments: argparse.Namespace, journal: "Journal | None", chunks: int) -> str:
    from sim.view.balance_words import say

    if journal is None:
        return say(arguments.lang, "balance.stopped_lost")
    typed = [command(), "balance", shlex.quote(arguments.scenario)]
    if arguments.games:
        typed.append(f"--games {arguments.games}")
    typed.append(f"--resume {shlex.quote(arguments.resume)}")
    return say(
        arguments.lang,
        "balance.stopped",
        done=len(journal.parts),
        all=chunks,
        path=journal.path,
        command=" ".join(typed),
    )


def _refuse(loaded: "Loaded", error: SimError, arguments: argparse.Namespace) -> int:
    """Says that there is nothing to grade, where the score is made."""
    from sim.lab.balance.places import Places
    from sim.view import words
    from sim.view.balance import where

    text = words.explain(error, arguments.lang)
    place = where(Places(loaded).of_subject("expert"))
    if arguments.json:
        smell = {"code": error.code, "subject": "expert", "where": place, "text": text}
        told = {"scenario": loaded.scenario.id, "par": error.data, "smells": [smell]}
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(f"{place}: {error.code}\n    {text}")
    return 1
