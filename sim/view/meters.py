"""The gauges of a customer: readings with their age, and the ties that hold him."""

from dataclasses import dataclass

from sim.engine.observe import Observation
from sim.engine.state import Status
from sim.view.lens import LOYALTY, SATISFACTION, TRUST, Lens
from sim.view.parts import Meter
from sim.view.words import UNKNOWN, signed, whole

_NAMES = {SATISFACTION: "satisfaction", LOYALTY: "loyalty", TRUST: "trust"}


def read_meter(lens: Lens, row: int, meter: int) -> Meter:
    """A customer's satisfaction, loyalty or trust by the last reading."""
    value = lens.reading(row, meter)
    if value is None:
        return _unknown(lens, row, _NAMES[meter])
    change = None if lens.age(row) is None else _last_change(lens, row, meter)
    return _reading(lens, row, _NAMES[meter], value=value, change=change)


def person_meter(lens: Lens, row: int, slot: int, meter: int) -> Meter:
    """The same of one person."""
    if meter != TRUST and lens.never_bought(row):
        return _unknown(lens, row, _NAMES[meter])
    value = float(lens.seen.seen[0, row, slot, meter])
    return _reading(lens, row, _NAMES[meter], value=value, change=None)


def _unknown(lens: Lens, row: int, name: str) -> Meter:
    return Meter(
        id=name,
        name=lens.say(f"meter.{name}"),
        value=None,
        shown=UNKNOWN,
        how=lens.how_to_read(lens.status(row)),
    )


def _reading(lens: Lens, row: int, name: str, *, value: float, change: float | None) -> Meter:
    age = lens.age(row)
    return Meter(
        id=name,
        name=lens.say(f"meter.{name}"),
        value=value,
        shown=whole(value),
        age=age,
        when=age_text(lens, age),
        change=change,
        change_text="" if change is None else signed(change),
        how="" if age == 0 or name != "satisfaction" else lens.how_to_read(lens.status(row)),
    )


def age_text(lens: Lens, age: int | None) -> str:
    """How old a reading is, in words."""
    if age is None:
        return lens.say("age.impression")
    return lens.say("age.now") if age <= 0 else lens.say("age.old", n=age)


def _last_change(lens: Lens, row: int, meter: int) -> float | None:
    """This reading against the one before it."""
    now = float(lens.seen.seen_turn[0, row])
    for turn in reversed(lens.past):
        if float(turn.before.seen_turn[0, row]) < now:
            earlier = lens.account(turn.before.seen[..., meter], row)
            return lens.account(lens.seen.seen[..., meter], row) - earlier
    return None


def switching_cost(lens: Lens, row: int) -> float:
    """What leaving would cost the customer, 0..100, as the score weighs it."""
    return min(max(sum(part.points for part in switching_parts(lens, row)), 0.0), 100.0)


@dataclass(frozen=True)
class TiePart:
    """What a tie adds to switching cost.

    Attributes:
        id: Of the tie.
        value: Its strength, 0..100.
        share: By which it counts: its weight, of imposed ties times how they are felt.
        points: Of switching cost.
    """

    id: str
    value: float
    share: float
    points: float


def switching_parts(lens: Lens, row: int) -> tuple[TiePart, ...]:
    """The five ties, of which switching cost is the sum.

    Earned ties and bond count in full, coercive ones times clip((S - 50) / 10, -1, 1) with S the
    last reading (design of the score); those of somebody who has not bought count as at S = 60.
    """
    p = lens.rules.parameters
    scale = p.stay_procedural + p.stay_financial + p.stay_bond
    credit = imposed_credit(lens, row)
    shares = {
        "earned_procedural": p.stay_procedural / scale,
        "coercive_procedural": credit * p.stay_procedural / scale,
        "earned_financial": p.stay_financial / scale,
        "coercive_financial": credit * p.stay_financial / scale,
        "bond": p.stay_bond / scale,
    }
    return tuple(
        TiePart(name, value, shares[name], shares[name] * value)
        for name, value in _tie_values(lens.seen, row).items()
    )


def imposed_credit(lens: Lens, row: int) -> float:
    """How imposed ties are felt, -1..1: for us above a satisfaction of 50, below it against us."""
    p = lens.rules.parameters
    satisfaction = lens.reading(row, SATISFACTION)
    feeling = p.satisfaction_base if satisfaction is None else satisfaction
    credit = (feeling - p.coercion_credit_base) / p.coercion_credit_scale
    return min(max(credit, -1.0), 1.0)


def switching_meter(lens: Lens, row: int) -> Meter:
    """Switching cost as a gauge; the firm's own doing, so always known."""
    return _always(lens, "switching_cost", switching_cost(lens, row), None)


def tie_meters(lens: Lens, row: int) -> tuple[Meter, ...]:
    """The five parts of switching cost."""
    now = _tie_values(lens.seen, row)
    before = _tie_values(lens.past[-1].before, row) if lens.past else None
    return tuple(
        _always(lens, name, value, None if before is None else value - before[name])
        for name, value in now.items()
    )


def _tie_values(seen: Observation, row: int) -> dict[str, float]:
    return {
        "earned_procedural": float(seen.procedural[0, row, 0]),
        "coercive_procedural": float(seen.procedural[0, row, 1]),
        "earned_financial": float(seen.financial[0, row, 0]),
        "coercive_financial": float(seen.financial[0, row, 1]),
        "bond": float(seen.bond[0, row]),
    }


def _always(lens: Lens, name: str, value: float, change: float | None) -> Meter:
    return Meter(
        id=name,
        name=lens.say(f"meter.{name}"),
        value=value,
        shown=whole(value),
        change=change,
        change_text="" if change is None else signed(change),
    )


def book_meters(lens: Lens) -> tuple[Meter, ...]:
    """Satisfaction, loyalty and switching cost of the active customers by the last readings.

    Every customer counts the same here: how much each is worth is often not known yet.
    """
    rows = [lens.index(name) for name in lens.with_status(Status.ACTIVE)]
    sets: dict[str, list[float | None]] = {
        "satisfaction": [lens.reading(row, SATISFACTION) for row in rows],
        "loyalty": [lens.reading(row, LOYALTY) for row in rows],
        "switching_cost": [switching_cost(lens, row) for row in rows],
    }
    meters = []
    for name, values in sets.items():
        known = [value for value in values if value is not None]
        mean = sum(known) / len(known) if known else None
        meters.append(
            Meter(
                id=name,
                name=lens.say(f"meter.{name}"),
                value=mean,
                shown=UNKNOWN if mean is None else whole(mean),
                when=lens.say("meter.by_readings"),
            )
        )
    return tuple(meters)
