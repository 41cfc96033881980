"""What counts as out of balance, and that no shipped scenario is."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from sim.engine.rules import Rules
from sim.engine.score import score
from sim.engine.state import State
from sim.lab.balance.balance import Balance, balance, reasons
from sim.lab.balance.faults import APART, Fault, faults
from sim.lab.balance.reached import Reached
from sim.lab.balance.uses import Tally, Use, places
from sim.lab.pars import Pars
from sim.lab.policies import NAMES
from sim.lab.possible import nothing
from sim.lab.runs import play
from sim.scenario.compile import compile_scenario, fingerprint
from sim.scenario.load import Loaded, inspect_scenario, load_scenario, scenario_names
from sim.scenario.schema_rows import Deliberate
from sim.scenario.schema_types import Text

GOOD = Path(__file__).parents[1] / "scenario" / "good"
RULES = (
    "balance/expert-not-above",
    "balance/one-trick",
    "balance/always",
    "balance/never",
    "balance/absent",
    "balance/needless-reason",
    "balance/ending-unreached",
    "balance/random-narrow",
    "balance/menu",
)
PAR = Pars(nothing=40.0, expert=60.0, error=0.1)


@cache
def measured(scenario: str) -> Balance:
    return balance(load_scenario(scenario), forked=0)


@pytest.mark.slow
@pytest.mark.parametrize("scenario", scenario_names())
@pytest.mark.parametrize("rule", RULES)
def test_a_shipped_scenario_is_balanced(scenario: str, rule: str) -> None:
    """Each rule of the balance, scenario by scenario, over 200 seeds."""
    broken = [fault for fault in faults(measured(scenario)) if fault.code == rule]
    assert not broken, broken


# Counting -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cafe() -> Loaded:
    return load_scenario("corner-cafe")


def counted(rules: Rules, **chosen: object) -> dict[str, Use]:
    """The uses of one turn: a made-up opening in which the first encounter stands open."""
    states: list[State] = []
    play(rules, "nothing", seed=1, runs=2, watch=lambda state, *_: states.append(state))
    state = states[0]
    opened = np.zeros_like(state.open_encounter)
    opened[:, rules.encounters.customer[0]] = 1
    state = replace(state, open_encounter=opened)
    tally = Tally(rules)
    choices = replace(nothing(rules, 2), **chosen)  # type: ignore[arg-type]  # fields of Choices
    tally(state, choices, None, state)  # type: ignore[arg-type]  # what came of it is not looked at
    return {use.name: use for use in tally.uses()}


def test_what_is_allowed_and_affordable_is_an_opportunity(cafe: Loaded) -> None:
    """An action too dear for the purse is none, however well it is allowed."""
    rules = compile_scenario(cafe)
    name = rules.action_ids[0]
    poor = rules.rows.money.copy()
    poor[1] = 1e6
    assert counted(rules)[name].chances > 0
    assert counted(replace(rules, rows=replace(rules.rows, money=poor)))[name].chances == 0


def test_a_deed_that_is_done_is_taken(cafe: Loaded) -> None:
    rules = compile_scenario(cafe)
    deeds = np.zeros((2, rules.sizes.customers, rules.sizes.slots), dtype=np.intp)
    deeds[:, 0, 0] = 1
    use = counted(rules, action=deeds)[rules.action_ids[0]]
    assert use.taken == 2
    assert use.habit == "sometimes"
    assert 0.0 < use.share < 1.0


def test_an_answer_counts_among_those_of_its_moment(cafe: Loaded) -> None:
    """What could follow counts only where the answer before it was given."""
    rules = compile_scenario(cafe)
    answers = np.zeros((2, rules.sizes.encounters), dtype=np.intp)
    answers[0, 0] = 1  # in the second game nobody answers
    found = counted(rules, response=answers)
    path = rules.path_ids[0][0]
    name = rules.encounter_ids[0]
    first = found[".".join((name, path[0]))]
    assert (first.chances, first.taken) == (2, 1)
    follow_ups = [
        use
        for use in found.values()
        if use.kind == "response" and use.path[0] == name and len(use.path) == 3
    ]
    assert all(use.chances <= 1 for use in follow_ups)
    assert all(use.chances == 0 for use in follow_ups if use.path[1] != path[0])


def test_every_response_has_a_place(cafe: Loaded) -> None:
    """An encounter of several customers stands in the table once."""
    rules = compile_scenario(cafe)
    found = places(rules)
    names = {path[0] for path in found.values()}
    assert names == set(cafe.scenario.encounters)
    assert len(set(found.values())) == len(found)


def test_counts_of_whole_games_agree_with_the_law(cafe: Loaded) -> None:
    """Nothing is taken more often than it could be."""
    rules = compile_scenario(cafe)
    tally = Tally(rules)
    play(rules, "expert", seed=3, runs=6, watch=tally)
    for use in tally.uses():
        assert 0 <= use.taken <= use.chances
    assert sum(use.taken for use in tally.uses() if use.kind == "action") > 0


# Judging ------------------------------------------------------------------------------------------


def reached(name: str, mean: float, ends: tuple[str, ...] = ("good", "bad")) -> Reached:
    scores = np.linspace(mean - 10.0, mean + 10.0, 40)
    return Reached(name, scores, ends * 20, PAR)


def sound(**changes: object) -> Balance:
    """A balance with nothing wrong, apart from what is changed."""
    levels = {"expert": 60.0, "oracle": 61.0, "noisy-expert": 59.0, "random": 50.0, "nothing": 40.0}
    bots = tuple(reached(name, levels.get(name, 48.0)) for name in NAMES)
    found = Balance(
        scenario="x",
        seeds=40,
        menu=8,
        par=PAR,
        bots=(*bots, reached("only:visit", 45.0)),
        uses=(
            Use("action", ("visit",), 10, 3),
            Use("response", ("call", "yes"), 10, 6),
            Use("response", ("call", "no"), 10, 4),
        ),
        deliberate={},
        endings=("good", "bad"),
    )
    return replace(found, **changes)  # type: ignore[arg-type]  # fields of Balance


def told(found: Balance) -> list[tuple[str, str]]:
    return [(fault.code, fault.subject) for fault in faults(found)]


def said(word: str) -> Deliberate:
    return Deliberate.model_validate({"expert": word, "because": Text(en="So.", zh="如此。")})


def test_a_sound_balance_has_no_fault() -> None:
    assert faults(sound()) == ()


def test_a_habit_must_stay_clearly_below() -> None:
    bots = tuple(reached("vip", 58.0) if bot.name == "vip" else bot for bot in sound().bots)
    assert told(sound(bots=bots)) == [("balance/expert-not-above", "vip")]


def test_one_trick_must_not_come_near() -> None:
    """Within ten points of the grade is near, whatever the interval says."""
    near = 60.0 - 0.2 * (APART - 1.0)
    bots = tuple(
        reached("only:visit", near) if bot.name == "only:visit" else bot for bot in sound().bots
    )
    assert told(sound(bots=bots)) == [("balance/one-trick", "only:visit")]


@pytest.mark.parametrize(("taken", "code"), [(0, "never"), (10, "always")])
def test_what_is_never_or_always_right_is_no_decision(taken: int, code: str) -> None:
    uses = (Use("action", ("visit",), 10, taken),)
    assert told(sound(uses=uses)) == [(f"balance/{code}", "visit")]
    excused = sound(uses=uses, deliberate={("visit",): said(code)})
    assert told(excused) == []


def test_a_reason_must_fit_what_happens() -> None:
    """One for the opposite excuses nothing, and one for nothing is told."""
    uses = (Use("action", ("visit",), 10, 0),)
    wrong = sound(uses=uses, deliberate={("visit",): said("always")})
    assert ("balance/never", "visit") in told(wrong)
    rare = (Use("response", ("call", "yes"), 0, 0),)
    assert told(sound(uses=rare, deliberate={("call", "yes"): said("never")})) == []
    now_and_then = (Use("action", ("visit",), 100, 10),)
    assert told(sound(uses=now_and_then, deliberate={("visit",): said("never")})) == []
    needless = sound(deliberate={("visit",): said("never")})
    assert told(needless) == [("balance/needless-reason", "visit")]


def test_one_answer_always_given_is_told_once() -> None:
    """Its siblings are then never given; so is what could only have followed them."""
    uses = (
        Use("response", ("call", "yes"), 10, 10),
        Use("response", ("call", "no"), 10, 0),
        Use("response", ("call", "no", "sorry"), 0, 0),
        Use("response", ("call", "no", "still"), 0, 0),
    )
    assert told(sound(uses=uses)) == [("balance/always", "call.yes")]


def test_a_reason_for_one_answer_speaks_for_those_beside_it() -> None:
    """Also where one game in twenty differs; without the reason each is told."""
    uses = (
        Use("response", ("call", "yes"), 100, 95),
        Use("response", ("call", "no"), 100, 5),
        Use("response", ("call", "perhaps"), 100, 0),
    )
    assert told(sound(uses=uses)) == [("balance/never", "call.perhaps")]
    assert told(sound(uses=uses, deliberate={("call", "yes"): said("always")})) == []


def test_what_never_comes_up_is_told() -> None:
    uses = (Use("action", ("visit",), 0, 0),)
    assert told(sound(uses=uses)) == [("balance/absent", "visit")]


def test_every_ending_is_reached_by_somebody() -> None:
    assert told(sound(endings=("good", "bad", "ugly"))) == [("balance/ending-unreached", "ugly")]
    assert sound().reached_by("good")[0] in NAMES


def test_chance_must_matter_less_than_choices_but_not_be_all() -> None:
    flat = Reached("random", np.full(40, 50.0), ("good",) * 40, PAR)
    bots = tuple(flat if bot.name == "random" else bot for bot in sound().bots)
    assert told(sound(bots=bots)) == [("balance/random-narrow", "random")]


@pytest.mark.parametrize("count", [7, 15])
def test_a_menu_can_be_read(count: int) -> None:
    assert faults(sound(menu=count)) == (Fault("balance/menu", "offers", {"count": count}),)


# Saying why ---------------------------------------------------------------------------------------

DELIBERATE = "    deliberate: {expert: always, because: {en: It is first., zh: 它是第一个。}}\n"


def test_a_reason_is_found_by_its_path_and_changes_no_rule(tmp_path: Path) -> None:
    """It is a text: the fingerprint stays."""
    plain = (GOOD / "tiny.yaml").read_text(encoding="utf-8")
    file = tmp_path / "tiny.yaml"
    file.write_text(
        plain.replace("    icon: smile\n", "    icon: smile\n" + DELIBERATE, 1), encoding="utf-8"
    )
    with_reason = load_scenario(file)
    assert reasons(with_reason)["greet",].expert == "always"
    # `remember` extends `greet`, but what greet says of itself is not taken over.
    assert ("remember",) not in reasons(with_reason)
    assert fingerprint(compile_scenario(with_reason)) == fingerprint(
        compile_scenario(load_scenario(GOOD / "tiny.yaml"))
    )


def test_only_one_answer_can_always_be_given(tmp_path: Path) -> None:
    source = (Path(__file__).parents[1] / "scenario" / "bad" / "dominated-response.yaml").read_text(
        encoding="utf-8"
    )
    word = "        deliberate: {{expert: {}, because: {{en: So., zh: 如此。}}}}\n"
    for expert, code in (("always", "L37"), ("never", "L38")):
        text = source.replace(
            "        family: recovery\n", "        family: recovery\n" + word.format(expert)
        )
        file = tmp_path / f"{expert}.yaml"
        file.write_text(text, encoding="utf-8")
        assert code in {problem.code for problem in inspect_scenario(file).problems}


# The monopoly -------------------------------------------------------------------------------------


@pytest.mark.slow
def test_coercion_leads_while_nobody_can_leave_and_loses_once_they_can() -> None:
    """Mean scores after each month: ahead of the best play for four months, far behind at last."""
    rules = compile_scenario(load_scenario("monopoly-ends"))

    def months(bot: str) -> list[float]:
        means: list[float] = []
        play(
            rules,
            bot,
            seed=1,
            runs=200,
            watch=lambda *turn: means.append(float(np.mean(score(rules, turn[3]).score))),
        )
        return means

    coerce, expert, visits = months("coerce"), months("expert"), months("visits")
    lead = [one - other for one, other in zip(coerce, expert, strict=True)]
    assert min(lead[:4]) > 0.5
    assert all(one > other for one, other in zip(coerce[:6], visits[:6], strict=True))
    assert lead[-1] < -APART
    assert coerce[-1] < months("nothing")[-1]
