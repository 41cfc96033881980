"""F10-F13: failures, complaints and what their handling makes good."""

import pytest

from sim.engine.rules import Rules
from sim.engine.state import State
from sim.exact import logistic
from tests.validity.experiment import (
    ALMOST_ONE,
    Tables,
    Values,
    holding,
    luckless,
    market,
    on_both_tables,
    population,
    put,
    turn,
)

MILD, SEVERE, NONE = 1.0, 3.0, 0.0
HEARD = ("listen", "calm_down", "take_his_side")
EXCELLENT = (*HEARD, "hurry", "compensate")  # J = .33 + .22 + .45, in the order of the four steps
PAYMENTS = ("compensate_half", "compensate", "compensate_generous", "compensate_lavish")
CONTENT = 70.0  # a satisfied customer, whom the usual service keeps so


def office(tables: Tables) -> Rules:
    """A market in which complaints can be handled step by step within a turn."""
    return market(tables, *HEARD, "hurry", *PAYMENTS, slots=8)


def after_failure(
    rules: Rules, severity: float, *, tenure: float = 2.0, prior: float = 0.0, voiced: bool = True
) -> State:
    """A content customer at the end of the turn in which something went wrong, or nothing did."""
    state = put(population(rules, 1), frailty=0.0, purchases=tenure, failures=prior)
    state = put(holding(rules, state, CONTENT), failure_due=severity)
    voice = 0.0 if voiced else ALMOST_ONE
    return turn(rules, state, draws=luckless(rules, 1, voice=voice))[0]


def satisfaction(state: State) -> float:
    """Of the only customer."""
    return float(state.satisfaction[0, 0, 0])


def f10(tables: Tables) -> Values:
    """An excellent answer against no failure at all: satisfaction and loyalty."""
    rules = office(tables)
    cases = {"mild first": (MILD, 0.0), "mild second": (MILD, 1.0), "severe": (SEVERE, 0.0)}
    found: Values = {}
    for name, (severity, prior) in cases.items():
        spared, _ = turn(rules, after_failure(rules, NONE, prior=prior))
        answered, _ = turn(rules, after_failure(rules, severity, prior=prior), *EXCELLENT)
        found[f"satisfaction, {name}"] = satisfaction(answered) - satisfaction(spared)
        found[f"loyalty, {name}"] = float((answered.loyalty - spared.loyalty)[0, 0, 0])
    return found


@on_both_tables
def test_f10_the_recovery_paradox_is_narrow(tables: Tables) -> None:
    found = f10(tables)
    assert 0.0 < found["satisfaction, mild first"] <= 6.0
    assert found["satisfaction, mild second"] < 0.0
    assert found["satisfaction, severe"] <= 1e-9
    for name in ("mild first", "mild second", "severe"):
        assert abs(found[f"loyalty, {name}"]) <= 2.0


def f11(tables: Tables) -> Values:
    """Intention to buy again by what became of the complaint, sigma(.09 (S - 55)).

    Nothing else happens between the failure and its answer: service keeps the customer where the
    failure has left him.
    """
    rules = office(tables)
    answers = {
        "silent": (),
        "heard": HEARD[:2],
        "solved": (*HEARD, "compensate"),
        "solved fast": EXCELLENT,
    }
    found: Values = {}
    for failure, severity in (("mild", MILD), ("severe", SEVERE)):
        for name, deeds in answers.items():
            state = after_failure(rules, severity, voiced=name != "silent")
            state, _ = turn(rules, holding(rules, state, satisfaction(state)), *deeds)
            found[f"{failure}, {name}"] = float(logistic(0.09 * (satisfaction(state) - 55.0)))
    return found


@on_both_tables
def test_f11_silent_heard_solved_solved_fast(tables: Tables) -> None:
    found = f11(tables)
    ladder = {"mild": (0.37, 0.46, 0.70, 0.95), "severe": (0.09, 0.19, 0.54, 0.82)}
    for failure, expected in ladder.items():
        rungs = [value for name, value in found.items() if name.startswith(failure)]
        assert rungs == sorted(rungs)
        assert rungs == pytest.approx(expected, abs=0.12)


def f12(tables: Tables) -> Values:
    """What each kind of justice gives back of the loss, and what payments of .5 to 2.5 do."""
    rules = office(tables)
    failed = after_failure(rules, SEVERE)
    failed = holding(rules, failed, satisfaction(failed))
    gap = float(failed.failure_gap[0, 0, 0])

    def share(*deeds: str) -> float:
        answered, _ = turn(rules, failed, *HEARD, *deeds)
        return (satisfaction(answered) - satisfaction(failed)) / gap

    heard = share()
    paid = {
        0.5: share("compensate_half"),
        1.0: share("compensate"),
        1.5: share("compensate_generous"),
        2.0: share("compensate_half", "compensate_generous"),
        2.5: share("compensate_lavish"),
    }
    return {
        "distributive": paid[1.0] - heard,
        "interactional": heard,
        "procedural": share("hurry") - heard,
        "best payment": max(paid, key=lambda payment: paid[payment]),
        "lavish less generous": paid[2.5] - paid[1.5],
    }


@on_both_tables
def test_f12_justice_in_order_and_overpaying_saturates(tables: Tables) -> None:
    found = f12(tables)
    assert found["distributive"] > found["interactional"] > found["procedural"]
    assert 1.3 <= found["best payment"] <= 1.7
    assert found["lavish less generous"] < 0.0


def f13(tables: Tables) -> Values:
    """A severe failure with an ordinary answer (J = .55), with none, and none at all."""
    rules = office(tables)
    spared, _ = turn(rules, after_failure(rules, NONE))
    answered, _ = turn(rules, after_failure(rules, SEVERE), *HEARD, "hurry")
    ignored, _ = turn(rules, after_failure(rules, SEVERE))
    usual = float(spared.leave_chance[0, 0])
    damage = [CONTENT - satisfaction(after_failure(rules, SEVERE, tenure=n)) for n in (2.0, 12.0)]
    return {
        "hazard, answered": float(answered.leave_chance[0, 0]) / usual,
        "hazard, ignored": float(ignored.leave_chance[0, 0]) / usual,
        "damage spared by tenure": 1.0 - damage[1] / damage[0],
    }


@on_both_tables
def test_f13_an_ordinary_answer_does_not_undo_a_failure_and_tenure_protects(
    tables: Tables,
) -> None:
    found = f13(tables)
    assert 1.0 < found["hazard, answered"] < found["hazard, ignored"]
    assert 0.15 <= found["damage spared by tenure"] <= 0.45
