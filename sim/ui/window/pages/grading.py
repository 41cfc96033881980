"""Works out a grade in a process of its own: the first one of a scenario takes seconds."""

from sim.play.background import Job
from sim.play.services import grade_in_background
from sim.play.session import Session


class Grading:
    """A grade that is being worked out."""

    def __init__(self, session: Session) -> None:
        """Starts, unless the grade is known or the game has no file that another can read."""
        self._session = session
        self._job: Job | None = None
        known = session.result is not None and session.result.grade is not None
        if not known and session.path is not None and session.save_problem is None:
            self._job = grade_in_background(session)

    @property
    def running(self) -> bool:
        """Whether it is still being worked out."""
        return self._job is not None and self._job.running

    def settle(self) -> None:
        """Takes the grade over; quick, since the other process has kept what takes time."""
        self.stop()
        self._session.grade()

    def stop(self) -> None:
        """Gives up, as when the player leaves."""
        if self._job is not None:
            self._job.stop()
            self._job = None
