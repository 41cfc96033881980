"""The debrief as lines of text, in its order; every chart as its summary and its table."""

from collections.abc import Iterable, Iterator

from sim.ui.terminal.layout import wrap
from sim.view.compare import CompareView
from sim.view.debrief import RecapTurn
from sim.view.ledger import LedgerView
from sim.view.review_model import (
    Chart,
    ExplainedChange,
    PlanLine,
    RetryCard,
    ReviewView,
    Table,
    TurnDebrief,
)
from sim.view.review_words import say
from sim.view.words import hours


def review_text(view: ReviewView, lang: str) -> str:
    """The whole debrief, wrapped to the width of a terminal."""
    return "\n".join(
        part for line in review_lines(view, lang) for part in wrap(line, indent="    ")
    )


def review_lines(view: ReviewView, lang: str) -> Iterator[str]:
    """The whole debrief, line by line; an empty line before every heading."""
    yield from (view.title, view.game)
    yield from happened_lines(view, lang)
    yield from decided_lines(view, lang)
    yield from why_lines(view, lang)
    yield from _headed(lang, "report.again")
    yield view.retries_note
    for card in view.retries:
        yield from ("", *retry_lines(card, lang))
    yield from _headed(lang, "report.next")
    yield from next_lines(view, lang)
    yield view.reflection
    yield from [view.said_reflection] if view.said_reflection else []


def happened_lines(view: ReviewView, lang: str) -> Iterator[str]:
    """What happened: the figures, the line of the game, and where the customers went."""
    yield from question_lines(view, lang)
    yield ""
    yield from figure_lines(view, lang)
    for chart in (view.evaluation, view.map):
        yield from chart_lines(chart, lang)


def decided_lines(view: ReviewView, lang: str) -> Iterator[str]:
    """What was decided: every turn, decisions and luck apart, and where the hours went."""
    yield from _headed(lang, "report.decided")
    yield say(lang, "report.turns")
    yield from (turn_line(turn, lang) for turn in view.turns)
    charts: tuple[Chart | None, ...] = (view.waterfall, view.scatter, view.hours)
    for chart in charts:
        yield from chart_lines(chart, lang)


def why_lines(view: ReviewView, lang: str, *, explained: bool = False) -> Iterator[str]:
    """Why: the costliest turn, concepts, forecasts, and the game seen through the course.

    Args:
        view: the debrief.
        lang: `en` or `zh`.
        explained: what would have been better in the costliest turn is told here, too; it also
            stands with the turns to be decided again.
    """
    yield from _headed(lang, "report.why")
    yield from chart_lines(view.worst, lang)
    if explained and view.worst is not None:
        costliest = view.turns[view.worst.turn - 1]
        for change in costliest.changes:
            yield from change_lines(change, lang)
        yield from [costliest.rest] if costliest.rest else []
    charts: tuple[Chart | None, ...] = (view.concepts, view.calibration)
    for chart in charts:
        yield from chart_lines(chart, lang)
    yield from course_lines(view, lang)


def next_lines(view: ReviewView, lang: str) -> Iterator[str]:
    """What to do next, the most useful first."""
    yield say(lang, "report.steps")
    yield from (f"{place}. {step}" for place, step in enumerate(view.next_steps, start=1))


def recap_lines(turns: Iterable[RecapTurn], lang: str) -> Iterator[str]:
    """The turns without any judgement, to be looked back on."""
    for turn in turns:
        yield from ("", say(lang, "text.heading", name=turn.when))
        yield from (f"  {text}" for text in (*turn.done, *turn.happened))


def ledger_lines(view: LedgerView, lang: str) -> Iterator[str]:
    """Where a number comes from: the formula in words, what it means, and what went into it."""
    yield say(lang, "text.line", name=view.title, text=view.value) if view.value else view.title
    yield from (view.formula, view.text)
    yield from table_lines(view.table, lang)
    for concept in view.concepts:
        yield say(lang, "number.concept", name=concept.name)


def compare_lines(view: CompareView, lang: str) -> Iterator[str]:
    """Two games side by side: where they parted, and where each of them led."""
    yield from (view.title, view.summary)
    yield from table_lines(view.figures, lang)
    for pair in view.turns:
        if pair.same:
            continue
        yield from ("", pair.when)
        for name, side in zip(view.names, pair.sides, strict=True):
            if side is not None:
                marked = "" if side.label is None else f"{side.label.glyph} {side.label.name}"
                parts = [text for text in (marked, *side.done, side.shown) if text]
                yield "  " + say(lang, "text.line", name=name, text=" · ".join(parts))


def task_lines(card: RetryCard, lang: str) -> Iterator[str]:
    """A turn to be decided again, as it stood then: neither question nor hint nor solution."""
    yield card.when
    yield _heading(lang, "report.state")
    yield from (f"  {text}" for text in card.state)
    yield _heading(lang, "name.played")
    yield from plan_texts(card.own, lang)


