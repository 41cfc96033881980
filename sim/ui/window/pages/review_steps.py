"""The four steps of a debrief: what happened, what was decided, why, and what next."""

from collections.abc import Sequence
from functools import partial

from sim.ui.window.charts.bars import concept_bars, dumbbell
from sim.ui.window.charts.evaluation import evaluation, evaluation_key
from sim.ui.window.charts.hours import hours
from sim.ui.window.charts.scatter import calibration, scatter
from sim.ui.window.charts.waterfall import waterfall, waterfall_key
from sim.ui.window.kit.buttons import Card
from sim.ui.window.kit.labels import Label, Pill, change_pill
from sim.ui.window.kit.layout import Column, Columns, Row
from sim.ui.window.kit.node import Command, Node, Push
from sim.ui.window.kit.panels import Panel, heading, note
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.kit.theme import BODY, CARD, CHOICE, NUMBER
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.debrief import Debrief
from sim.ui.window.pages.frame import WIDE
from sim.ui.window.pages.review_changes import changes, explain
from sim.ui.window.pages.review_course import course
from sim.ui.window.pages.review_map import customer_map
from sim.ui.window.pages.review_parts import chart_panel, cost, figures, label_key, label_pill
from sim.ui.window.pages.review_turn import decision_page, opened_report
from sim.view.review_model import ReviewView, TurnDebrief

Blocks = Sequence[Sequence[Node]]  # panels, each made of parts


def beside(ui: Ui, left: Blocks, right: Blocks, *, weights: tuple[int, int]) -> Node:
    """Two columns that scroll on their own, or all panels below each other."""
    if ui.columns < WIDE:
        panels = [_panel(block) for block in (*left, *right) if block]
        return Scroll(Column(panels, gap=14), name="page")
    sides = [
        Scroll(Column([_panel(block) for block in blocks if block], gap=14), name=name, pad=9)
        for name, blocks in (("left", left), ("right", right))
    ]
    return Columns(sides, weights, gap=2)


def _panel(parts: Sequence[Node]) -> Panel:
    return Panel(list(parts), gap=10)


def happened(ui: Ui, debrief: Debrief, view: ReviewView) -> Node:
    """What happened: the line of the game, its figures, and the map over time."""
    look = partial(decision_page, debrief)
    line = chart_panel(
        debrief,
        view.evaluation,
        evaluation(view.evaluation, look, chosen=debrief.turn),
        evaluation_key(view.evaluation),
    )
    told: list[Node] = [heading(debrief.desk.say("debrief.yours"))]
    if view.question.said_why:
        told.append(Label(f"“{view.question.said_why}”", CHOICE))
    told.append(note(view.question.comparison, icon="flag"))
    numbers = [
        heading(debrief.desk.say("debrief.figures")),
        figures(debrief, view.figures),
        *([Label(view.verdict, BODY)] if view.verdict else []),
        Label(view.assumption, NUMBER, "muted"),
        Label(view.depth, NUMBER, "muted"),
    ]
    left: list[Sequence[Node]] = [[line]]
    if view.map is not None:
        left.append([customer_map(debrief, view.map)])
    return beside(
        ui, left, [told, numbers, [label_key(ui, debrief, view.labels)]], weights=(62, 38)
    )


def decided(ui: Ui, debrief: Debrief, view: ReviewView) -> Node:
    """What was decided: every turn with its label, apart from luck; and where the hours went."""
    say, look = debrief.desk.say, partial(decision_page, debrief)
    turns: list[Node] = [
        heading(say("debrief.turns")),
        Label(say("debrief.turns_text"), NUMBER, "muted"),
        *(_turn(ui, debrief, each) for each in view.turns),
    ]
    plot, key = hours(ui, view.hours, look, axis=view.evaluation.x.name, chosen=debrief.turn)
    right: list[Sequence[Node]] = []
    if view.waterfall is not None:
        falls = waterfall(
            view.waterfall,
            look,
            axis=view.evaluation.x.name,
            chosen=debrief.turn,
            moves="debrief",
        )
        right.append([chart_panel(debrief, view.waterfall, falls, waterfall_key(view.waterfall))])
    dots = scatter(view.scatter, look, chosen=debrief.turn)
    right.append([chart_panel(debrief, view.scatter, dots)])
    right.append([chart_panel(debrief, view.hours, key, plot)])
    return beside(ui, [turns], right, weights=(42, 58))


def _turn(ui: Ui, debrief: Debrief, view: TurnDebrief) -> Card:
    head = Row([Label(view.when, CARD, grow=1), label_pill(ui, view.label)], gap=8, folds=True)
    words: list[Node] = [head]
    if view.refined:
        words.append(Label(cost(debrief, view.loss), NUMBER, "muted"))
    marks: list[Node] = [
        change_pill(view.skill_text, _sign(view.skill)),
        change_pill(view.luck_text, _sign(view.luck)),
    ]
    marks += [Pill(tag, "info") for tag in view.tags]
    words.append(Row(marks, gap=6, folds=True))
    return Card(
        name=f"turn/{view.turn}",
        body=Column(words, gap=3),
        pad=(12, 8),
        sound="select",
        on_press=partial(decision_page, debrief, view.turn),
    )


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def why(ui: Ui, debrief: Debrief, view: ReviewView) -> Node:
    """Why: the costliest turn change by change, the concepts behind the losses, the forecasts."""
    say = debrief.desk.say
    worst = _worst(view)
    left: list[Sequence[Node]] = []
    if worst is None:
        left.append([Label(say("debrief.no_worst"), CHOICE)])
    else:
        head = heading(say("debrief.worst", when=worst.when), label_pill(ui, worst.label))
        left.append([head, Label(worst.cost, CHOICE), *changes(debrief, worst.changes)])
    right: list[Sequence[Node]] = []
    if view.worst is not None:
        press = partial(_customer, debrief, view.worst.turn)
        right.append([chart_panel(debrief, view.worst, dumbbell(view.worst, press))])
    if view.concepts is not None:
        bars = concept_bars(view.concepts, partial(explain, debrief))
        right.append([chart_panel(debrief, view.concepts, bars)])
    if view.calibration is not None:
        right.append([chart_panel(debrief, view.calibration, calibration(view.calibration))])
    if view.course is not None:
        left.append(course(debrief, view.course))
    if not right:
        return Scroll(Column([_panel(each) for each in left], gap=14), name="page")
    return beside(ui, left, right, weights=(52, 48))


def _worst(view: ReviewView) -> TurnDebrief | None:
    """The turn that the dumbbell shows, or the costliest that has been looked at closely."""
    if view.worst is not None:
        return view.turns[view.worst.turn - 1]
    refined = [each for each in view.turns if each.refined and each.changes]
    return max(refined, key=lambda each: each.loss.value, default=None)


def _customer(debrief: Debrief, turn: int, customer: str) -> Command:
    """From a customer of the costliest turn to why that customer changed then."""
    page = opened_report(debrief, turn)
    if any(each.id == customer for each in page.view.customers):
        page.chosen = customer
    return Push(page)
