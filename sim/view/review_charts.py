"""The charts of decisions and luck: evaluation, waterfall, scatter, and loss by concept."""

from collections.abc import Sequence
from dataclasses import replace

from sim.lab.review.model import Estimate, Review, TurnReview
from sim.view.lens import Lens
from sim.view.review_axes import around_zero, axis, scale, turns
from sim.view.review_labels import GOOD, label_of
from sim.view.review_model import (
    Axis,
    Bar,
    BarChart,
    Dot,
    EvaluationChart,
    LabelView,
    Mark,
    ScatterChart,
    Span,
    Step,
    Table,
    Tick,
    WaterfallChart,
)
from sim.view.review_words import estimate, number, say, signed

_TO_95 = 1.96 / 1.645  # from the half range of 90 per cent to that of 95
_WORST_SHOWN = 75.0  # loss in per cent of a turn's stake; beyond it dots stay at the edge
_MOST_CONCEPTS = 8
_LEAST_LOSS = 0.2  # points that the axis of losses shows at least
_FLOOR = 0.12  # room under the lowest bar, as a share of what the bars span
_SHARES = (0, 25, 50, 75, 100, 125)


def after(turn: TurnReview) -> float:
    """What was to be expected once luck had had its turn."""
    return turn.value.value + turn.skill + turn.luck


# --- evaluation ----------------------------------------------------------------------------------


def evaluation(lens: Lens, review: Review) -> EvaluationChart:
    """The value of the game at the opening of every turn, with both bands."""
    lang, played = lens.lang, review.turns
    end = review.result if review.result is not None else after(played[-1])
    line = [(float(each.turn), each.value.value) for each in played]
    line.append((played[-1].turn + 1.0, end))
    fan = [Span(float(each.turn), *each.fan) for each in played]
    heights = [y for _, y in line] + [y for span in fan for y in (span.low, span.high)]
    heights += [each.value.value + each.skill for each in played]
    y = axis(say(lang, "axis.points"), heights)
    marks = tuple(_mark(lens, each) for each in played)
    return EvaluationChart(
        id="evaluation",
        title=say(lang, "chart.evaluation.title"),
        summary=_evaluation_summary(lens, review, end),
        note=say(lang, "chart.evaluation.note"),
        table=_evaluation_table(lens, review, marks),
        x=turns(lens.turn_name(), played[-1].turn, str, end=say(lang, "axis.end")),
        y=y,
        share=_stakes(lang, review, y),
        line=tuple(line),
        band=(*(_band(each) for each in played), Span(line[-1][0], end, end)),
        fan=(*fan, Span(line[-1][0], end, end)),
        marks=marks,
        line_name=say(lang, "chart.evaluation.line"),
        band_name=say(lang, "chart.evaluation.band"),
        fan_name=say(lang, "chart.evaluation.fan"),
        mark_name=say(lang, "chart.evaluation.mark"),
        luck_name=say(lang, "chart.evaluation.luck"),
    )


def _band(turn: TurnReview) -> Span:
    value = turn.value
    return Span(
        float(turn.turn),
        value.value - _TO_95 * (value.value - value.low),
        value.value + _TO_95 * (value.high - value.value),
    )


def _mark(lens: Lens, turn: TurnReview) -> Mark:
    label = label_of(lens.lang, turn)
    decided = turn.value.value + turn.skill
    shown = say(
        lens.lang,
        "mark.shown",
        when=lens.when(turn.turn),
        label=label.name,
        skill=signed(turn.skill),
        luck=signed(turn.luck),
    )
    return Mark(
        turn=turn.turn,
        x=turn.turn + 0.5,
        y=decided,
        line=turn.value.value,
        after=after(turn),
        label=label,
        shown=shown,
    )


def _stakes(lang: str, review: Review, y: Axis) -> Axis:
    """The same height in per cent: 0 doing nothing, 100 the expert from the beginning."""
    zero = review.opening - review.stakes
    marks = [(zero + share / 100.0 * review.stakes, share) for share in _SHARES]
    ticks = tuple(Tick(at, f"{share} %") for at, share in marks if y.low <= at <= y.high)
    return Axis(say(lang, "axis.stakes"), y.low, y.high, ticks)


def _evaluation_summary(lens: Lens, review: Review, end: float) -> str:
    key = "unfinished" if review.result is None else "finished"
    return say(
        lens.lang,
        f"chart.evaluation.{key}",
        start=number(review.opening, 1),
        end=number(end, 1),
        turning=_turning(lens, review),
    )


