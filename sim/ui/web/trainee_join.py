"""Coming into a room: with a code, or with a key from another device; and choosing a language."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from sim.classroom.model import RoomInfo
from sim.classroom.secrets import new_token
from sim.errors import SimError
from sim.play.session import Session
from sim.ui.web import guard
from sim.ui.web.telling import shown_once, told
from sim.ui.web.templating import render
from sim.ui.web.trainee import to
from sim.ui.web.trainee_shown import back_to, forget, keep_missed
from sim.ui.web.trainee_visit import LANGUAGES, language_of
from sim.view.class_words import explain, say

router = APIRouter(include_in_schema=False)
Form = Annotated[Mapping[str, str], Depends(guard.trusted_form)]
YEAR = 365 * 24 * 3600
_ONCE = 32  # characters that only we think of


@router.get("/")
def start(request: Request) -> Response:
    """Where one joins."""
    return _join_page(request, "")


@router.get("/j/{code}")
def join_link(request: Request, code: str) -> Response:
    """The same with the code filled in; where a QR code leads."""
    return _join_page(request, code[:12])


def _join_page(
    request: Request,
    code: str,
    *,
    typed: Mapping[str, str] = MappingProxyType({}),
    room: RoomInfo | None = None,
    error: SimError | None = None,
) -> Response:
    """The form; after a refusal that of the same room, with what was typed."""
    lang = language_of(request)
    if code and error is None:
        try:
            room = guard.room_of_code(request, code)
        except SimError as found:
            error = found
    answer = render(
        "trainee/join.html",
        lang,
        status=200 if error is None else 409,
        code=code.upper(),
        typed={name: typed.get(name, "") for name in ("label", "number", "team")},
        room=room,
        teams=_teams(room, lang),
        token=guard.form_token(request),
        message=told(request, lang) if error is None else explain(error, lang),
        back=request.url.path,
        once=new_token(),
    )
    shown_once(request, answer)
    return answer


def _teams(room: RoomInfo | None, lang: str) -> list[dict[str, str]]:
    count = room.settings.teams if room else 0
    return [
        {"id": str(number), "name": say(lang, "class.team_name", team=number)}
        for number in range(1, count + 1)
    ]


@router.post("/join")
def join(request: Request, form: Form) -> Response:
    """Take a seat."""
    lang = form.get("lang", "")
    code, label, number = form.get("code", "")[:24], form.get("label", ""), form.get("number", "")
    room = None
    try:
        room = guard.room_of_code(request, code)
        if _asks_more(room, form):
            return _with_language(to(f"/j/{room.code}"), lang)
        seat, token = guard.rooms_of(request).join(
            room.code,
            label=label,
            team=form.get("team", ""),
            number=number,
            key=_key(form.get("once", ""), label, number),
        )
    except SimError as error:
        return _join_page(request, code, typed=form, room=room, error=error)
    answer = to("/play")
    forget(answer)
    if room.turn and (turns := guard.rooms_of(request).view(seat.id, _played)):
        keep_missed(answer, turns)
    guard.keep_seat(answer, request, token)
    return _with_language(answer, lang)


def _played(session: Session) -> int:
    return len(session.reports)


def _key(once: str, label: str, number: str) -> str:
    """The same for a form that is sent again, and another for the next one at this computer."""
    return f"page/{once}/{label}/{number}" if len(once) >= _ONCE else ""


def _asks_more(room: RoomInfo, form: Mapping[str, str]) -> bool:
    """Whether the room wants to know what the first page did not ask for."""
    names = room.settings.names
    missing = {"roster": "number", "own": "label"}.get(names, "")
    return bool(missing and not form.get(missing)) or bool(
        room.settings.teams and "team" not in form
    )


@router.get("/resume")
def resume_page(request: Request) -> Response:
    """Where a key is given; a link with one fills it in."""
    return _resume_page(request)


def _resume_page(request: Request, error: SimError | None = None) -> Response:
    lang = language_of(request)
    return render(
        "trainee/resume.html",
        lang,
        status=200 if error is None else 409,
        token=guard.form_token(request),
        message="" if error is None else explain(error, lang),
        back="/resume",
    )


@router.post("/resume")
def resume(request: Request, form: Form) -> Response:
    """Take over a seat with a key that works once."""
    try:
        _, token = guard.take_over(request, form.get("key", "").strip())
    except SimError as error:
        return _resume_page(request, error)
    answer = to("/play")
    forget(answer)
    guard.keep_seat(answer, request, token)
    return answer


@router.post("/language")
def language(form: Form) -> Response:
    """English or Chinese from now on."""
    return _with_language(to(back_to(form.get("back", ""), "/")), form.get("lang", ""))


def _with_language(answer: Response, lang: str) -> Response:
    if lang in LANGUAGES:
        answer.set_cookie("lang", lang, max_age=YEAR, httponly=True, samesite="lax", path="/")
    return answer
