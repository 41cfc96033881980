"""The JSON interface, version 1: what a program does for an instructor."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.concurrency import run_in_threadpool

from sim.classroom.incoming import SentDeed, SentPractice, SentRoom
from sim.classroom.model import BoardLine, RoomInfo
from sim.classroom.rooms import Rooms
from sim.ui.web import guard
from sim.ui.web.answers import REFUSALS
from sim.ui.web.api import PREFIX
from sim.ui.web.debrief import forget_room

router = APIRouter(
    prefix=PREFIX,
    responses=REFUSALS,
    tags=["instructor"],
    dependencies=[Depends(guard.expect_instructor)],
)

Code = Annotated[str, Path(max_length=40)]
Name = Annotated[str, Path(max_length=100)]

_DEEDS: Final[dict[str, Callable[[Rooms, str, SentDeed], RoomInfo]]] = {
    "open": lambda rooms, room, sent: rooms.open_turn(room, sent.seconds),
    "close": lambda rooms, room, sent: rooms.close_turn(room, sent.turn),
    "pause": lambda rooms, room, _: rooms.pause(room),
    "resume": lambda rooms, room, _: rooms.resume(room),
    "extend": lambda rooms, room, sent: rooms.extend(room, sent.seconds or 60),
    "lock": lambda rooms, room, _: rooms.lock(room, locked=True),
    "unlock": lambda rooms, room, _: rooms.lock(room, locked=False),
    "message": lambda rooms, room, sent: rooms.message(room, sent.text),
    "end": lambda rooms, room, _: rooms.end(room),
}

_LIST: Final = {  # a body that is no model has to be described by hand
    "requestBody": {
        "description": "A CSV file: number, name, and an address if there is one.",
        "required": True,
        "content": {"text/csv": {"schema": {"type": "string"}}},
    }
}


@router.post("/rooms", status_code=201)
def open_room(request: Request, body: SentRoom) -> RoomInfo:
    """Make a room, in its lobby."""
    rooms = guard.rooms_of(request)
    return rooms.open_room(body.scenario, body.settings.settings(), body.title)


@router.get("/rooms")
def rooms(request: Request) -> tuple[RoomInfo, ...]:
    """All rooms, the newest first."""
    return guard.rooms_of(request).rooms()


@router.get("/rooms/{room}")
def room(request: Request, room: Code) -> RoomInfo:
    """A room by its code or id."""
    return guard.rooms_of(request).room(room)


@router.patch("/rooms/{room}")
def change(request: Request, room: Code, body: SentDeed) -> RoomInfo:
    """Open or close a turn, pause, resume, give time, lock, unlock, tell everybody, end."""
    rooms = guard.rooms_of(request)
    return _DEEDS[body.action](rooms, rooms.room(room).id, body)


@router.get("/rooms/{room}/board")
def board(request: Request, room: Code) -> tuple[BoardLine, ...]:
    """Where everybody is."""
    rooms = guard.rooms_of(request)
    return rooms.board(rooms.room(room).id)


@router.get("/rooms/{room}/games")
def games(request: Request, room: Code) -> list[dict[str, Any]]:
    """Every game with its label, team and bots, as its file would have it."""
    rooms = guard.rooms_of(request)
    return [
        {
            "label": each.label,
            "team": each.team,
            "bots": each.bots,
            "game": each.record.model_dump(mode="json"),
        }
        for each in rooms.games(rooms.room(room).id)
    ]


@router.post("/rooms/{room}/practice", status_code=201)
def add_practice(request: Request, room: Code, body: SentPractice) -> RoomInfo:
    """Let bots take seats, while nothing has been opened."""
    rooms = guard.rooms_of(request)
    return rooms.add_practice(rooms.room(room).id, body.number, body.play)


@router.delete("/rooms/{room}/practice")
def remove_practice(request: Request, room: Code) -> RoomInfo:
    """Send all bots away."""
    rooms = guard.rooms_of(request)
    return rooms.remove_practice(rooms.room(room).id)


@router.post("/rooms/{room}/seats/{seat}/reissue", status_code=201)
def reissue(request: Request, room: Code, seat: Name) -> dict[str, str]:
    """A link to a seat whose device is lost; what that device kept is void."""
    return {"link": guard.rooms_of(request).reissue(_seat(request, room, seat))}


@router.post("/rooms/{room}/seats/{seat}/remove")
def remove(request: Request, room: Code, seat: Name) -> dict[str, str]:
    """Send somebody away; what they have decided stays."""
    return {"seat": guard.rooms_of(request).kick(_seat(request, room, seat)).id}


def _seat(request: Request, room: str, seat: str) -> str:
    """The seat, if it is of this room."""
    rooms = guard.rooms_of(request)
    return rooms.seat_in(rooms.room(room).id, seat).id


@router.put("/rooms/{room}/roster", openapi_extra=_LIST)
async def roster(request: Request, room: Code) -> list[dict[str, str]]:
    """Replace the name list by that of a CSV file, which is the body."""
    return [asdict(line) for line in await _written(request, room, await request.body())]


async def _written(request: Request, room: str, raw: bytes) -> Any:
    rooms = guard.rooms_of(request)
    found = await run_in_threadpool(rooms.room, room)
    return await run_in_threadpool(rooms.set_roster, found.id, raw)


@router.delete("/rooms/{room}", status_code=204)
def delete(request: Request, room: Code) -> Response:
    """Delete a room and everything in it."""
    rooms = guard.rooms_of(request)
    found = rooms.room(room)
    forget_room(request, found.id)
    rooms.delete(found.id)
    return Response(status_code=204)


@router.delete("/rooms/{room}/personal-data")
def erase(request: Request, room: Code) -> RoomInfo:
    """Delete every name, the name list, free text and links; the games stay."""
    rooms = guard.rooms_of(request)
    return rooms.erase(rooms.room(room).id)
