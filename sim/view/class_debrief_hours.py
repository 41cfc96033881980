"""The charts of a class's hours and hints: for whom they were, and how much help was taken."""

from sim.classroom.debrief.debrief import ClassDebrief, quartiles
from sim.view.class_debrief_charts import Named
from sim.view.class_debrief_model import Bar, CloudChart, CloudDot, LinesChart, Series, SplitChart
from sim.view.class_debrief_words import say
from sim.view.review_axes import axis, shares
from sim.view.review_chart_model import Table
from sim.view.words import hours, percent, whole


def retention(found: ClassDebrief, lang: str, named: Named) -> CloudChart | None:
    """Share of the hours for customers one has against skill."""
    told = [
        (line, line.hours.retention, line.review.skill_index)
        for line in found.games
        if line.review is not None and line.hours.retention is not None
    ]
    if len(told) < 2 or len({share for _, share, _ in told}) == 1:
        return None
    middle = quartiles([share for _, share, _ in told]).median
    upper = [index for _, share, index in told if share >= middle]
    lower = [index for _, share, index in told if share < middle]
    summary = say(
        lang,
        "retention.summary",
        share=percent(middle),
        more=whole(quartiles(upper).median),
        less=whole(quartiles(lower or upper).median),
    )
    return CloudChart(
        id="retention",
        title=say(lang, "retention.title"),
        summary=summary,
        note=say(lang, "retention.note"),
        table=Table(
            tuple(say(lang, f"column.{each}") for each in ("game", "retention", "index")),
            tuple((named(line), percent(share), whole(index)) for line, share, index in told),
        ),
        x=axis(say(lang, "axis.retention"), [100.0 * share for _, share, _ in told], narrowest=4.0),
        y=axis(say(lang, "column.index"), [0.0, 100.0, *(index for _, _, index in told)]),
        dots=tuple(CloudDot(named(line), 100.0 * share, index) for line, share, index in told),
    )


def lorenz(found: ClassDebrief, lang: str, named: Named) -> LinesChart | None:
    """Whether hours followed value."""
    told = [line for line in found.games if line.hours.curve[-1][1] > 0.0]
    if not told:
        return None
    places = len(told[0].hours.curve)
    middle = tuple(
        (
            told[0].hours.curve[place][0],
            quartiles([line.hours.curve[place][1] for line in told]).median,
        )
        for place in range(places)
    )
    top = quartiles([line.hours.top for line in told])
    return LinesChart(
        id="lorenz",
        title=say(lang, "lorenz.title"),
        summary=say(lang, "lorenz.summary", top=percent(top.median)),
        note=say(lang, "lorenz.note"),
        table=Table(
            tuple(
                say(lang, f"column.{each}") for each in ("game", "top", "kept", "others", "firm")
            ),
            tuple(
                (
                    named(line),
                    percent(line.hours.top),
                    hours(line.hours.kept),
                    hours(line.hours.others),
                    hours(line.hours.firm),
                )
                for line in told
            ),
        ),
        x=shares(say(lang, "lorenz.value")),
        y=shares(say(lang, "lorenz.hours")),
        lines=tuple(Series(named(line), line.hours.curve) for line in told),
        middle=middle,
        band=(),
        reference=((0.0, 0.0), (1.0, 1.0)),
        line_name=say(lang, "lines.game"),
        middle_name=say(lang, "lines.median"),
        band_name="",
        reference_name=say(lang, "lorenz.even"),
    )


def hints(found: ClassDebrief, lang: str) -> SplitChart | None:
    """How many hints of each level the class took."""
    taken = {level: sum(line.hints.get(level, 0) for line in found.games) for level in range(1, 6)}
    whole_number = sum(taken.values())
    if not whole_number:
        return None
    users = sum(1 for line in found.games if line.hints)
    bars = tuple(
        Bar(say(lang, f"hints.{level}"), count, count / whole_number, str(count), "", "")
        for level, count in taken.items()
    )
    return SplitChart(
        id="hints",
        title=say(lang, "hints.title"),
        summary=say(lang, "hints.summary", n=whole_number, users=users, of=len(found.games)),
        note=say(lang, "hints.note"),
        table=Table(
            (say(lang, "hints.level"), say(lang, "hints.count")),
            tuple((bar.name, str(bar.count)) for bar in bars),
        ),
        bars=bars,
    )
