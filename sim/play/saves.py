"""Games on disk: written whole or not at all, listed, and never thrown away.

Every game has a file of its own, which is rewritten after each choice. Beside the games lies a copy
of each scenario that was played, under its fingerprint, so that a game can still be replayed after
its scenario or the library has changed.
"""

import contextlib
import os
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from sim.engine.step import RULES_VERSION
from sim.errors import SaveError, ScenarioError
from sim.game import LARGEST_FILE, GameRecord, checksum, from_json, to_json
from sim.paths import user_dir
from sim.play.case import Case, open_case

SUFFIX = ".json"
DAMAGED = ".damaged"
_OURS_BUT_NEWER = "save/newer-format"


@dataclass(frozen=True)
class Save:
    """A game in the list.

    Attributes:
        path: Its file.
        modified: When it was last written, seconds since 1970.
        record: The game; None if it cannot be read.
        problem: Why it cannot be read.
    """

    path: Path
    modified: float
    record: GameRecord | None
    problem: SaveError | None = None


def saves_dir() -> Path:
    """Where games are kept; not created here."""
    return user_dir() / "saves"


def new_slot(scenario: str) -> Path:
    """A file for a new game, reserved by creating it empty.

    Raises:
        SaveError: `save/cannot-write`.
    """
    stem = f"{scenario}-{time.strftime('%Y%m%d-%H%M%S')}"
    try:
        saves_dir().mkdir(parents=True, exist_ok=True)
        for number in range(1, 1000):
            path = saves_dir() / f"{stem}{'' if number == 1 else f'-{number}'}{SUFFIX}"
            with contextlib.suppress(FileExistsError):
                path.open("x").close()
                return path
    except OSError as error:
        raise cannot_write(saves_dir(), error) from error
    raise SaveError("save/cannot-write", path=str(saves_dir()), reason="")


def write(path: Path, record: GameRecord) -> None:
    """Replace a game's file in one step; after a crash it is the old one or the new one, whole.

    Raises:
        SaveError: `save/cannot-write`; what was there before still is.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace(path, to_json(record).encode())
    except OSError as error:
        raise cannot_write(path, error) from error


def replace(path: Path, content: bytes) -> None:
    """Replace any file in one step, on the disk before this returns.

    Raises:
        OSError: what was there before still is.
    """
    number, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(number, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Bring the new name to the disk, too; Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def cannot_write(path: Path, error: OSError) -> SaveError:
    """What to say of a file or folder that could not be written."""
    return SaveError("save/cannot-write", path=str(path), reason=error.strerror or str(error))


def read(path: Path) -> GameRecord:
    """The game in a file.

    Raises:
        SaveError: `save/not-found`, `save/cannot-read`, or a code of `sim.game.from_json`, with the
            `path` in its data.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise SaveError("save/not-found", path=str(path)) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise SaveError("save/cannot-read", path=str(path), reason=reason) from error
    try:
        return from_json(raw)
    except SaveError as error:
        raise SaveError(error.code, **{"path": str(path), **error.data}) from error


def open_save(path: Path) -> GameRecord:
    """The game in a file, to go on with it: a damaged one of ours is set aside, not lost.

    Raises:
        SaveError: as `read`; `kept` in its data says where a damaged file is now.
    """
    _sweep(path)
    try:
        return read(path)
    except SaveError as error:
        if not _is_damaged(error) or path.resolve().parent != saves_dir().resolve():
            raise
        kept = _set_aside(path)
        raise SaveError(error.code, **{**error.data, "kept": str(kept)}) from error


def delete(path: Path) -> None:
    """Remove a game for good; the copy of its scenario stays, since other games may need it.

    Raises:
        SaveError: `save/not-found` if it is none of the saved games, `save/cannot-delete`.
    """
    if path.resolve().parent != saves_dir().resolve() or path.suffix != SUFFIX:
        raise SaveError("save/not-found", path=str(path))
    _sweep(path)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SaveError("save/cannot-delete", path=str(path), reason=reason) from error


def _sweep(path: Path) -> None:
    """Remove what a crash in the middle of writing has left of this game."""
    for left in path.parent.glob(f".{path.name}.*.tmp"):
        with contextlib.suppress(OSError):
            left.unlink()


