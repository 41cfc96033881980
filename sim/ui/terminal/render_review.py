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
    yield from figure_lines(view)
    yield from ("", say(lang, "report.turns"))
    yield from (turn_line(turn) for turn in view.turns)
    decided: tuple[Chart | None, ...] = (view.evaluation, view.waterfall, view.scatter)
    for chart in decided:
        yield from chart_lines(chart)
    yield from _headed(lang, "report.why")
    why: tuple[Chart | None, ...] = (view.worst, view.hours, view.concepts, view.calibration)
    for chart in why:
        yield from chart_lines(chart)
    yield from _headed(lang, "report.again")
    yield view.retries_note
    for card in view.retries:
        yield from ("", *retry_lines(card, lang))
    yield from _headed(lang, "report.next")
    yield from chart_lines(view.map)
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


def figure_lines(view: ReviewView) -> Iterator[str]:
    """The figures of the game, and what they rest on."""
    for each in view.figures:
        yield f"{each.name} {each.shown} ({each.when})"
    yield from (view.verdict, view.assumption)
    yield from (text for text in (view.progress, view.depth) if text)


def turn_line(turn: TurnDebrief) -> str:
    """One decision in a line: label, cost, decision, luck."""
    label = f"{turn.label.glyph} {turn.label.name}"
    parts = [label, *turn.tags, turn.skill_text, turn.luck_text]
    cost = [turn.cost] if turn.refined else []
    return f"{turn.when}: {' · '.join(parts)}. " + " ".join((*cost, turn.between)).strip()


def chart_lines(chart: Chart | None) -> Iterator[str]:
    """A chart as what there is to see and its numbers; nothing for none."""
    if chart is None:
        return
    yield from ("", chart.title, chart.summary)
    yield from table_lines(chart.table)


def table_lines(table: Table) -> Iterator[str]:
    """Every row in a line that makes sense by itself."""
    for row in table.rows:
        cells = zip(table.columns[1:], row[1:], strict=True)
        told = [f"{column} {cell}" for column, cell in cells if cell]
        yield f"  {row[0]}: " + "; ".join(told)


def plan_texts(plan: tuple[PlanLine, ...], lang: str) -> Iterator[str]:
    """A plan, one line for each thing in it."""
    for line in plan:
        whom = say(lang, "plan.firm") if line.customer is None else line.customer.name
        text = f"{line.text}, {say(lang, 'report.hours', n=hours(line.hours))}"
        bare = line.customer is None and not line.hours
        yield f"  {line.text}" if bare else f"  {whom} – {text if line.hours else line.text}"


def change_lines(change: ExplainedChange, lang: str) -> Iterator[str]:
    """What would have been better, what it would have brought, and why."""
    yield f"  {change.gain.shown}: {change.sentence}"
    yield from (f"    {text}" for text in (change.why, *change.stays, change.idea) if text)
    yield f"    {say(lang, 'report.ask')} {change.question}"


def retry_lines(card: RetryCard, lang: str) -> Iterator[str]:
    """A turn to be decided again: state, own plan, question, hint, solution and why."""
    yield f"{card.when}: {card.label.glyph} {card.label.name}"
    yield say(lang, "report.lost", range=card.loss.shown)
    yield f"{say(lang, 'report.state')}:"
    yield from (f"  {text}" for text in card.state)
    yield f"{say(lang, 'name.played')}:"
    yield from plan_texts(card.own, lang)
    yield card.question
    yield f"{say(lang, 'report.hint')}: {card.hint}"
    yield f"{say(lang, 'name.better')}:"
    yield from plan_texts(card.better, lang)
    yield f"{say(lang, 'report.because')}:"
    for change in card.changes:
        yield from change_lines(change, lang)
    yield from [card.rest] if card.rest else []


def turn_detail_lines(turn: TurnDebrief, lang: str) -> Iterator[str]:
    """One decision in full: plan, luck, and what would have been better."""
    yield turn_line(turn)
    yield f"{say(lang, 'name.played')}:"
    yield from plan_texts(turn.own, lang)
    for change in turn.changes:
        yield from change_lines(change, lang)
    yield from [turn.rest] if turn.rest else []
    if turn.events:
        yield f"{say(lang, 'report.events')}:"
        yield from (f"  {signed(each.points)} {each.text}" for each in turn.events)


def _headed(lang: str, key: str) -> Iterator[str]:
    yield from ("", f"== {say(lang, key)} ==")
