"""Lines out, answers in: the only place that touches the terminal."""

from collections.abc import Iterable
from typing import TextIO

from sim.ui.terminal.layout import wrap

_CONTINUED = "    "


class LeaveError(Exception):
    """The player wants to stop: a command, the end of the input, or Ctrl-C."""


class Console:
    """Plain text in both directions, without colours and without moving the cursor."""

    def __init__(self, stdin: TextIO, stdout: TextIO) -> None:
        self._stdin, self._stdout = stdin, stdout

    def show(self, lines: Iterable[str]) -> None:
        """Writes lines, broken where they are too long."""
        for line in lines:
            lead = line[: len(line) - len(line.lstrip(" "))]
            for part in wrap(line, indent=lead + _CONTINUED):
                self._stdout.write(part + "\n")
        self._stdout.flush()

    def ask(self, prompt: str) -> str:
        """Asks for a line.

        Raises:
            LeaveError: there is no more input, or the player pressed Ctrl-C.
        """
        try:
            *before, last = wrap(prompt, indent=_CONTINUED)
            self._stdout.write("".join(f"{line}\n" for line in before) + last + " ")
            self._stdout.flush()
            line = self._stdin.readline()
        except KeyboardInterrupt as stop:
            raise LeaveError from stop
        if not line:
            self._stdout.write("\n")
            raise LeaveError
        return line.strip()