def _is_damaged(error: SaveError) -> bool:
    return error.code not in {"save/not-found", "save/cannot-read", _OURS_BUT_NEWER}


def _set_aside(path: Path) -> Path:
    """Rename a file to one that no game will be written to."""
    for number in range(1, 1000):
        kept = path.with_name(f"{path.name}{DAMAGED}{'' if number == 1 else number}")
        if not kept.exists():
            break
    with contextlib.suppress(OSError):
        path.rename(kept)
        return kept
    return path


def saves() -> tuple[Save, ...]:
    """All games, the one written last first; those that cannot be read stand among them."""
    found = [_save(path) for path in saves_dir().glob(f"*{SUFFIX}")]
    ordered = sorted(found, key=lambda save: (save.modified, save.path.name), reverse=True)
    return tuple(save for save in ordered if not _is_reserved(save))


def _save(path: Path) -> Save:
    try:
        modified = path.stat().st_mtime
        return Save(path, modified, read(path))
    except OSError:
        return Save(path, 0.0, None, SaveError("save/not-found", path=str(path)))
    except SaveError as error:
        return Save(path, modified, None, error)


def _is_reserved(save: Save) -> bool:
    """A name taken by a game whose first choice has not come yet."""
    return save.problem is not None and save.problem.code == "save/empty"


def identity(record: GameRecord) -> str:
    """What a game is known by: its checksum before its grade was worked out."""
    return checksum(ungraded(record))


def ungraded(record: GameRecord) -> GameRecord:
    """A game as it was before its grade was worked out."""
    if record.result is None:
        return record
    result = record.result.model_copy(update={"grade": None})
    return record.model_copy(update={"result": result})


# --- copies of scenarios ---


def kept_dir(fingerprint: str) -> Path:
    """Where the copy of a scenario with this fingerprint lies, if there is one."""
    return saves_dir() / "scenarios" / fingerprint


def keep_case(case: Case) -> None:
    """Copy a scenario and its library to the saves, once.

    Raises:
        SaveError: `save/cannot-write`.
    """
    place = kept_dir(case.fingerprint)
    if place.exists():
        return
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent, prefix=".") as folder:
            copy = Path(folder) / "copy"
            shutil.copytree(case.library, copy / "library")
            shutil.copyfile(case.file, copy / "scenario.yaml")
            copy.rename(place)
    except OSError as error:
        if not place.exists():  # else another game was quicker
            raise cannot_write(place, error) from error


def case_of(record: GameRecord, *, or_current: bool = False) -> Case:
    """The scenario of a game as it was when the game began.

    That is the scenario of this name while its rules are the same (its texts may have been
    improved), else the copy that was kept with the saves.

    Args:
        record: the game.
        or_current: take the scenario as it is now if it has changed and there is no copy.

    Raises:
        SaveError: `save/unknown-scenario`, `save/scenario-changed`, `save/other-rules`.
    """
    try:
        return case_named(record.scenario, record.fingerprint)
    except SaveError as error:
        if error.code != "save/scenario-changed":
            raise
        if or_current:
            return open_case(record.scenario)
        if record.rules_version != RULES_VERSION:
            version = record.rules_version
            raise SaveError("save/other-rules", version=version, known=RULES_VERSION) from error
        raise


def case_named(scenario: str, fingerprint: str) -> Case:
    """A scenario with these very rules: as it is now, or the copy that was kept.

    Args:
        scenario: its name.
        fingerprint: of its rules.

    Raises:
        SaveError: `save/unknown-scenario`, `save/scenario-changed`.
    """
    current = _open(scenario)
    if current is not None and current.fingerprint == fingerprint:
        return current
    place = kept_dir(fingerprint)
    copy = _open(place / "scenario.yaml", library=place / "library")
    if copy is not None and copy.fingerprint == fingerprint:
        return copy
    code = "save/unknown-scenario" if current is None else "save/scenario-changed"
    raise SaveError(code, scenario=scenario)


def _open(scenario: str | Path, *, library: Path | None = None) -> Case | None:
    if library is not None and not library.is_dir():
        return None
    try:
        return open_case(scenario, library=library)
    except ScenarioError:
        return None