def _turning(lens: Lens, review: Review) -> str:
    if review.turning_point is None:
        return ""
    return say(lens.lang, "chart.evaluation.turning", when=lens.when(review.turning_point))


def _evaluation_table(lens: Lens, review: Review, marks: tuple[Mark, ...]) -> Table:
    lang = lens.lang
    heads = ("turn", "value", "fan", "decision", "label", "luck")
    rows = tuple(
        (
            lens.when(each.turn),
            say(
                lang,
                "table.within",
                value=number(each.value.value, 1),
                low=number(each.value.low, 1),
                high=number(each.value.high, 1),
            ),
            say(lang, "table.from_to", low=number(each.fan[0], 1), high=number(each.fan[1], 1)),
            signed(each.skill),
            _named(mark.label),
            signed(each.luck),
        )
        for each, mark in zip(review.turns, marks, strict=True)
    )
    return Table(tuple(say(lang, f"table.{head}") for head in heads), rows)


def _named(label: LabelView) -> str:
    return f"{label.glyph} {label.name}"


# --- waterfall -----------------------------------------------------------------------------------


def waterfall(lens: Lens, review: Review) -> WaterfallChart | None:
    """From the expert's expectation over decisions and luck to the result; None before the end."""
    if review.result is None:
        return None
    lang, level = lens.lang, review.opening
    moved: list[tuple[str, TurnReview, float, float]] = []
    for turn in review.turns:
        for kind, amount in (("skill", turn.skill), ("luck", turn.luck)):
            moved.append((kind, turn, level, level + amount))
            level += amount
    reached = [review.opening, *(end for *_, end in moved)]
    floor = min(reached) - _FLOOR * (max(reached) - min(reached))
    y = axis(say(lang, "axis.points"), [floor, *reached])
    steps = [_total(lang, "start", y.low, review.opening)]
    steps += [
        Step(
            id=f"{kind}-{turn.turn}",
            kind=kind,
            turn=turn.turn,
            name=say(lang, f"step.{kind}", when=lens.when(turn.turn)),
            start=start,
            end=end,
            shown=signed(end - start),
        )
        for kind, turn, start, end in moved
    ]
    steps.append(_total(lang, "end", y.low, review.result))
    return WaterfallChart(
        id="waterfall",
        title=say(lang, "chart.waterfall.title"),
        summary=balance(lang, review),
        note=say(lang, "chart.waterfall.note"),
        table=_waterfall_table(lens, review),
        y=y,
        steps=tuple(steps),
        skill_name=say(lang, "table.decision"),
        luck_name=say(lang, "table.luck"),
        total_name=say(lang, "chart.waterfall.total"),
    )


def balance(lang: str, review: Review) -> str:
    """Result = expectation + decisions + luck, in a sentence."""
    assert review.result is not None
    return say(
        lang,
        "chart.waterfall.summary",
        opening=number(review.opening, 1),
        skill=signed(review.skill, 1),
        luck=signed(review.luck, 1),
        result=number(review.result, 1),
    )


def _total(lang: str, kind: str, floor: float, value: float) -> Step:
    return Step(kind, kind, 0, say(lang, f"step.{kind}"), floor, value, number(value, 1))


def _waterfall_table(lens: Lens, review: Review) -> Table:
    lang = lens.lang
    heads = tuple(say(lang, f"table.{head}") for head in ("turn", "decision", "luck", "reached"))
    rows = [(say(lang, "step.start"), "", "", number(review.opening, 1))]
    level = review.opening
    for turn in review.turns:
        level += turn.skill + turn.luck
        rows.append((lens.when(turn.turn), signed(turn.skill), signed(turn.luck), number(level, 1)))
    return Table(heads, tuple(rows))


# --- decision by luck ----------------------------------------------------------------------------


