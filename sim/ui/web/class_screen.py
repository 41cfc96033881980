"""What a class looks at on a screen: the instructor's, or one that can do nothing."""

import time
from typing import Any

from fastapi import Request

from sim.classroom.model import RoomInfo
from sim.ui.web import guard
from sim.ui.web.debrief import debriefs_of
from sim.ui.web.instructor_visit import time_left
from sim.ui.web.joining import link_of, qr_of
from sim.view.class_board import build_class_board
from sim.view.class_standing import ClassStanding, build_class_standing


def class_screen(request: Request, info: RoomInfo, lang: str) -> dict[str, Any]:
    """Everything that the screen shows, and a key that is the same as long as that is."""
    rooms = guard.rooms_of(request)
    lines = rooms.board(info.id)
    board = build_class_board(info, lines, (), now=time.time(), lang=lang)
    return {
        "address": link_of(request, "").partition("://")[2],
        "qr": qr_of(link_of(request, f"/j/{info.code}")),
        "state": board.state,
        "decided": board.decided,
        "playing": board.playing,
        "decided_text": board.summary,
        "standing": _standing(request, info, lang),
        "key": key_of(info, board.decided),
        **time_left(info),
    }


def key_of(info: RoomInfo, decided: int) -> str:
    """The same as long as the screen shows the same."""
    taken = f"{info.seats}/{info.practice}/{info.locked}"
    return f"{info.state}/{info.turn}/{info.deadline}/{taken}/{decided}"


def decided(request: Request, info: RoomInfo) -> int:
    """How many games have decided."""
    lines = guard.rooms_of(request).board(info.id)
    return sum(1 for line in lines if line.status in {"submitted", "finished"})


def _standing(request: Request, info: RoomInfo, lang: str) -> ClassStanding | None:
    """How the class stands, between two turns where the room is set so, and in the end."""
    between = info.state == "between" and info.settings.reveal == "turn"
    if not (between or info.state == "ended"):
        return None
    desk = debriefs_of(request).desk(info.id)
    return build_class_standing(desk.case, desk.found(), lang) if desk.played else None
