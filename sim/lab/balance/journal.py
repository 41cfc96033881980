"""Finished chunks in a file that a sweep goes on from: each line stands for itself.

A line is the first half of the SHA-256 of what follows, a space, and JSON. The first says of which
sweep the others are. Lines are only ever added, each in one piece and on the disk before the next
chunk is begun; what a crash leaves of the last one is cut off when the file is opened again.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from sim.errors import SimError
from sim.lab.balance.plan import Plan
from sim.lab.balance.work import Part

_SUM = 32  # hexadecimal digits
_KIND = "rapport-balance"


class Journal:
    """The file of one sweep.

    Attributes:
        parts: by the number of their chunk; those found in the file and those added since.
    """

    def __init__(self, path: Path, plan: Plan) -> None:
        """Opens or makes it.

        Args:
            path: of the file.
            plan: of the sweep.

        Raises:
            SimError: `balance/resume-other`: the file is of another sweep, or no such file at all;
                `balance/cannot-resume`: it cannot be read or written.
        """
        self.path, self._plan = path, plan
        self.parts: dict[int, Part] = {}
        try:
            content = path.read_bytes() if path.exists() else b""
            lines, whole = _lines(content)
            self._take(lines, is_new=not content)
            if whole < len(content):
                os.truncate(path, whole)
            if not lines:
                self._append(self._head())
        except OSError as error:
            raise _unusable(path, error) from error

    def add(self, number: int, part: Part) -> None:
        """Keeps the part of a chunk.

        Raises:
            SimError: `balance/cannot-resume`.
        """
        self.parts[number] = part
        try:
            self._append({"chunk": number, "part": part})
        except OSError as error:
            raise _unusable(self.path, error) from error

    def _head(self) -> dict[str, Any]:
        return {"kind": _KIND, "scenario": self._plan.deck.scenario, "key": self._plan.key}

    def _take(self, lines: list[Any], *, is_new: bool) -> None:
        if is_new:
            return
        head = lines[0] if lines else {}
        if head != self._head():
            raise SimError(
                "balance/resume-other",
                path=str(self.path),
                scenario=self._plan.deck.scenario,
            )
        last = len(self._plan.chunks)
        self.parts = {each["chunk"]: each["part"] for each in lines[1:] if each["chunk"] < last}

    def _append(self, value: object) -> None:
        text = json.dumps(value, separators=(",", ":"), allow_nan=False)
        line = f"{_sum(text.encode())} {text}\n".encode()
        with self.path.open("ab") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())


def _lines(content: bytes) -> tuple[list[Any], int]:
    """What stands in the whole lines before the first damaged one, and where they end."""
    found, end = [], 0
    for line in content.splitlines(keepends=True):
        mark, _, text = line.removesuffix(b"\n").partition(b" ")
        if not line.endswith(b"\n") or mark.decode("ascii", "replace") != _sum(text):
            break
        found.append(json.loads(text))
        end += len(line)
    return found, end


def _sum(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()[:_SUM]


def _unusable(path: Path, error: OSError) -> SimError:
    reason = error.strerror or str(error)
    return SimError("balance/cannot-resume", path=str(path), reason=reason)
