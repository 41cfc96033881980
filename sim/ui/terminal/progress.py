"""How far something is, on one line of a terminal that renews itself, else a line now and then."""

import sys
import time
from typing import TextIO

from sim.view.balance_words import say
from sim.view.words import percent

_CELLS = 24
_STEP = 0.1  # of the whole between two lines, where lines stay


class Bar:
    """A bar with the time that is left."""

    def __init__(self, lang: str, stream: TextIO | None = None) -> None:
        """Shows nothing yet.

        Args:
            lang: of the words.
            stream: where it is shown; standard error by default.
        """
        self._lang = lang
        self._stream = sys.stderr if stream is None else stream
        self._began = time.monotonic()
        self._lasting = not self._stream.isatty()
        self._last, self._wide = -1.0, 0

    def show(self, share: float, found: float, finished: int, whole: int) -> None:
        """Renews it.

        Args:
            share: of the work that is done, 0..1.
            found: share that was done before this run, and took no time in it.
            finished: parts that are done.
            whole: parts there are.
        """
        if self._lasting and share < 1.0 and share - self._last < _STEP:
            return
        self._last = share
        full = round(share * _CELLS)
        text = say(
            self._lang,
            "balance.progress",
            bar="█" * full + "·" * (_CELLS - full),
            share=percent(share),
            chunks=finished,
            all=whole,
        )
        left = self._left(share, found)
        if left:
            text = say(self._lang, "balance.progress_left", progress=text, time=left)
        if self._lasting:
            print(text, file=self._stream, flush=True)
            return
        gap = " " * max(self._wide - len(text), 0)
        self._wide = len(text)
        print(f"\r{text}{gap}", end="", file=self._stream, flush=True)

    def end(self) -> None:
        """Leaves the line, once."""
        if self._wide:
            print(file=self._stream, flush=True)
        self._wide = 0

    def _left(self, share: float, found: float) -> str:
        """The time that the rest will take at the same pace; empty while nobody can tell."""
        done = share - found
        if done <= 0.0 or share >= 1.0:
            return ""
        seconds = round((time.monotonic() - self._began) * (1.0 - share) / done)
        return f"{seconds // 60}:{seconds % 60:02d}"
