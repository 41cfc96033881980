"""The moments of a class's debrief: what was asked, how the class split, two plans, the rule."""

from collections.abc import Mapping, Sequence
from typing import Final

from sim.classroom.debrief.debrief import ClassDebrief
from sim.classroom.debrief.games import ClassGame
from sim.classroom.debrief.moments import Moment, Option
from sim.engine.observe import observe
from sim.game import replay
from sim.lab.review.grading import label_of as graded_label
from sim.lab.review.model import TurnReview
from sim.play.case import Case
from sim.view.class_debrief_model import Bar, MomentView, PlanView, SplitChart
from sim.view.class_debrief_words import question, say
from sim.view.lens import Lens
from sim.view.parts import Ref
from sim.view.plans import answer_text, plan_lines
from sim.view.review_changes import explained
from sim.view.review_chart_model import Table
from sim.view.review_labels import label
from sim.view.review_model import ExplainedChange
from sim.view.review_words import number
from sim.view.words import listed, percent, whole

_MOST_CHANGES: Final = 2


def moment_views(
    case: Case,
    games: Sequence[ClassGame],
    found: ClassDebrief,
    lang: str,
    *,
    closer: Mapping[tuple[int, int], TurnReview],
) -> tuple[MomentView, ...]:
    """The moments in words.

    Args:
        case: the scenario.
        games: of the class.
        found: its debrief.
        lang: `en` or `zh`.
        closer: turns that have been looked at closely, by number of the game and turn.
    """
    reviews = {line.number: line.review for line in found.games if line.review is not None}
    views = []
    for place, moment in enumerate(found.moments, start=1):
        turns = {
            game: closer.get((game, moment.turn), reviews[game].turns[moment.turn - 1])
            for game in (moment.good, moment.poor)
        }
        views.append(_moment(case, games, moment, lang=lang, place=place, turns=turns))
    return tuple(views)


def _moment(
    case: Case,
    games: Sequence[ClassGame],
    moment: Moment,
    *,
    lang: str,
    place: int,
    turns: Mapping[int, TurnReview],
) -> MomentView:
    good = _lens(case, games[moment.good], moment.turn, lang)
    poor = _lens(case, games[moment.poor], moment.turn, lang)
    bars = tuple(_bar(poor, moment, option) for option in moment.question.options)
    title = _title(poor, moment)
    concept = moment.concept
    rule = None
    if concept is not None:
        script = case.script.glossary.concepts[concept]
        rule = Ref(concept, script.name.of(lang), script.text.of(lang))
    return MomentView(
        id=f"moment-{place}",
        turn=moment.turn,
        when=poor.when(moment.turn),
        title=title,
        situation=_situation(poor, moment),
        asked=say(lang, f"moment.asked.{moment.question.of}"),
        options=tuple(bar.name for bar in bars),
        split=_split(poor, moment, bars, place),
        good=_plan(good, games[moment.good], turns[moment.good], "a"),
        poor=_plan(poor, games[moment.poor], turns[moment.poor], "b"),
        compare=_compare(lang, turns[moment.good], turns[moment.poor]),
        changes=_changes(poor, turns[moment.poor]),
        concept=rule,
        question=question(lang, concept),
    )


def _lens(case: Case, game: ClassGame, turn: int, lang: str) -> Lens:
    """The game as its player saw it when the turn began."""
    before = game.record.model_copy(update={"turns": game.record.turns[: turn - 1], "result": None})
    seen = observe(case.rules, replay(before, case.rules).states[-1])
    return Lens(lang, case.rules, case.script, seen, ())


def _title(lens: Lens, moment: Moment) -> str:
    """What the question is about, by name."""
    asked = moment.question
    if asked.of == "market":
        return lens.action_name(asked.id)
    if asked.of == "customer":
        return lens.name(asked.id)
    script = lens.script.encounters[asked.id]
    return say(
        lens.lang,
        "moment.title",
        customer=lens.name(script.customer),
        title=_spoken(lens, asked.id, lens.text(script.title)),
    )


def _situation(lens: Lens, moment: Moment) -> str:
    """What everybody had before him."""
    asked = moment.question
    if asked.of == "encounter":
        script = lens.script.encounters[asked.id]
        return _spoken(lens, asked.id, lens.text(script.text))
    if asked.of == "customer":
        return lens.text(lens.script.customers[asked.id].about)
    return lens.text(lens.script.market_actions[asked.id].text)


def _spoken(lens: Lens, encounter: str, text: str) -> str:
    script = lens.script.encounters[encounter]
    speaker = lens.script.customers[script.customer].people[script.speaker]
    return text.replace("{name}", lens.text(speaker.name))


def _bar(lens: Lens, moment: Moment, option: Option) -> Bar:
    """One way to decide: how many took it, and what their turn lost on average."""
    whole_class = sum(len(each.games) for each in moment.question.options)
    look = graded_label(option.loss)
    return Bar(
        name=_option(lens, moment, option),
        count=len(option.games),
        share=len(option.games) / whole_class,
        shown=say(lens.lang, "of", n=len(option.games), of=whole_class),
        note=say(lens.lang, "split.loss", share=whole(option.loss)),
        look=look,
    )


def _option(lens: Lens, moment: Moment, option: Option) -> str:
    asked, lang = moment.question, lens.lang
    if option.taken is None:
        return say(lang, "split.other")
    if asked.of == "market":
        return say(lang, "split.yes" if option.taken else "split.no")
    if not option.taken:
        return say(lang, "split.silence" if asked.of == "encounter" else "split.nothing")
    if asked.of == "encounter":
        return answer_text(lens, asked.id, option.taken)
    return listed(lang, [lens.action_name(action) for action in option.taken])


def _split(lens: Lens, moment: Moment, bars: tuple[Bar, ...], place: int) -> SplitChart:
    lang = lens.lang
    return SplitChart(
        id=f"split-{place}",
        title=say(lang, "split.title"),
        summary=say(
            lang,
            "split.summary",
            share=percent(moment.question.disagreement),
            loss=whole(moment.loss),
        ),
        note=say(lang, "split.note"),
        table=Table(
            tuple(say(lang, f"split.{each}") for each in ("choice", "games", "lost")),
            tuple((bar.name, bar.shown, bar.note) for bar in bars),
        ),
        bars=bars,
    )


def _plan(lens: Lens, game: ClassGame, turn: TurnReview, which: str) -> PlanView:
    lang = lens.lang
    return PlanView(
        name=say(lang, f"plan.{which}"),
        lines=plan_lines(lens, game.record.turns[turn.turn - 1]),
        value=say(lang, "plan.value", points=number(turn.value.value, 1)),
        cost=say(lang, "plan.cost", share=whole(turn.loss_share), points=number(turn.loss.value)),
        label=label(lang, turn.label),
    )


def _compare(lang: str, good: TurnReview, poor: TurnReview) -> str:
    """What to look at: how far the two stood apart before, and how far after."""
    before = number(abs(good.value.value - poor.value.value), 1)
    after = number(max(poor.loss.value - good.loss.value, 0.0), 1)
    key = "plan.compare_same" if after == number(0.0, 1) else "plan.compare"
    return say(lang, key, before=before, after=after)


def _changes(lens: Lens, turn: TurnReview) -> tuple[ExplainedChange, ...]:
    return explained(lens, turn)[:_MOST_CHANGES] if turn.refined else ()
