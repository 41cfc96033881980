"""Chance by address: every number depends on its address alone."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from itertools import combinations, pairwise

import numpy as np
import pytest

from sim import draws
from sim.arrays import Array
from sim.draws import Shape, draw, draw_start, uniform_block
from sim.engine.state import Draws, StartDraws

SHAPE = Shape(customers=24, people=2, events=5, encounters=7)
SEED = 20_240_229


def parts(drawn: Draws | StartDraws) -> dict[str, Array]:
    return {field.name: getattr(drawn, field.name) for field in fields(drawn)}


def same(first: Draws | StartDraws, second: Draws | StartDraws) -> bool:
    pairs = zip(parts(first).values(), parts(second).values(), strict=True)
    return all(np.array_equal(one, other) for one, other in pairs)


def rows(drawn: Draws, first: int, last: int) -> Draws:
    return Draws(**{name: array[first:last] for name, array in parts(drawn).items()})


def test_every_kind_of_chance_has_its_shape() -> None:
    drawn = parts(draw(SEED, 3, SHAPE, runs=10))
    assert {name: array.shape for name, array in drawn.items()} == {
        "delivery": (10, 24, 4),
        "response": (10, 24, 4),
        "growth": (10, 24, 4),
        "person": (10, 24, 2, 4),
        "event": (10, 5, 4),
        "encounter": (10, 7, 4),
    }
    start = parts(draw_start(SEED, SHAPE))
    assert {name: array.shape for name, array in start.items()} == {
        "customer": (1, 24, 4),
        "person": (1, 24, 2, 4),
    }


def test_arrays_are_contiguous_doubles_of_their_own() -> None:
    drawn = parts(draw(SEED, 3, SHAPE, runs=3)) | parts(draw_start(SEED, SHAPE, runs=3))
    for array in drawn.values():
        assert array.dtype == np.float64
        assert array.flags.c_contiguous
        assert array.flags.owndata


def test_kinds_that_a_scenario_lacks_are_empty() -> None:
    drawn = draw(SEED, 0, Shape(customers=1, people=1, events=0, encounters=0), runs=2)
    assert drawn.event.shape == drawn.encounter.shape == (2, 0, 4)
    assert drawn.delivery.shape == (2, 1, 4)


@pytest.mark.parametrize("cuts", [(0, 50), (0, 1, 50), (0, 7, 8, 31, 50), tuple(range(51))])
def test_a_batch_may_be_cut_anywhere(cuts: tuple[int, ...]) -> None:
    whole = draw(SEED, 4, SHAPE, runs=50, first_run=1000)
    for first, last in pairwise(cuts):
        chunk = draw(SEED, 4, SHAPE, runs=last - first, first_run=1000 + first)
        assert same(chunk, rows(whole, first, last))


def test_a_row_of_a_batch_is_the_single_game() -> None:
    batch, start = draw(SEED, 2, SHAPE, runs=9), draw_start(SEED, SHAPE, runs=9)
    for run in range(9):
        assert same(draw(SEED, 2, SHAPE, first_run=run), rows(batch, run, run + 1))
        single = draw_start(SEED, SHAPE, first_run=run)
        assert np.array_equal(single.customer[0], start.customer[run])
        assert np.array_equal(single.person[0], start.person[run])


def test_what_was_drawn_before_does_not_matter() -> None:
    fresh = draw(SEED, 5, SHAPE)
    draw(SEED + 1, 9, SHAPE, runs=33)
    assert same(draw(SEED, 5, SHAPE), fresh)


def test_a_further_customer_leaves_the_luck_of_the_others() -> None:
    larger = Shape(customers=25, people=2, events=5, encounters=7)
    before, after = draw(SEED, 1, SHAPE, runs=8), draw(SEED, 1, larger, runs=8)
    for name in ("delivery", "response", "growth", "person"):
        assert np.array_equal(getattr(after, name)[:, :24], getattr(before, name))
    assert np.array_equal(after.event, before.event)


def test_a_further_person_event_or_encounter_leaves_the_luck_of_the_others() -> None:
    larger = Shape(customers=24, people=3, events=6, encounters=8)
    before, after = draw(SEED, 1, SHAPE, runs=8), draw(SEED, 1, larger, runs=8)
    assert np.array_equal(after.delivery, before.delivery)
    assert np.array_equal(after.person[:, :, :2], before.person)
    assert np.array_equal(after.event[:, :5], before.event)
    assert np.array_equal(after.encounter[:, :7], before.encounter)


def test_a_persons_own_game_has_the_same_luck_at_any_pitch() -> None:
    small = draw(SEED, 1, Shape(customers=3, people=1, events=1, encounters=1))
    large = draw(SEED, 1, Shape(customers=40, people=6, events=30, encounters=9))
    assert np.array_equal(small.delivery, large.delivery[:, :3])
    assert np.array_equal(small.encounter, large.encounter[:, :1])


def test_no_two_addresses_share_a_number() -> None:
    numbers = [
        array.ravel()
        for seed in (0, 1)
        for turn in (0, 1)
        for array in [
            *parts(draw(seed, turn, SHAPE, runs=20)).values(),
            uniform_block(seed, turn, draws.POLICY, runs=20, slots=24),
            uniform_block(seed, turn, draws.REVIEW, runs=20, slots=24),
        ]
    ]
    numbers += [array.ravel() for array in parts(draw_start(0, SHAPE, runs=20)).values()]
    together = np.concatenate(numbers)
    assert np.unique(together).size == together.size


def test_streams_keep_their_numbers() -> None:
    assert (draws.DELIVERY, draws.RESPONSE, draws.GROWTH) == (1, 2, 3)
    assert (draws.EVENT, draws.ENCOUNTER) == (4, 5)
    assert (draws.POLICY, draws.REVIEW, draws.START_CUSTOMER) == (6, 7, 8)
    people = {stream + m for stream in (draws.PERSON, draws.START_PERSON) for m in range(6)}
    assert people == {16, 17, 18, 19, 20, 21, 24, 25, 26, 27, 28, 29}
    assert draws.PEOPLE_LIMIT == 6


def test_draw_uses_the_named_streams() -> None:
    drawn = draw(SEED, 6, SHAPE, runs=4)
    assert np.array_equal(drawn.delivery, uniform_block(SEED, 6, draws.DELIVERY, runs=4, slots=24))
    second = uniform_block(SEED, 6, draws.PERSON + 1, runs=4, slots=24)
    assert np.array_equal(drawn.person[:, :, 1], second)
    encounters = uniform_block(SEED, 6, draws.ENCOUNTER, runs=4, slots=7)
    assert np.array_equal(drawn.encounter, encounters)


GOLDEN_NUMBERS = [0.7959369360423313, 0.22768175696782855, 0.473998888209057, 0.4408210532976845]
GOLDEN_DIGESTS = {
    "delivery": "ecf8b8e77443a2db",
    "response": "a4e9aec0e733f0d1",
    "growth": "c5c5c4ac8f1df112",
    "person": "43a117d17e9ae67a",
    "event": "cd673aed90bdf3ce",
    "encounter": "8768ebee4fdf8b47",
    "start customer": "864015a7196994bc",
    "start person": "b63afab8d3dedc68",
}


def digest(array: Array) -> str:
    return hashlib.sha256(array.tobytes()).hexdigest()[:16]


def test_numbers_are_those_of_every_other_machine() -> None:
    assert draw(SEED, 1, SHAPE, first_run=2).delivery[0, 3].tolist() == GOLDEN_NUMBERS
    turn = parts(draw(SEED, 11, SHAPE, runs=300, first_run=2**40))
    start = parts(draw_start(2**63 - 1, SHAPE, runs=300))
    named = turn | {f"start {name}": array for name, array in start.items()}
    assert {name: digest(array) for name, array in named.items()} == GOLDEN_DIGESTS


def test_numbers_are_numpys_philox_at_the_address() -> None:
    run, customer, turn = 5, 3, 7
    key = np.array((SEED, draws._KEY_CONSTANT), dtype=np.uint64)
    counter = np.array((run * 32 + customer, turn, draws.GROWTH, 0), dtype=np.uint64)
    reference = np.random.Generator(np.random.Philox(key=key, counter=counter))
    ours = draw(SEED, turn, SHAPE, first_run=run).growth[0, customer]
    assert ours.tolist() == reference.random(4).tolist()


def test_numbers_are_uniform_on_the_unit_interval() -> None:
    for array in parts(draw(SEED, 2, SHAPE, runs=2000)).values():
        assert array.min() >= 0.0
        assert array.max() < 1.0
        counts = np.histogram(array, bins=20, range=(0.0, 1.0))[0]
        expected = array.size / 20
        chi_square = np.sum((counts - expected) ** 2) / expected
        assert chi_square < 43.8  # 0.1 % point with 19 degrees of freedom


def test_neighbouring_addresses_are_uncorrelated() -> None:
    drawn = draw(SEED, 2, SHAPE, runs=4000)
    base = drawn.delivery[:, 0, 0]
    neighbours = {
        "number": drawn.delivery[:, 0, 1],
        "customer": drawn.delivery[:, 1, 0],
        "stream": drawn.response[:, 0, 0],
        "person": drawn.person[:, 0, 0, 0],
        "turn": draw(SEED, 3, SHAPE, runs=4000).delivery[:, 0, 0],
        "seed": draw(SEED + 1, 2, SHAPE, runs=4000).delivery[:, 0, 0],
        "run": draw(SEED, 2, SHAPE, runs=4000, first_run=1).delivery[:, 0, 0],
    }
    columns = np.stack([base, *neighbours.values()])
    correlation = np.corrcoef(columns)
    for one, other in combinations(range(len(columns)), 2):
        assert abs(correlation[one, other]) < 4.0 / np.sqrt(4000)


def test_threads_do_not_disturb_each_other() -> None:
    def one_turn(turn: int) -> Draws:
        return draw(SEED, turn, SHAPE, runs=40)

    turns = [0, 1, 2, 3, 4] * 20
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(one_turn, turns))
    alone = [one_turn(turn) for turn in range(5)]
    assert all(same(one, alone[turn]) for one, turn in zip(drawn, turns, strict=True))


@pytest.mark.parametrize("people", [0, 7])
def test_more_people_than_streams_are_refused(people: int) -> None:
    with pytest.raises(ValueError, match=f"people: {people}"):
        Shape(customers=1, people=people, events=0, encounters=0)


@pytest.mark.parametrize(("seed", "turn"), [(-1, 0), (2**63, 0), (0, -1)])
def test_addresses_beyond_a_word_are_refused(seed: int, turn: int) -> None:
    with pytest.raises(ValueError, match="is not within"):
        draw(seed, turn, SHAPE)
