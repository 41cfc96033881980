"""What the service of the classroom stands on: the clerk, the engines, who listens, who is who."""

import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Sequence
from typing import TypeVar

from sim.classroom import secrets
from sim.classroom.cases import Cases
from sim.classroom.clerk import Clerk, Work
from sim.classroom.desks import Desks
from sim.classroom.directory import Directory
from sim.classroom.events import ClassError
from sim.classroom.keeping import Keeper
from sim.classroom.log import key_of
from sim.classroom.state import ALL, STAGE, Room
from sim.classroom.store import Store
from sim.classroom.watching import Watching

T = TypeVar("T")


class Service(ABC):
    """The parts, and how they are asked.

    Attributes:
        instructor_secret: Who knows it may do everything; the same as long as the store is.
        form_key: For signing forms.
    """

    def __init__(
        self, store: Store, *, prepare: bool = False, clock: Callable[[], float] = time.time
    ) -> None:
        """Open the rooms; classes that were playing when the program stopped go on.

        Args:
            store: belongs to the rooms from now on.
            prepare: work out in the background what the grades of a scenario rest on, so that
                nobody waits for it at the end.
            clock: seconds since 1970.
        """
        self._clock = clock
        self._cases = Cases(prepare=prepare)
        self._desks = Desks()
        self._watching = Watching()
        self._clerk = Clerk(
            store, engine=self._cases.engine, published=self._watching.published, clock=clock
        )
        self._directory = Directory(self._clerk)
        key = self._clerk.ask(lambda work: key_of(work.store)).result()
        self.instructor_secret = secrets.derived(key, "instructor")
        self.form_key = secrets.derived(key, "form")
        self._projector_key = secrets.derived(key, "projector")
        self._join_key = secrets.derived(key, "join")
        self._keeper = Keeper(self._clerk, delete=self.delete, clock=clock)

    def stop_listening(self) -> None:
        """Let every listener go, because the server is about to stop."""
        self._watching.close()

    def close(self) -> None:
        """Finish what waits and let go of the store."""
        self._keeper.close()
        self._watching.close()
        self._clerk.close()

    @abstractmethod
    def delete(self, room: str) -> None:
        """Delete a room and everything in it."""

    # Listening --------------------------------------------------------------------------------

    def version(self, room: str, topics: Sequence[str] = (ALL,)) -> int:
        """Number of the last event that one of the topics is about; see `state`."""
        versions = self._look(room).versions
        return max((versions.get(topic, 0) for topic in topics), default=0)

    def listen(self, room: str, topics: Sequence[str] = (ALL,)) -> AsyncIterator[int]:
        """The version now, and whenever it has changed; see `watching`."""
        return self._watching.listen(room, topics)

    def topics(self, seat: str) -> tuple[str, ...]:
        """What concerns a seat: what concerns everybody, and its own game."""
        return STAGE, self._home(seat).seats[seat].game

    def at_hand(self, room: str) -> bool:
        """Whether what there is to see of a room is known without asking the store."""
        return not self._clerk.store.shared and room in self._clerk.rooms

    # Within -----------------------------------------------------------------------------------

    def _do(self, room: str, deed: Callable[[Work, Room], T]) -> T:
        return self._clerk.ask(lambda work: deed(work, work.room(room)), room).result()

    def _do_for(self, seat: str, deed: Callable[[Work, Room, str], T]) -> T:
        home = self._directory.home(seat)
        return self._do(home, lambda work, room: deed(work, room, seat))

    def _look(self, room: str) -> Room:
        """A room as it is now; where others write, too, the store is asked."""
        if not self._clerk.store.shared and (known := self._clerk.rooms.get(room)) is not None:
            return known
        return self._clerk.ask(lambda work: work.look(room)).result()

    def _home(self, seat: str) -> Room:
        room = self._look(self._directory.home(seat))
        if seat not in room.seats:
            raise ClassError("class/unknown-seat")
        return room

    def _forget(self, room: str) -> None:
        """Let nothing in memory stay that was made of the room's names."""
        for seat in self._clerk.forget(room):
            self._desks.forget(seat)
