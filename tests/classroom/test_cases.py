"""The scenarios of the rooms, and what is worked out for them beside a class."""

import multiprocessing
import os
import sys

import pytest

from sim.classroom import cases
from sim.play.case import open_case
from tests.classroom.conftest import TINY

LEAST = 19


@pytest.mark.skipif(sys.platform == "win32", reason="knows of no such thing")
def test_what_a_grade_rests_on_lets_the_class_come_first() -> None:
    before = multiprocessing.active_children()
    cases._beside(open_case(TINY))
    (work,) = [each for each in multiprocessing.active_children() if each not in before]
    assert work.pid is not None
    assert os.getpriority(os.PRIO_PROCESS, work.pid) == LEAST
    work.kill()
    work.join()
