"""The ten signs of a firm relationship, from what the player has seen.

`account.ten_signs` in the course's order; each is a proxy made of readings, of the firm's own doing
and of what happened in the open (T, S, L last readings of trust, satisfaction, loyalty; R bond; B
behavioural loyalty reckoned with `observe.estimated_stay`):

1. names our faults: complained in the game, and T >= 50
2. talks business: T >= 55, R >= 30
3. calls us the best: S >= 75, L >= 65, as those who recommend us
4. signs nothing with rivals: B >= 75
5. puts rivals off: L >= 60, B >= 60
6. thinks we help to succeed: S >= 70, T >= 60
7. buys nothing of rivals: we earn 75 % of the potential (which must be known)
8. mutual need: |mean(P_E, F_E, R) - min(100, 400 x share of our profit)| < 25
9. answers our calls: not contacted beyond what is welcome, R >= 20
10. scolds us now and then: complained within six turns, and T >= 50

Signs 3, 5 and 7 rest on the share of attention in `coverage.md`, which nobody sees. A sign whose
reading is only an opening impression cannot be told. Count: 0-3 loose, 4-6 warm, 7-10 firm.
"""

from dataclasses import dataclass

from sim.engine.observe import estimated_stay
from sim.view.lens import LOYALTY, SATISFACTION, TRUST, Lens
from sim.view.parts import SignView

_WARM, _FIRM = 4, 7
_STATE: dict[bool | None, str] = {True: "sign.yes", False: "sign.no", None: "sign.unknown"}
_RECENT = 6  # turns in which a complaint counts as recent


@dataclass(frozen=True)
class _Case:
    """The numbers of one customer; None is unknown."""

    satisfaction: float | None
    loyalty: float | None
    trust: float | None
    bond: float
    stay: float | None
    share: float | None  # of his potential that we earn, 0..1
    need: float  # how far his need of us and ours of him lie apart, points
    over: bool | None  # contacted beyond what is welcome
    complained: int | None  # turns since the last complaint


def ten_signs(lens: Lens, row: int) -> tuple[SignView, ...]:
    """The ten signs of a customer in the course's order."""
    states = _states(_case(lens, row))
    return tuple(
        SignView(
            id=str(number),
            name=lens.say(f"sign.{number}"),
            state=state,
            shown=lens.say(_STATE[state]),
            basis=lens.say(f"sign.{number}.basis"),
        )
        for number, state in enumerate(states, start=1)
    )


def verdict(lens: Lens, signs: tuple[SignView, ...]) -> str:
    """Loose, warm or firm, by how many of the signs are there."""
    count = len([sign for sign in signs if sign.state])
    unknown = len([sign for sign in signs if sign.state is None])
    name = "firm" if count >= _FIRM else "warm" if count >= _WARM else "loose"
    return lens.say(f"signs.{name}", count=count, unknown=unknown)


def _states(case: _Case) -> tuple[bool | None, ...]:
    trusted = _least(case.trust, 50.0)
    ever = case.complained is not None
    recently = case.complained is not None and case.complained <= _RECENT
    return (
        _all(trusted, ever or None),
        _all(_least(case.trust, 55.0), case.bond >= 30.0),
        _all(_least(case.satisfaction, 75.0), _least(case.loyalty, 65.0)),
        _least(case.stay, 75.0),
        _all(_least(case.loyalty, 60.0), _least(case.stay, 60.0)),
        _all(_least(case.satisfaction, 70.0), _least(case.trust, 60.0)),
        _least(case.share, 0.75),
        case.need < 25.0,
        _all(None if case.over is None else not case.over, case.bond >= 20.0),
        _all(trusted, recently),
    )


def _least(value: float | None, limit: float) -> bool | None:
    return None if value is None else value >= limit


def _all(*parts: bool | None) -> bool | None:
    """Three-valued and: one False decides, else one unknown leaves it open."""
    if any(part is False for part in parts):
        return False
    return None if None in parts else True


def _case(lens: Lens, row: int) -> _Case:
    read = lens.age(row) is not None
    seen = lens.seen
    earned = float(seen.procedural[0, row, 0]) + float(seen.financial[0, row, 0])
    bond = float(seen.bond[0, row])
    ours = min(100.0, 400.0 * _share_of_profit(lens, row))
    return _Case(
        satisfaction=lens.reading(row, SATISFACTION) if read else None,
        loyalty=lens.reading(row, LOYALTY) if read else None,
        trust=lens.reading(row, TRUST) if read else None,
        bond=bond,
        stay=float(estimated_stay(lens.rules, seen)[0, row]) if read else None,
        share=_share_of_wallet(lens, row),
        need=abs((earned + bond) / 3.0 - ours),
        over=_over(lens, row),
        complained=_last_complaint(lens, row),
    )


def _share_of_profit(lens: Lens, row: int) -> float:
    profits = [max(float(value), 0.0) for value in lens.seen.profit[0]]
    total = sum(profits)
    return profits[row] / total if total > 0.0 else 0.0


def _share_of_wallet(lens: Lens, row: int) -> float | None:
    if not lens.past or not bool(lens.seen.potential_known[0, row]):
        return None
    full = float(lens.seen.potential[0, row]) * lens.rules.parameters.margin
    full *= max(float(lens.seen.size[0, row]), 1e-9)
    return float(lens.seen.profit[0, row]) / full if full > 0.0 else None


def _over(lens: Lens, row: int) -> bool | None:
    """Contacted beyond what is welcome; the closer bear more, and how close may be unknown."""
    p = lens.rules.parameters
    contact = float(lens.seen.contact[0, row])
    if contact <= p.contact_allowance:
        return False
    stage = int(lens.seen.stage[0, row])
    if stage < 0:
        return None
    return contact > p.contact_allowance + p.contact_stage_allowance * stage


def _last_complaint(lens: Lens, row: int) -> int | None:
    for age, turn in enumerate(reversed(lens.past)):
        if bool(turn.outcome.complained[0, row]):
            return age
    if float(lens.seen.complaint[0, row]) > 0.0:
        return int(lens.seen.complaint_age[0, row])
    return None
