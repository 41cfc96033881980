"""The projector: a screen that nobody can act from, and that names nobody; and the same for a seat.

`/projector/ROOM/TOKEN` is exchanged at once for a cookie that opens this one page and nothing else,
so that what stands in the address bar of a projected browser opens nothing for who copies it.
"""

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from sim.classroom.model import RoomInfo, Standing
from sim.errors import SimError
from sim.ui.web import guard
from sim.ui.web.class_screen import class_screen, decided, key_of
from sim.ui.web.debrief import debriefs_of, shown, slides, words
from sim.ui.web.templating import render
from sim.ui.web.trainee import to
from sim.ui.web.trainee_visit import language_of
from sim.view.class_debrief_words import say
from sim.view.class_words import say as say_page

router = APIRouter(include_in_schema=False)
_COOKIE: Final = "rapport_projector"
_HOURS: Final = 12 * 3600  # seconds that a screen is remembered
_LONGEST: Final = 200


@router.get("/projector/{room}/state")
def state(request: Request, room: str) -> Response:
    """Whether the screen has something new to show.

    Raises:
        SimError: `class/unknown-link`.
    """
    info = _expect(request, room, request.cookies.get(_COOKIE, ""))
    return JSONResponse({"key": key_of(info, decided(request, info))})


@router.get("/projector/{room}/{token}")
def begin(request: Request, room: str, token: str) -> Response:
    """Make this browser the screen of a room.

    Raises:
        SimError: `class/unknown-link`, `class/too-often`.
    """
    _expect(request, room, token)
    answer = to(f"/projector/{room}")
    answer.set_cookie(
        _COOKIE,
        token[:_LONGEST],
        max_age=_HOURS,
        httponly=True,
        samesite="lax",
        secure=request.app.state.tls,
        path=f"/projector/{room}",
    )
    return answer


def _expect(request: Request, room: str, token: str) -> RoomInfo:
    """The room that a screen shows; nothing is looked up for a wrong token."""
    rooms = guard.rooms_of(request)

    def find() -> RoomInfo:
        if not rooms.is_projector(room, token[:_LONGEST]):
            raise SimError("class/unknown-link")
        try:
            return rooms.room(room)
        except SimError:
            raise SimError("class/unknown-link") from None

    return guard.guessable(request, token[:_LONGEST], find)


@router.get("/projector/{room}")
def screen(request: Request, room: str) -> Response:
    """The code while the class gathers and plays, the debrief once the room has ended.

    Raises:
        SimError: `class/unknown-link`: this browser is not the room's screen.
    """
    info = _expect(request, room, request.cookies.get(_COOKIE, ""))
    lang = language_of(request)
    if info.state == "ended":
        desk = debriefs_of(request).desk(info.id)
        desk.poll()
        if desk.played:
            return slides(request, shown(desk, lang), lang, names=None, back="")
    return render(
        "projector_wait.html",
        lang,
        room=info,
        screen=class_screen(request, info, lang),
        told=words(lang),
        token=guard.form_token(request),
        here=f"/projector/{info.id}",
    )


@router.get("/play/debrief")
def own(request: Request) -> Response:
    """The debrief on a trainee's own device: once the room has ended, and without names.

    Raises:
        SimError: `class/unknown-seat`, `class/not-over`.
    """
    info = guard.rooms_of(request).room(guard.seat_info(request).room)
    desk = debriefs_of(request).desk(info.id) if info.state == "ended" else None
    if desk is None or not desk.played:
        raise SimError("class/not-over")
    desk.poll()
    lang = language_of(request)
    return slides(request, shown(desk, lang), lang, names=None, back="/play")


def after_game(standing: Standing, lang: str) -> list[dict[str, str]]:
    """Where a trainee may go on to after the game."""
    if standing.room.state != "ended":
        return []
    own = {
        "url": "/play/review",
        "icon": "graduation-cap",
        "text": say_page(lang, "class.review.title"),
    }
    of_class = {"url": "/play/debrief", "icon": "chart-line", "text": say(lang, "nav.of_class")}
    return [own, of_class] if standing.room.settings.reviews else [of_class]
