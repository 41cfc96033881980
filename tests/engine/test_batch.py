"""Row r of a batch is the single game with run index r, bit for bit, however the batch is cut."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.arrays import digest
from sim.draws import NUMBERS_PER_SLOT
from sim.engine.state import State
from sim.engine.step import step
from sim.paths import scenarios_dir
from tests.engine.workshop import Turn, compiled, play, rows, whole_game, world
from tests.strategies import SCENARIOS

CAFE = scenarios_dir() / "corner-cafe" / "scenario.yaml"
FILES = [*SCENARIOS, *([CAFE] if CAFE.is_file() else [])]
BOTS = ("any", "random", "expert")
SEED, RUNS = 20, 8
SINGLES = (0, 6)
MOST_ANSWERS = 4  # of one encounter: the depth of its tree


def named(path: Path, bot: str) -> Any:
    """A case; the longest games are played by chance alone unless all tests are run."""
    marks = [pytest.mark.slow] if path == CAFE and bot != "any" else []
    return pytest.param(path, bot, id=f"{path.parent.name}-{path.stem}-{bot}", marks=marks)


each_game = pytest.mark.parametrize(
    ("path", "bot"), [named(path, bot) for path in FILES for bot in BOTS]
)


@cache
def batch(path: Path, bot: str, *, ledger: bool = False) -> Sequence[Turn]:
    return whole_game(compiled(path), bot, seed=SEED, runs=RUNS, ledger=ledger)


def told(turn: Turn, run: int) -> dict[str, bytes]:
    """Every array of a turn's result for one run, by name, as bytes."""
    state = rows(turn.state, slice(run, run + 1))
    arrays = dict(_arrays("state", state))
    outcome = turn.outcome
    arrays |= {
        f"outcome.{name}": values[run]
        for name, values in vars(outcome).items()
        if isinstance(values, np.ndarray)
    }
    for chance in outcome.chances:
        arrays[f"chance.{chance.name}"] = chance.probability[run]
        arrays[f"chance.{chance.name}.happened"] = chance.happened[run]
    return {
        name: f"{values.dtype}{values.shape}".encode() + values.tobytes()
        for name, values in {**arrays, **_deeds(turn, run)}.items()
    }


def _arrays(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, np.ndarray):
        yield name, value
    elif hasattr(value, "__dataclass_fields__"):
        for key in value.__dataclass_fields__:
            yield from _arrays(f"{name}.{key}", getattr(value, key))
    else:
        yield name, np.asarray(value)


def _deeds(turn: Turn, run: int) -> dict[str, Any]:
    """Terms and badges, whose lists are as long as the longest run's.

    Actions stand at the end; the answers before them are filled up with deeds that did nothing.
    """
    slots = turn.choices.action.shape[-1]
    found = {
        f"badge.{name}": _padded(values[:, run], slots)
        for name, values in turn.outcome.badges.items()
    }
    for quantity, terms in turn.outcome.terms.items():
        for name, values in terms.items():
            if not name.startswith("response.") or values[run].any():
                found[f"terms.{quantity}.{name}"] = values[run]
    return found


def _padded(values: Any, slots: int) -> Any:
    answers = values[: values.shape[0] - slots]
    filled = np.zeros((MOST_ANSWERS, *values.shape[1:]))
    filled[: answers.shape[0]] = answers
    return np.concatenate([filled, values[values.shape[0] - slots :]])


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


@each_game
def test_a_row_of_a_batch_is_the_single_game(path: Path, bot: str) -> None:
    together = batch(path, bot, ledger=True)
    for run in SINGLES:
        alone = whole_game(compiled(path), bot, seed=SEED, first_run=run, ledger=True)
        for number, (one, other) in enumerate(zip(together, alone, strict=True)):
            assert (number, run, differences(told(one, run), told(other, 0))) == (number, run, [])


@each_game
def test_chunks_make_up_the_whole(path: Path, bot: str) -> None:
    together = batch(path, bot, ledger=True)
    for first, size in ((0, 3), (3, RUNS - 3)):
        part = whole_game(compiled(path), bot, seed=SEED, runs=size, first_run=first)
        for run in range(size):
            for one, other in zip(together, part, strict=True):
                assert digest(row(one.state, first + run)) == digest(row(other.state, run))


def row(state: State, run: int) -> State:
    alone: State = rows(state, slice(run, run + 1))
    return alone


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("order", ["reversed", "shuffled", "repeated", "strided"])
def test_the_order_of_runs_does_not_matter(path: Path, order: str) -> None:
    index: Any = {
        "reversed": np.arange(RUNS)[::-1],
        "shuffled": np.array([5, 0, 2, 1, 7, 3, 4, 6]),
        "repeated": np.array([3, 3, 0, 3, 7, 0]),
        "strided": slice(None, None, -3),  # views that are not contiguous
    }[order]
    sources = list(np.arange(RUNS)[index])
    for turn in batch(path, "any", ledger=True)[1::3]:
        before, choices, chance = (
            rows(part, index) for part in (turn.before, turn.choices, turn.chance)
        )
        state, outcome = step(compiled(path), before, choices, chance, ledger=True)
        moved = Turn(before, choices, chance, outcome, state)
        for run, source in enumerate(sources):
            assert differences(told(turn, source), told(moved, run)) == []


@each_game
def test_the_ledger_changes_no_other_bit(path: Path, bot: str) -> None:
    for plain, explained in zip(batch(path, bot), batch(path, bot, ledger=True), strict=True):
        assert digest(plain.state) == digest(explained.state)
        assert explained.outcome.terms
        assert explained.outcome.badges
        assert not plain.outcome.terms
        assert not plain.outcome.badges
        bare = replace(explained.outcome, terms={}, badges={})
        assert digest(plain.outcome) == digest(bare)


def test_helping_one_customer_leaves_the_open_complaint_of_another_alone() -> None:
    """What was made good earlier counts also in a turn in which nobody is helped."""
    hurt = {"failure": 1, "failure_gap": 10, "voiced": True}
    rules = world(["act_fast", "listen"], {"ann": hurt, "bob": hurt})
    before = play(rules, ("ann", "listen"), ("ann", "act_fast")).state
    fails = np.array([[0.0, 0.5]])
    alone = play(rules, after=before, fails=fails)
    beside = play(rules, ("bob", "act_fast"), after=before, fails=fails)
    for name in ("failure_gap", "satisfaction", "failure", "handled_age", "trust"):
        assert alone.now(name) == beside.now(name), name


def test_draws_have_four_numbers_a_slot() -> None:
    """The batch test rests on slots standing apart; a fifth number would be another engine."""
    assert NUMBERS_PER_SLOT == 4
