"""Works out a grade in a process of its own: the first one of a scenario takes seconds."""

import multiprocessing
from pathlib import Path

from sim.errors import SimError
from sim.play.session import Session


def _work(path: str) -> None:
    """In the other process: grades the saved game, which keeps the pars for everybody."""
    try:
        Session.resume(Path(path)).grade()
    except SimError:  # the window will meet the same error and can say so
        return


class Grading:
    """A grade that is being worked out."""

    def __init__(self, session: Session) -> None:
        """Starts, unless the grade is known or the game has no file that another can read."""
        self._session = session
        self._process: multiprocessing.process.BaseProcess | None = None
        known = session.result is not None and session.result.grade is not None
        if not known and session.path is not None and session.save_problem is None:
            context = multiprocessing.get_context("spawn")
            self._process = context.Process(target=_work, args=(str(session.path),), daemon=True)
            self._process.start()

    @property
    def running(self) -> bool:
        """Whether it is still being worked out."""
        return self._process is not None and self._process.is_alive()

    def settle(self) -> None:
        """Takes the grade over; quick, since the other process has kept what takes time."""
        self.stop()
        self._session.grade()

    def stop(self) -> None:
        """Gives up, as when the player leaves."""
        if self._process is not None:
            if self._process.is_alive():
                self._process.terminate()
            self._process.join()
            self._process = None
