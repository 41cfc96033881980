"""Watching one game: the trainee's own pages, of which nothing can be changed."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from sim.classroom.events import ClassError
from sim.ui.web import guard
from sim.ui.web import trainee_pages as pages
from sim.ui.web.trainee import to
from sim.ui.web.trainee_shown import FILE, FIRM, NEWS, TALK, Shown, shown
from sim.ui.web.trainee_visit import Visit, language_of

router = APIRouter(include_in_schema=False, prefix="/teach/{room}/watch/{seat}")


@dataclass(frozen=True)
class Watch(Visit):
    """The instructor, who looks at the game of a seat."""

    @property
    def base(self) -> str:
        """Under which the pages of the game are."""
        return f"/teach/{self.standing.room.id}/watch/{self.seat}"

    @property
    def frame(self) -> dict[str, Any]:
        """Where the links of a page lead, and what it listens to."""
        board = f"/teach/{self.standing.room.id}"
        return {
            "base": self.base,
            "watch": f"{board}/events",
            "watching": True,
            "back_to_board": board,
        }


def watch(request: Request, room: str, seat: str) -> Watch:
    """Who is watched.

    Raises:
        ClassError: `class/not-instructor`, `class/unknown-room`: no such seat in this room.
    """
    guard.expect_instructor(request)
    rooms = guard.rooms_of(request)
    found = rooms.room(room)
    if seat not in {each.id for each in rooms.seats(found.id)}:
        raise ClassError("class/unknown-room")
    return Watch(request, rooms, seat, language_of(request), rooms.standing(seat))


Asked = Annotated[Watch, Depends(watch)]


def turn(asked: Watch, wanted: Shown) -> Response:
    """The open turn with what has been chosen so far; of a game that is over the result."""
    if asked.standing.status == "finished":
        return to(f"{asked.base}/result")
    data = asked.look(lambda session: pages.turn_page(session, asked.lang, wanted))
    return asked.page("turn.html", data)


@router.get("")
@router.get("/hand")
def start(asked: Asked) -> Response:
    """Whatever the trainee would see first."""
    return turn(asked, shown(asked.request))


@router.get("/talk/{encounter}")
def talk(asked: Asked, encounter: str) -> Response:
    """A conversation as far as it has come."""
    return turn(asked, shown(asked.request, kind=TALK, ident=encounter))


@router.get("/customer/{customer}")
def customer(asked: Asked, customer: str) -> Response:
    """A customer's file."""
    return turn(asked, shown(asked.request, kind=FILE, ident=customer))


@router.get("/firm")
def firm(asked: Asked) -> Response:
    """What can be done for the firm."""
    return turn(asked, shown(asked.request, kind=FIRM))


@router.get("/news")
def news(asked: Asked) -> Response:
    """How the book stands."""
    return turn(asked, shown(asked.request, kind=NEWS))


@router.get("/board")
@router.get("/inbox")
@router.get("/plan")
def part(asked: Asked) -> Response:
    """One part, where there is room for one only."""
    return turn(asked, shown(asked.request, part=asked.request.url.path.rpartition("/")[2]))


@router.get("/briefing")
def briefing(asked: Asked) -> Response:
    """What the game is about."""
    data = asked.look(lambda session: pages.briefing_page(session, asked.lang))
    return asked.page("briefing.html", data)


@router.get("/report")
@router.get("/report/{turn}")
def report(asked: Asked, turn: int | None = None) -> Response:
    """What a turn brought, and why."""
    wanted = asked.request.query_params.get("customer", "")
    played = asked.look(lambda session: len(session.reports))
    if not played:
        return to(asked.base)
    number = min(max(turn or played, 1), played)
    data = asked.look(lambda session: pages.report_page(session, asked.lang, number, wanted))
    return asked.page("report.html", data)


@router.get("/result")
def result(asked: Asked) -> Response:
    """What the game came to."""
    if asked.standing.status != "finished":
        return to(asked.base)
    data = asked.look(lambda session: pages.result_page(session, asked.lang))
    return asked.page("result.html", {**data, "kept": False, "links": [], "command": ""})


@router.get("/glossary")
def glossary(asked: Asked, q: str = "", c: str = "") -> Response:
    """The concepts of the course."""
    data = asked.look(lambda session: pages.glossary_page(session, asked.lang, q[:100], c[:100]))
    return asked.page("glossary.html", data)


@router.get("/number/{name:path}")
def number(asked: Asked, name: str) -> Response:
    """Where a number comes from."""
    data = asked.look(lambda session: pages.number_page(session, asked.lang, name[:200]))
    return asked.page("number.html", data)
