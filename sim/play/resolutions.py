"""What the player resolved after the last game of a scenario, to be read before the next one."""

from functools import lru_cache

from sim.game import GameRecord
from sim.play import saves

NOTE = "reflection"  # of the last turn

# The note of the last turn that keeps what the player says before the labels of a review are shown,
# an object with the number of the turn that mattered most, `turn`, and a line of reasons, `why`.
QUESTION = "turning_point"

# The note of the last turn that keeps what came of deciding turns again: by the number of the turn
# an object with `solved`, `tries`, `why` and whether the solution was `seen`.
RETRIES = "retries"
TRIES = 2  # after so many without success the solution may be seen


def resolution_of(record: GameRecord) -> str:
    """What was resolved after a game; empty if nothing was."""
    said = record.turns[-1].notes.get(NOTE) if record.turns else None
    return said.strip() if isinstance(said, str) else ""


def noted(record: GameRecord, name: str, value: object) -> GameRecord:
    """A game with a note at its last turn; one without turns as it is."""
    if not record.turns:
        return record
    *earlier, last = record.turns
    last = last.model_copy(update={"notes": {**last.notes, name: value}})
    return record.model_copy(update={"turns": (*earlier, last)})


def earlier_resolution(record: GameRecord) -> str:
    """What was resolved after the finished game of the same scenario that was written last.

    Args:
        record: the game that begins.
    """
    try:
        written = saves.saves_dir().stat().st_mtime_ns
    except OSError:  # no game has been saved yet
        return ""
    return _found(record.scenario, str(saves.saves_dir()), written)


@lru_cache(maxsize=8)
def _found(scenario: str, folder: str, written: int) -> str:
    """Read once as long as nothing is written; `folder` and `written` only tell that apart."""
    del folder, written
    for save in saves.saves():
        record = save.record
        if record is None or record.result is None or record.scenario != scenario:
            continue
        if said := resolution_of(record):
            return said
    return ""
