"""Why a quantity of a customer moved: the visible ledger in the reader's words."""

from collections.abc import Iterator

from sim.arrays import Array
from sim.engine.state import Status
from sim.play.reports import TurnReport
from sim.scenario.texts import Label, Reasons, Words
from sim.view.lens import LOYALTY, SATISFACTION, TRUST, Lens, deeds
from sim.view.parts import ChangeView, ContributionView, Ref
from sim.view.words import decimal, signed

QUANTITIES = (
    "satisfaction",
    "loyalty",
    "trust",
    "bond",
    "procedural",
    "financial",
    "resentment",
    "deal",
)
_METERS = {"satisfaction": SATISFACTION, "loyalty": LOYALTY, "trust": TRUST}
_SMALL = 0.05  # what rounds to nothing is summed up as one contribution
_LONGEST = 40  # characters of the player's words in a heading
# Terms whose name says which action brought them, and the column of effects it must have.
_BY_ACTION = {
    ("procedural", "earned"): "earned_procedural",
    ("procedural", "coercive"): "coercive_procedural",
    ("financial", "earned"): "earned_financial",
    ("financial", "coercive"): "coercive_financial",
    ("bond", "attention"): "bond",
    ("trust", "action"): "trust",
    ("resentment", "action"): "resentment",
    ("deal", "action"): "deal",
}


def changes(lens: Lens, turn: TurnReport, customer: str) -> tuple[ChangeView, ...]:
    """Every change of a customer that may be shown, with its signed contributions."""
    found = (_change(lens, turn, customer, quantity) for quantity in QUANTITIES)
    return tuple(change for change in found if change is not None)


def _change(lens: Lens, turn: TurnReport, customer: str, quantity: str) -> ChangeView | None:
    row = lens.index(customer)
    if quantity == "deal" and int(turn.before.status[0, row]) != Status.PROSPECT:
        return None
    terms = turn.terms.get(quantity, {})
    amounts = {name: _amount(lens, value, row) for name, value in terms.items()}
    amounts = {name: amount for name, amount in amounts.items() if amount != 0.0}
    if all(abs(amount) < _SMALL for amount in amounts.values()):
        return None
    total = sum(amounts.values())
    parts = [
        _contribution(lens, turn, customer, quantity, name=name, amount=amount)
        for name, amount in amounts.items()
        if abs(amount) >= _SMALL
    ]
    rest = total - sum(part.amount for part in parts)
    if len(parts) < len(amounts):
        parts.append(_rest(lens, rest))
    after = _after(turn, quantity, row, lens)
    before = None if after is None else after - total
    return ChangeView(
        id=quantity,
        name=lens.say(f"quantity.{quantity}"),
        before=before,
        after=after,
        amount=total,
        shown=_moved(lens, before, after, total),
        contributions=tuple(sorted(parts, key=lambda part: -abs(part.amount))),
    )


def _amount(lens: Lens, value: Array, row: int) -> float:
    """A customer's share of a term, [R, C] or [R, C, M]; people weigh by role, as in the meters."""
    return float(value[0, row]) if value.ndim == 2 else lens.account(value, row)


def _after(turn: TurnReport, quantity: str, row: int, lens: Lens) -> float | None:
    """Where the quantity stood after the turn; None where only its change is known."""
    after = turn.after
    if quantity in _METERS:
        return lens.account(after.seen[..., _METERS[quantity]], row)
    if quantity == "bond":
        return float(after.bond[0, row])
    if quantity in {"procedural", "financial"}:
        both = getattr(after, quantity)
        return float(both[0, row, 0]) + float(both[0, row, 1])
    return None


def _moved(lens: Lens, before: float | None, after: float | None, total: float) -> str:
    if before is None or after is None:
        return signed(total)
    return lens.say(
        "change.from_to", before=decimal(before), after=decimal(after), by=signed(total)
    )


def _rest(lens: Lens, amount: float) -> ContributionView:
    return ContributionView(
        id="rest",
        name=lens.say("term.rest"),
        amount=amount,
        shown=signed(amount),
        sentence=lens.say("term.rest.text"),
        concept=None,
    )


