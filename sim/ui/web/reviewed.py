"""The reviews of single games on this server: their queue, and the pages that were made of them."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from fastapi import Request

from sim.classroom.reviews import OwnReviews
from sim.ui.web import guard

_KEPT: Final = 64  # pages at hand, each some hundred thousand characters


@dataclass
class Reviewed:
    """What a server has of them.

    Attributes:
        queue: Works them out.
    """

    queue: OwnReviews
    _pages: OrderedDict[tuple[str, ...], str] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def page(self, key: tuple[str, ...], make: Callable[[], str]) -> str:
        """A page as it was made last; made now if that was something else."""
        with self._lock:
            known = self._pages.get(key)
        if known is None:
            known = make()
            with self._lock:
                self._pages[key] = known
                while len(self._pages) > _KEPT:
                    self._pages.popitem(last=False)
        return known

    def forget(self, room: str) -> None:
        """Remove everything of a room that is deleted."""
        self.queue.drop(room)
        with self._lock:
            self._pages.clear()


def reviewed(request: Request) -> Reviewed:
    """Those of this server; the first request makes the place for them."""
    state = request.app.state
    found: Reviewed | None = getattr(state, "reviewed", None)
    if found is None:
        found = state.reviewed = Reviewed(OwnReviews(guard.rooms_of(request)))
    return found


def forget(request: Request, room: str) -> None:
    """As `Reviewed.forget`."""
    reviewed(request).forget(room)
