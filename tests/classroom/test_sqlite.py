"""Many rows at once in a file: as they would have been written one by one."""

from sim.classroom.log import ADD_ROOM, ADD_SEAT, KEEP_DRAFT, SEEN
from sim.classroom.sqlite import SqliteStore
from sim.classroom.store import Row

ROOM: Row = ("room", "ABCDEF", "cafe", "A café", "print", 7, 12, "{}", 0.0, 1.0, 2)
DRAFTS = "SELECT seat, turn, body, at FROM draft ORDER BY seat"


def drafts(store: SqliteStore, rows: list[Row]) -> list[Row]:
    """What is kept when so many drafts of 250 seats come; only the last of each counts."""
    store.begin()
    store.many(ADD_ROOM, [ROOM])
    store.many(ADD_SEAT, [(f"s{n:03}", "room", "", 0.0) for n in range(250)])
    store.many(KEEP_DRAFT, rows)
    store.many(SEEN, [(float(n), f"s{n:03}") for n in range(250)])
    store.commit()
    return store.rows(DRAFTS)


def test_rows_written_together_are_those_written_one_by_one() -> None:
    rows: list[Row] = [(f"s{n % 250:03}", "room", 1, f"plan {n}", float(n)) for n in range(600)]
    together, alone = SqliteStore(), SqliteStore()
    found = drafts(together, rows)
    first = drafts(alone, rows[:1])
    for row in rows[1:]:
        alone.many(KEEP_DRAFT, [row])
    assert len(first) == 1
    assert found == alone.rows(DRAFTS)
    assert found[0] == ("s000", 1, "plan 500", 500.0)
    assert len(found) == 250
    seen = together.rows("SELECT count(*), sum(seen_at) FROM seat")
    assert seen == [(250, sum(range(250)))]
