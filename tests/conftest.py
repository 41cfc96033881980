"""Settings for every test: no test finds the user's own files, or writes to them."""

import gc
import os
import signal
import sys
from collections.abc import Generator, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

# A container may forbid bytecode: every worker would then rewrite every assert anew, and each
# program that a test starts would compile all of Rapport.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A shell that starts the tests in the background lets them ignore Ctrl-C, and what is ignored stays
# so in every program that a test starts, those that it interrupts included.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("suite", derandomize=True, deadline=None, database=None)
settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    """A flag that writes the golden games anew instead of comparing them."""
    parser.addoption(
        "--update-playthroughs",
        action="store_true",
        help="write tests/playthroughs/*.txt anew; read the difference before you keep it",
    )


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Makes no search for garbage while tests are collected, nor ever among what they are."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders that nobody has used; none is made before something is written to it."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in count())


@pytest.fixture(scope="session", autouse=True)
def _read_once() -> Iterator[None]:
    from tests.shipped import read_once  # noqa: PLC0415 -- who only spreads tests needs no numpy

    with read_once():
        yield


@pytest.fixture(autouse=True)
def _own_home(
    request: pytest.FixtureRequest, _homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Saves and reports of a test go to its own folder; its language is English unless it says."""
    own = "tmp_path" in request.fixturenames  # to make one for each test would cost seconds
    home = request.getfixturevalue("tmp_path") / "home" if own else next(_homes)
    monkeypatch.setenv("RAPPORT_HOME", str(home))
    monkeypatch.setenv("RAPPORT_LANG", "en")
