"""The workshop as text: the verdict on a scenario after every save of its file."""

import sys
import time
from collections.abc import Callable, Iterator
from typing import TextIO

from sim.play.trials import BOTS
from sim.play.workshop import Workshop
from sim.view.workshop import clock, counts, games_in_words, saved, verdict
from sim.view.workshop_words import word

PAUSE = 0.1  # seconds between two looks for news


class Reporter:
    """Tells of every save once, and of the bots' games once they have been played.

    Attributes:
        sound: Whether the last save had neither errors nor warnings.
    """

    def __init__(
        self, workshop: Workshop, lang: str, *, at: Callable[[float], str] = clock
    ) -> None:
        """Has told nothing yet.

        Args:
            workshop: The scenario that is being written.
            lang: `en` or `zh`.
            at: How the time of a save is written.
        """
        self._workshop, self._lang, self._at = workshop, lang, at
        self._told, self._played = 0, 0
        self.sound = True

    def news(self) -> Iterator[str]:
        """The lines that have not been told yet."""
        checked, staged = self._workshop.checked, self._workshop.staged
        if self._workshop.failed is not None:
            yield verdict(self._workshop, self._lang, at=self._at).text
            self._workshop.failed = None
        if checked is not None and checked.save != self._told:
            self._told = checked.save
            yield from self._verdict()
        ready = len(self._workshop.trials) == len(BOTS)
        if staged is not None and ready and staged.save != self._played:
            self._played = staged.save
            yield from games_in_words(self._workshop, self._lang)

    def _verdict(self) -> Iterator[str]:
        checked, staged, lang = self._workshop.checked, self._workshop.staged, self._lang
        assert checked is not None
        self.sound = not (checked.counts["error"] or checked.counts["warning"])
        yield ""
        for each in checked.findings:
            yield each.headline.of(lang)
            if each.excerpt:
                yield each.excerpt
        rest = sum(checked.counts.values()) - len(checked.findings)
        if rest:
            yield word(lang, "problems.first", n=len(checked.findings))
        when, found = saved(checked, lang, at=self._at), counts(checked, lang)
        yield word(lang, "edit.verdict", saved=when, counts=found)
        if not checked.sound and staged is not None:
            yield word(lang, "edit.shown_before", time=self._at(staged.at))


def run(
    scenario: str,
    *,
    language: str,
    stdout: TextIO | None = None,
    patience: Callable[[], bool] = lambda: True,
) -> int:
    """Follows a scenario until Ctrl-C.

    Args:
        scenario: Name, folder or file; a folder need not hold a scenario yet.
        language: `en` or `zh`.
        stdout: Where lines go; the terminal if None.
        patience: Asked again and again whether to go on.

    Returns:
        0 if the last save had neither errors nor warnings, else 1.

    Raises:
        ScenarioError: There is no scenario of that name.
    """
    out = stdout or sys.stdout
    workshop = Workshop(scenario)
    reporter = Reporter(workshop, language)

    def show(line: str) -> None:
        out.write(line + "\n")
        out.flush()

    try:
        show(word(language, "edit.watching", file=workshop.file))
        show(word(language, "edit.end"))
        while patience():
            workshop.poll()
            for line in reporter.news():
                show(line)
            if not workshop.running:
                show(word(language, "verdict.ended"))
                workshop.again()
            time.sleep(PAUSE)
    except KeyboardInterrupt:
        show("")
    finally:
        workshop.close()
    return 0 if reporter.sound else 1