def scatter(lens: Lens, review: Review) -> ScatterChart:
    """Every turn by the quality of its decision and by its luck."""
    lang, graded = lens.lang, [each for each in review.turns if each.refined]
    y = around_zero(say(lang, "axis.luck"), [each.luck for each in graded])
    dots = tuple(_dot(lens, each) for each in graded)
    fields = ("unpunished", "good_lucky", "bad_unlucky", "good_unlucky")
    tables = ("turn", "label", "share", "luck")
    return ScatterChart(
        id="scatter",
        title=say(lang, "chart.scatter.title"),
        summary=_scatter_summary(lens, review),
        note=say(lang, "chart.scatter.note"),
        table=Table(
            tuple(say(lang, f"table.{head}") for head in tables),
            tuple(
                (
                    lens.when(each.turn),
                    _named(dot.label),
                    f"{number(each.loss_share, 0)} %",
                    signed(each.luck),
                )
                for each, dot in zip(graded, dots, strict=True)
            ),
        ),
        x=_losses(lang),
        y=y,
        split=(GOOD, 0.0),
        fields=(
            say(lang, f"chart.scatter.{fields[0]}"),
            say(lang, f"chart.scatter.{fields[1]}"),
            say(lang, f"chart.scatter.{fields[2]}"),
            say(lang, f"chart.scatter.{fields[3]}"),
        ),
        dots=dots,
    )


def _losses(lang: str) -> Axis:
    """Losses from right to left; its last mark stands for all that is beyond it, too."""
    found = scale(say(lang, "axis.loss"), _WORST_SHOWN, 0.0, GOOD)
    worst, *others = found.ticks
    return replace(found, ticks=(replace(worst, text=f"≥ {worst.text}"), *others))


def _dot(lens: Lens, turn: TurnReview) -> Dot:
    label = label_of(lens.lang, turn)
    shown = say(
        lens.lang,
        "dot.shown",
        when=lens.when(turn.turn),
        label=label.name,
        share=number(turn.loss_share, 0),
        luck=signed(turn.luck),
    )
    return Dot(turn.turn, min(turn.loss_share, _WORST_SHOWN), turn.luck, label, shown)


def _scatter_summary(lens: Lens, review: Review) -> str:
    graded = [each for each in review.turns if each.refined]
    unlucky = [each for each in graded if "unlucky" in each.tags]
    away = [each for each in graded if "got_away" in each.tags]
    parts = [
        say(lens.lang, "chart.scatter.unlucky_turns", names=_when(lens, unlucky))
        if unlucky
        else "",
        say(lens.lang, "chart.scatter.away_turns", names=_when(lens, away)) if away else "",
    ]
    good = len([each for each in graded if each.loss_share <= GOOD])
    first = say(lens.lang, "chart.scatter.summary", n=good, of=len(graded))
    if not good:
        first = say(lens.lang, f"chart.scatter.{'none' if graded else 'pending'}")
    spared = [each for each in graded if each.loss_share > GOOD and each.label == "good"]
    if spared:
        parts.append(say(lens.lang, "chart.scatter.doubt", names=_when(lens, spared)))
    return lens.sentences((first, *parts))


def _when(lens: Lens, found: Sequence[TurnReview]) -> str:
    return lens.listed(lens.when(each.turn) for each in found)


# --- concepts ------------------------------------------------------------------------------------


def concept_bars(lens: Lens, review: Review) -> BarChart | None:
    """Loss by concept of the course, with ranges; None where there is nothing to share out."""
    found = sorted(review.concept_loss.items(), key=lambda item: -item[1].value)
    shown = [item for item in found if item[1].value > 0.0][:_MOST_CONCEPTS]
    if not shown:
        return None
    lang = lens.lang
    bars = tuple(_bar(lens, concept, loss) for concept, loss in shown)
    heads = tuple(say(lang, f"table.{head}") for head in ("concept", "loss"))
    return BarChart(
        id="concepts",
        title=say(lang, "chart.concepts.title"),
        summary=say(lang, "chart.concepts.summary", name=bars[0].name, loss=bars[0].shown),
        note=say(lang, "chart.concepts.note"),
        table=Table(heads, tuple((bar.name, bar.shown) for bar in bars)),
        x=axis(say(lang, "axis.loss_points"), [0.0, _LEAST_LOSS, *(bar.high for bar in bars)]),
        bars=bars,
    )


def _bar(lens: Lens, concept: str, loss: Estimate) -> Bar:
    low, told = max(loss.low, 0.0), estimate(lens.lang, loss)
    shown = told.shown if told.clear else say(lens.lang, "range.unclear", high=number(loss.high))
    return Bar(
        id=concept,
        name=lens.concept(concept).name,
        value=max(loss.value, 0.0),
        low=low,
        high=max(loss.high, low),
        short=told.short,
        shown=shown,
    )
