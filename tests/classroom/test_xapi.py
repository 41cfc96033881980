"""Statements by the profile, and their way to a store that is not always there."""

import base64
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sim.classroom import xapi
from sim.classroom.debrief.games import ClassGame
from sim.classroom.outbox import Outbox, Store
from sim.classroom.xapi import PROGRESS, VERBS, Statement, class_statements, problems, to_json
from sim.errors import SimError
from tests.classroom.records import Records, record_store
from tests.view.made_up import case_named, game, made_up_review

GAMES = [
    ClassGame("Ana", None, game("first-day", "vip")),
    ClassGame("Bo", None, game("first-day", "visits", turns=2)),
]


@cache
def statements(room: str = "r1") -> tuple[Statement, ...]:
    case = case_named("first-day")
    reviews = {number: made_up_review(case, each.record) for number, each in enumerate(GAMES)}
    return class_statements(case, GAMES, reviews, room=room)


# --- what is said ---


def test_every_statement_keeps_to_the_profile() -> None:
    found = statements()
    assert len(found) > 20
    assert [problems(each) for each in found] == [()] * len(found)
    assert len({each["id"] for each in found}) == len(found)
    json.loads(to_json(found))


def test_a_game_begins_goes_on_and_ends() -> None:
    ana = [each for each in statements() if each["actor"] == statements()[0]["actor"]]
    verbs = [each["verb"]["id"] for each in ana]
    assert verbs[0] == VERBS["initialized"]
    assert verbs[-1] == VERBS["completed"]
    progress = [
        each["result"]["extensions"][PROGRESS]
        for each in ana
        if each["verb"]["id"] == VERBS["progressed"]
    ]
    turns = case_named("first-day").rules.sizes.turns
    assert progress == [(turn + 1) / turns for turn in range(turns)]
    last = ana[-1]["result"]
    assert 0.0 <= last["score"]["scaled"] <= 1.0
    assert GAMES[0].record.result is not None
    assert last["score"]["raw"] == pytest.approx(GAMES[0].record.result.score)


def test_a_game_that_is_not_over_does_not_end() -> None:
    bo = [each for each in statements() if each["actor"] != statements()[0]["actor"]]
    whole = [each for each in bo if each["object"]["definition"]["type"].endswith("serious-game")]
    assert VERBS["completed"] not in {each["verb"]["id"] for each in whole}


def test_nobody_is_named_and_rooms_do_not_know_each_other() -> None:
    text = to_json(statements()).decode()
    assert "Ana" not in text
    assert "Bo" not in text
    one, other = statements("r1"), statements("r2")
    assert one[0]["actor"] != other[0]["actor"]
    assert one[0]["id"] != other[0]["id"]
    assert statements("r1")[0]["id"] == one[0]["id"]  # sent twice, it counts once


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (("id",), "7", "id"),
        (("version",), "2", "version"),
        (("actor", "mbox"), "mailto:a@b", "names somebody"),
        (("actor", "account", "homePage"), "nowhere", "homePage"),
        (("verb", "id"), "http://example.org/ate", "verb"),
        (("object", "id"), "not an address", "object.id"),
        (("object", "definition", "type"), "http://example.org/x", "type"),
        (("context", "registration"), "1", "registration"),
        (("context", "contextActivities"), {}, "category"),
        (("result",), {"score": {"scaled": 7}}, "scaled"),
        (("result",), {"score": {"raw": float("nan")}}, "raw"),
        (("result",), {"extensions": {PROGRESS: 2}}, "progress"),
        (("result",), {"extensions": {"x y": 2}}, "no address"),
        (("extra",), 1, "unknown"),
    ],
)
def test_what_is_wrong_is_found(path: tuple[str, ...], value: Any, told: str) -> None:
    bad = json.loads(json.dumps(statements()[0]))
    place = bad
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    assert any(told in each for each in problems(bad))


def test_what_is_no_object_is_no_statement() -> None:
    assert problems([]) != ()


# --- the way to a store ---


@pytest.fixture
def lrs() -> Iterator[str]:
    with record_store() as address:
        yield address


def outbox(folder: Path, endpoint: str, now: list[float] | None = None) -> Outbox:
    time = [0.0] if now is None else now
    return Outbox(folder, Store(endpoint, "key", "secret"), clock=lambda: time[0])


def test_statements_arrive_in_batches_with_the_version(tmp_path: Path, lrs: str) -> None:
    box = outbox(tmp_path / "out", lrs)
    found = statements() + statements("r2")
    box.put(found)
    box.put(found[:3])  # they wait already
    assert box.left == len(found)
    sent = box.send()
    assert (sent.sent, sent.left, sent.refused) == (len(found), 0, 0)
    assert box.left == 0
    headers, first = Records.got[0]
    assert headers["x-experience-api-version"] == "1.0.3"
    assert base64.b64decode(headers["authorization"].split()[1]) == b"key:secret"
    assert len(first) == 50
    assert [each["id"] for _, sent in Records.got for each in sent] == [e["id"] for e in found]


def test_what_cannot_be_sent_waits_longer_and_longer(tmp_path: Path, lrs: str) -> None:
    now = [0.0]
    box = outbox(tmp_path / "out", lrs, now)
    box.put(statements())
    Records.answers = [503, 503]
    assert box.send().left == len(statements())
    assert box.send().sent == 0  # too early to try again
    assert len(Records.got) == 1
    now[0] = 6.0
    box.send()
    now[0] = 12.0
    box.send()  # the wait has doubled
    assert len(Records.got) == 2
    again = outbox(tmp_path / "out", lrs)  # after a restart
    assert again.send().left == 0


def test_a_store_that_is_away_loses_nothing(tmp_path: Path) -> None:
    box = outbox(tmp_path / "out", "http://127.0.0.1:9/")
    box.put(statements())
    sent = box.send()
    assert sent.reason
    assert sent.left == len(statements())


def test_one_that_is_refused_does_not_hold_up_the_others(tmp_path: Path, lrs: str) -> None:
    box = outbox(tmp_path / "out", lrs)
    bad = {**statements()[0], "id": "bad"}
    box.put([*statements()[:3], bad, *statements()[3:6]])
    sent = box.send()
    assert (sent.sent, sent.left, sent.refused) == (6, 0, 1)
    assert sent.reason.startswith("400")
    kept = (tmp_path / "out" / "refused.jsonl").read_text(encoding="utf-8")
    assert json.loads(kept)["id"] == "bad"


def test_a_store_cannot_send_the_secret_elsewhere(tmp_path: Path, lrs: str) -> None:
    box = outbox(tmp_path / "out", lrs)
    box.put(statements()[:1])
    Records.answers = [307]
    assert box.send().sent == 0
    assert len(Records.got) == 1


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("ftp://lrs.example.org", "class/bad-store"),
        ("file:///etc/passwd", "class/bad-store"),
        ("lrs", "class/bad-store"),
        ("http://lrs.example.org", "class/open-store"),
    ],
)
def test_only_addresses_that_keep_the_secret_are_taken(address: str, code: str) -> None:
    with pytest.raises(SimError, match=code):
        Store(address, "key", "secret")


def test_the_secret_is_not_shown() -> None:
    assert "secret" not in repr(Store("https://lrs.example.org", "key", "secret"))
    assert xapi.VERSION == "1.0.3"
