"""The workers of a Dask cluster: the same chunks, sent to other machines.

Every task carries all it needs, so that it can be done again wherever a worker is left; a chunk
takes a second or more, and half a megabyte on the way is nothing against that.
"""

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from typing import Any

from distributed import Client, KilledWorker, as_completed

from sim.errors import SimError
from sim.lab.balance.hands import MOST_DEATHS, Numbered
from sim.lab.balance.plan import Deck
from sim.lab.balance.work import Part, work

_PATIENCE = 10  # seconds for a scheduler to answer


class Cluster:
    """The workers of one scheduler; started with the same version of the program."""

    def __init__(self, address: str) -> None:
        """Finds the scheduler.

        Args:
            address: such as `tcp://192.168.1.5:8786`.

        Raises:
            SimError: `balance/no-cluster`.
        """
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        self.address = address
        try:
            # The package has types for some of its parts only.
            self._client: Any = Client(  # type: ignore[no-untyped-call]
                address, timeout=_PATIENCE, set_as_default=False
            )
        except (OSError, ValueError, ImportError) as error:
            raise SimError("balance/no-cluster", address=address, reason=_told(error)) from error

    def parts(self, deck: Deck, chunks: Sequence[Numbered]) -> Iterator[tuple[int, Part]]:
        """As they are done.

        Raises:
            SimError: `balance/worker-dies`, `balance/cluster-lost`, `balance/other-version`.
        """
        tasks = {
            self._client.submit(work, deck, chunk, pure=False, retries=0): number
            for number, chunk in chunks
        }
        try:
            done = as_completed(tasks, loop=self._client.loop)  # type: ignore[no-untyped-call]
            for task in done:
                yield tasks[task], self._result(task)
                task.release()
        except (OSError, CancelledError, TimeoutError) as error:
            reason = _told(error)
            raise SimError("balance/cluster-lost", address=self.address, reason=reason) from error

    def _result(self, task: Any) -> Part:
        try:
            part: Part = task.result()
        except KilledWorker as error:
            raise SimError("balance/worker-dies", times=MOST_DEATHS, exit="?") from error
        return part

    def close(self) -> None:
        """Leaves; what is still being done is called off."""
        self._client.close(timeout=_PATIENCE)


def _told(error: BaseException) -> str:
    return str(error) or type(error).__name__
