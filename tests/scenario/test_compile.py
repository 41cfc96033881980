"""From a scenario to rules: every table says what the file says."""

import os
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from sim.engine.rules import FAMILIES, KINDS, MOTIVES, ROLES, Rules
from sim.engine.start import start
from sim.engine.state import StartDraws, State, Status
from sim.exact import fixed_sum
from sim.scenario.compile import compile_scenario, fingerprint
from sim.scenario.compile_encounters import both
from sim.scenario.compile_people import cumulative, shares
from sim.scenario.compile_rows import _fit_of_manner, cosine
from sim.scenario.library import load_library
from sim.scenario.load import load_scenario
from sim.scenario.schema_types import MOODS, STATUSES, STYLES

GOOD = Path(__file__).parent / "good"


@pytest.fixture(scope="module")
def tiny() -> Rules:
    return compile_scenario(load_scenario(GOOD / "tiny.yaml"))


@pytest.fixture(scope="module")
def account() -> Rules:
    return compile_scenario(load_scenario(GOOD / "account.yaml"))


def changed(tmp_path: Path, old: str, new: str, name: str = "tiny") -> Rules:
    text = (GOOD / f"{name}.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "changed.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return compile_scenario(load_scenario(path))


def test_rows_are_nothing_then_actions_then_responses_in_file_order(tiny: Rules) -> None:
    assert tiny.action_ids == ("greet", "remember")
    assert tiny.market_ids == ("leaflet",)
    # nothing, greet, remember, listen, replace, promise, refund, shrug, unanswered
    assert tiny.sizes.rows == 9
    assert tiny.rows.hours.tolist() == [0, 1, 2, 0, 0, 0, 0, 0, 0]
    assert tiny.rows.money.tolist() == [0, 0, 0, 0, 3, 0, 4, 0, 0]
    assert tiny.rows.trust.tolist() == [0, 0, 0, 0, 0, 0, 0, -5, -2]
    assert tiny.rows.listening.tolist() == [0, 0, 0, 1, 0, 0, 0, 0, 0]
    assert tiny.rows.variable_shift[:, 0].tolist() == [0, 0, 0, 0, 1, 0, 0, 0, 0]


def test_row_0_changes_nothing(tiny: Rules) -> None:
    one = {"failure_memory", "failure_factor", "service_cost", "role_fit", "needs_status", "outlay"}
    skipped = {"family", "fit", "receptivity", "receptivity_rising"}
    for field in fields(tiny.rows):
        if field.name not in skipped:
            column = getattr(tiny.rows, field.name)[0]
            assert np.all(column == (field.name in one)), field.name


def test_columns_neutral_in_every_row_are_named_unused(tiny: Rules) -> None:
    assert {"win_back", "release", "intrusive", "failure_factor"} <= tiny.unused
    assert not {"hours", "trust", "quality", "promise", "fit", "receptivity"} & tiny.unused


def test_paths_run_depth_first_with_rows_tones_and_conditions(tiny: Rules) -> None:
    table = tiny.encounters
    assert table.paths.tolist() == [4]
    assert table.rows[0].tolist() == [[3, 4], [3, 5], [6, 0], [7, 0]]
    amiable = 1 + STYLES.index("amiable")
    assert table.tones[0].tolist() == [[amiable, 0], [amiable, 0], [0, 0], [0, 0]]
    assert table.unanswered.tolist() == [8]
    asked, *free = table.path_condition[0]
    assert asked is not None
    assert asked[0] == ("name", "trust")
    assert free == [None, None, None]


def test_conditions_along_a_path_must_all_hold() -> None:
    one, other = (("flag", "a"),), (("flag", "b"),)
    assert both(one, other) == (("flag", "a"), ("flag", "b"), ("and", 2))
    assert both(None, other) == other
    assert both(one, None) == one
    assert both(None, None) is None


def test_an_encounter_of_each_stands_once_per_customer_on_the_same_rows(account: Rules) -> None:
    assert account.encounter_ids == ("machine_stops", "complaint.lena", "complaint.omar")
    assert account.encounters.trigger.tolist() == [0, 1, 1]
    assert account.encounters.customer.tolist() == [0, 1, 2]
    assert account.encounters.speaker.tolist() == [2, 0, 0]
    assert account.encounters.rows[1].tolist() == account.encounters.rows[2].tolist()
    assert account.encounters.turn.tolist() == [2, 0, 0]
    assert account.encounters.reveal[0, KINDS.index("need")] == 1.0


def test_fit_is_the_cosine_of_tone_and_manner_with_the_style(tiny: Rules) -> None:
    greet, remember = tiny.rows.fit[1], tiny.rows.fit[2]
    assert greet[0].tolist() == [0.0] * 4  # neutral, no manner
    assert np.allclose(np.diag(greet[1:]), 1.0)
    library = load_library()
    manner = library.manners["private"].vector.components()
    style = library.styles["amiable"].vector.components()
    assert remember[0, 3] == cosine(manner, style)
    assert (remember == remember[0]).all()  # it offers no tones
    tone = library.styles["driver"].vector.components()
    mixed = [a + b for a, b in zip(tone, manner, strict=True)]
    vectors = [library.styles[each].vector for each in library.styles]
    assert _fit_of_manner(vectors, manner)[1][3] == cosine(mixed, style)


def test_a_vector_without_direction_fits_nobody() -> None:
    assert cosine((0.0, 0.0), (1.0, 2.0)) == 0.0
    assert cosine((3.0, 0.0), (2.0, 0.0)) == 1.0


def test_receptivity_is_the_moods_and_in_calm_never_below_the_rows_evidence(tmp_path: Path) -> None:
    rules = changed(tmp_path, "effect: {bond: 2, quality: 2", "effect: {evidence: .85, quality: 2")
    moods = load_library().moods
    service = [moods[mood].receptivity["service"] for mood in MOODS]
    service[MOODS.index("calm")] = 0.85
    assert rules.rows.receptivity[:, 2].tolist() == service
    assert rules.rows.receptivity_rising[2] == service[0]


def test_steps_go_by_number_by_name_and_in_mood_protocols_by_family(tiny: Rules) -> None:
    recovery = tiny.protocol_ids.index("recovery")
    steps = [step.id for step in load_library().protocols["recovery"].steps]
    assert tiny.rows.step[:, recovery].tolist() == [0, 0, 0, 1, steps.index("act") + 1, 0, 0, 0, 0]
    complacent = tiny.protocol_ids.index("complacent")
    column = tiny.rows.step[:, complacent]
    assert column[1] == 1  # a greeting is light contact
    assert column[0] == column[8] == 0  # doing nothing and not answering are no steps


def test_statuses_an_action_is_for_follow_its_family(account: Rules) -> None:
    call, ask, present = account.rows.needs_status[1:4]
    both_kinds = [name in {"prospect", "active"} for name in STATUSES]
    assert call.tolist() == ask.tolist() == present.tolist() == both_kinds
    assert account.rows.needs_status[4:].all()
    assert account.rows.needs_knowledge[3] == 0.2


def test_motives_become_whole_1024ths_by_largest_remainder(tiny: Rules, account: Rules) -> None:
    assert shares([5.0, 3.0, 2.0]).tolist() == [512 / 1024, 307 / 1024, 205 / 1024]
    assert shares([1.0, 1.0, 1.0]).tolist() == [342 / 1024, 341 / 1024, 341 / 1024]
    for rules in (tiny, account):
        assert np.all(fixed_sum(rules.opening.motives) == 1.0)
    assert tiny.opening.motives[0, 0, MOTIVES.index("following")] == 0.5
    assert tiny.uses_motives


def test_role_weights_of_an_account_and_of_a_consumer(account: Rules) -> None:
    weights = [load_library().roles[role].weight for role in ROLES]
    order = [ROLES[role] for role in account.role[0]]
    assert order == ["decider", "approver", "user", "influencer", "buyer", "gatekeeper"]
    expected = [weights[ROLES.index(role)] for role in order]
    assert np.allclose(account.role_weight[0], expected)
    assert np.allclose(account.deal_weight[0], [3 * weight for weight in expected])
    assert account.veto[0].tolist() == [True, True, False, False, False, True]
    assert account.role_weight[1].tolist() == [1, 0, 0, 0, 0, 0]
    assert account.deal_weight[1].tolist() == [1, 0, 0, 0, 0, 0]
    assert not account.veto[1].any()
    assert account.present.tolist()[1:] == [[True] + [False] * 5] * 3


def test_people_take_over_what_their_customer_says(account: Rules) -> None:
    assert account.opening.state["trust"][0].tolist() == [50, 50, 60, 50, 50, 50]
    assert account.opening.style[0].tolist() == [0, 1, 3, 2, 0, -1]
    assert account.opening.mood[0].tolist() == [2, 3, 1, 0, -1, -1]
    known = account.opening.state["known"][0, :, KINDS.index("need")]
    assert known.tolist() == [False, False, True, False, False, False]
    cumulated = account.opening.style_prior[0, 5]
    assert np.allclose(cumulated, [0.1, 0.3, 0.5, 1.0])
    assert account.opening.style_prior[0, 0].tolist() == [0.25, 0.5, 0.75, 1.0]


def test_spreads_come_from_the_customer_the_scenario_or_the_library(tmp_path: Path) -> None:
    own = "    potential: 0.8\n    prior: {frailty_spread: 2}\n"
    rules = changed(tmp_path, "    potential: 0.8\n", own, name="account")
    library = load_library()
    assert rules.opening.frailty_spread.tolist() == [0.5, 2.0, 0.5, 0.5]
    assert rules.opening.fit_spread.tolist() == [4.0] * 4
    assert rules.opening.potential_spread.tolist() == [0.0] * 4
    drawn = changed(tmp_path, "    potential: 1.6\n", "")
    assert drawn.opening.potential_spread.tolist() == [library.prior.potential_spread] * 2


def test_ties_are_heard_by_whom_names_them(tiny: Rules, account: Rules) -> None:
    assert tiny.neighbour[0, 0] == 1
    assert tiny.tie.tolist() == [[0.5], [0.0]]
    assert account.neighbour[1].tolist() == [2, 0]
    assert account.tie[1].tolist() == [0.25, round(0.1 * 1024) / 1024]


def test_newcomers_wait_and_do_not_count_in_the_score(account: Rules) -> None:
    status = [Status(each).name for each in account.opening.state["status"]]
    assert status == ["PROSPECT", "ACTIVE", "ACTIVE", "UNBORN"]
    assert account.score_customers.tolist() == [0.0, 0.8, 1.2, 0.0]
    assert account.events.wakes.tolist() == [[0, 0, 0, 1]]
    assert account.events.stale[0, 0, KINDS.index("role")] == 1.0
    assert account.opening.state["purchases"][3] == 0


def test_a_segment_counts_all_its_heads(tmp_path: Path) -> None:
    rules = changed(tmp_path, "    potential: 1.6\n", "    potential: 1.6\n    count: 50\n")
    assert rules.segment.tolist() == [True, False]
    assert rules.opening_size.tolist() == [50, 1]
    assert rules.score_customers.tolist() == [80, 1]


def test_a_value_for_every_turn_or_one_for_all(tiny: Rules) -> None:
    assert tiny.hours.tolist() == [4, 5]
    assert tiny.income.tolist() == [10, 10]


def test_events_keep_what_they_do_not_change(tiny: Rules, account: Rules) -> None:
    assert tiny.events.competition.tolist() == [0.95]
    assert account.events.competition.tolist() == [-1]
    assert tiny.events.mood.tolist() == [[0, 1 + MOODS.index("calm")]]
    assert tiny.events.failure_rate.tolist() == [1]


def test_shares_that_are_drawn_from_end_at_exactly_1(tiny: Rules) -> None:
    assert cumulative([0.1, 0.2, 0.7])[-1] == 1.0
    assert tiny.mood_transition[:, -1].tolist() == [1, 1, 1, 1]
    assert tiny.opening.mood_prior[-1] == 1.0
    # the long-run shares of the domain notes, table 3.3
    long_run = np.diff(tiny.opening.mood_prior, prepend=0.0)
    assert np.allclose(long_run, [0.22, 0.16, 0.44, 0.18], atol=0.005)


def test_the_opening_sets_every_field_of_a_customer(account: Rules) -> None:
    draws = StartDraws(customer=np.full((2, 4, 4), 0.5), person=np.full((2, 4, 6, 4), 0.5))
    state = start(account, draws)
    made_by_start = {"mood", "stage", "leave_chance", "openness"}
    for field in fields(State):
        value = getattr(state, field.name)
        per_customer = isinstance(value, np.ndarray) and value.shape[:2] == (2, 4)
        if per_customer and field.name not in made_by_start:
            given = account.opening.state[field.name]
            assert given.shape == value.shape[1:], field.name
            assert given.dtype == value.dtype, field.name


def test_families_are_indices_into_the_engines_list(tiny: Rules) -> None:
    names = [FAMILIES[index] for index in tiny.rows.family]
    assert names[1:4] == ["contact", "service", "recovery"]


def test_fingerprint_is_of_numbers_not_of_words(tiny: Rules, tmp_path: Path) -> None:
    again = compile_scenario(load_scenario(GOOD / "tiny.yaml"))
    assert fingerprint(again) == fingerprint(tiny)
    reworded = changed(tmp_path, "Cold coffee", "Coffee gone cold")
    assert fingerprint(reworded) == fingerprint(tiny)
    for old, new in [
        ("hours: [4, 5]", "hours: [4, 6]"),
        ("trust >= 20", "trust >= 21"),
        ("strength: .3", "strength: .4"),
        ("chance: 80%", "chance: 81%"),
        ("id: tiny", "id: tiny\nreveal: all"),
    ]:
        assert fingerprint(changed(tmp_path, old, new)) != fingerprint(tiny)


@pytest.mark.slow
def test_fingerprint_does_not_depend_on_the_processors_vector_units(tiny: Rules) -> None:
    program = (
        "from sim.scenario.compile import compile_scenario, fingerprint\n"
        "from sim.scenario.load import load_scenario\n"
        f"print(fingerprint(compile_scenario(load_scenario({str(GOOD / 'tiny.yaml')!r}))))\n"
    )
    plain = {**os.environ, "NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3 AVX512F"}
    root = Path(__file__).parents[2]
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        env=plain,
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == fingerprint(tiny)
