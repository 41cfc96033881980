"""What would have been better, and why: a change of the plan in words and measured numbers.

The sentences are patterns by kind of change; only measured numbers fill their slots. They speak of
the plan, never of the person who made it.
"""

from collections.abc import Mapping
from dataclasses import replace

from sim.lab.review.model import COMPONENTS, Change, Choice, TurnReview
from sim.view.lens import Lens
from sim.view.plans import choice_line, line_text
from sim.view.review_labels import GOOD
from sim.view.review_model import ExplainedChange, PlanLine, Share
from sim.view.review_words import estimate, has, number, places, say, signed
from sim.view.words import percent

_MOST = 3  # concepts and customers named with a change
_TELLING = 0.07  # a part of a gain smaller than this share of all parts is not worth a word
_SLIGHT = 0.05  # nor is a change that explains a smaller share of a loss
_MOVED = 0.015  # nor is a chance that changes by less
_ENOUGH = {"en": 60, "zh": 20}  # characters of an idea; "There are two kinds." says too little
_QUOTED = {f"{stop}”" for stop in ".!?。！？"}  # ends that need no stop after them


def explained(lens: Lens, turn: TurnReview) -> tuple[ExplainedChange, ...]:
    """The changes from what was played to the best plan found, in the order of their making.

    What to ask oneself is said once for each kind of change, and of the course something new each
    time.
    """
    found: list[ExplainedChange] = []
    said: set[str] = set()
    steps: set[tuple[str, str]] = set()
    for change in telling(turn):
        step = (change.kind, (change.after and change.after.action) or "")
        again, idea = step in steps, _idea(lens, change, said)
        told = _explained(lens, change, again=again and bool(step[1]))
        steps.add(step)
        asked = told.kind in {each.kind for each in found}
        found.append(replace(told, question="" if asked else told.question, idea=idea))
    return tuple(found)


def telling(turn: TurnReview) -> tuple[Change, ...]:
    """The changes whose gain could be measured and matters; the first one where there is none.

    A change that makes no difference by itself teaches nothing; `rest` counts it.
    """
    clear = (each for each in turn.changes if each.gain.low > 0.0 or each.gain.high < 0.0)
    found = tuple(each for each in clear if abs(each.gain.value) >= _SLIGHT * turn.loss.value)
    return found or turn.changes[:1]


def rest(lens: Lens, turn: TurnReview) -> str:
    """What all other differences between the plans come to; empty if nothing worth a line."""
    told = sum(each.gain.value for each in telling(turn))
    other = turn.rest + sum(each.gain.value for each in turn.changes) - told
    shown = signed(other, places(turn.loss.value, other))
    return say(lens.lang, "change.rest", points=shown) if shown != "0" else ""


def _explained(lens: Lens, change: Change, *, again: bool) -> ExplainedChange:
    before, after = _line(lens, change.before), _line(lens, change.after)
    opening = say(lens.lang, "change.again") if again else lead(lens, change)
    sides = (_told(lens, "change.before", before), _told(lens, "change.after", after))
    return ExplainedChange(
        kind=change.kind,
        kind_name=say(lens.lang, f"kind.{change.kind}.name"),
        lead=opening,
        before=before,
        after=after,
        sentence=lens.sentences((opening, *sides)),
        gain=estimate(lens.lang, change.gain, plus=True),
        why=_why(lens, change),
        shares=_shares(lens, change.components),
        stays=(*_room(lens, change), *_stays(lens, change.stays)),
        concepts=lens.concepts(change.concepts[:_MOST]),
        idea="",
        question=say(lens.lang, f"kind.{change.kind}.question"),
    )


def lead(lens: Lens, change: Change) -> str:
    """What kind of difference it is, by what stands on either side; nothing where it is unclear."""
    if not estimate(lens.lang, change.gain).clear:
        return say(lens.lang, "change.unclear")
    shape = _shape(lens, change)
    if has(f"change.{change.kind}.{shape}"):
        return say(lens.lang, f"change.{change.kind}.{shape}")
    return say(lens.lang, f"change.{shape}")


def _shape(lens: Lens, change: Change) -> str:
    if change.before is None or change.after is None:
        return "add" if change.before is None else "drop"
    before, after = choice_line(lens, change.before), choice_line(lens, change.after)
    return "same" if before.customer == after.customer else "swap"


def _line(lens: Lens, choice: Choice | None) -> PlanLine | None:
    return None if choice is None else choice_line(lens, choice)


