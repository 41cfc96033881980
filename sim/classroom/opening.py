"""Making a room: what may be set, and what is set for it."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, Final, get_args

from sim.classroom import secrets
from sim.classroom.events import ClassError
from sim.classroom.model import Absent, Names, Pace, Reveal, Settings
from sim.classroom.names import clean
from sim.classroom.state import Room
from sim.play.case import Case

DAY: Final = 86_400.0  # seconds
LONGEST_TITLE: Final = 40  # characters
CHANGEABLE: Final = (
    *("seconds", "auto_close", "reveal", "absent", "seats", "reviews", "practice"),
    "retention_days",
)

_ONE_OF: Final[dict[str, tuple[str, ...]]] = {
    "pace": get_args(Pace),
    "names": get_args(Names),
    "reveal": get_args(Reveal),
    "absent": get_args(Absent),
    "language": ("en", "zh"),
}
_BETWEEN: Final = {
    "seconds": (10, 86_400),
    "teams": (0, 50),
    "seats": (1, 1000),
    "retention_days": (1, 3650),
    "seed": (0, 2**63 - 1),
}


def checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """Settings by name, if they are what they should be.

    Raises:
        ClassError: `class/bad-setting` (name, value).
    """
    known = {field.name for field in fields(Settings)}
    for name, value in values.items():
        if name not in known or not _fits(name, value):
            raise ClassError("class/bad-setting", name=name, value=str(value)[:40])
    return dict(values)


def _fits(name: str, value: object) -> bool:
    if name in _ONE_OF:
        return value in _ONE_OF[name]
    if name in _BETWEEN:
        lowest, highest = _BETWEEN[name]
        drawn = name == "seed" and value is None
        return drawn or (type(value) is int and lowest <= value <= highest)
    return isinstance(value, bool)


def changes(values: Mapping[str, Any]) -> dict[str, Any]:
    """As `checked`, for a class that already plays.

    Raises:
        ClassError: also `class/fixed-setting` (name).
    """
    for name in values:
        if name not in CHANGEABLE:
            raise ClassError("class/fixed-setting", name=name)
    return checked(values)


def title_of(case: Case, settings: Settings) -> str:
    """What a room is called that was given no title: as its scenario."""
    return case.script.title.of(settings.language)


def new_room(case: Case, settings: Settings, title: str, now: float) -> Room:
    """A room in its lobby, with a code of its own and a seed if none was given.

    Raises:
        ClassError: `class/bad-setting` (name, value).
    """
    checked(vars(settings))
    seed = secrets.new_seed() if settings.seed is None else settings.seed
    name = clean(title, LONGEST_TITLE) if title.strip() else title_of(case, settings)
    return Room(
        id=secrets.new_id(),
        code=secrets.new_code(),
        scenario=case.script.id,
        title=name,
        fingerprint=case.fingerprint,
        seed=seed,
        turns=case.rules.sizes.turns,
        settings=replace(settings, seed=seed),
        created_at=now,
        delete_at=now + settings.retention_days * DAY,
    )
