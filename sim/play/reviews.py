"""Reviewing a game in this process, for the command line; what is found is kept for next time.

case, record = open_game(path)
for step in stream(case, record, "standard"): step.done, step.review
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sim.errors import SimError
from sim.game import GameRecord
from sim.lab.review.model import Progress, Tier
from sim.lab.review.review import review
from sim.play import kept, saves
from sim.play.case import Case, pars_dir


def open_game(path: str | Path) -> tuple[Case, GameRecord]:
    """A game and its scenario as it was.

    Raises:
        SaveError: as `saves.read` and `saves.case_of`.
        SimError: `review/nothing-played`.
    """
    record = saves.read(Path(path))
    if not record.turns:
        raise SimError("review/nothing-played", path=str(path))
    return saves.case_of(record), record


def stream(case: Case, record: GameRecord, tier: Tier) -> Iterator[Progress]:
    """The review of a game as it grows, from where it was left; at once if it has been made before.

    Raises:
        IllegalChoiceError, SaveError: the game does not replay.
    """
    found = kept.read(kept.kept_at(record, tier))
    if found is not None and kept.whole(found, tier):
        yield Progress(done=1.0, review=found)
        return
    steps = review(
        case.rules,
        saves.ungraded(record),
        fingerprint=case.fingerprint,
        tier=tier,
        script=case.script,
        cache=pars_dir(),
        begun=kept.begun(record, tier),
    )
    for step in steps:
        with suppress(OSError):  # where it cannot be kept, it is made again next time
            kept.keep(record, tier, step.review)
        yield step
