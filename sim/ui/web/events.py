"""Saying to a page that something has changed: by a stream, or when it asks.

The stream is server-sent events, plain HTTP that browsers reconnect by themselves. It carries a
number only; the page asks for what it shows. A page without a stream asks for the number.
"""

from collections.abc import AsyncIterator, Sequence
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, StreamingResponse

from sim.classroom.model import RoomInfo
from sim.classroom.rooms import Rooms
from sim.ui.web import guard

router = APIRouter(include_in_schema=False)
_KIND: Final = "text/event-stream"


@router.get("/events")
async def of_seat(request: Request) -> Response:
    """What concerns a trainee."""
    seat = await run_in_threadpool(guard.seat_info, request)
    rooms = guard.rooms_of(request)
    topics = await run_in_threadpool(rooms.topics, seat.id)
    return stream(rooms, seat.room, topics, seat=seat.id)


@router.get("/version")
async def version_for_seat(request: Request) -> Response:
    """The number of the last event that concerns a trainee."""
    seat = await run_in_threadpool(guard.seat_info, request)
    rooms = guard.rooms_of(request)
    topics = await run_in_threadpool(rooms.topics, seat.id)
    number = await run_in_threadpool(rooms.version, seat.room, topics)
    return numbered(request, number)


@router.get("/teach/{room}/events")
async def of_room(request: Request, room: str) -> Response:
    """Everything that happens in a room."""
    found = await run_in_threadpool(_taught, request, room)
    return stream(guard.rooms_of(request), found.id)


@router.get("/teach/{room}/version")
async def version_of_room(request: Request, room: str) -> Response:
    """The number of the last event of a room."""
    found = await run_in_threadpool(_taught, request, room)
    number = await run_in_threadpool(guard.rooms_of(request).version, found.id)
    return numbered(request, number)


def _taught(request: Request, room: str) -> RoomInfo:
    guard.expect_instructor(request)
    return guard.rooms_of(request).room(room)


def stream(
    rooms: Rooms, room: str, topics: Sequence[str] | None = None, *, seat: str = ""
) -> StreamingResponse:
    """A stream of the numbers of events.

    Args:
        rooms: the service.
        room: id of the room.
        topics: what about; None: everything.
        seat: whose sign of life it is.
    """

    async def lines() -> AsyncIterator[str]:
        last = -1
        listening = rooms.listen(room) if topics is None else rooms.listen(room, topics)
        async for number in listening:
            if seat:
                rooms.seen(seat)
            yield ": \n\n" if number == last else f'id: {number}\ndata: {{"version": {number}}}\n\n'
            last = number

    return StreamingResponse(lines(), media_type=_KIND, headers={"x-accel-buffering": "no"})


def numbered(request: Request, number: int) -> Response:
    """A number for a page that asks often; nothing if it knows it."""
    tag = f'"{number}"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"etag": tag})
    return JSONResponse({"version": number}, headers={"etag": tag})
