"""A workshop whose looking is done in the same process, step by step, so that tests never wait."""

from pathlib import Path

from sim.play.workbench import Workbench
from sim.play.workshop import Workshop
from sim.play.workshop_news import News
from tests.scenario.drafts import drafted

TURNS = 8  # of the workbench, until nothing is new any more


class NearWorkshop(Workshop):
    """As the real one; what another process would tell is told when it is polled."""

    def __init__(self, file: Path, *, bots: tuple[str, ...] = ("expert", "random")) -> None:
        self.file, self.seed = file, 1
        self.checked = self.staged = self.failed = None
        self.trials = {}
        self._news: list[News] = []
        self.alive, self.closed = True, False
        self._bench = Workbench(file, self._news.append, bots=bots)

    @property
    def running(self) -> bool:
        """Whether the looking goes on."""
        return self.alive

    def poll(self) -> bool:
        """One turn of the workbench."""
        if self.alive:
            self._bench.turn()
        news = list(self._news)
        self._news.clear()
        for each in news:
            self._take(each)
        return bool(news)

    def settle(self) -> None:
        """Polls until nothing is new."""
        for _ in range(TURNS):
            self.poll()

    def sow(self, seed: int) -> None:
        """Other luck."""
        self.seed, self.trials = seed, {}
        self._bench.sow(seed)

    def again(self) -> None:
        """Goes on."""
        self.alive = True

    def close(self) -> None:
        """Ends."""
        self.closed, self.alive = True, False


def near(folder: Path, scenario: str | None = None, **more: tuple[str, ...]) -> NearWorkshop:
    """A workshop at a new scenario, or at a copy of one that is shipped."""
    return NearWorkshop(drafted(folder, scenario), **more)


def save(workshop: Workshop, old: str, new_: str) -> None:
    """Changes one thing in the file, as its author does."""
    text = workshop.file.read_text("utf-8")
    assert text.count(old) == 1, old
    workshop.file.write_text(text.replace(old, new_), encoding="utf-8", newline="\n")
