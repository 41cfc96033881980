"""A sweep: divided into chunks, done by any hands in any order, put together to the same bits."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sim.engine.score import score
from sim.errors import SimError
from sim.lab.balance.balance import Balance, pars_of
from sim.lab.balance.forks import differences
from sim.lab.balance.hands import Alone, Numbered
from sim.lab.balance.journal import Journal
from sim.lab.balance.measures import LEAST_GAMES, estimate, luck, student_95, worth
from sim.lab.balance.places import Places
from sim.lab.balance.plan import Deck, deck, plan, shared_out
from sim.lab.balance.sweep import Progress, sweep
from sim.lab.balance.trials import NOTHING
from sim.lab.balance.uses import options
from sim.lab.balance.work import Part, work
from sim.lab.policies import NAMES
from sim.lab.runs import play
from sim.view.balance import balance_json
from tests.lab.small_sweep import day, found, parts, small

ROOT = Path(__file__).parents[2]


# Dividing -----------------------------------------------------------------------------------------


def test_every_game_is_in_one_chunk() -> None:
    wanted = plan(deck(day()), 600, forked=60)
    for bot in wanted.bots:
        chunks = [wanted.chunks[place] for place in wanted.chunks_of("play", bot)]
        played = [
            game for chunk in chunks for game in range(chunk.first, chunk.first + chunk.games)
        ]
        assert played == list(range(600))
    forked = [wanted.chunks[place] for place in wanted.chunks_of("fork")]
    assert sum(chunk.games for chunk in forked) == 60


def test_games_asked_for_are_shared_out() -> None:
    rules = deck(day()).rules
    bots = len(plan(deck(day()), 8).bots)
    assert shared_out(rules, 10 * bots) == 10
    assert shared_out(rules, 10 * bots + 1) == 11
    assert shared_out(rules, 1) == 8


def test_a_sweep_is_known_by_all_that_it_rests_on() -> None:
    shared = deck(day())
    keys = {
        plan(shared, 8, 3).key,
        plan(shared, 9, 3).key,
        plan(shared, 8, 4).key,
        plan(replace(shared, fingerprint="0" * 64), 8, 3).key,
        plan(replace(shared, versions=(0, 0, 0)), 8, 3).key,
        plan(replace(shared, concepts={}), 8, 3).key,
    }
    assert len(keys) == 6
    assert plan(deck(day()), 8, 3).key == plan(shared, 8, 3).key


def test_another_version_does_not_do_the_work() -> None:
    other = replace(small().deck, versions=(0, 0, 0))
    with pytest.raises(SimError) as caught:
        work(other, small().chunks[0])
    assert caught.value.code == "balance/other-version"


# Deciding otherwise -------------------------------------------------------------------------------


def test_the_games_that_are_left_are_the_experts_own() -> None:
    rules = deck(day()).rules
    scores, _ = differences(rules, seed=1, first=2, games=3)
    own = score(rules, play(rules, "expert", seed=1, first_run=2, runs=3)).score
    assert scores.tolist() == own.tolist()


def test_a_difference_does_not_depend_on_the_games_beside_it() -> None:
    """Row by row to the last bit, whatever the width of a batch."""
    rules = deck(day()).rules
    _, many = differences(rules, seed=1, first=0, games=3)
    _, one = differences(rules, seed=1, first=2, games=1)
    here = many.run == 2
    for name in ("turn", "option", "taken", "points"):
        assert sorted(getattr(many, name)[here].tolist()) == sorted(getattr(one, name).tolist())


def test_every_turn_is_once_left_empty_and_every_moment_tried() -> None:
    rules = deck(day()).rules
    _, tried = differences(rules, seed=1, first=0, games=2)
    empty = tried.option == NOTHING
    assert np.count_nonzero(empty) == 2 * rules.sizes.turns
    kinds = {options(rules)[place].kind for place in tried.option[~empty].tolist()}
    assert {"action", "response"} <= kinds
    said = [place for place, each in enumerate(options(rules)) if each.kind == "response"]
    answers = np.isin(tried.option, said)
    assert tried.taken[answers].any()
    assert not tried.taken[answers].all()


def test_an_answer_is_worth_what_its_best_rival_lacks() -> None:
    """Where only one other answer was possible, the two differences are each other's negative."""
    rules = deck(day()).rules
    _, tried = differences(rules, seed=1, first=0, games=2)
    answers = [each for each in options(rules) if each.kind == "response"]
    place = {each.path: index for index, each in enumerate(options(rules))}
    pairs = 0
    for answer in answers:
        siblings = [each.path for each in answers if each.path[:-1] == answer.path[:-1]]
        if len(siblings) != 2:
            continue
        one, other = (
            tried.points[(tried.option == place[path]) & (tried.run == 0)].tolist()
            for path in siblings
        )
        assert sorted(one) == sorted(-points for points in other)
        pairs += len(one)
    assert pairs or all(len(each.path) < 2 for each in answers)


