"""Lines out, answers in: the only place that touches the terminal."""

from collections.abc import Iterable
from typing import TextIO

from sim.ui.terminal.layout import wrap

_CONTINUED = "    "


class LeaveError(Exception):
    """The player wants to stop: a command, the end of the input, or Ctrl-C."""


class Console:
    """Plain text in both directions, without colours and without moving the cursor.

    Where nobody types, but answers come from a pipe or a file, they are written behind the
    questions, so that what is left is a transcript to read.
    """

    def __init__(self, stdin: TextIO, stdout: TextIO) -> None:
        self._stdin, self._stdout = stdin, stdout
        self._typed = stdin.isatty()

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
            line = self._read(wrap(prompt, indent=_CONTINUED))
        except KeyboardInterrupt as stop:
            raise LeaveError from stop
        if not line:
            self._stdout.write("\n")
            raise LeaveError
        return line.strip()

    def _read(self, prompt: list[str]) -> str:
        """Writes the question and waits; an answer from a pipe is shown as if it had been typed."""
        self._stdout.write("\n".join(prompt) + (" " if self._typed else "\n"))
        self._stdout.flush()
        line = self._stdin.readline()
        if line and not self._typed:
            self._stdout.write(f"> {line.strip()}".rstrip() + "\n")
        return line
