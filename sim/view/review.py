"""The debrief of a game: from a computed review to what every front end shows.

    past = open_past(case, record)                  once: plays the game again
    review_view(past, review, lang) -> ReviewView   after every step of the review's progress
    turn_ledgers(past, view, lang)                  why everything moved in the costliest turns

Explanations are patterns filled with measured numbers; nothing here judges a decision.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from sim.engine.observe import observe
from sim.engine.state import State
from sim.game import GameRecord, replay
from sim.lab.review.model import Review
from sim.play.case import Case
from sim.play.resolutions import resolution_of
from sim.view.debrief import opened_report
from sim.view.lens import Lens
from sim.view.parts import Meter, Ref
from sim.view.review_charts import balance, concept_bars, evaluation, scatter, waterfall
from sim.view.review_course import course
from sim.view.review_customers import calibration, customer_map, hours_chart, worst_turn
from sim.view.review_labels import key
from sim.view.review_model import RetryCard, ReviewView, TurnLedger
from sim.view.review_turns import Past, costly, past_of, question, retry_card, turn_debrief
from sim.view.review_words import number, say, signed
from sim.view.words import LANGUAGES, percent, whole


def open_past(case: Case, record: GameRecord) -> Past:
    """Play a game again for its debrief.

    Args:
        case: its scenario, as it was.
        record: the game; at least one turn must have been played.

    Raises:
        IllegalChoiceError, SaveError: as `sim.game.replay`.
    """
    return past_of(case, record, replay(record, case.rules, ledger=True))


def review_view(past: Past, review: Review, lang: str) -> ReviewView:
    """Everything of the debrief, in the order in which it is held.

    Args:
        past: the game.
        review: of this game; turns that are not refined yet have neither label nor changes.
        lang: `en` or `zh`.
    """
    lens = _lens(past, review, lang)
    cards = tuple(retry_card(lens, past, turn) for turn in costly(review))
    turns = tuple(turn_debrief(lens, past, turn) for turn in review.turns)
    done = review.result is not None
    concepts = concept_bars(lens, review)
    view = ReviewView(
        title=say(lang, "review.title", title=lens.text(lens.script.title)),
        game=_game(lens, past, review),
        assumption=say(lang, "review.assumption"),
        progress=_progress(lang, review),
        depth=_depth(lang, review),
        question=question(lens, past, review),
        figures=_figures(lang, review),
        verdict="" if review.result is None else balance(lang, review),
        labels=key(lang),
        turns=turns,
        evaluation=evaluation(lens, review),
        waterfall=waterfall(lens, review),
        scatter=scatter(lens, review),
        hours=hours_chart(lens, review),
        worst=worst_turn(lens, review, past.played),
        concepts=concepts,
        calibration=calibration(lens, past.played) if done else None,
        retries=cards,
        retries_note=_retries_note(lang, review, len(cards)),
        map=customer_map(lens, review, past),
        course=course(lens, past, review),
        next_steps=(),
        reflection=say(lang, "review.reflection"),
        said_reflection=resolution_of(past.record),
    )
    steps = tuple(_next_steps(lens, past, view))
    return replace(view, next_steps=steps, glossary=_glossary(lens, view))


def _retries_note(lang: str, review: Review, cards: int) -> str:
    """What there is to decide again; nothing is, only once every turn has been looked at."""
    if cards:
        return say(lang, "retry.note", n=cards)
    refined = all(turn.refined for turn in review.turns)
    return say(lang, "retry.none" if refined else "retry.pending")


def showing(case: Case, record: GameRecord) -> Callable[[Review], dict[str, ReviewView]]:
    """Makes debriefs of a game in every language, where there is time for it: beside a window.

    Args:
        case: the scenario of the game.
        record: the game; notes that are made later come in by `with_notes`.
    """
    past = open_past(case, record)
    return lambda review: {lang: review_view(past, review, lang) for lang in LANGUAGES}


def with_notes(view: ReviewView, past: Past, review: Review, lang: str) -> ReviewView:
    """A debrief with what the trainee has said since it was made.

    Args:
        view: of this very review.
        past: the game, with the notes of today.
        review: of it.
        lang: `en` or `zh`.
    """
    return replace(
        view,
        question=question(past.lens(lang, 1), past, review),
        said_reflection=resolution_of(past.record),
    )


def turn_ledgers(past: Past, view: ReviewView, lang: str) -> tuple[TurnLedger, ...]:
    """Why the meters of the customers concerned moved in the costliest turns, nothing held back.

    Those are the customers whom the better plan is about, or all in the plan if it names none.

    Args:
        past: a game that is over; of another one nothing is told.
        view: its debrief.
        lang: `en` or `zh`.
    """
    if past.record.result is None:
        return ()
    return tuple(_ledger(past, card, lang) for card in view.retries)


def _ledger(past: Past, card: RetryCard, lang: str) -> TurnLedger:
    sides = [side for each in card.changes for side in (each.before, each.after)]
    lines = [line for line in sides if line is not None] or list(card.own)
    wanted = {line.customer.id for line in lines if line.customer is not None}
    report = opened_report(past, lang, card.turn)
    told = tuple(each for each in report.customers if each.id in wanted)
    parts = [part for each in told for change in each.changes for part in change.contributions]
    found = dict.fromkeys(part.concept.id for part in parts if part.concept is not None)
    return TurnLedger(card.turn, card.when, told, _entries(past.lens(lang, card.turn), found))


def _lens(past: Past, review: Review, lang: str) -> Lens:
    """The end of the game; with every file open once it is over."""
    state: State = past.played.states[-1]
    seen = observe(past.case.rules, state, opened=review.result is not None)
    return Lens(lang, past.case.rules, past.case.script, seen, past.reports)


def _game(lens: Lens, past: Past, review: Review) -> str:
    return say(
        lens.lang,
        "review.game",
        played=len(review.turns),
        of=review.turns_total,
        name=lens.text(lens.script.turn_name),
        seed=past.record.seed,
    )


def _progress(lang: str, review: Review) -> str:
    ready = len([each for each in review.turns if each.refined])
    if ready == len(review.turns):
        return ""
    return say(lang, "review.progress", ready=ready, of=len(review.turns))


def _depth(lang: str, review: Review) -> str:
    """How thoroughly the turns were looked at."""
    deep = len([each for each in review.turns if each.tier == "deep"])
    if 0 < deep < len(review.turns):
        return say(lang, "review.tier.some", deep=deep, of=len(review.turns))
    return say(lang, f"review.tier.{'deep' if deep else review.tier}")


def _figures(lang: str, review: Review) -> tuple[Meter, ...]:
    """Skill index, accuracy, result and luck."""
    luck = signed(review.luck, 1)
    index = _figure(
        lang, "skill_index", min(max(review.skill_index, 0.0), 100.0), whole(review.skill_index)
    )
    if review.result is None:  # of an unfinished game it counts the turns to come as the expert's
        index = replace(index, when=say(lang, "figure.skill_index.so_far"))
    figures = [
        index,
        _figure(lang, "accuracy", review.accuracy, whole(review.accuracy)),
        _figure(lang, "luck", 100.0 * review.luck_share, luck, share=percent(review.luck_share)),
    ]
    if review.result is not None:
        opening = number(review.opening, 1)
        figures.append(
            _figure(lang, "result", review.result, number(review.result, 1), opening=opening)
        )
    return tuple(figures)


def _figure(lang: str, name: str, value: float, shown: str, **slots: str) -> Meter:
    when = say(lang, f"figure.{name}.note", **slots)
    return Meter(name, say(lang, f"figure.{name}"), value, shown, when=when)


# --- what next -----------------------------------------------------------------------------------


def _next_steps(lens: Lens, past: Past, view: ReviewView) -> Iterator[str]:
    """What to do with it, the most useful first."""
    lang = lens.lang
    if view.concepts is not None and view.retries:
        top = view.concepts.bars[0]
        yield say(lang, "todo.concept", name=top.name, loss=number(top.value))
    if view.retries:
        when = lens.listed(card.when for card in view.retries)
        yield say(lang, "todo.retry", when=when)
    parted = [turn for turn in view.turns if turn.tags]
    if parted:
        when = lens.listed(turn.when for turn in parted)
        yield say(lang, "todo.luck", when=when)
    if view.calibration is not None:
        yield view.calibration.summary
    yield say(lang, "next.again", seed=past.record.seed)


def _glossary(lens: Lens, view: ReviewView) -> tuple[Ref, ...]:
    """The concepts of this debrief, each once, with what the course says of it."""
    found: dict[str, None] = {}
    if view.concepts is not None:
        found |= dict.fromkeys(bar.id for bar in view.concepts.bars)
    for turn in view.turns:
        for change in turn.changes:
            found |= dict.fromkeys(concept.id for concept in change.concepts)
    if view.course is not None:
        found |= dict.fromkeys(card.concept.id for card in view.course.cards)
    return _entries(lens, found)


def _entries(lens: Lens, ids: Iterable[str]) -> tuple[Ref, ...]:
    """Concepts with what the course says of them."""
    known = lens.script.glossary.concepts
    return tuple(
        Ref(name, lens.text(known[name].name), lens.text(known[name].text))
        for name in ids
        if name in known
    )
