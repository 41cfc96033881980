"""The debrief of a class in a reader's language.

class_view(case, games, debrief, "en") -> ClassDebriefView
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from sim.classroom.debrief import what_if
from sim.classroom.debrief.debrief import ClassDebrief, GameLine
from sim.classroom.debrief.games import ClassGame
from sim.classroom.debrief.what_if import WhatIf
from sim.lab.review.model import TurnReview
from sim.play.case import Case
from sim.play.saves import identity
from sim.view import class_debrief_charts as charts
from sim.view import class_debrief_hours as spent
from sim.view.balance_names import bot_name
from sim.view.class_debrief_model import ClassDebriefView
from sim.view.class_debrief_moments import moment_views
from sim.view.class_debrief_what_if import lever_views, what_if_view
from sim.view.class_debrief_words import say
from sim.view.parts import Ref

_HEADINGS = ("predict", "happened", "moments", "why", "ideas", "hours", "what_if", "next")


def class_view(
    case: Case,
    games: Sequence[ClassGame],
    found: ClassDebrief,
    lang: str,
    *,
    names: bool = False,
    closer: Mapping[tuple[int, int], TurnReview] | None = None,
    changed: WhatIf | None = None,
) -> ClassDebriefView:
    """Everything that is shown of a class.

    Args:
        case: the scenario of the games.
        games: of the class, as the debrief was made of them.
        found: the debrief.
        lang: `en` or `zh`.
        names: call games by their labels; else by numbers that say nothing.
        closer: turns that have been looked at closely, by number of the game and turn.
        changed: the class under other conditions, to be shown beside.
    """
    called = _called(games, lang, names=names)
    lines = sorted(found.games, key=lambda line: called[line.number][0])
    found = replace(found, games=tuple(lines))

    def named(line: GameLine) -> str:
        return called[line.number][1]

    moments = moment_views(case, games, found, lang, closer=closer or {})
    when = turn_names(case, lang)
    rules = {each.concept.id: each.concept for each in moments if each.concept is not None}
    return ClassDebriefView(
        lang=lang,
        title=case.script.title.of(lang),
        who=_who(games, lang),
        pending=say(lang, "pending", n=found.pending) if found.pending else "",
        headings={each: say(lang, f"heading.{each}") for each in _HEADINGS},
        predict=say(lang, "predict.text"),
        turns=tuple(when(turn) for turn in range(1, _played(found) + 1)),
        result=charts.result_lines(found, lang, named, when),
        moments=moments,
        skill=charts.skill_and_luck(found, lang, named),
        heat=charts.heat(found, lang, named, when),
        concepts=charts.ideas(found, case.script, lang, named),
        retention=spent.retention(found, lang, named),
        lorenz=spent.lorenz(found, lang, named),
        hints=spent.hints(found, lang),
        levers=lever_views(what_if.levers(case), lang),
        what_if=None
        if changed is None
        else what_if_view(found, changed, lang, named, levers=what_if.levers(case)),
        rules=tuple(Ref(each.id, each.name, each.note) for each in rules.values()),
        closing=say(lang, "closing"),
    )


def _played(found: ClassDebrief) -> int:
    """How many turns anybody has played: only in these can points have been lost."""
    return max((len(game.scores) for game in found.games), default=1) - 1


def _called(games: Sequence[ClassGame], lang: str, *, names: bool) -> dict[int, tuple[int, str]]:
    """Place and name of each game by its number.

    Without names games are numbered in an order that says nothing: in that of the labels one could
    tell who is who. Practice seats stand behind all others, and are always called what they are.
    """

    def order(number: int) -> tuple[bool, str, int]:
        game = games[number]
        if game.bots:
            return True, "", number
        return False, game.label.casefold() if names else identity(game.record), number

    def called(place: int, game: ClassGame) -> str:
        if game.bots:
            bots = " + ".join(bot_name(each, lang) for each in dict.fromkeys(game.bots))
            return say(lang, "practice.called", label=game.label, bot=bots)
        return game.label if names else say(lang, "alias", n=place + 1)

    ordered = sorted(range(len(games)), key=order)
    return {number: (place, called(place, games[number])) for place, number in enumerate(ordered)}


def turn_names(case: Case, lang: str) -> Callable[[int], str]:
    """What a turn is called, by its number from 1."""
    name = case.script.turn_name.of(lang)
    name = name[:1].upper() + name[1:]
    return lambda turn: say(lang, "turn.name", name=name, turn=turn)


def _who(games: Sequence[ClassGame], lang: str) -> str:
    alike = len({game.record.seed for game in games}) == 1
    key = "who.other" if not alike else "who.same" if len(games) > 1 else "who.one"
    said = say(lang, key, n=len(games))
    bots = sum(1 for game in games if game.bots)
    return f"{said} {say(lang, 'practice.counted', n=bots)}" if bots else said
