"""The JSON interface, version 1: what a program does for a trainee. Described at openapi.json."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any, Literal, TypeVar

from fastapi import APIRouter, Header, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from sim.classroom.events import ClassError
from sim.classroom.incoming import SentDecision, SentJoin, SentLink, SentVote
from sim.classroom.model import Draft, Receipt, RoomInfo, SeatInfo, Standing
from sim.errors import IllegalChoiceError
from sim.play.session import Session
from sim.ui.web import guard
from sim.ui.web.answers import REFUSALS
from sim.view import build

T = TypeVar("T")
PREFIX = "/api/v1"
router = APIRouter(prefix=PREFIX, responses=REFUSALS, tags=["trainee"])

Turn = Annotated[int, Path(ge=1, le=1000)]
Key = Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=80)]
JoinKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=16,
        max_length=80,
        description="Sent again with the same key, it leads to the same seat and token, so the "
        "key has to be as random and as secret as they are: a UUID of version 4, say.",
    ),
]
Name = Annotated[str, Path(max_length=100)]
Lang = Annotated[Literal["en", "zh"], Query()]


@router.post("/join", status_code=201)
async def join(request: Request, body: SentJoin, key: JoinKey = None) -> dict[str, Any]:
    """Take a seat; the token proves it from now on, and is said only to who knows the key."""

    def take() -> tuple[SeatInfo, str]:
        room = guard.room_of_code(request, body.code)
        return guard.rooms_of(request).join(
            room.code,
            body.label,
            team=body.team,
            kind=body.kind,
            number=body.number,
            key=f"api/{key}" if key else "",
        )

    seat, token = await run_in_threadpool(take)
    return {"seat": _public(seat), "token": token}


@router.post("/resume", status_code=201)
async def resume(request: Request, body: SentLink) -> dict[str, Any]:
    """Exchange what another device handed over for a token of one's own."""
    seat, token = await run_in_threadpool(guard.take_over, request, body.link)
    return {"seat": _public(seat), "token": token}


@router.get("/me", response_model=dict[str, Any])
async def me(request: Request) -> Response:
    """How the class and one's own seat stand."""
    seat, rooms = await _seat(request), guard.rooms_of(request)
    if rooms.at_hand(seat.room):  # a thread would take longer than the answer
        return JSONResponse(shown(rooms.standing(seat.id)))
    return JSONResponse(shown(await run_in_threadpool(rooms.standing, seat.id)))


@router.post("/me/link", status_code=201)
async def hand_over(request: Request) -> dict[str, str]:
    """A link for another device of one's own; works once, within ten minutes."""
    seat = await run_in_threadpool(guard.seat_of, request)
    return {"link": await run_in_threadpool(guard.rooms_of(request).hand_over, seat)}


@router.put("/me/decisions/{turn}", response_model=Receipt)
async def decide(request: Request, turn: Turn, key: Key, body: SentDecision) -> Response:
    """Decide a turn, or propose it to one's team.

    Answered when it is on the disk. Sent again with the same key, it is answered in the same way
    and done only once: whoever got no answer sends it again.
    """
    rooms = guard.rooms_of(request)
    seat = await _seat(request)
    soon = rooms.submit_soon(seat.id, turn, key, body.record())
    return JSONResponse(vars(await asyncio.wrap_future(soon)))


@router.put("/me/draft/{turn}")
async def draft(request: Request, turn: Turn, body: SentDecision) -> dict[str, Any]:
    """Keep what has been chosen so far, for another device and for when the turn closes."""
    seat = await _seat(request)
    rooms = guard.rooms_of(request)
    kept: Draft = await run_in_threadpool(rooms.keep_draft, seat.id, turn, body.record())
    return {"turn": kept.turn, "at": kept.at}


@router.put("/me/votes/{turn}")
async def vote(request: Request, turn: Turn, key: Key, body: SentVote) -> Receipt:
    """Vote for the proposal of a member of one's team."""
    seat = await _seat(request)
    rooms = guard.rooms_of(request)
    return await run_in_threadpool(rooms.vote, seat.id, turn, body.proposal, key)


@router.get("/me/turn")
async def open_turn(request: Request, lang: Lang = "en") -> dict[str, Any]:
    """The open turn as its player sees it."""
    return await _seen(request, lambda session: asdict(build.build_view(session, lang)))


@router.get("/me/customers/{customer}")
async def customer(request: Request, customer: Name, lang: Lang = "en") -> dict[str, Any]:
    """A customer's file, with what can be done."""

    def look(session: Session) -> dict[str, Any]:
        if customer not in session.rules.customer_ids:
            raise IllegalChoiceError("choice/unknown-customer", customer=customer)
        return asdict(build.build_customer(session, lang, customer))

    return await _seen(request, look)


@router.get("/me/game")
async def game(request: Request) -> dict[str, Any]:
    """One's own game as a file, for review; it tells the luck, so not before the room has ended."""
    seat = await _seat(request)
    return json.loads(await run_in_threadpool(guard.rooms_of(request).game_file, seat.id))


async def _seen(request: Request, look: Callable[[Session], T]) -> T:
    seat = await _seat(request)
    if seat.removed:
        raise ClassError("class/removed")
    return await run_in_threadpool(guard.rooms_of(request).view, seat.id, look)


async def _seat(request: Request) -> SeatInfo:
    """Whose request it is; looked up in a thread only if it is not at hand."""
    token = guard.seat_token(request)
    rooms = guard.rooms_of(request)
    known = rooms.seat_at_hand(token) if token else None
    if known is None:
        return await run_in_threadpool(guard.seat_info, request)
    rooms.seen(known.id)
    return known


def _public(seat: SeatInfo) -> dict[str, Any]:
    return {"id": seat.id, "label": seat.label, "team": seat.team, "room": seat.room}


def _room(room: RoomInfo) -> dict[str, Any]:
    """A room as a trainee may know it: not its seed, which is its luck."""
    settings = {name: value for name, value in vars(room.settings).items() if name != "seed"}
    return {**vars(room), "settings": settings}


def shown(standing: Standing) -> dict[str, Any]:
    """A standing as plain data."""
    return {
        **vars(standing),
        "room": _room(standing.room),
        "seat": vars(standing.seat),
        "messages": [vars(each) for each in standing.messages],
        "proposals": [
            {
                "seat": each.seat,
                "label": each.label,
                "votes": each.votes,
                "mine": each.mine,
                "decision": each.record.model_dump(mode="json", exclude_defaults=True),
            }
            for each in standing.proposals
        ],
    }
