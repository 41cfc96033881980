"""The side of the workshop that an author sees: the last save, and the last that could be played.

    workshop = Workshop("my-bookshop")
    workshop.poll()        True when there is something new
    workshop.close()

The looking is done in another process, so whoever shows it never waits.
"""

from pathlib import Path

from sim.play.background import Job
from sim.play.trials import Trial
from sim.play.workbench import work
from sim.play.workshop_news import Checked, Failed, News, Staged, Tried
from sim.scenario.load import FILE_NAME, is_possible, located


class Workshop:
    """A scenario that is being written.

    Attributes:
        file: The scenario's.
        seed: Of the bots' games.
        checked: What was found in the last save; None until the first look is done.
        staged: The last save that could be played; None until there is one.
        trials: By bot, of that save; they come one after the other.
        failed: Why the last save could not be looked at to the end; None if it could.
    """

    def __init__(self, scenario: str | Path, *, seed: int = 1) -> None:
        """Begins to look.

        Args:
            scenario: A name, a folder or a file; a folder need not hold a scenario yet.
            seed: Of the bots' games.

        Raises:
            ScenarioError: R04: there is none of that name.
        """
        self.file, self.seed = file_of(scenario), seed
        self.checked: Checked | None = None
        self.staged: Staged | None = None
        self.failed: Failed | None = None
        self.trials: dict[str, Trial] = {}
        self._job = Job(work, str(self.file), seed)

    @property
    def running(self) -> bool:
        """Whether saves are looked at; where not, the process has been ended from outside."""
        return self._job.running

    @property
    def current(self) -> bool:
        """Whether what can be seen is the last save."""
        if self.checked is None or self.staged is None:
            return False
        return self.checked.save == self.staged.save

    def poll(self) -> bool:
        """Takes what is new; whether there was anything. Never waits for the looking."""
        news = self._job.messages()
        for each in news:
            self._take(each)
        return bool(news)

    def _take(self, news: News) -> None:
        match news:
            case Checked():
                self.checked, self.failed = news, None
            case Staged():
                self.staged, self.trials = news, {}
            case Tried(trial=trial):
                if trial.seed == self.seed:
                    self.trials[trial.bot] = trial
            case Failed():
                self.failed = news

    def sow(self, seed: int) -> None:
        """Lets the bots play again, with other luck."""
        self.seed, self.trials = seed, {}
        self._job.send(seed)

    def again(self) -> None:
        """Begins to look anew, after the process has been ended from outside."""
        self._job.stop()
        self._job = Job(work, str(self.file), self.seed)

    def close(self) -> None:
        """Ends the looking; may be called twice."""
        self._job.stop()


def file_of(scenario: str | Path) -> Path:
    """The file that will be looked at.

    Raises:
        ScenarioError: R04: there is no scenario of that name, and no folder for one.
    """
    given = Path(scenario)
    if is_possible(given) and given.is_dir():
        return given / FILE_NAME
    return located(scenario)
