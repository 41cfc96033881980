"""The debrief as lines of text, in its order; every chart as its summary and its table."""

from collections.abc import Iterator

from sim.ui.terminal.layout import wrap
from sim.view.review_model import (
    Chart,
    ExplainedChange,
    PlanLine,
    RetryCard,
    ReviewView,
    Table,
    TurnDebrief,
)
from sim.view.review_words import say, signed
from sim.view.words import hours


def review_text(view: ReviewView, lang: str) -> str:
    """The whole debrief, wrapped to the width of a terminal."""
    return "\n".join(
        part for line in review_lines(view, lang) for part in wrap(line, indent="    ")
    )


def review_lines(view: ReviewView, lang: str) -> Iterator[str]:
    """The whole debrief, line by line; an empty line before every heading."""
    yield from (view.title, view.game)
    yield from question_lines(view, lang)
    yield from _headed(lang, "report.decided")
    yield from figure_lines(view, lang)
    yield from ("", say(lang, "report.turns"))
    yield from (turn_line(turn, lang) for turn in view.turns)
    decided: tuple[Chart | None, ...] = (view.evaluation, view.waterfall, view.scatter)
    for chart in decided:
        yield from chart_lines(chart, lang)
    yield from _headed(lang, "report.why")
    why: tuple[Chart | None, ...] = (view.worst, view.hours, view.concepts, view.calibration)
    for chart in why:
        yield from chart_lines(chart, lang)
    yield from course_lines(view, lang)
    yield from _headed(lang, "report.again")
    yield view.retries_note
    for card in view.retries:
        yield from ("", *retry_lines(card, lang))
    yield from _headed(lang, "report.next")
    yield from chart_lines(view.map, lang)
    yield from ("", say(lang, "report.steps"))
    yield from (f"{place}. {step}" for place, step in enumerate(view.next_steps, start=1))
    yield view.reflection
    yield from [view.said_reflection] if view.said_reflection else []


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
    yield from (view.verdict, view.assumption)
    yield from (text for text in (view.progress, view.depth) if text)


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
    yield say(lang, "text.line", name=card.when, text=label)
    yield say(lang, "report.lost", range=card.loss.shown)
    yield _heading(lang, "report.state")
    yield from (f"  {text}" for text in card.state)
    yield _heading(lang, "name.played")
    yield from plan_texts(card.own, lang)
    yield card.question
    yield say(lang, "text.line", name=say(lang, "report.hint"), text=card.hint)
    yield _heading(lang, "name.better")
    yield from plan_texts(card.better, lang)
    yield _heading(lang, "report.because")
    for change in card.changes:
        yield from change_lines(change, lang)
    yield from [card.rest] if card.rest else []


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
        yield from (f"  {signed(each.points)} {each.text}" for each in turn.events)


def _heading(lang: str, key: str) -> str:
    return say(lang, "text.heading", name=say(lang, key))


def _headed(lang: str, key: str) -> Iterator[str]:
    yield from ("", f"== {say(lang, key)} ==")
