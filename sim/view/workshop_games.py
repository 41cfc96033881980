"""What bots made of a save: the meters turn by turn, and the endings."""

from collections.abc import Iterator
from itertools import chain

from sim.play.trials import BOTS, METERS, Course, Trial
from sim.play.workshop_news import Staged
from sim.view.parts import Ref
from sim.view.review_axes import axis, turns
from sim.view.review_model import Table
from sim.view.words import decimal, percent, say, whole
from sim.view.workshop_model import GamesView, Line, MeterChart, Points
from sim.view.workshop_when import Sight
from sim.view.workshop_words import word


def games_view(sight: Sight, seed: int) -> GamesView:
    """The charts of a save.

    Args:
        sight: The save as its author sees it.
        seed: Of the games.
    """
    staged, lang = sight.staged, sight.lang
    known = [sight.trials[bot] for bot in BOTS if bot in sight.trials]
    return GamesView(
        bots=tuple(_bot(staged, trial, lang) for trial in known),
        charts=tuple(_charts(staged, known, lang)) if known else (),
        endings=_endings(staged, known, lang),
        waiting="" if len(known) == len(BOTS) else word(lang, "games.waiting"),
        luck=word(lang, "games.luck_now", seed=seed),
    )


def bot_name(bot: str, lang: str) -> str:
    """What a bot is called."""
    return word(lang, f"bot.{bot}")


def outcome(staged: Staged, trial: Trial, lang: str) -> str:
    """How the one game of a bot ended."""
    return word(
        lang,
        "games.bot",
        bot=bot_name(trial.bot, lang),
        score=decimal(trial.meters["score"].game[-1]),
        ending=staged.case.script.endings[trial.ending].name.of(lang),
    )


def _bot(staged: Staged, trial: Trial, lang: str) -> Ref:
    return Ref(trial.bot, bot_name(trial.bot, lang), outcome(staged, trial, lang))


def _charts(staged: Staged, trials: list[Trial], lang: str) -> Iterator[MeterChart]:
    name = staged.case.script.turn_name.of(lang)
    last = staged.case.rules.sizes.turns
    across = turns(name[:1].upper() + name[1:], last, str, end=word(lang, "games.end"))
    for meter in ("score", *METERS):
        courses = {trial.bot: trial.meters[meter] for trial in trials}
        heights = chain.from_iterable(
            (*each.low, *each.high, *each.game) for each in courses.values()
        )
        yield MeterChart(
            id=meter,
            title=say(lang, f"meter.{meter}"),
            summary=" · ".join(
                f"{bot_name(bot, lang)} {whole(course.game[0])} → {whole(course.game[-1])}"
                for bot, course in courses.items()
            ),
            x=across,
            y=axis("", heights),
            lines=tuple(_line(bot, course) for bot, course in courses.items()),
        )


def _line(bot: str, course: Course) -> Line:
    return Line(bot, _points(course.game), _points(course.low), _points(course.high))


def _points(values: tuple[float, ...]) -> Points:
    return tuple((place + 1.0, value) for place, value in enumerate(values))


def _endings(staged: Staged, trials: list[Trial], lang: str) -> Table:
    names = [bot_name(trial.bot, lang) for trial in trials]
    rows = tuple(
        (label.name.of(lang), *(percent(trial.endings.get(name, 0.0)) for trial in trials))
        for name, label in staged.case.script.endings.items()
    )
    return Table((word(lang, "games.ending"), *names), rows)
