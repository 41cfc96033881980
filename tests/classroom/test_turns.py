"""Games played as rows of one batch are, bit for bit, the games played alone."""

from functools import cache
from pathlib import Path

from sim.arrays import digest
from sim.classroom.model import Settings
from sim.classroom.state import Game, Room
from sim.classroom.turns import Engine
from sim.game import GameRecord, TurnRecord, replay
from sim.play.case import Case, open_case
from sim.play.services import bot_game
from sim.play.session import Session
from tests.classroom.conftest import SCENARIO, chat


def room_of(engine: Engine, records: list[GameRecord]) -> Room:
    room = Room(
        id="r",
        code="C",
        scenario=SCENARIO,
        title="",
        fingerprint=engine.case.fingerprint,
        seed=engine.seed,
        turns=12,
        settings=Settings(),
        created_at=0.0,
        delete_at=0.0,
    )
    for number, record in enumerate(records):
        room.games[f"g{number}"] = Game(f"g{number}", turns=record.turns)
    room.due.update(room.games)
    return room


@cache
def _cafe() -> Case:
    return open_case(SCENARIO)


def test_every_row_is_the_game_alone(tmp_path: Path) -> None:
    case = _cafe()
    played = [
        bot_game(SCENARIO, policy=policy, seed=11, out=str(tmp_path / policy), grader=lambda *_: 0)
        for policy in ("vip", "random")
    ]
    short = played[0].model_copy(update={"turns": played[0].turns[:5], "result": None})
    engine = Engine(case, 11)
    room = room_of(engine, [*played, short])
    engine.advance(room)
    for game, record in zip(room.games.values(), [*played, short], strict=True):
        alone = replay(record, case.rules).states[-1]
        assert digest(engine.position(game).alone) == digest(alone)
        whole = engine.record(game, label="x", language="en")
        assert whole.result == (record.result and record.result.model_copy(update={"grade": None}))


def test_what_is_seen_of_a_turn_is_that_of_the_game_alone(tmp_path: Path) -> None:
    case = _cafe()
    played = [
        bot_game(SCENARIO, policy=policy, seed=11, out=str(tmp_path / policy), grader=lambda *_: 0)
        for policy in ("vip", "random")
    ]
    engine = Engine(case, 11)
    room = room_of(engine, [record.model_copy(update={"turns": ()}) for record in played])
    sessions = [
        Session(case, engine.record(game, label="", language="en")) for game in room.games.values()
    ]
    for turn in range(12):
        for name, record in zip(room.games, played, strict=True):
            room.settle(name, record.turns[turn], 0.0)
        engine.advance(room)
        for name, session, record in zip(room.games, sessions, played, strict=True):
            stepped = engine.last(name, turn + 1)
            assert stepped is not None
            session.play(record.turns[turn], stepped)
    for session, record in zip(sessions, played, strict=True):
        alone = Session(case, record)
        assert digest(session.state) == digest(alone.state)
        for one, other in zip(session.reports, alone.reports, strict=True):
            assert digest(one.outcome) == digest(other.outcome)
            assert digest(one.after) == digest(other.after)
            assert one.news == other.news


def test_refusals_are_those_of_each_game_alone() -> None:
    engine = Engine(_cafe(), 11)
    room = room_of(engine, [])
    late = chat("dan").choices
    for number, turns in enumerate([(), (TurnRecord(choices=late),), (), ()]):
        room.games[f"g{number}"] = Game(f"g{number}", turns=turns)
    room.due.add("g1")
    engine.advance(room)
    twice = TurnRecord(choices=(*late, *late))
    asked = [(room.games[f"g{n}"], record) for n, record in enumerate([chat("dan")] * 2)]
    asked += [(room.games["g2"], twice), (room.games["g3"], TurnRecord())]
    together = engine.refusals(asked)
    alone = [engine.refusals([each])[0] for each in asked]
    codes = [each and each.code for each in together]
    assert codes == [each and each.code for each in alone]
    assert codes[0] is None
    assert codes[2] is not None
    assert codes[3] is None


def test_of_a_draft_only_what_is_allowed_and_finished_is_played() -> None:
    engine = Engine(_cafe(), 11)
    room = room_of(engine, [])
    game = room.games["g"] = Game("g")
    wild = TurnRecord.model_validate(
        {
            "choices": [
                {"customer": "dan", "action": "chat"},
                {"customer": "dan", "action": "chat"},
            ],
            "market": ["no_such_thing"],
            "responses": {"better_before": ["no", "such"], "nobody": ["at", "all"]},
        }
    )
    kept = engine.of_draft(game, wild)
    assert kept == chat("dan")
