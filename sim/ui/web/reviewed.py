"""The reviews of single games on this server: their queue, and the pages that were made of them."""

from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from threading import Lock
from typing import Final, Generic, TypeVar

from fastapi import Request

from sim.classroom.retrying import Retrying
from sim.classroom.reviews import Looked, OwnReviews
from sim.errors import SimError
from sim.ui.web import guard
from sim.ui.web.instructor_watch import Watch
from sim.ui.web.trainee_visit import Visit
from sim.view.debrief import retry_cards
from sim.view.review import open_past
from sim.view.review_model import RetryCard

T = TypeVar("T")
_PAGES: Final = 64  # at hand, each some hundred thousand characters
_CARDS: Final = 512  # games whose turns to be decided again are at hand


class Recent(Generic[T]):
    """What was made last, by what it was made of; safe to use from any thread."""

    def __init__(self, most: int) -> None:
        """Nothing has been made.

        Args:
            most: how many are kept.
        """
        self._most = most
        self._kept: OrderedDict[tuple[str, ...], T] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[str, ...], make: Callable[[], T]) -> T:
        """As it was made last; made now if that was something else."""
        with self._lock:
            known = self._kept.get(key)
        if known is None:
            known = make()
            with self._lock:
                self._kept[key] = known
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
        return known

    def clear(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._kept.clear()


@dataclass
class Reviewed:
    """What a server has of them.

    Attributes:
        queue: Works them out.
        retrying: Judges turns that are decided again.
        pages: By seat, language and what there is to see.
        cards: The turns to be decided again, likewise.
    """

    queue: OwnReviews
    retrying: Retrying
    pages: Recent[str] = field(default_factory=lambda: Recent(_PAGES))
    cards: Recent[tuple[RetryCard, ...]] = field(default_factory=lambda: Recent(_CARDS))

    def forget(self, room: str) -> None:
        """Remove everything of a room that is deleted."""
        self.queue.drop(room)
        self.retrying.drop(room)
        self.pages.clear()
        self.cards.clear()


def reviewed(request: Request) -> Reviewed:
    """Those of this server; the first request makes the place for them."""
    state = request.app.state
    found: Reviewed | None = getattr(state, "reviewed", None)
    if found is None:
        rooms = guard.rooms_of(request)
        found = state.reviewed = Reviewed(OwnReviews(rooms), Retrying(rooms))
    return found


def retrying(request: Request) -> Retrying:
    """What judges turns that are decided again."""
    return reviewed(request).retrying


def forget(request: Request, room: str) -> None:
    """As `Reviewed.forget`."""
    reviewed(request).forget(room)


def looked_at(asked: Visit, *, again: bool = False) -> Looked:
    """The review of a game as far as it has come.

    Args:
        asked: whose.
        again: try once more what has failed.

    Raises:
        ClassError: `class/not-over`.
        SimError: `class/removed`, `class/no-reviews`, `class/nothing-played`.
    """
    expect_reviews(asked)
    return reviewed(asked.request).queue.look(asked.seat, again=again)


def expect_reviews(asked: Visit) -> None:
    """Refuse where the instructor has decided against it; the instructor may always look.

    Raises:
        SimError: `class/removed`, `class/no-reviews`.
    """
    if isinstance(asked, Watch):
        return
    if asked.standing.seat.removed:
        raise SimError("class/removed")
    if not asked.standing.room.settings.reviews:
        raise SimError("class/no-reviews")


def cards(asked: Visit, looked: Looked, begun: Collection[int]) -> tuple[RetryCard, ...]:
    """The turns to be decided again: the costliest, and those that were begun while they were.

    Args:
        asked: whose.
        looked: the review of the game.
        begun: turns, from 1.
    """
    review = looked.review
    if review is None:
        return ()
    also = tuple(sorted(begun))
    key = (asked.seat, asked.lang, looked.version, str(also))
    return reviewed(asked.request).cards.get(
        key,
        lambda: retry_cards(open_past(looked.case, looked.record), review, asked.lang, also),
    )