def _told(lens: Lens, key: str, line: PlanLine | None) -> str:
    text = say(lens.lang, "change.nothing") if line is None else line_text(lens, line)
    told = say(lens.lang, key, choice=text.rstrip(".。"))
    return told[:-1] if told[-3:-1] in _QUOTED else told


def _shares(lens: Lens, components: Mapping[str, float]) -> tuple[Share, ...]:
    """Every component that is not nothing at the precision of the largest, the largest first."""
    decimals = places(*components.values())
    found = [
        Share(name, say(lens.lang, f"component.{name}"), amount, signed(amount, decimals))
        for name, amount in ((each, components.get(each, 0.0)) for each in COMPONENTS)
    ]
    told = [each for each in found if round(each.amount, decimals) != 0.0]
    return tuple(sorted(told, key=lambda each: -abs(each.amount)))


def _why(lens: Lens, change: Change) -> str:
    """What the gain is made of, in a sentence: the parts that matter, and all else in one."""
    shares = _shares(lens, change.components)
    if not shares:
        return ""
    least = _TELLING * sum(abs(each.amount) for each in shares)
    told = [each for each in shares if abs(each.amount) >= least]
    parts = [say(lens.lang, "change.share", name=each.name, points=each.shown) for each in told]
    decimals = places(*change.components.values())
    other = sum(change.components.values()) - sum(each.amount for each in told)
    if abs(other) >= least:
        name, points = say(lens.lang, "change.other"), signed(other, decimals)
        parts.append(say(lens.lang, "change.share", name=name, points=points))
    return say(lens.lang, "change.why", parts=lens.listed(parts))


def _room(lens: Lens, change: Change) -> tuple[str, ...]:
    """Who else has to go without, so that hours and money allow the change."""
    ids = dict.fromkeys(each.customer for each in change.room if each.customer is not None)
    names = [lens.name(each) for each in ids]
    return (say(lens.lang, "change.room", names=lens.listed(names)),) if names else ()


def _stays(lens: Lens, stays: Mapping[str, tuple[float, float]]) -> tuple[str, ...]:
    """How likely the customers concerned are still there at the end, where that changes."""
    moved = {
        customer: (percent(before), percent(after))
        for customer, (before, after) in stays.items()
        if abs(after - before) >= _MOVED
    }
    named = [
        say(
            lens.lang,
            "change.stays_one",
            customer=lens.name(customer),
            before=before.removesuffix(" %"),
            after=after,
        )
        for customer, (before, after) in list(moved.items())[:_MOST]
    ]
    return (say(lens.lang, "change.stays", names=lens.listed(named)),) if named else ()


def _idea(lens: Lens, change: Change, said: set[str]) -> str:
    """The beginning of the first concept that has not been said yet, which is said now."""
    known = lens.script.glossary.concepts
    concept = next(
        (each for each in change.concepts[:_MOST] if each in known and each not in said), ""
    )
    if not concept:
        return ""
    said.add(concept)
    text = beginning(lens.text(known[concept].text), _ENOUGH[lens.lang])
    return say(lens.lang, "change.idea", name=lens.text(known[concept].name), text=text)


def beginning(text: str, enough: int) -> str:
    """The first sentence of a text, and more of them while there are fewer characters."""
    found = first_sentence(text)
    while len(found) < min(enough, len(text)):
        found += first_sentence(text[len(found) :])
    return found


def first_sentence(text: str) -> str:
    """The first sentence of a text in either language; an initial or a decimal does not end one."""
    for place, character in enumerate(text):
        if character in "。！？":
            return text[: place + 1]
        if character in ".!?" and text[place + 1 : place + 2] == " " and place > 1:
            return text[: place + 1]
    return text


def loss_text(lens: Lens, turn: TurnReview) -> str:
    """What a decision cost, and whether it was better than the expert's all the same."""
    loss = estimate(lens.lang, turn.loss)
    if not loss.clear:
        return say(lens.lang, "turn.no_loss", range=loss.shown)
    share = number(turn.loss_share, 0)
    cost = say(lens.lang, "turn.loss", range=loss.shown, share=share)
    ahead = turn.skill * turn.loss_share >= GOOD * turn.loss.value  # in shares of a turn's worth
    if turn.loss_share > GOOD and ahead:
        return lens.sentences((cost, say(lens.lang, "turn.ahead")))
    return cost
