"""Work that waits for the network, in a thread, for somebody who looks in now and then."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Task(Generic[T]):
    """One piece of work; it cannot be stopped, but nobody has to wait for it either."""

    def __init__(self, work: Callable[[], T]) -> None:
        """Begins."""
        self._found: T | None = None
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._run, args=(work,), name="class", daemon=True)
        self._thread.start()

    def _run(self, work: Callable[[], T]) -> None:
        try:
            self._found = work()
        except Exception as error:  # noqa: BLE001 -- raised again by whoever takes the result
            self._error = error

    @property
    def done(self) -> bool:
        """Whether there is a result or an error."""
        return not self._thread.is_alive()

    def result(self) -> T:
        """What came of it, when it is done.

        Raises:
            SimError: why nothing did.
        """
        if self._error is not None:
            raise self._error
        assert self._found is not None
        return self._found
