"""One request of a trainee: who it is, how the class stands, and how a page is made for them."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from fastapi import Request
from fastapi.responses import HTMLResponse

from sim.classroom.model import Message, Standing
from sim.classroom.rooms import Rooms
from sim.play.session import Session
from sim.ui.web import guard
from sim.ui.web.telling import shown_once, told
from sim.ui.web.templating import render

T = TypeVar("T")
LANGUAGES: Final = ("en", "zh")
_NEWS: Final = 300.0  # seconds
_ASKED: Final = 100  # characters of Accept-Language that are looked at


def language_of(request: Request) -> str:
    """`en` or `zh`: as chosen before, as the link says, or as the browser asks for."""
    chosen = request.query_params.get("lang") or request.cookies.get("lang")
    if chosen in LANGUAGES:
        return chosen
    asked = request.headers.get("accept-language", "")[:_ASKED].lower()
    places = {each: asked.find(each) for each in LANGUAGES if each in asked}
    return min(places, key=places.__getitem__) if places else LANGUAGES[0]


def clock(seconds: float) -> str:
    """Minutes and seconds."""
    whole = max(0, round(seconds))
    return f"{whole // 60}:{whole % 60:02}"


@dataclass(frozen=True)
class Visit:
    """A trainee who asks for something.

    Attributes:
        request: What was asked.
        rooms: The service.
        seat: Id of the seat.
        lang: `en` or `zh`.
        standing: Of the seat, at this moment.
    """

    request: Request
    rooms: Rooms
    seat: str
    lang: str
    standing: Standing

    @property
    def frame(self) -> dict[str, Any]:
        """Where the links of a page lead, and what it listens to."""
        return {"base": "/play", "watch": "/events", "watching": False, "back_to_board": ""}

    def look(self, look: Callable[[Session], T]) -> T:
        """Look at the game."""
        return self.rooms.view(self.seat, look)

    def choose(self, deed: Callable[[Session], T]) -> T:
        """Change the draft."""
        return self.rooms.choose(self.seat, deed)

    def page(self, template: str, data: dict[str, Any], *, status: int = 200) -> HTMLResponse:
        """A page with everything that all pages of a game show."""
        room = self.standing.room
        left = None if room.deadline is None else max(0.0, room.deadline - time.time())
        known: dict[str, Any] = {
            "standing": self.standing,
            "room_title": room.title,
            "watch_key": watch_key(self.standing),
            "token": guard.form_token(self.request),
            "message": told(self.request, self.lang),
            "news": latest(self.standing),
            "seconds_left": None if left is None else round(left),
            "clock": "" if left is None else clock(left),
            "here": self.request.url.path,
            **self.frame,
        }
        answer = render(f"trainee/{template}", self.lang, status=status, **(known | data))
        shown_once(self.request, answer)
        return answer


def latest(standing: Standing) -> Message | None:
    """What the instructor has just said; later it is no news."""
    found = standing.messages[-1:]
    fresh = found and not found[0].past and time.time() - found[0].at < _NEWS
    return found[0] if fresh else None


def visit(request: Request) -> Visit:
    """Who asks.

    Raises:
        ClassError: `class/unknown-seat`.
    """
    rooms = guard.rooms_of(request)
    seat = guard.seat_of(request)
    return Visit(request, rooms, seat, language_of(request), rooms.standing(seat))


def watch_key(standing: Standing) -> str:
    """What a page depends on; as long as it stays the same, a page that is open is left alone."""
    room = standing.room
    votes = ",".join(str(each.votes) for each in standing.proposals)
    news = latest(standing)
    last = 0 if news is None else news.id
    parts = (room.state, room.turn, standing.status in {"submitted", "finished"}, standing.turn)
    team = (standing.phase, standing.proposed, votes, standing.voted)
    deadline = None if room.deadline is None else round(room.deadline)
    return "/".join(str(each) for each in (*parts, deadline, last, *team, standing.seat.removed))
