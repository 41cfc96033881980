"""The charts of a scenario's balance, each with its numbers as a table."""

from collections.abc import Sequence

from sim.lab.balance.balance import EXPERT, Balance
from sim.lab.balance.measures import Estimate
from sim.lab.balance.reached import Reached, best
from sim.lab.policies import NAMES
from sim.view.balance_names import Names
from sim.view.balance_words import decimal, points, say
from sim.view.findings_model import Mark, RangeChart, Row, StackChart
from sim.view.review_axes import axis, scale
from sim.view.review_model import Axis, Table
from sim.view.review_words import number
from sim.view.words import listed, percent

_MOST_CONCEPTS = 24  # in the drawing; the table has them all
_MOST_TALKS = 30
_QUOTES = "“”"  # around a title that is a quotation; the sentence has its own


def _shown(found: Balance) -> list[Reached]:
    """The bots with a name, and the best of those that know one action only."""
    return [*(found.of(name) for name in NAMES), best(found.singles)]


def grades(found: Balance, names: Names, lang: str) -> RangeChart:
    """What each bot reaches: the grade of its mean score, and where most of its games lie."""
    bots = _shown(found)
    rows, lines = [], []
    for bot in bots:
        (low, high), (tenth, ninetieth) = bot.interval, bot.tenths
        value = min(max(bot.grade, 0.0), 100.0)
        shown = number(value, 0)
        rows.append(Row(names.bot(bot.name), (Mark(tenth, value, ninetieth, 0),), shown))
        score = f"{number(low, 1)}–{number(high, 1)}"
        lines.append(
            (
                names.bot(bot.name),
                number(bot.mean, 1),
                score,
                shown,
                f"{number(tenth, 0)}–{number(ninetieth, 0)}",
            )
        )
    rest = max((bot for bot in bots if bot.name not in _EXPERTS), key=lambda bot: bot.mean)
    columns = ("bot", "score", "interval", "grade", "tenths")
    return RangeChart(
        id="grades",
        title=say(lang, "balance.grades"),
        summary=say(
            lang,
            "balance.grades_summary",
            expert=number(found.of(EXPERT).grade, 0),
            bot=names.bot(rest.name),
            grade=number(rest.grade, 0),
        ),
        note=say(lang, "balance.grades_note"),
        table=_table(columns, lines, lang),
        x=scale(say(lang, "balance.column.grade"), 0.0, 100.0, 20.0),
        rows=tuple(rows),
        series=(),
    )


_EXPERTS = frozenset((EXPERT, "oracle", "noisy-expert"))


def endings(found: Balance, names: Names, lang: str) -> StackChart:
    """How the games of each bot end."""
    ends = found.endings
    rows = tuple(
        (names.bot(bot.name), tuple(bot.share(end) for end in ends)) for bot in _shown(found)
    )
    titles = tuple(names.ending(end) for end in ends)
    lines = [(name, *(percent(share) for share in shares)) for name, shares in rows]
    never = [names.ending(end) for end in ends if not found.reached_by(end)]
    key = "balance.endings_missing" if never else "balance.endings_all"
    return StackChart(
        id="endings",
        title=say(lang, "balance.endings"),
        summary=say(lang, key, names=listed(lang, never)),
        note=say(lang, "balance.endings_note"),
        table=Table((say(lang, "balance.column.bot"), *titles), tuple(lines)),
        rows=rows,
        parts=titles,
    )


def stakes(found: Balance, names: Names, lang: str) -> RangeChart | None:
    """What hangs on each turn; None where nothing was tried."""
    known = [(turn, each) for turn, each in enumerate(found.stakes, 1) if each is not None]
    if not known:
        return None
    rows = tuple(
        Row(names.turn(turn), (_mark(each, 0),), number(each.mean)) for turn, each in known
    )
    lines = [(names.turn(turn), points(lang, each)) for turn, each in known]
    most = max(known, key=lambda pair: pair[1].mean)
    least = min(known, key=lambda pair: pair[1].mean)
    return RangeChart(
        id="stakes",
        title=say(lang, "balance.stakes"),
        summary=say(
            lang,
            "balance.stakes_summary",
            most=names.turn(most[0]),
            high=number(most[1].mean),
            least=names.turn(least[0]),
            low=number(least[1].mean),
        ),
        note=say(lang, "balance.stakes_note"),
        table=_table(("turn", "points"), lines, lang),
        x=_points_axis(lang, rows),
        rows=rows,
        series=(),
    )


