"""Telling those who listen that something has changed: what, they look up themselves.

A listener has one place for news, and the newest wins: a burst of decisions is one message, and a
slow phone never has a queue.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from sim.classroom.state import Room

QUIET: Final = 0.25  # seconds between two messages to a listener, at least
BEAT: Final = 15.0  # and at most, so that both sides know that the other is still there


@dataclass(eq=False)
class _Listener:
    loop: asyncio.AbstractEventLoop
    topics: frozenset[str]
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self) -> None:
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.news.set)


class Watching:
    """Who listens to which room; safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: dict[str, set[_Listener]] = {}
        self._versions: dict[str, dict[str, int]] = {}
        self._closed = False

    def published(self, rooms: Iterable[Room]) -> None:
        """Tell those who listen to something that has changed."""
        for room in rooms:
            self.tell(room.id, room.versions)

    def tell(self, room: str, versions: Mapping[str, int]) -> None:
        """Tell those who listen to a topic with a newer version."""
        with self._lock:
            known = self._versions.get(room, {})
            self._versions[room] = dict(versions)
            news = {topic for topic, number in versions.items() if number != known.get(topic)}
            waiting = [each for each in self._listeners.get(room, ()) if each.topics & news]
        for each in waiting:
            each.wake()

    def version(self, room: str, topics: Iterable[str]) -> int:
        """Number of the last event that one of the topics is about."""
        with self._lock:
            known = self._versions.get(room, {})
        return max((known.get(topic, 0) for topic in topics), default=0)

    async def listen(self, room: str, topics: Iterable[str]) -> AsyncIterator[int]:
        """The version now, each time it has changed, and the same one when it has not for long.

        Ends when the server closes; nothing has to be told when a listener goes away.
        """
        listener = _Listener(asyncio.get_running_loop(), frozenset(topics))
        with self._lock:
            self._listeners.setdefault(room, set()).add(listener)
        try:
            while not self._closed:
                listener.news.clear()
                yield self.version(room, listener.topics)
                await asyncio.sleep(QUIET)
                with suppress(TimeoutError):
                    await asyncio.wait_for(listener.news.wait(), BEAT)
        finally:
            with self._lock:
                self._listeners[room].discard(listener)

    def listeners(self, room: str) -> int:
        """How many listen to a room."""
        with self._lock:
            return len(self._listeners.get(room, ()))

    def close(self) -> None:
        """Let every listener go."""
        self._closed = True
        with self._lock:
            waiting = [each for every in self._listeners.values() for each in every]
        for each in waiting:
            each.wake()