# Measuring ----------------------------------------------------------------------------------------


def test_the_quantiles_are_students() -> None:
    """Against the printed tables."""
    for freedom, printed in ((3, 2.353), (5, 2.015), (9, 1.833), (30, 1.697), (1000, 1.646)):
        assert student_95(freedom) == pytest.approx(printed, rel=0.01)


def test_decisions_of_one_game_are_no_independent_observations() -> None:
    """Doubling every decision within its game must not make the interval narrower."""
    run, points = np.arange(6), np.array([1.0, 3.0, 2.0, 0.0, 4.0, 2.0])
    once = estimate(run, points)
    twice = estimate(np.repeat(run, 2), np.repeat(points, 2))
    assert once is not None
    assert twice is not None
    half = student_95(5) * np.std(points, ddof=1) / np.sqrt(6)
    assert (once.mean, once.high - once.mean) == pytest.approx((2.0, half))
    assert (twice.low, twice.high) == pytest.approx((once.low, once.high))
    assert twice.decisions == 2 * once.decisions


def test_too_few_games_have_no_interval() -> None:
    few = estimate(np.arange(LEAST_GAMES - 1), np.ones(LEAST_GAMES - 1))
    assert few is not None
    assert np.isinf(few.low)
    assert not few.clear
    assert estimate(np.zeros(0, dtype=np.intp), np.zeros(0)) is None


def test_worth_is_told_apart_by_whether_the_expert_takes_it() -> None:
    run, taken = np.arange(4), np.array([True, True, False, False])
    both = worth(run, taken, np.array([2.0, 4.0, -1.0, -3.0]))
    assert both is not None
    assert both.taken is not None
    assert both.elsewhere is not None
    assert (both.taken.mean, both.elsewhere.mean, both.off) == (3.0, -2.0, -1.0)


def test_luck_is_what_differs_between_games_of_one_player() -> None:
    same = np.array([1.0, 2.0, 3.0])
    assert luck([same, same + 0.0]).share == 1.0
    apart = luck([np.array([5.0, 5.0]), np.array([9.0, 9.0])])
    assert (apart.share, apart.chance) == (0.0, 0.0)
    assert apart.skill == pytest.approx(np.sqrt(8.0))


def test_measures_of_a_small_sweep() -> None:
    """Everything is there, and within what it can be."""
    measured = found()
    assert len(measured.worth) == len(measured.uses)
    assert any(each is not None and each.taken is not None for each in measured.worth)
    assert all(each is not None and each.games == 3 for each in measured.stakes)
    assert measured.luck is not None
    assert 0.0 < measured.luck.share < 1.0
    assert set(measured.others) == set(measured.concepts) == set(NAMES)
    expert = measured.concepts["expert"]
    assert expert
    assert all(0.0 <= each.games <= 1.0 for each in expert.values())
    assert max(each.turns for each in expert.values()) <= small().deck.rules.sizes.turns
    assert all(each.taken == 0.0 for each in measured.concepts["nothing"].values())


def test_a_plainly_wrong_answer_is_worth_less_than_the_right_one() -> None:
    """The weather is to be written down, and applauded by nobody who wants a guest back."""
    at = {use.path: place for place, use in enumerate(found().uses)}
    right = found().worth[at["barometer", "write_it_down"]]
    wrong = found().worth[at["barometer", "applause"]]
    assert right is not None
    assert right.taken is not None
    assert right.taken.mean > 0.5
    assert wrong is not None
    assert wrong.taken is None
    assert wrong.elsewhere is not None
    assert wrong.elsewhere.mean < -0.5
    assert wrong.off < right.off == 0.0


# Keeping what is finished -------------------------------------------------------------------------


class Counting:
    """Hands that note what they were given."""

    def __init__(self) -> None:
        self.done: list[int] = []

    def parts(self, _deck: Deck, chunks: Sequence[Numbered]) -> Iterator[tuple[int, Part]]:
        """The last first."""
        for number, _ in reversed(chunks):
            self.done.append(number)
            yield number, parts()[number]

    def close(self) -> None:
        """Nothing to be ended."""


def told(measured: Balance) -> str:
    return json.dumps(balance_json(measured, day(), "en"))


