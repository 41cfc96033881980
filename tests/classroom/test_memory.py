"""What is free is given back where that can be done, and nothing is said where it cannot."""

import ctypes
import sys
from pathlib import Path

import numpy as np
import pytest

from sim.classroom import memory

SMALL = 64 * 1024  # bytes: the C library takes larger pieces from the system, and gives them back
PIECES = 800


def resident() -> int:
    """Pages of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])


@pytest.mark.skipif(memory._trim() is None, reason="the C library knows of no such thing")
def test_what_is_free_is_given_back() -> None:
    pieces = [np.ones(SMALL, dtype=np.uint8) for _ in range(PIECES)]
    last = np.ones(SMALL, dtype=np.uint8)  # above them: else the top would be given back anyway
    full = resident()
    pieces.clear()
    memory.give_back()
    assert resident() < full - PIECES * SMALL // 4096 // 2
    assert last.all()


def test_another_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    memory._trim.cache_clear()
    monkeypatch.setattr(ctypes, "CDLL", lambda _: sys)
    memory.give_back()
    assert memory._trim() is None
    memory._trim.cache_clear()