def _contribution(
    lens: Lens, turn: TurnReport, customer: str, quantity: str, *, name: str, amount: float
) -> ContributionView:
    label = _label(lens, quantity, name)
    what = _chosen_words(lens, turn, customer, (quantity, name))
    title = lens.text(label.name).replace("{action}", what).replace("{response}", what)
    return ContributionView(
        id=name,
        name=title,
        amount=amount,
        shown=signed(amount),
        sentence=_because(lens, turn, customer, (quantity, name)) or lens.text(label.text),
        concept=_concept(lens, customer, label),
        formula=lens.text(label.formula),
    )


def _concept(lens: Lens, customer: str, label: Label) -> Ref | None:
    """What the reason belongs to, unless its name alone would give a style or mood away."""
    ids = () if label.concept is None else (label.concept,)
    people = range(len(lens.people(customer)))
    return next(iter(lens.open_concepts(ids, lens.index(customer), people)), None)


def _because(lens: Lens, turn: TurnReport, customer: str, term: tuple[str, str]) -> str:
    """The author's own reasons for what was written directly, each once; empty without any."""
    meter, name = term
    if name != "written":
        return ""
    found = (reasons[meter] for reasons in _reasons(lens, turn, customer) if meter in reasons)
    return lens.sentences(dict.fromkeys(lens.text(reason) for reason in found))


def _reasons(lens: Lens, turn: TurnReport, customer: str) -> Iterator[Reasons]:
    """Of what was done for a customer, said to him, and left unsaid."""
    for deed in deeds(turn, customer):
        yield lens.script.actions[deed.action].because
    for index, encounter in enumerate(lens.rules.encounter_ids):
        script = lens.script.encounters[encounter]
        if script.customer != customer:
            continue
        options = script.responses
        for response in turn.chosen.responses.get(encounter, ()):
            yield options[response].because
            options = options[response].responses
        if bool(turn.outcome.unanswered[0, index]):
            yield script.because


def _label(lens: Lens, quantity: str, name: str) -> Label:
    """The library's words of a term; `action.1` and `response.0` share one entry each."""
    table = lens.script.glossary.terms.get(quantity, {})
    found = table.get(name.partition(".")[0])
    if found is not None:
        return found
    key = f"term.{name}" if name in {"unknown", "chance"} else "term.other"
    return _own_label(lens, key)


def _own_label(lens: Lens, key: str) -> Label:
    name, text = lens.say(key), lens.say(f"{key}.text")
    return Label(_both(name), _both(text))


def _both(text: str) -> Words:
    return Words(text, text)


def _chosen_words(lens: Lens, turn: TurnReport, customer: str, term: tuple[str, str]) -> str:
    """What the player chose that a term is about."""
    group, _, place = term[1].partition(".")
    if group == "action" and place:
        done, slot = deeds(turn, customer), int(place)
        return lens.action_name(done[slot].action) if slot < len(done) else ""
    if group == "response" and place:
        return _said(lens, turn, customer, int(place))
    column = _BY_ACTION.get(term)
    return "" if column is None else _doers(lens, turn, customer, column)


def _said(lens: Lens, turn: TurnReport, customer: str, step: int) -> str:
    """The player's words at a step of the conversation, shortened."""
    for encounter, path in turn.chosen.responses.items():
        script = lens.script.encounters[encounter]
        if script.customer != customer or step >= len(path):
            continue
        options = script.responses
        for response in path[:step]:
            options = options[response].responses
        return shortened(lens.text(options[path[step]].say))
    return lens.say("term.silence")


def shortened(text: str) -> str:
    """The first words of a text."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"


def _doers(lens: Lens, turn: TurnReport, customer: str, column: str) -> str:
    """The actions and replies whose effects include a column."""
    effects = getattr(lens.rules.rows, column)
    names = [
        lens.action_name(deed.action)
        for deed in deeds(turn, customer)
        if float(effects[1 + lens.rules.action_ids.index(deed.action)]) != 0.0
    ]
    return lens.listed(names) if names else lens.say("term.reply")
