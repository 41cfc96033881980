"""What has to be remembered between a platform's messages, by every process of a server.

Small files in one folder, each made in a step that only one process can win: states that are under
way, which link belongs to which room, and who of a platform has which seat. Several hosts share the
folder, or send the people of a platform to the same host.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from sim.play.saves import replace

_SWEEP = 1000  # states that lie about before the old ones are looked for


@dataclass(frozen=True)
class GradeBook:
    """Where grades of one link go."""

    issuer: str
    client_id: str
    lineitem: str


@dataclass(frozen=True)
class Learner:
    """Somebody of a platform who has a seat; personal only by the platform's own number.

    Attributes:
        seat: Id of the seat.
        user: The platform's name for the person among its tools.
        issuer: Of the platform.
        client_id: What the platform calls us.
        lineitem: Where a grade goes; empty: nowhere.
    """

    seat: str
    user: str
    issuer: str
    client_id: str
    lineitem: str


class Notes:
    """The folder."""

    def __init__(self, folder: Path) -> None:
        """A folder, made when something is kept."""
        self._folder = folder

    @staticmethod
    def digest(*parts: str) -> str:
        """A name for things that are named by others."""
        text = "\0".join(f"{len(part)}:{part}" for part in parts)
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    # --- states ---

    def begin(self, state: str, nonce: str, until: float) -> None:
        """A browser is on its way to the platform."""
        folder = self._made("states")
        self._sweep(folder, until)
        path = folder / self.digest(state)
        self.keep_secret(path, json.dumps([nonce, until]).encode())

    def end(self, state: str, now: float) -> str | None:
        """It is back: the nonce that goes with its state, once; None if it is late or was here."""
        path = self._folder / "states" / self.digest(state)
        taken = path.with_suffix(f".{os.getpid()}-{id(state):x}")
        try:
            path.rename(taken)  # of several who come at once, one succeeds
            nonce, until = json.loads(taken.read_bytes())
        except (OSError, ValueError):
            return None
        with contextlib.suppress(OSError):
            taken.unlink()
        return str(nonce) if now <= float(until) else None

    def _sweep(self, folder: Path, until: float) -> None:
        """States that nobody came back with, once there are many."""
        files = list(folder.iterdir())
        for path in files if len(files) > _SWEEP else ():
            with contextlib.suppress(OSError, ValueError):
                if float(json.loads(path.read_bytes())[1]) < until - 3600.0:
                    path.unlink()

    # --- links and rooms ---

    def connect(self, link: str, room: str) -> None:
        """People who follow a link come to a room from now on."""
        replace(self._made("links") / link, room.encode())

    def room_of(self, link: str) -> str | None:
        """The room that a link leads to."""
        with contextlib.suppress(OSError):
            return (self._folder / "links" / link).read_text(encoding="utf-8")
        return None

    # --- people ---

    def learner(self, room: str, who: str) -> Learner | None:
        """Somebody who has come before, by a digest of platform and name."""
        with contextlib.suppress(OSError, ValueError, TypeError):
            path = self._folder / "rooms" / room / who
            return Learner(**json.loads(path.read_text(encoding="utf-8")))
        return None

    def keep(self, room: str, who: str, learner: Learner) -> None:
        """Remember who has which seat."""
        path = self._made(f"rooms/{room}") / who
        replace(path, json.dumps(asdict(learner)).encode())

    def learners(self, room: str) -> Iterator[Learner]:
        """Everybody who has come to a room from a platform."""
        folder = self._folder / "rooms" / room
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            found = self.learner(room, path.name)
            if found is not None:
                yield found

    def forget(self, room: str) -> None:
        """Remove everybody of a room, as when it is deleted."""
        folder = self._folder / "rooms" / room
        for path in folder.iterdir() if folder.is_dir() else ():
            with contextlib.suppress(OSError):
                path.unlink()
        with contextlib.suppress(OSError):
            folder.rmdir()

    def _made(self, name: str) -> Path:
        folder = self._folder / name
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder

    def keep_secret(self, path: Path, content: bytes) -> None:
        """Write a file that only its owner may read, unless there is one already."""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with contextlib.suppress(FileExistsError):
            number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(number, "wb") as stream:
                stream.write(content)
