"""The scenarios of the rooms, and what is worked out for them beside a class."""

import os
import sys
from pathlib import Path

import pytest

from sim.classroom import cases
from tests.classroom.conftest import TINY

LEAST = 19


@pytest.mark.skipif(sys.platform == "win32", reason="knows of no such thing")
def test_what_a_grade_rests_on_lets_the_class_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[object] = []

    def work(case: object, _: float) -> None:
        done.append(case)

    monkeypatch.setattr(os, "nice", done.append)
    monkeypatch.setattr(cases, "grade_of", work)
    monkeypatch.setattr(cases, "open_case", lambda file, library: (file, library))
    cases._work_out_pars(TINY, Path("library"))
    assert done == [LEAST, (TINY, Path("library"))]