def worths(found: Balance, names: Names, lang: str) -> RangeChart | None:
    """What each action is worth where the expert takes it, and where he does not."""
    rows, lines = [], []
    for use, worth in zip(found.uses, found.worth, strict=False):
        if use.kind == "response" or worth is None:
            continue
        marks = [
            _mark(each, series)
            for series, each in enumerate((worth.taken, worth.elsewhere))
            if each is not None
        ]
        rows.append(Row(names.option(use.path), tuple(marks), percent(use.share)))
        taken, elsewhere = points(lang, worth.taken), points(lang, worth.elsewhere)
        lines.append((names.option(use.path), percent(use.share), taken, elsewhere))
    if not rows:
        return None
    return RangeChart(
        id="worths",
        title=say(lang, "balance.worths"),
        summary=say(lang, "balance.worths_summary"),
        note=say(lang, "balance.worths_note"),
        table=_table(("action", "share", "taken", "elsewhere"), lines, lang),
        x=_points_axis(lang, rows),
        rows=tuple(rows),
        series=(say(lang, "balance.column.taken"), say(lang, "balance.column.elsewhere")),
    )


def stake_of(found: Balance, encounter: str) -> float | None:
    """Points between the best and the worst first answer of an encounter, as they usually turn out.

    None where they were not tried.
    """
    off = [
        worth.off
        for use, worth in zip(found.uses, found.worth, strict=False)
        if use.kind == "response" and len(use.path) == 2 and use.path[0] == encounter and worth
    ]
    return max(off) - min(off) if len(off) > 1 else None


def talk_stakes(found: Balance, names: Names, lang: str) -> RangeChart | None:
    """What hangs on the first answer in each encounter."""
    ids = dict.fromkeys(use.path[0] for use in found.uses if use.kind == "response")
    known = [(name, stake) for name in ids if (stake := stake_of(found, name)) is not None]
    known.sort(key=lambda pair: -pair[1])
    if not known:
        return None
    rows = tuple(
        Row(names.encounter(name), (Mark.exactly(stake),), number(stake))
        for name, stake in known[:_MOST_TALKS]
    )
    lines = [(names.with_id(names.encounter(name), name), number(stake)) for name, stake in known]
    return RangeChart(
        id="talk-stakes",
        title=say(lang, "balance.talk_stakes"),
        summary=say(
            lang,
            "balance.talk_stakes_summary",
            most=names.encounter(known[0][0]).strip(_QUOTES),
            high=number(known[0][1]),
            least=names.encounter(known[-1][0]).strip(_QUOTES),
            low=number(known[-1][1]),
        ),
        note=say(lang, "balance.talk_stakes_note"),
        table=_table(("encounter", "points"), lines, lang),
        x=_points_axis(lang, rows),
        rows=rows,
        series=(),
    )


def concepts(found: Balance, names: Names, lang: str) -> RangeChart | None:
    """How often each idea of the course comes up, and is used by the expert and by chance."""
    by_expert, by_chance = found.concepts.get(EXPERT, {}), found.concepts.get("random", {})
    if not by_expert:
        return None
    ids = sorted(by_expert, key=lambda name: (by_expert[name].games, by_expert[name].turns))
    rows = tuple(
        Row(
            names.concept(name),
            (Mark.exactly(by_expert[name].turns), Mark.exactly(by_expert[name].met, 1)),
            percent(by_expert[name].games),
        )
        for name in ids[:_MOST_CONCEPTS]
    )
    lines = [
        (
            names.concept(name),
            percent(by_expert[name].games),
            decimal(by_expert[name].turns),
            decimal(by_expert[name].met),
            decimal(by_expert[name].taken),
            decimal(by_chance[name].taken) if name in by_chance else "",
        )
        for name in ids
    ]
    rare = [names.concept(name) for name in ids if by_expert[name].games < 0.5]
    key = "balance.concepts_rare" if rare else "balance.concepts_all"
    columns = ("concept", "games", "turns", "met", "expert_taken", "random_taken")
    most = max(max(mark.value for mark in row.marks) for row in rows)
    return RangeChart(
        id="concepts",
        title=say(lang, "balance.concepts"),
        summary=say(lang, key, names=listed(lang, rare), number=len(ids)),
        note=say(lang, "balance.concepts_note", n=len(rows)),
        table=_table(columns, lines, lang),
        x=axis(say(lang, "balance.axis.per_game"), (0.0, most)),
        rows=rows,
        series=(say(lang, "balance.column.turns"), say(lang, "balance.column.met")),
    )


def _mark(found: Estimate, series: int) -> Mark:
    known = found.low > -1e300
    low, high = (found.low, found.high) if known else (found.mean, found.mean)
    return Mark(low, found.mean, high, series)


def _points_axis(lang: str, rows: Sequence[Row]) -> Axis:
    """Wide enough for all values; an interval out of a few games may be cut."""
    values = [mark.value for row in rows for mark in row.marks]
    reach = max(0.1, *map(abs, values)) * 1.8
    ends = [each for row in rows for mark in row.marks for each in (mark.low, mark.high)]
    held = [min(max(each, -reach), reach) for each in ends]
    return axis(say(lang, "balance.axis.points"), (0.0, *values, *held), least=4)


def _table(columns: Sequence[str], rows: Sequence[tuple[str, ...]], lang: str) -> Table:
    return Table(tuple(say(lang, f"balance.column.{each}") for each in columns), tuple(rows))
