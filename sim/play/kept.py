"""The reviews that are kept beside the saves, whole or as far as they have come.

    kept_review(record)            the most thorough one there is; at once
    begun(record, "deep")          what a deep review goes on from
    keep(record, "deep", review)   after every turn, so that no work is lost

A kept review is of this very game, these rules and these policies; the name of its file says so.
"""

import contextlib
import time
from pathlib import Path
from typing import Final

from sim.engine.step import RULES_VERSION
from sim.errors import SaveError
from sim.game import GameRecord
from sim.lab.policies import POLICY_VERSION
from sim.lab.review import model
from sim.lab.review.model import FORMAT, Review, Tier
from sim.play import saves

PART: Final = ".part"  # what another process has told a window
_TIERS: tuple[Tier, ...] = ("deep", "standard", "instant")
_STALE_SECONDS = 24 * 3600


def reviews_dir() -> Path:
    """Where reviews are kept; not created here."""
    return saves.saves_dir() / "reviews"


def kept_at(record: GameRecord, tier: Tier) -> Path:
    """The file of a review.

    Args:
        record: the game.
        tier: how thorough it is, or will be once all turns have been looked at.
    """
    versions = f"r{RULES_VERSION}-p{POLICY_VERSION}-v{FORMAT}-{tier}"
    return (
        reviews_dir() / f"{saves.identity(record)[:32]}-{record.fingerprint[:16]}-{versions}.json"
    )


def read(path: Path) -> Review | None:
    """A review in a file; None if there is none that this program can read."""
    try:
        return model.from_json(path.read_bytes())
    except (OSError, ValueError):  # not there, or of another program: it is made anew
        return None


def looked_at(review: Review, tier: Tier) -> frozenset[int]:
    """The turns, from 1, that have been looked at as thoroughly as a tier asks for, or more."""
    enough = _TIERS[: _TIERS.index(tier) + 1]
    return frozenset(turn.turn for turn in review.turns if turn.tier in enough)


def whole(review: Review, tier: Tier) -> bool:
    """Whether all turns have been looked at as thoroughly as a tier asks for."""
    return len(looked_at(review, tier)) == len(review.turns)


def begun(record: GameRecord, tier: Tier) -> Review | None:
    """What a review of a tier goes on from: its own beginning, or a less thorough one."""
    tiers = _TIERS[_TIERS.index(tier) :]
    found = (read(kept_at(record, each)) for each in tiers)
    return next((each for each in found if each is not None), None)


def keep(record: GameRecord, tier: Tier, review: Review) -> None:
    """Keeps a review as far as it has come, unless what is kept has come further.

    Raises:
        OSError: it cannot be written; what was kept still is.
    """
    path = kept_at(record, tier)
    there = read(path)
    if there is None or looked_at(there, tier) <= looked_at(review, tier):
        path.parent.mkdir(parents=True, exist_ok=True)
        saves.replace(path, model.to_json(review).encode())


def kept_review(record: GameRecord) -> Review | None:
    """The review of a game that has come furthest, and of these the most thorough; at once."""
    found = [each for tier in _TIERS if (each := read(kept_at(record, tier))) is not None]
    return max(found, key=_reached, default=None)


def _reached(review: Review) -> tuple[int, int]:
    return len(looked_at(review, "standard")), len(looked_at(review, "deep"))


def delete(path: Path) -> None:
    """Remove a game for good, and its reviews with it.

    Raises:
        SaveError: as `saves.delete`.
    """
    record = None
    with contextlib.suppress(SaveError):  # a damaged game can be deleted, too
        record = saves.read(path)
    saves.delete(path)
    if record is not None:
        forget(record)


def forget(record: GameRecord) -> None:
    """Removes every review that is kept of a game."""
    for kept in reviews_dir().glob(f"{saves.identity(record)[:32]}-*"):
        with contextlib.suppress(OSError):
            kept.unlink()


def sweep() -> None:
    """Removes what windows that were killed have left."""
    for path in (*reviews_dir().glob(f"*{PART}"), *reviews_dir().glob(".*.tmp")):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _STALE_SECONDS:
                path.unlink()