def test_the_order_in_which_parts_arrive_changes_nothing() -> None:
    assert told(sweep(day(), small(), Counting())) == told(found())


def test_a_sweep_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """Also after a crash in the middle of a line: that one is done again, and no other."""
    path = tmp_path / "sweep"
    journal = Journal(path, small())
    for number in (0, 1, 2, 5):
        journal.add(number, parts()[number])
    whole = path.read_bytes()
    path.write_bytes(whole[:-7])
    again, helper = Journal(path, small()), Counting()
    assert sorted(again.parts) == [0, 1, 2]
    shares: list[float] = []
    measured = sweep(
        day(), small(), helper, journal=again, tell=lambda now: shares.append(now.share)
    )
    assert told(measured) == told(found())
    assert sorted(helper.done) == sorted(set(range(len(small().chunks))) - {0, 1, 2})
    assert shares == sorted(shares)
    assert shares[0] > 0.0
    assert shares[-1] == 1.0
    finished = Journal(path, small())
    assert finished.parts == dict(enumerate(parts()))
    idle = Counting()
    assert told(sweep(day(), small(), idle, journal=finished)) == told(found())
    assert idle.done == []


@pytest.mark.parametrize("damage", [b"x", b"\xff\xfe", b'{"chunk":1}\n', b"0" * 32 + b" {}\n"])
def test_what_is_no_line_of_ours_is_cut_off(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "sweep"
    Journal(path, small()).add(0, parts()[0])
    whole = path.read_bytes()
    path.write_bytes(whole + damage)
    assert Journal(path, small()).parts == {0: parts()[0]}
    assert path.read_bytes() == whole


def test_the_file_of_another_sweep_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "sweep"
    Journal(path, plan(deck(day()), 9, forked=3))
    before = path.read_bytes()
    (tmp_path / "letter").write_text("Dear Sir\n")
    for name in ("sweep", "letter"):
        with pytest.raises(SimError) as caught:
            Journal(tmp_path / name, small())
        assert caught.value.code == "balance/resume-other"
    assert path.read_bytes() == before
    with pytest.raises(SimError) as caught:
        Journal(tmp_path / "no" / "such" / "folder", small())
    assert caught.value.code == "balance/cannot-resume"


def test_progress_tells_what_was_there_from_what_is_new() -> None:
    half = [part if place < 2 else None for place, part in enumerate(parts())]
    progress = Progress(small(), half)
    assert progress.finished == 2
    assert 0.0 < progress.found == progress.share < 1.0


def test_a_scenario_without_room_is_refused_before_the_long_part() -> None:
    flat = [dict(part) for part in parts()]
    for place in (*small().chunks_of("par", "nothing"), *small().chunks_of("par")):
        flat[place] = {"scores": [50.0 + game % 7 for game in range(small().chunks[place].games)]}

    class Flat(Counting):
        def parts(self, _deck: Deck, chunks: Sequence[Numbered]) -> Iterator[tuple[int, Part]]:
            for number, _ in chunks:
                self.done.append(number)
                yield number, flat[number]

    helper = Flat()
    with pytest.raises(SimError) as caught:
        sweep(day(), small(), helper)
    assert caught.value.code == "balance/no-range"
    assert {small().chunks[number].kind for number in helper.done} == {"par"}
    assert pars_of(small(), parts()).expert > pars_of(small(), parts()).nothing


# Pointing -----------------------------------------------------------------------------------------


def test_what_is_found_is_pointed_at_where_it_stands() -> None:
    lines, places = day().source.lines, Places(day())
    use = next(each for each in found().uses if len(each.path) == 3)
    assert lines[places.of_option(use.path).line - 1].strip().startswith(f"{use.path[-1]}:")
    encounter = places.of_subject(use.path[0])
    assert lines[encounter.line - 1].strip().startswith(f"{use.path[0]}:")
    end = found().endings[0]
    assert lines[places.of_subject(end).line - 1].strip().startswith(f"{end}:")
    for subject in ("vip", "random"):
        assert lines[places.of_subject(subject).line - 1].startswith("score:")
    assert lines[places.of_subject("offers").line - 1].startswith("offers:")
    for use in found().uses:
        if use.kind == "action":
            for subject in (use.name, f"only:{use.name}"):
                assert use.name in lines[places.of_subject(subject).line - 1]


# Hands --------------------------------------------------------------------------------------------


def test_alone_is_the_same_work() -> None:
    first = [(0, small().chunks[0])]
    assert json.loads(json.dumps(list(Alone().parts(small().deck, first)))) == [[0, parts()[0]]]
