"""What would have been better, and why: a change of the plan in words and measured numbers.

The sentences are patterns by kind of change; only measured numbers fill their slots. They speak of
the plan, never of the person who made it.
"""

from collections.abc import Mapping

from sim.lab.review.model import COMPONENTS, Change, Choice, TurnReview
from sim.view.lens import Lens
from sim.view.plans import about, choice_text, hours_of
from sim.view.review_model import ExplainedChange, Share
from sim.view.review_words import estimate, has, number, places, say, signed
from sim.view.words import percent

_MOST = 3  # concepts named with a change


def explained(lens: Lens, turn: TurnReview) -> tuple[ExplainedChange, ...]:
    """The changes from what was played to the best plan found, the largest gain first."""
    return tuple(_explained(lens, change) for change in turn.changes)


def rest(lens: Lens, turn: TurnReview) -> str:
    """What further small changes would bring together; empty if nothing worth a line."""
    shown = signed(turn.rest, places(turn.loss.value, turn.rest))
    return say(lens.lang, "change.rest", points=shown) if shown.strip("+−0.,") else ""


def _explained(lens: Lens, change: Change) -> ExplainedChange:
    concepts = lens.concepts(change.concepts[:_MOST])
    return ExplainedChange(
        kind=change.kind,
        kind_name=say(lens.lang, f"kind.{change.kind}.name"),
        sentence=sentence(lens, change),
        gain=estimate(lens.lang, change.gain, plus=True),
        why=_why(lens, change),
        shares=_shares(lens, change.components),
        stays=_stays(lens, change.stays),
        concepts=concepts,
        idea=_idea(lens, change),
        question=say(lens.lang, f"kind.{change.kind}.question"),
    )


def sentence(lens: Lens, change: Change) -> str:
    """Instead of what, what: by the kind of change and by what stands on either side."""
    shape = "add" if change.before is None else "drop" if change.after is None else "swap"
    if shape == "swap" and _whom(lens, change.before) == _whom(lens, change.after):
        shape = "same"  # the customer is named once
    key = f"change.{change.kind}.{shape}"
    return say(
        lens.lang,
        key if has(key) else f"change.{shape}",
        before=_choice(lens, change.before, named=shape != "same"),
        after=_choice(lens, change.after, named=shape != "same"),
        customer=_whom(lens, change.after or change.before),
    )


def _whom(lens: Lens, choice: Choice | None) -> str:
    who = None if choice is None else about(lens, choice)
    return say(lens.lang, "plan.firm") if who is None else who.name


def _choice(lens: Lens, choice: Choice | None, *, named: bool) -> str:
    if choice is None:
        return ""
    text, hours = choice_text(lens, choice), hours_of(lens, choice)
    if hours:
        text = say(lens.lang, "plan.with_hours", text=text, hours=lens.cost(hours, 0.0))
    if not named:
        return text
    return say(lens.lang, "plan.for", customer=_whom(lens, choice), text=text)


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
    shares = _shares(lens, change.components)
    if not shares:
        return ""
    parts = [say(lens.lang, "change.share", name=each.name, points=each.shown) for each in shares]
    return say(lens.lang, "change.why", parts=lens.listed(parts))


def _stays(lens: Lens, stays: Mapping[str, tuple[float, float]]) -> tuple[str, ...]:
    """How likely each customer concerned is still there at the end."""
    lines = []
    for customer, (before, after) in stays.items():
        same = percent(before) == percent(after)
        key = "change.stays_same" if same else "change.stays"
        shown = {"before": percent(before), "after": percent(after)}
        lines.append(say(lens.lang, key, customer=lens.name(customer), **shown))
    return tuple(lines)


def _idea(lens: Lens, change: Change) -> str:
    """What the first concept says, shortened to its first sentence."""
    entry = lens.script.glossary.concepts.get(next(iter(change.concepts), ""))
    if entry is None:
        return ""
    text = first_sentence(lens.text(entry.text))
    return say(lens.lang, "change.idea", name=lens.text(entry.name), text=text)


def first_sentence(text: str) -> str:
    """The first sentence of a text in either language; an initial or a decimal does not end one."""
    for place, character in enumerate(text):
        if character in "。！？":
            return text[: place + 1]
        if character in ".!?" and text[place + 1 : place + 2] == " " and place > 1:
            return text[: place + 1]
    return text


def loss_text(lens: Lens, turn: TurnReview) -> str:
    """What a decision cost, in a sentence."""
    loss = estimate(lens.lang, turn.loss)
    if not loss.clear:
        return say(lens.lang, "turn.no_loss", range=loss.shown)
    share = number(turn.loss_share, 0)
    return say(lens.lang, "turn.loss", range=loss.shown, share=share)
