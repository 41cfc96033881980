"""The JSON interface for a program that computes its own game: the window, when it joins a class.

What it is told is described in `sim.classroom.beyond`: no luck before the turn it was drawn for has
been played. It says one thing itself: which turn mattered most, once the game is over.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool

from sim.classroom.beyond import Door, Played
from sim.classroom.incoming import SentTurning
from sim.classroom.model import Said
from sim.ui.web import guard
from sim.ui.web.answers import REFUSALS
from sim.ui.web.api import PREFIX, Name

router = APIRouter(prefix=PREFIX, responses=REFUSALS, tags=["window"])

Known = Annotated[int, Query(ge=0, le=1000)]


@router.get("/join/{code}")
def door(request: Request, code: Name) -> dict[str, Any]:
    """What a room asks of those who want to join it, and what they need to compute its games."""
    found: Door = guard.rooms_of(request).door(guard.room_of_code(request, code).id)
    room = found.room
    return {
        "title": room.title,
        "scenario": room.scenario,
        "state": room.state,
        "turns": room.turns,
        "locked": room.locked,
        "names": room.settings.names,
        "teams": room.settings.teams,
        "fingerprint": found.fingerprint,
        "rules_version": found.rules_version,
    }


@router.get("/me/played")
async def played(request: Request, after: Known = 0) -> dict[str, Any]:
    """The turns of one's own game that have been played, with what was drawn for each."""
    seat = await run_in_threadpool(guard.seat_of, request)
    found: Played = await run_in_threadpool(guard.rooms_of(request).played, seat, after)
    return {
        **vars(found),
        "turns": [each.model_dump(mode="json", exclude_defaults=True) for each in found.turns],
        "draft": found.draft.model_dump(mode="json", exclude_defaults=True),
    }


@router.put("/me/turning")
async def turning(request: Request, sent: SentTurning) -> dict[str, int]:
    """Which turn of one's own game mattered most, said before its review is looked at."""
    seat = await run_in_threadpool(guard.seat_of, request)
    said = Said(sent.turn, sent.why)
    await run_in_threadpool(guard.rooms_of(request).say_turning, seat, said)
    return {"turn": said.turn}


@router.get("/me/scenario")
async def scenario(request: Request) -> dict[str, str]:
    """The scenario that is played and its library, as texts by their place in a folder."""
    seat = await run_in_threadpool(guard.seat_of, request)
    return await run_in_threadpool(guard.rooms_of(request).scenario_files, seat)
