"""The single decisions of a debrief, and the costliest of them to be decided again."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sim.engine.facts import of_account
from sim.engine.state import Status
from sim.game import GameRecord, Replay
from sim.lab.review.model import Change, Luck, Review, TurnReview
from sim.play.case import Case
from sim.play.reports import TurnReport, reports_of
from sim.view.lens import SATISFACTION, Lens
from sim.view.parts import Ref
from sim.view.plans import choice_line, plan_lines
from sim.view.report import news
from sim.view.review_changes import explained, loss_text, rest, telling
from sim.view.review_labels import GOOD, label_of
from sim.view.review_model import (
    QUESTION_NOTE,
    LuckView,
    Place,
    QuestionView,
    RetryCard,
    TurnDebrief,
)
from sim.view.review_words import estimate, has, say, signed
from sim.view.truth import opened
from sim.view.words import money, percent, whole

_RETRIES = 3
_LOWEST = 3  # customers with the lowest readings named before a turn
_HINTED = 3  # customers worth a look


@dataclass(frozen=True)
class Past:
    """A game that has been played, with everything that the debrief looks at."""

    case: Case
    record: GameRecord
    played: Replay
    reports: tuple[TurnReport, ...]

    def lens(self, lang: str, turn: int) -> Lens:
        """The game as its player saw it when a turn began; `turn` from 1."""
        known = self.reports[turn - 1].before
        return Lens(lang, self.case.rules, self.case.script, known, self.reports[: turn - 1])

    @cached_property
    def places(self) -> dict[str, tuple[Place, ...]]:
        """Where every customer truly stood at each opening while a customer; the end comes last."""
        rules = self.case.rules
        found: dict[str, list[Place]] = {name: [] for name in rules.customer_ids}
        for turn, state in enumerate(self.played.states, start=1):
            seen, stay = opened(rules, state)
            satisfaction = of_account(rules, seen.seen[..., SATISFACTION])[0]
            for row, name in enumerate(rules.customer_ids):
                if int(seen.status[0, row]) == Status.ACTIVE:
                    place = Place(turn, float(satisfaction[row]), float(stay[0, row]))
                    found[name].append(place)
        return {name: tuple(places) for name, places in found.items()}


def past_of(case: Case, record: GameRecord, played: Replay) -> Past:
    """A replay with its ledger, as the debrief looks at it."""
    return Past(case, record, played, tuple(reports_of(case.rules, played)))


def turn_debrief(lens: Lens, past: Past, turn: TurnReview) -> TurnDebrief:
    """One decision with its label, its cost and what would have been better."""
    lang = lens.lang
    return TurnDebrief(
        turn=turn.turn,
        when=lens.when(turn.turn),
        label=label_of(lang, turn),
        between=_between(lang, turn),
        loss=estimate(lang, turn.loss),
        loss_share=turn.loss_share,
        cost=loss_text(lens, turn),
        skill=turn.skill,
        luck=turn.luck,
        skill_text=say(lang, "turn.skill", points=signed(turn.skill)),
        luck_text=say(lang, "turn.luck", points=signed(turn.luck)),
        tags=tuple(say(lang, f"tag.{tag}") for tag in turn.tags),
        events=tuple(_events(lens, turn)),
        own=plan_lines(lens, past.played.turns[turn.turn - 1]),
        better=plan_lines(lens, turn.best_plan) if turn.refined else (),
        changes=explained(lens, turn),
        rest=rest(lens, turn),
        refined=turn.refined,
    )


def _between(lang: str, turn: TurnReview) -> str:
    if not turn.refined or turn.between is None:
        return ""
    names = (say(lang, f"label.{turn.label}"), say(lang, f"label.{turn.between}"))
    return say(lang, "label.between", one=names[0], other=names[1])


def _events(lens: Lens, turn: TurnReview) -> Iterator[LuckView]:
    """What chance did, the largest first, then all the rest; together the luck of the turn."""
    told = sorted(turn.lucky, key=lambda each: -abs(each.points))
    yield from (_luck(lens, each) for each in told)
    rest = turn.luck - sum(each.points for each in told)
    key = "luck.rest" if told else "luck.all"
    yield LuckView(say(lens.lang, key), rest, signed(rest))


def _luck(lens: Lens, luck: Luck) -> LuckView:
    """A chance event, how likely it was, and what it was worth."""
    name = "" if luck.customer is None else lens.name(luck.customer)
    event = luck.event if has(f"luck.{luck.event}.yes") else "other"
    fell = "yes" if luck.happened else "no"
    text = say(lens.lang, f"luck.{event}.{fell}", name=name, chance=percent(luck.chance))
    return LuckView(text, luck.points, signed(luck.points))


# --- to be decided again --------------------------------------------------------------------------


def costly(review: Review) -> tuple[TurnReview, ...]:
    """The costliest graded turns that were less than good, the costliest first."""
    graded = [
        each
        for each in review.turns
        if each.refined and each.label != "routine" and each.loss_share > GOOD
    ]
    return tuple(sorted(graded, key=lambda each: -each.loss.value)[:_RETRIES])


def retry_card(lens: Lens, past: Past, turn: TurnReview) -> RetryCard:
    """A turn to be decided again: state, own plan, question, hint, solution, why."""
    return RetryCard(
        turn=turn.turn,
        when=lens.when(turn.turn),
        label=label_of(lens.lang, turn),
        loss=estimate(lens.lang, turn.loss),
        state=tuple(_state(past.lens(lens.lang, turn.turn))),
        own=plan_lines(lens, past.played.turns[turn.turn - 1]),
        question=say(lens.lang, "retry.question"),
        hint=_hint(lens, turn),
        better=plan_lines(lens, turn.best_plan),
        changes=explained(lens, turn),
        rest=rest(lens, turn),
    )


def _state(seen: Lens) -> Iterator[str]:
    """What the player knew when the turn began."""
    lang, known = seen.lang, seen.seen
    yield say(
        lang,
        "retry.budget",
        when=seen.when(known.turn + 1),
        hours=seen.cost(known.hours, 0.0),
        money=money(float(known.money[0])),
    )
    if seen.past:
        for item in news(seen, seen.past[-1]):
            yield say(lang, "retry.news", title=item.title)
    for number in known.open_encounter[0].tolist():
        if number > 0:
            script = seen.script.encounters[seen.rules.encounter_ids[number - 1]]
            speaker = seen.script.customers[script.customer].people[script.speaker]
            title = seen.text(script.title).replace("{name}", seen.text(speaker.name))
            yield say(lang, "retry.inbox", name=seen.name(script.customer), title=title)
    complaints = [
        seen.name(name)
        for row, name in enumerate(seen.rules.customer_ids)
        if float(known.complaint[0, row]) > 0.0
    ]
    if complaints:
        yield say(lang, "retry.complaints", names=seen.listed(complaints))
    yield from _lowest(seen)


def _lowest(seen: Lens) -> Iterator[str]:
    """The customers whose last readings of satisfaction were lowest."""
    read: list[tuple[float, str]] = []
    for name in seen.with_status(Status.ACTIVE):
        value = seen.reading(seen.index(name), SATISFACTION)
        if value is not None:
            read.append((value, seen.name(name)))
    if read:
        named = [
            say(seen.lang, "retry.reading", name=name, value=whole(value))
            for value, name in sorted(read)[:_LOWEST]
        ]
        yield say(seen.lang, "retry.lowest", names=seen.listed(named))


def _hint(lens: Lens, turn: TurnReview) -> str:
    """A concept, the kind of change, and customers worth a look, in the order of their names."""
    if not turn.changes:
        return say(lens.lang, "retry.hint_none")
    told = telling(turn)
    first = told[0]
    parts = [say(lens.lang, f"kind.{first.kind}.hint")]
    if first.concepts:
        parts.append(say(lens.lang, "retry.concept", name=lens.concept(first.concepts[0]).name))
    names = sorted({name for change in told for name in _customers(lens, change)})
    if names:
        parts.append(say(lens.lang, "retry.look", names=lens.listed(names[:_HINTED])))
    return lens.sentences(parts)


def _customers(lens: Lens, change: Change) -> Iterator[str]:
    for side in (change.before, change.after):
        if side is not None and (who := choice_line(lens, side).customer) is not None:
            yield who.name


# --- the question before the answers --------------------------------------------------------------


def question(lens: Lens, past: Past, review: Review) -> QuestionView:
    """Which turn mattered most? What the trainee said, and how it compares."""
    said_turn, said_why = _said(past.record, len(review.turns))
    lang = lens.lang
    return QuestionView(
        text=say(lang, "question.text"),
        why_text=say(lang, "question.why"),
        turns=tuple(Ref(str(each.turn), lens.when(each.turn)) for each in review.turns),
        said_turn=said_turn,
        said_why=said_why,
        found_turn=review.turning_point,
        comparison="" if said_turn is None else _comparison(lens, review, said_turn),
    )


def _said(record: GameRecord, turns: int) -> tuple[int | None, str]:
    """What was noted before the labels were shown; notes are free, so anything may stand there."""
    noted = record.turns[-1].notes.get(QUESTION_NOTE) if record.turns else None
    if not isinstance(noted, dict):
        return None, ""
    turn, why = noted.get("turn"), noted.get("why")
    known = turn if isinstance(turn, int) and 1 <= turn <= turns else None
    return known, why.strip() if isinstance(why, str) else ""


def _comparison(lens: Lens, review: Review, turn: int) -> str:
    own = say(lens.lang, "question.own", turn=_moved(lens, review.turns[turn - 1]))
    found = review.turning_point
    if found is None:
        return own
    if found == turn:
        return lens.sentences((own, say(lens.lang, "question.same")))
    parts = [own, say(lens.lang, "question.other", turn=_moved(lens, review.turns[found - 1]))]
    dearest = next(iter(costly(review)), None)
    if dearest is not None and dearest.turn != found:  # chance moved the result, not a decision
        parts.append(say(lens.lang, "question.costliest", when=lens.when(dearest.turn)))
    return lens.sentences(parts)


def _moved(lens: Lens, turn: TurnReview) -> str:
    return say(
        lens.lang,
        "question.turn",
        when=lens.when(turn.turn),
        skill=signed(turn.skill),
        luck=signed(turn.luck),
    )
