"""What would have been better: each change with what its gain is made of, the idea, a question."""

from collections.abc import Sequence
from functools import partial

from sim.ui.window.kit.charts import Step, Waterfall
from sim.ui.window.kit.labels import Icon, Label, change_pill
from sim.ui.window.kit.layout import Column, Row
from sim.ui.window.kit.node import Command, Node, Push
from sim.ui.window.kit.panels import card, note
from sim.ui.window.kit.theme import BODY, CARD, CHOICE, HEAD, NUMBER, TAG
from sim.ui.window.pages.debrief import Debrief
from sim.ui.window.pages.glossary import GlossaryPage
from sim.ui.window.pages.parts import concepts, lines
from sim.view.review_model import ExplainedChange, PlanLine


def changes(debrief: Debrief, views: Sequence[ExplainedChange]) -> list[Node]:
    """What would have been better, each with what its gain is made of, the idea and a question."""
    return [_change(debrief, each, place) for place, each in enumerate(views)]


def _change(debrief: Debrief, view: ExplainedChange, place: int) -> Node:
    sign = (view.gain.value > 0) - (view.gain.value < 0) if view.gain.clear else 0
    rows: list[Node] = [
        Row([Label(view.kind_name, HEAD, grow=1), change_pill(view.gain.short, sign)], gap=8),
        Label(view.lead, CHOICE),
        *_side(debrief, "debrief.as_played", view.before, "circle-x"),
        *_side(debrief, "debrief.rather", view.after, "circle-check"),
        Label(view.gain.shown, NUMBER, "muted"),
    ]
    steps = [Step(each.amount, each.name, "", each.shown) for each in view.shares]
    if steps:
        rows += [Label(debrief.desk.say("debrief.made_of"), TAG, "muted"), Waterfall(steps)]
    rows += lines(view.stays, icon="anchor")
    if view.idea:
        rows.append(note(view.idea))
    if view.question:
        mark = Icon("circle-question-mark", 18, "accent", BODY)
        rows.append(Row([mark, Label(view.question, BODY, grow=1)], gap=8, align="top"))
    rows += concepts(view.concepts, partial(explain, debrief), name=f"change/{place}")
    return card(rows, gap=7)


def _side(debrief: Debrief, key: str, line: PlanLine | None, icon: str) -> list[Node]:
    """One side of a change; nothing where nothing was there."""
    if line is None:
        return []
    who = line.customer.name if line.customer else debrief.desk.say("line.firm")
    words = [Label(debrief.desk.say(key, name=who), CARD), Label(line.text, BODY)]
    return [Row([Icon(icon, 18, "muted", CARD), Column(words, gap=0, grow=1)], gap=8, align="top")]


def explain(debrief: Debrief, concept: str) -> Command:
    """Opens the glossary at a concept."""
    return Push(GlossaryPage(debrief.desk, concept))
