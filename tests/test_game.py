"""The record of a game: what a file may hold, and that it brings the game back bit for bit."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import game
from sim.arrays import digest
from sim.draws import draw_start
from sim.engine.rules import Rules
from sim.engine.start import start
from sim.engine.state import State
from sim.engine.step import RULES_VERSION
from sim.errors import IllegalChoiceError, SaveError
from sim.game import ChosenAction, GameRecord, TurnRecord
from sim.scenario.compile import compile_scenario, fingerprint
from sim.scenario.load import load_scenario

TINY = Path(__file__).parent / "scenario" / "good" / "tiny.yaml"


@cache
def rules() -> Rules:
    return compile_scenario(load_scenario(TINY))


@cache
def printed() -> str:
    return fingerprint(rules())


def opening(seed: int = 5) -> State:
    return start(rules(), draw_start(seed, game.shape_of(rules())))


def action(
    name: str = "greet", customer: str = "mei", tone: Any = "neutral", person: str | None = None
) -> ChosenAction:
    return ChosenAction(customer=customer, action=name, tone=tone, person=person)


FIRST = TurnRecord(
    choices=(action(tone="amiable", person="mei"), action(customer="tom")),
    market=("leaflet",),
    responses={"cold_coffee": ("listen", "promise")},
    notes={"reflection": "先听她说完", "seconds": 31.5},
)
SECOND = TurnRecord(choices=(action("remember", tone="driver"),))


def record(*turns: TurnRecord, **fields: Any) -> GameRecord:
    made = GameRecord(
        format=1,
        rules_version=RULES_VERSION,
        policy_version=1,
        scenario="tiny",
        fingerprint=printed(),
        seed=5,
        turns=turns,
    )
    return made.model_copy(update=fields)


@cache
def finished() -> GameRecord:
    played = game.replay(record(FIRST, SECOND), rules())
    return record(FIRST, SECOND, result=game.result_of(rules(), played.states[-1], 61.25))


def as_data(made: GameRecord) -> dict[str, Any]:
    return dict(json.loads(game.to_json(made)))


# --- replay ---


def test_the_same_record_brings_the_same_bits() -> None:
    first, second = (game.replay(finished(), rules(), ledger=True) for _ in range(2))
    assert [digest(state) for state in first.states] == [digest(state) for state in second.states]
    assert digest(first.outcomes) == digest(second.outcomes)
    assert len(first.states) == len(first.scores) == 3


def test_a_digest_tells_a_single_bit() -> None:
    state = opening()
    other = opening()
    other.trust[0, 0, 0] = np.nextafter(other.trust[0, 0, 0], 100.0)
    assert digest(state) == digest(opening())
    assert digest(other) != digest(state)


@pytest.mark.slow
def test_another_process_without_vector_units_brings_the_same_bits(tmp_path: Path) -> None:
    path = tmp_path / "game.json"
    path.write_text(game.to_json(finished()), encoding="utf-8")
    code = (
        "from pathlib import Path; from sim import game; from sim.arrays import digest;"
        "from sim.scenario.compile import compile_scenario;"
        "from sim.scenario.load import load_scenario;"
        f"record = game.from_json(Path({str(path)!r}).read_bytes());"
        f"played = game.replay(record, compile_scenario(load_scenario({str(TINY)!r})));"
        "print(digest(played.states[-1]))"
    )
    plain = {**os.environ, "NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3 AVX512F AVX512_SKX"}
    said = [
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", code],
            check=True,
            capture_output=True,
            text=True,
            env=environ,
        ).stdout.strip()
        for environ in (dict(os.environ), plain)
    ]
    here = digest(game.replay(finished(), rules()).states[-1])
    assert said == [here, here]


def test_choices_survive_the_way_to_arrays_and_back() -> None:
    choices = game.choices_from(rules(), FIRST)
    back = game.turn_from(rules(), choices)
    assert back.responses == FIRST.responses
    assert back.market == FIRST.market
    again = game.choices_from(rules(), back)
    assert digest(again) == digest(choices)


@pytest.mark.parametrize(
    ("turn", "code"),
    [
        (TurnRecord(choices=(action(customer="tim"),)), "choice/unknown-customer"),
        (TurnRecord(choices=(action("bribe"),)), "choice/unknown-action"),
        (TurnRecord(choices=(action(person="tom"),)), "choice/unknown-person"),
        (TurnRecord(market=("parade",)), "choice/unknown-market"),
        (TurnRecord(responses={"hot_coffee": ("shrug",)}), "choice/unknown-encounter"),
        (TurnRecord(responses={"cold_coffee": ("listen",)}), "choice/unknown-response"),
        (TurnRecord(choices=(action(), action("remember"), action())), "choice/too-many-actions"),
        (TurnRecord(choices=(action(), action())), "action/twice"),
        (
            TurnRecord(choices=(*(action("remember", who) for who in ("mei", "tom")), action())),
            "choice/too-many-hours",
        ),
    ],
)
def test_what_the_rules_refuse_has_a_code_and_a_turn(turn: TurnRecord, code: str) -> None:
    with pytest.raises(IllegalChoiceError) as refused:
        game.replay(record(turn), rules())
    assert refused.value.code == code
    assert refused.value.data["turn"] == 1


def test_illegal_choices_are_left_out_one_by_one() -> None:
    mixed = TurnRecord(
        choices=(
            action(),
            action("bribe"),
            action(),
            action("remember", "tom"),
            action("remember"),
        ),
        market=("parade", "leaflet"),
        responses={"cold_coffee": ("listen", "hit"), "hot_coffee": ("shrug",)},
    )
    played = game.replay(record(mixed, SECOND), rules(), on_illegal="drop")
    assert played.turns[0].choices == (action(), action("remember", "tom"))
    assert played.turns[0].market == ("leaflet",)
    assert [(dropped.turn, dropped.code) for dropped in played.dropped] == [
        (1, "choice/unknown-response"),
        (1, "choice/unknown-encounter"),
        (1, "choice/unknown-action"),
        (1, "action/twice"),
        (1, "choice/too-many-hours"),
        (1, "choice/unknown-market"),
    ]
    clean = TurnRecord(choices=played.turns[0].choices, market=("leaflet",))
    same = game.replay(record(clean, SECOND), rules())
    assert digest(same.states[-1]) == digest(played.states[-1])


def test_a_game_longer_than_its_scenario_is_refused() -> None:
    with pytest.raises(SaveError, match="save/too-many-turns"):
        game.replay(record(*[TurnRecord()] * 3), rules())


def test_a_game_of_other_rules_is_refused_unless_asked_for() -> None:
    old = record(FIRST, rules_version=RULES_VERSION + 1)
    with pytest.raises(SaveError, match="save/other-rules"):
        game.replay(old, rules())
    assert len(game.replay(old, rules(), on_illegal="drop").states) == 2


# --- the file ---


def test_a_file_brings_back_the_record() -> None:
    made = finished().model_copy(update={"draft": SECOND, "language": "zh", "pseudonym": "小王"})
    assert game.from_json(game.to_json(made)) == made
    assert game.from_json(game.to_json(made).encode()) == made
    assert game.from_json("\ufeff".encode() + game.to_json(made).encode()) == made


def test_unknown_keys_are_kept_everywhere() -> None:
    data = as_data(record(FIRST))
    data["course"] = {"name": "市场营销", "year": None}
    data["turns"][0]["choices"][0]["why"] = None
    data["draft"] = {"mood": "good"}
    data["checksum"] = game.checksum(GameRecord.model_validate(data))
    kept = as_data(game.from_json(json.dumps(data)))
    assert kept["course"] == data["course"]
    assert kept["turns"][0]["choices"][0]["why"] is None
    assert kept["draft"]["mood"] == "good"


def test_the_checksum_covers_what_is_scored_and_only_that() -> None:
    made = finished()
    quiet = made.turns[0].model_copy(update={"notes": {}})
    free: list[dict[str, Any]] = [
        {"turns": (quiet, made.turns[1])},
        {"draft": SECOND},
        {"language": "zh"},
        {"pseudonym": "x"},
    ]
    assert made.result is not None
    better = made.result.model_copy(update={"score": made.result.score + 1e-12})
    bound: list[dict[str, Any]] = [{"turns": made.turns[:1]}, {"seed": 6}, {"result": better}]
    sums = {game.checksum(made.model_copy(update=change)) for change in free}
    assert sums == {game.checksum(made)}
    others = {game.checksum(made.model_copy(update=change)) for change in bound}
    assert len(others | sums) == 4


def test_the_checksum_covers_where_a_game_branched_and_its_luck() -> None:
    made = record(FIRST)
    branch = game.Branch(of="a" * 64, turn=2)
    forms: list[dict[str, Any]] = [
        {},
        {"branch": branch},
        {"branch": branch, "luck": (game.Luck(turn=2, seed=9),)},
        {"branch": branch, "luck": (game.Luck(turn=2, seed=8),)},
    ]
    made_so = [made.model_copy(update=form) for form in forms]
    assert len({game.checksum(each) for each in made_so}) == len(forms)
    assert [game.from_json(game.to_json(each)) for each in made_so] == made_so
    assert "branch" not in as_data(made)


def test_luck_changes_from_its_turn_on_and_nothing_else_does() -> None:
    made = finished().model_copy(update={"result": None})
    other = made.model_copy(update={"luck": (game.Luck(turn=2, seed=99),)})
    same = made.model_copy(update={"luck": (game.Luck(turn=2, seed=made.seed),)})
    assert [other.seed_of(turn) for turn in (1, 2, 3)] == [made.seed, 99, 99]
    played, anew, again = (game.replay(each, rules()) for each in (made, other, same))
    assert digest(played.states) == digest(again.states)
    assert digest(played.states[:2]) == digest(anew.states[:2])
    assert digest(played.states[2]) != digest(anew.states[2])


def changed(change: Callable[[dict[str, Any]], object]) -> str:
    data = as_data(finished())
    change(data)
    return json.dumps(data)


WHOLE = game.to_json(finished()) if TINY.exists() else ""


@pytest.mark.parametrize(
    ("raw", "code", "data"),
    [
        (b"", "save/empty", {}),
        (b"\0" * 900, "save/empty", {}),
        (b" " * (game.LARGEST_FILE + 1), "save/too-large", {"limit": game.LARGEST_FILE}),
        (WHOLE.encode("utf-16"), "save/not-text", {"byte": 0}),
        (b'{"format": 1, "pseudonym": "\xcd\xf5"}', "save/not-text", {"byte": 28}),
        (WHOLE.replace("31.5", '"\\ud83d"'), "save/not-text", {}),
        (WHOLE[: len(WHOLE) // 2], "save/not-json", {}),
        ('{"format": 1,\n "seed": }', "save/not-json", {"line": 2, "column": 10}),
        ("PK\x03\x04", "save/not-json", {"line": 1, "column": 1}),
        ("[" * 100_000, "save/too-deep", {}),
        (WHOLE.replace("31.5", "NaN"), "save/bad-number", {"value": "NaN"}),
        (WHOLE.replace("31.5", "1e999"), "save/bad-number", {"value": "1e999"}),
        (WHOLE.replace("31.5", "9" * 5000), "save/bad-number", {}),
        (WHOLE.replace('"seed"', '"turns"'), "save/duplicate-key", {"key": "turns"}),
        ("[]", "save/not-a-game", {}),
        ('{"type": "FeatureCollection"}', "save/not-a-game", {}),
        ('{"format": "1"}', "save/not-a-game", {}),
        ('{"format": true}', "save/not-a-game", {}),
        (changed(lambda d: d.update(format=2)), "save/newer-format", {"format": 2, "known": 1}),
        (changed(lambda d: d.pop("seed")), "save/missing-key", {"where": "seed"}),
        (changed(lambda d: d.update(seed=-1)), "save/wrong-value", {"where": "seed"}),
        (changed(lambda d: d.update(seed=2**63)), "save/wrong-value", {"where": "seed"}),
        (changed(lambda d: d.update(seed=1.0)), "save/wrong-value", {"where": "seed"}),
        (
            changed(lambda d: d.update(scenario="../../x")),
            "save/wrong-value",
            {"where": "scenario", "value": "'../../x'"},
        ),
        (
            changed(lambda d: d["turns"][0]["choices"][1].update(customer=3)),
            "save/wrong-value",
            {"where": "turns[0].choices[1].customer", "value": "3"},
        ),
        (
            changed(lambda d: d["turns"][0]["choices"][0].update(tone="rude")),
            "save/wrong-value",
            {"where": "turns[0].choices[0].tone"},
        ),
        (
            changed(lambda d: d["turns"][1]["choices"][0].pop("action")),
            "save/missing-key",
            {"where": "turns[1].choices[0].action"},
        ),
        (
            changed(lambda d: d["result"].update(score="99")),
            "save/wrong-value",
            {"where": "result.score"},
        ),
        (changed(lambda d: d["result"].update(score=99.0)), "save/checksum", {}),
        (changed(lambda d: d["turns"].pop()), "save/checksum", {}),
        (changed(lambda d: d.pop("checksum")), "save/checksum", {}),
        (changed(lambda d: d.update(checksum=7)), "save/checksum", {}),
    ],
)
def test_a_bad_file_is_refused_with_a_code_and_a_place(
    raw: str | bytes, code: str, data: dict[str, Any]
) -> None:
    with pytest.raises(SaveError) as refused:
        game.from_json(raw)
    assert refused.value.code == code
    assert data.items() <= refused.value.data.items()


@given(data=st.data())
def test_no_damage_gives_anything_but_a_save_error(data: st.DataObject) -> None:
    whole = bytearray(WHOLE.encode())
    start_at = data.draw(st.integers(0, len(whole) - 1))
    length = data.draw(st.integers(0, 40))
    whole[start_at : start_at + length] = data.draw(st.binary(max_size=20))
    with suppress(SaveError):
        game.from_json(bytes(whole))
