"""The instructor's pages: signing in, rooms, the live board, the code for the projector."""

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from sim.classroom.model import Message, RoomInfo, Settings
from sim.classroom.practice import MOST
from sim.errors import SimError
from sim.ui.web import guard
from sim.ui.web.class_screen import class_screen
from sim.ui.web.instructor_visit import (
    SWITCHES,
    Asked,
    Form,
    Lesson,
    day,
    deletes,
    is_loopback,
    time_left,
)
from sim.ui.web.joining import link_of, qr_of
from sim.ui.web.telling import shown_once, tell, told
from sim.ui.web.templating import render
from sim.ui.web.trainee import to
from sim.ui.web.trainee_visit import language_of
from sim.view.build import build_catalogue
from sim.view.class_board import bot_names, build_class_board
from sim.view.class_words import say

router = APIRouter(include_in_schema=False)
LEAD: Final = "corner-cafe"
DOWNLOADS: Final = ("zip", "decisions")
_SHOWN: Final = 3  # of the messages that were sent
_NUMBERS: Final = ("seconds", "teams", "seats", "retention_days")
_CHOICES: Final = ("pace", "names", "absent", "reveal")


# Signing in -------------------------------------------------------------------------------------


@router.get("/teach")
def start(request: Request) -> Response:
    """The rooms, or the way in."""
    lang = language_of(request)
    if not guard.is_instructor(request):
        answer = render(
            "instructor/sign_in.html",
            lang,
            token=guard.form_token(request),
            message=told(request, lang),
            here="/teach",
            signed_in=False,
            room=None,
        )
        shown_once(request, answer)
        return answer
    asked = Lesson(request, guard.rooms_of(request), lang)
    found = [_listed(room, lang) for room in asked.rooms.rooms()]
    return asked.page("rooms.html", {"rooms": found})


def _listed(room: RoomInfo, lang: str) -> dict[str, Any]:
    state = say(lang, f"class.state.{room.state}", turn=room.turn, turns=room.turns)
    created = day(room.created_at)
    return {"info": room, "state": state, "created": created, "deletes": deletes(room, lang)}


@router.post("/teach/sign-in")
def sign_in(request: Request, form: Form) -> Response:
    """Show that one has the instructor's key."""
    answer = to("/teach")
    try:
        guard.keep_instructor(answer, request, form.get("key", ""))
    except SimError as error:
        wrong = error.code == "class/not-instructor"
        tell(answer, SimError("class/wrong-secret") if wrong else error)
    return answer


@router.post("/teach/sign-out")
def sign_out(request: Request, form: Form) -> Response:
    """This browser is nobody's any more."""
    del form
    answer = to("/teach")
    guard.forget_instructor(answer, request)
    return answer


# A new room -------------------------------------------------------------------------------------


@router.get("/teach/new")
def new(asked: Asked) -> Response:
    """What can be set, with sensible values."""
    scenarios = [each for each in build_catalogue(asked.lang).scenarios if not each.problem]
    wanted = asked.request.query_params.get("scenario", "") or LEAD
    data = {"scenarios": scenarios, "wanted": wanted, "settings": Settings(seconds=300)}
    return asked.page("new.html", {**data, "title": ""})


@router.post("/teach/new")
def create(asked: Asked, form: Form) -> Response:
    """Make the room."""
    try:
        settings = replace(settings_of(form), language=asked.lang)
        room = asked.rooms.open_room(form.get("scenario", ""), settings, form.get("title", ""))
    except SimError as error:
        answer = to("/teach/new")
        tell(answer, error)
        return answer
    return to(f"/teach/{room.id}")


def settings_of(form: Mapping[str, str]) -> Settings:
    """The settings in a form; what is missing has its usual value.

    Raises:
        SimError: `class/bad-setting` (name, value): something should be a number.
    """
    values: dict[str, Any] = {name: form[name] for name in _CHOICES if form.get(name)}
    values |= {name: _number(name, form[name]) for name in _NUMBERS if form.get(name)}
    seed = form.get("seed", "").strip()
    values["seed"] = _number("seed", seed) if seed else None
    values |= {name: bool(form.get(name)) for name in SWITCHES}
    return Settings(**values)


def _number(name: str, text: str) -> int:
    try:
        return int(text.strip()[:20])
    except ValueError:
        raise SimError("class/bad-setting", name=name, value=text[:40]) from None


# The room ---------------------------------------------------------------------------------------


@router.get("/teach/{room}")
def board(asked: Asked, room: str) -> Response:
    """The live board with everything that can be done."""
    info = asked.room(room)
    lines, now = asked.rooms.board(info.id), time.time()
    shown = build_class_board(info, lines, asked.rooms.seats(info.id), now=now, lang=asked.lang)
    link = link_of(asked.request, f"/j/{info.code}")
    data = {
        "board": shown,
        "qr": qr_of(link),
        "roster": asked.rooms.roster(info.id) if info.settings.names == "roster" else (),
        "downloads": DOWNLOADS,
        "sent": [_told(each) for each in reversed(asked.rooms.messages(info.id)[-_SHOWN:])],
        "projector": f"/projector/{info.id}/{asked.rooms.projector_token(info.id)}",
        "practice_most": MOST,
        "bots": bot_names(asked.lang),
        "links": links(asked, info),
        "deletes": deletes(info, asked.lang),
        "watch_key": f"{info.seq}/" + ",".join(f"{each.status}{each.since}" for each in shown.rows),
        **time_left(info),
    }
    return asked.page("board.html", data, room=info)


def _told(message: Message) -> dict[str, str]:
    """A message, and when the class got it."""
    return {"text": message.text, "when": time.strftime("%H:%M", time.localtime(message.at))}


def links(asked: Lesson, room: RoomInfo) -> list[dict[str, str]]:
    """What else there is for this room, as far as the app has it."""
    found = getattr(asked.request.app.state, "room_links", None)
    return list(found(asked.request, room, asked.lang)) if found is not None else []


@router.get("/teach/{room}/screen")
def screen(asked: Asked, room: str) -> Response:
    """Code and QR code, and how far the class is, large enough for the last row."""
    info = asked.room(room)
    shown = class_screen(asked.request, info, asked.lang)
    data = {"screen": shown, "loopback": is_loopback(asked.request)}
    return asked.page("screen.html", data, room=info)
