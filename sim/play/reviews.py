"""Reviewing a game in this process, for the command line; a finished review is kept for next time.

case, record = open_game(path)
for step in stream(case, record, "standard"): step.done, step.review
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sim.errors import SimError
from sim.game import GameRecord
from sim.lab.review import model
from sim.lab.review.model import Progress, Review, Tier
from sim.lab.review.review import review
from sim.play import saves
from sim.play.case import Case, pars_dir
from sim.play.reviewing import kept_at


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
    """The review of a game as it grows; at once if it has been made before.

    Raises:
        IllegalChoiceError, SaveError: the game does not replay.
    """
    place = kept_at(record, tier)
    kept = _read(place)
    if kept is not None:
        yield Progress(done=1.0, review=kept)
        return
    steps = review(
        case.rules,
        saves.ungraded(record),
        fingerprint=case.fingerprint,
        tier=tier,
        script=case.script,
        cache=pars_dir(),
    )
    for step in steps:
        if step.done == 1.0:
            _keep(place, step.review)
        yield step


def _read(place: Path) -> Review | None:
    with suppress(OSError, ValueError):  # not there, or of another program: it is made anew
        return model.from_json(place.read_bytes())
    return None


def _keep(place: Path, found: Review) -> None:
    """Keeps a review; where that is not possible, it is made again next time."""
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        saves.replace(place, model.to_json(found).encode())
