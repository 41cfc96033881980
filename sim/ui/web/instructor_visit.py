"""One request of the instructor, and how a page is made for it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse

from sim.classroom.model import RoomInfo
from sim.classroom.rooms import Rooms
from sim.ui.web import guard
from sim.ui.web.telling import shown_once, told
from sim.ui.web.templating import render
from sim.ui.web.trainee_visit import clock, language_of
from sim.view.class_words import say

Form = Annotated[Mapping[str, str], Depends(guard.trusted_form)]
SWITCHES: Final = ("auto_close", "reviews")  # settings that are on or off
_LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Lesson:
    """The instructor, who asks for something.

    Attributes:
        request: What was asked.
        rooms: The service.
        lang: `en` or `zh`.
    """

    request: Request
    rooms: Rooms
    lang: str

    def room(self, ident: str) -> RoomInfo:
        """A room by its id."""
        return self.rooms.room(ident)

    def page(
        self,
        template: str,
        data: dict[str, Any],
        *,
        room: RoomInfo | None = None,
        status: int = 200,
    ) -> HTMLResponse:
        """A page with everything that all pages of an instructor show."""
        known: dict[str, Any] = {
            "room": room,
            "token": guard.form_token(self.request),
            "message": told(self.request, self.lang),
            "here": self.request.url.path,
        }
        answer = render(f"instructor/{template}", self.lang, status=status, **(known | data))
        shown_once(self.request, answer)
        return answer


def lesson(request: Request) -> Lesson:
    """The instructor.

    Raises:
        ClassError: `class/not-instructor`.
    """
    guard.expect_instructor(request)
    return Lesson(request, guard.rooms_of(request), language_of(request))


Asked = Annotated[Lesson, Depends(lesson)]


def time_left(room: RoomInfo) -> dict[str, Any]:
    """What is left of the open turn, as a page shows it."""
    if room.deadline is None:
        return {"seconds_left": 0, "clock": ""}
    left = max(0.0, room.deadline - time.time())
    return {"seconds_left": round(left), "clock": clock(left)}


def day(seconds: float) -> str:
    """A day as it is written everywhere."""
    return time.strftime("%Y-%m-%d", time.localtime(seconds))


def deletes(room: RoomInfo, lang: str) -> str:
    """When a room deletes itself."""
    return say(lang, "class.delete_on", day=day(room.delete_at))


def is_loopback(request: Request) -> bool:
    """Whether nobody but this computer can follow the address of the page."""
    return request.url.hostname in _LOOPBACK
