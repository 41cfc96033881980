"""A seat as this program remembers it, so that a restart comes back to it and nothing is lost.

One file for each room, readable by its owner only, in `joined/` of the user's folder: the token of
the seat, what has been chosen and not been kept by the server yet, and a decision that was sent and
not yet confirmed, with the key by which it is done only once however often it is sent.
"""

import contextlib
import hashlib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.game import TurnRecord
from sim.paths import user_dir
from sim.play import saves
from sim.play.joining.address import Address


class Sent(BaseModel):
    """A decision, or a vote for the proposal of a seat."""

    model_config = ConfigDict(frozen=True)

    turn: int = Field(ge=1)
    key: str = Field(min_length=1, max_length=80)
    record: TurnRecord | None = None
    vote: str = ""


class Drafted(BaseModel):
    """What has been chosen in an open turn."""

    model_config = ConfigDict(frozen=True)

    turn: int = Field(ge=1)
    record: TurnRecord


class Said(BaseModel):
    """Which turn of the game mattered most, and why."""

    model_config = ConfigDict(frozen=True)

    turn: int = Field(ge=1)
    why: str = ""


class Place(BaseModel):
    """A seat.

    Attributes:
        address: Of the server, as `str(Address)`.
        code: Of the room, as it was typed.
        token: What proves the seat.
        sent: What the server has not confirmed yet.
        draft: What it has not kept yet.
        game: File of the game, once the class was over.
        said: What its player said of it then, and the server has not taken yet.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    address: str
    code: str
    token: str
    sent: Sent | None = None
    draft: Drafted | None = None
    game: str = ""
    said: Said | None = None


def places_dir() -> Path:
    """Where seats are remembered; not created here."""
    return user_dir() / "joined"


def file_of(address: Address, code: str) -> Path:
    """The file of a seat in a room; letters and digits of the code count, as on the server."""
    typed = "".join(each for each in code.upper() if each.isalnum())
    name = hashlib.sha256(f"{address} {typed}".encode()).hexdigest()[:32]
    return places_dir() / f"{name}.json"


def remembered(address: Address, code: str) -> Place | None:
    """The seat in a room, if one was taken from this program."""
    with contextlib.suppress(OSError, ValidationError, UnicodeDecodeError):
        return Place.model_validate_json(file_of(address, code).read_text(encoding="utf-8"))
    return None


def remember(address: Address, place: Place) -> None:
    """Keep a seat, on the disk before this returns.

    Raises:
        SaveError: `save/cannot-write`.
    """
    path = file_of(address, place.code)
    content = place.model_dump_json(exclude_defaults=True).encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        saves.replace(path, content)  # makes its file for the owner only
    except OSError as error:
        raise saves.cannot_write(path, error) from error


def forget(address: Address, code: str) -> None:
    """Know no seat in this room any more."""
    with contextlib.suppress(OSError):
        file_of(address, code).unlink(missing_ok=True)