def solution_lines(card: RetryCard, lang: str) -> Iterator[str]:
    """The better plan, and why it is better."""
    yield _heading(lang, "name.better")
    yield from plan_texts(card.better, lang)
    yield _heading(lang, "report.because")
    for change in card.changes:
        yield from change_lines(change, lang)
    yield from [card.rest] if card.rest else []


def question_lines(view: ReviewView, lang: str) -> Iterator[str]:
    """What the trainee is asked before anything is judged, and how it compares."""
    yield from _headed(lang, "report.first")
    asked = view.question
    yield asked.text
    if asked.said_turn is not None:
        turn = next(each.name for each in asked.turns if each.id == str(asked.said_turn))
        yield say(lang, "report.said", turn=turn, why=asked.said_why)
        yield asked.comparison


def figure_lines(view: ReviewView, lang: str) -> Iterator[str]:
    """The figures of the game, and what they rest on."""
    for each in view.figures:
        text = say(lang, "line.meter", name=each.name, shown=each.shown)
        yield say(lang, "line.remark", text=text, remark=each.when)
    told = (view.verdict, view.assumption, view.progress, view.depth)
    yield from (text for text in told if text)


def turn_line(turn: TurnDebrief, lang: str) -> str:
    """One decision in a line: label, cost, decision, luck."""
    label = f"{turn.label.glyph} {turn.label.name}"
    parts = [label, *turn.tags, turn.skill_text, turn.luck_text]
    cost = [turn.cost] if turn.refined else []
    rest = ("" if lang == "zh" else " ").join((*cost, turn.between)).strip()
    return say(lang, "text.turn", when=turn.when, parts=" · ".join(parts), cost=rest).rstrip()


def chart_lines(chart: Chart | None, lang: str) -> Iterator[str]:
    """A chart as what there is to see and its numbers; nothing for none."""
    if chart is None:
        return
    yield from ("", chart.title, chart.summary)
    yield from table_lines(chart.table, lang)


def table_lines(table: Table, lang: str) -> Iterator[str]:
    """Every row in a line that makes sense by itself."""
    for row in table.rows:
        cells = zip(table.columns[1:], row[1:], strict=True)
        told = [f"{column} {cell}" for column, cell in cells if cell]
        text = say(lang, "line.semicolon").join(told)
        yield "  " + say(lang, "text.line", name=row[0], text=text)


def course_lines(view: ReviewView, lang: str) -> Iterator[str]:
    """The game seen through the course, card by card; nothing before it is over."""
    if view.course is None:
        return
    yield from ("", f"== {view.course.title} ==", view.course.note)
    for card in view.course.cards:
        yield from ("", card.concept.name)
        yield from (
            "  " + say(lang, "text.line", name=each.name, text=each.shown) for each in card.readings
        )
        yield card.sentence
        yield from [] if card.table is None else table_lines(card.table, lang)
        yield from [card.asked] if card.asked else []


def plan_texts(plan: tuple[PlanLine, ...], lang: str) -> Iterator[str]:
    """A plan, one line for each thing in it."""
    for line in plan:
        whom = say(lang, "plan.firm") if line.customer is None else line.customer.name
        took = say(lang, "report.hours", n=hours(line.hours))
        text = say(lang, "text.done", text=line.text, hours=took) if line.hours else line.text
        bare = line.customer is None and not line.hours
        yield "  " + (line.text if bare else say(lang, "text.line", name=whom, text=text))


def change_lines(change: ExplainedChange, lang: str) -> Iterator[str]:
    """What would have been better, what it would have brought, and why."""
    yield "  " + say(lang, "text.line", name=change.gain.shown, text=change.sentence)
    yield from (f"    {text}" for text in (change.why, *change.stays, change.idea) if text)
    if change.question:
        gap = "" if lang == "zh" else " "
        yield f"    {say(lang, 'report.ask')}{gap}{change.question}"


def retry_lines(card: RetryCard, lang: str) -> Iterator[str]:
    """A turn to be decided again: state, own plan, question, hint, solution and why."""
    label = f"{card.label.glyph} {card.label.name}"
    when, *task = task_lines(card, lang)
    yield say(lang, "text.line", name=when, text=label)
    yield say(lang, "report.lost", range=card.loss.shown)
    yield from task
    yield card.question
    yield say(lang, "text.line", name=say(lang, "report.hint"), text=card.hint)
    yield from solution_lines(card, lang)


def turn_detail_lines(turn: TurnDebrief, lang: str) -> Iterator[str]:
    """One decision in full: plan, luck, and what would have been better."""
    yield turn_line(turn, lang)
    yield _heading(lang, "name.played")
    yield from plan_texts(turn.own, lang)
    for change in turn.changes:
        yield from change_lines(change, lang)
    yield from [turn.rest] if turn.rest else []
    if turn.events:
        yield _heading(lang, "report.events")
        yield from (f"  {each.shown} {each.text}" for each in turn.events)


def _heading(lang: str, key: str) -> str:
    return say(lang, "text.heading", name=say(lang, key))


def _headed(lang: str, key: str) -> Iterator[str]:
    yield from ("", f"== {say(lang, key)} ==")
