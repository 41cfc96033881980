"""What a debrief shows beside the review itself: a recap without judgement, and opened ledgers."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from sim.engine.observe import observe
from sim.game import TurnRecord
from sim.lab.review.model import Evaluation, Review
from sim.view import report
from sim.view.board import card
from sim.view.lens import Lens
from sim.view.model import CustomerCard, ReportView
from sim.view.review_labels import label
from sim.view.review_model import LabelView, RetryCard
from sim.view.review_turns import Past, costly, retry_card
from sim.view.review_words import estimate, number, say


@dataclass(frozen=True)
class RecapTurn:
    """What a turn was like, told before anything is judged."""

    turn: int
    when: str
    done: tuple[str, ...]  # what was chosen, a line for each customer
    happened: tuple[str, ...]  # news, and who left


def recap(past: Past, lang: str) -> tuple[RecapTurn, ...]:
    """All turns of a game in their order."""
    return tuple(_recap(past, lang, turn) for turn in range(1, len(past.reports) + 1))


def _recap(past: Past, lang: str, turn: int) -> RecapTurn:
    lens = past.lens(lang, turn)
    after, told = _after(past, lang, turn), past.reports[turn - 1]
    return RecapTurn(
        turn=turn,
        when=lens.when(turn),
        done=tuple(_done(lens, past.played.turns[turn - 1])),
        happened=(
            *(item.title for item in report.news(after, told)),
            *report.leavings(after, told),
        ),
    )


def _done(lens: Lens, plan: TurnRecord) -> Iterator[str]:
    """What was chosen, by name only: one line for each customer, then the firm."""
    script, done = lens.script, defaultdict[str, list[str]](list)
    for encounter in plan.responses:
        who = script.encounters[encounter]
        speaker = script.customers[who.customer].people[who.speaker]
        title = lens.text(who.title).replace("{name}", lens.text(speaker.name))
        done[lens.name(who.customer)].append(lens.say("history.answered", title=title))
    for deed in plan.choices:
        done[lens.name(deed.customer)].append(lens.action_name(deed.action))
    for name, deeds in done.items():
        yield lens.say("recap.done", name=name, deeds=lens.listed(deeds))
    yield from (lens.action_name(name) for name in plan.market)
    if not done and not plan.market:
        yield say(lens.lang, "plan.nothing")


def _after(past: Past, lang: str, turn: int) -> Lens:
    """The end of a turn with every file open."""
    case = past.case
    seen = observe(case.rules, past.played.states[turn], opened=True)
    return Lens(lang, case.rules, case.script, seen, past.reports[:turn])


def opened_report(past: Past, lang: str, turn: int) -> ReportView:
    """Why everything changed in a turn, hidden reasons and chance included.

    Args:
        past: a game that is over.
        lang: `en` or `zh`.
        turn: from 1.
    """
    rules, states = past.case.rules, past.played.states
    told = past.reports[turn - 1]
    whole = replace(
        told,
        before=observe(rules, states[turn - 1], opened=True),
        after=observe(rules, states[turn], opened=True),
        terms=told.outcome.terms,
    )
    return report.report_view(_after(past, lang, turn), whole, finished=True)


def faces(past: Past, lang: str, turn: int) -> dict[str, CustomerCard]:
    """The cards of everybody there at the end of a turn, whose faces stand for them."""
    lens = _after(past, lang, turn)
    present = (name for row, name in enumerate(lens.rules.customer_ids) if lens.status(row) > 0)
    return {name: card(lens, name, {}, frozenset()) for name in present}


@dataclass(frozen=True)
class Judged:
    """How good a changed plan is."""

    solved: bool
    label: LabelView
    cost: str


def judged(found: Evaluation, lang: str) -> Judged:
    """A plan of a turn that was decided again."""
    loss = estimate(lang, found.loss)
    slots = {"range": loss.shown, "share": number(found.loss_share, 0)}
    key = "turn.loss" if loss.clear else "turn.no_loss"
    return Judged(found.solved, label(lang, found.label), say(lang, key, **slots))


def retry_of(past: Past, review: Review, lang: str, turn: int) -> RetryCard:
    """Any turn to be decided again: what was known, the question, one hint, the solution."""
    return retry_card(past.lens(lang, turn), past, review.turns[turn - 1])


def retry_cards(
    past: Past, review: Review, lang: str, also: Collection[int] = ()
) -> tuple[RetryCard, ...]:
    """The costliest turns that have been looked at closely, then others.

    Args:
        past: the game.
        review: of it.
        lang: `en` or `zh`.
        also: turns, from 1, that were begun to be decided again.
    """
    turns = [each.turn for each in costly(review)]
    turns += [turn for turn in sorted(also) if turn not in turns]
    return tuple(retry_of(past, review, lang, turn) for turn in turns)
