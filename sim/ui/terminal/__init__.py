"""The full game as text: line by line, for any terminal and for screen readers."""

import sys
from collections.abc import Sequence
from typing import TextIO

from sim.play.joining.address import address_of
from sim.play.joining.entrance import Entrance
from sim.play.session import Session
from sim.ui.terminal import joined
from sim.ui.terminal.class_console import ClassConsole
from sim.ui.terminal.console import Console, LeaveError
from sim.ui.terminal.game import play
from sim.ui.terminal.start import pick


def run(
    scenario: str | None,
    *,
    seed: int | None = None,
    language: str = "en",
    resume: str | None = None,
    join: Sequence[str] | None = None,
    name: str = "",
    stdin: TextIO | None = None,
    stdout: TextIO | None = None,
) -> int:
    """Plays in the terminal.

    Args:
        scenario: its name or path; None asks.
        seed: of a new game; drawn if None.
        language: `en` or `zh`; can be changed while playing.
        resume: the file of a game to go on with, instead of a scenario.
        join: address and code of a class to play with, instead of a scenario.
        name: or number on its name list, if it is known already.
        stdin: where answers come from; the terminal if None.
        stdout: where lines go; the terminal if None.

    Returns:
        The exit code: 0, whether the game was finished or left.

    Raises:
        ScenarioError: the scenario cannot be found or has errors.
        SaveError, IllegalChoiceError: the game to go on with cannot be brought back.
        SimError: the class cannot be joined, or not be played with here.
    """
    if join is not None:
        own = ClassConsole(stdin or sys.stdin, stdout or sys.stdout)
        return joined.run(Entrance(address_of(join[0]), join[1]), name, language, own)
    console = Console(stdin or sys.stdin, stdout or sys.stdout)
    session = _resumed(resume, language) if resume else None
    if session is None and scenario is not None:
        session = Session.new(scenario, seed, language)
    try:
        session = session or pick(console, language, seed)
    except LeaveError:
        return 0
    return 0 if session is None else play(session, console)


def _resumed(path: str, language: str) -> Session:
    session = Session.resume(path)
    session.language = language
    return session
