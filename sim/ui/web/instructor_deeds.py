"""What the instructor does to a room; what cannot be taken back is asked for first."""

from collections.abc import Callable
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends
from fastapi.responses import Response
from starlette.datastructures import FormData, UploadFile

from sim.classroom.model import RoomInfo
from sim.errors import SimError
from sim.ui.web import guard
from sim.ui.web.debrief import forget_room
from sim.ui.web.instructor_visit import SWITCHES, Asked, Form, Lesson
from sim.ui.web.joining import link_of, qr_of
from sim.ui.web.telling import tell
from sim.ui.web.trainee import to
from sim.view.class_words import say

router = APIRouter(include_in_schema=False)
LONGEST_EXTENSION: Final = 86_400
_YES: Final = {  # what the button says that does it
    "close": "class.close",
    "end": "class.end",
    "kick": "class.kick",
    "reissue": "class.reissue",
    "erase": "class.erase",
    "delete": "class.delete_all",
}
_PACE: Final[dict[str, Callable[[Lesson, str], object]]] = {
    "open": lambda asked, room: asked.rooms.open_turn(room),
    "pause": lambda asked, room: asked.rooms.pause(room),
    "resume": lambda asked, room: asked.rooms.resume(room),
    "lock": lambda asked, room: asked.rooms.lock(room, locked=True),
    "unlock": lambda asked, room: asked.rooms.lock(room, locked=False),
}


def done(deed: Callable[[], object], url: str) -> Response:
    """On to a page after a deed; a refusal is said there."""
    answer = to(url)
    try:
        deed()
    except SimError as error:
        tell(answer, error)
    return answer


# Pace -------------------------------------------------------------------------------------------


@router.post("/teach/{room}/do")
def do(asked: Asked, room: str, form: Form) -> Response:
    """Open, pause, go on, lock, close, give more time."""
    deed, seconds = form.get("deed", ""), form.get("seconds", "")

    def wanted() -> object:
        if seconds.isdecimal():
            return asked.rooms.extend(room, min(int(seconds[:6]), LONGEST_EXTENSION))
        if deed == "close":
            return asked.rooms.close_turn(room, _number(form.get("turn", "")))
        return _PACE[deed](asked, room) if deed in _PACE else None

    return done(wanted, f"/teach/{room}")


@router.post("/teach/{room}/close")
def close(asked: Asked, room: str, form: Form) -> Response:
    """Close the turn that the page was about, although some have not decided."""
    turn = _number(form.get("turn", ""))
    return done(lambda: asked.rooms.close_turn(room, turn), f"/teach/{room}")


@router.post("/teach/{room}/end")
def end(asked: Asked, room: str, form: Form) -> Response:
    """End the class."""
    del form
    return done(lambda: asked.rooms.end(room), f"/teach/{room}")


@router.post("/teach/{room}/message")
def message(asked: Asked, room: str, form: Form) -> Response:
    """Tell everybody something."""
    return done(lambda: asked.rooms.message(room, form.get("text", "")), f"/teach/{room}")


@router.post("/teach/{room}/practice")
def practice(asked: Asked, room: str, form: Form) -> Response:
    """Let bots take seats, or send them all away."""

    def wanted() -> object:
        if form.get("remove"):
            return asked.rooms.remove_practice(room)
        return asked.rooms.add_practice(room, _number(form.get("number", "")), form.get("play", ""))

    return done(wanted, f"/teach/{room}")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 5 else 0


# Asking first -----------------------------------------------------------------------------------


@router.get("/teach/{room}/sure/{deed}")
def sure(asked: Asked, room: str, deed: str) -> Response:
    """A question before something that cannot be taken back."""
    info = asked.room(room)
    if deed not in _YES:
        return to(f"/teach/{info.id}")
    seat = asked.request.query_params.get("seat", "")[:40]
    question, text = _question(asked, info, deed, seat)
    yes = say(asked.lang, _YES[deed], turn=info.turn)
    data = {"deed": deed, "seat": seat, "question": question, "text": text, "yes": yes}
    return asked.page("sure.html", data, room=info)


def _question(asked: Lesson, room: RoomInfo, deed: str, seat: str) -> tuple[str, str]:
    """What is asked, and what follows from it."""
    lang = asked.lang
    if deed == "close":
        board = asked.rooms.board(room.id)
        deciding = [each for each in board if each.status not in {"submitted", "finished"}]
        left = sum(1 for each in deciding if not each.practice)
        rule = say(lang, f"class.absent.{room.settings.absent}")
        question = say(lang, "class.close_sure", turn=room.turn)
        return question, say(lang, "class.close_text", n=left, rule=_within(rule, lang))
    if deed in {"kick", "reissue"}:
        name = _label(asked, room, seat)
        key = "class.kick_sure" if deed == "kick" else "class.reissue_for"
        return say(lang, key, name=name), say(lang, f"class.{deed}_text")
    if deed == "end":
        return say(lang, "class.end_sure"), say(lang, "class.end_text")
    return say(lang, f"class.{deed}_sure"), say(lang, f"class.{deed}_text")


def _within(text: str, lang: str) -> str:
    """A sentence's beginning within another one."""
    return text[:1].lower() + text[1:] if lang == "en" else text


def _label(asked: Lesson, room: RoomInfo, seat: str) -> str:
    """The name of a seat of this room.

    Raises:
        SimError: `class/unknown-seat`.
    """
    for each in asked.rooms.seats(room.id):
        if each.id == seat:
            return each.label
    raise SimError("class/unknown-room")


# Seats ------------------------------------------------------------------------------------------


@router.post("/teach/{room}/kick")
def kick(asked: Asked, room: str, form: Form) -> Response:
    """Send somebody away."""
    seat = form.get("seat", "")
    _label(asked, asked.room(room), seat)
    return done(lambda: asked.rooms.kick(seat), f"/teach/{room}")


@router.post("/teach/{room}/reissue")
def reissue(asked: Asked, room: str, form: Form) -> Response:
    """A new key for somebody whose device is lost."""
    info, seat = asked.room(room), form.get("seat", "")
    name = _label(asked, info, seat)
    key = asked.rooms.reissue(seat)
    link = link_of(asked.request, f"/resume#{key}")
    heading = say(asked.lang, "class.reissue_for", name=name)
    data = {"heading": heading, "link": link, "key": key, "qr": qr_of(link)}
    return asked.page("key.html", data, room=info)


@router.get("/teach/{room}/roster")
def roster(asked: Asked, room: str) -> Response:
    """The name list: who is who."""
    info = asked.room(room)
    labels = {seat.id: seat.label for seat in asked.rooms.seats(info.id)}
    data = {"roster": asked.rooms.roster(info.id), "labels": labels}
    return asked.page("roster.html", data, room=info)


Parts = Annotated[FormData, Depends(guard.trusted_parts)]


@router.post("/teach/{room}/roster")
def upload(asked: Asked, room: str, parts: Parts) -> Response:
    """A new name list."""
    sent = parts.get("file")
    raw = b""
    if isinstance(sent, UploadFile):
        with sent.file as file:
            raw = file.read()
    return done(lambda: asked.rooms.set_roster(room, raw), f"/teach/{room}/roster")


# Settings and deleting --------------------------------------------------------------------------


@router.get("/teach/{room}/settings")
def settings(asked: Asked, room: str) -> Response:
    """What can still be changed."""
    info = asked.room(room)
    saved = asked.request.query_params.get("saved") == "1"
    return asked.page("settings.html", {"settings": info.settings, "saved": saved}, room=info)


@router.post("/teach/{room}/settings")
def change(asked: Asked, room: str, form: Form) -> Response:
    """Change it."""
    values: dict[str, Any] = {name: form[name] for name in ("absent", "reveal") if form.get(name)}
    for name in ("seconds", "seats", "retention_days"):
        if form.get(name, "").isdecimal():
            values[name] = int(form[name][:9])
    values |= {name: bool(form.get(name)) for name in SWITCHES}
    url = f"/teach/{room}/settings"
    answer = done(lambda: asked.rooms.change_settings(room, **values), url)
    if "set-cookie" not in answer.headers:
        answer.headers["location"] = f"{url}?saved=1"
    return answer


@router.post("/teach/{room}/erase")
def erase(asked: Asked, room: str, form: Form) -> Response:
    """Delete every name."""
    del form
    return done(lambda: asked.rooms.erase(room), f"/teach/{room}")


@router.post("/teach/{room}/delete")
def delete(asked: Asked, room: str, form: Form) -> Response:
    """Delete the room with everything in it."""
    info = asked.room(room)
    typed = "".join(each for each in form.get("code", "").upper() if each.isalnum())
    if typed != info.code:
        answer = to(f"/teach/{info.id}/sure/delete")
        tell(answer, SimError("class/wrong-code"))
        return answer
    forget_room(asked.request, info.id)
    asked.rooms.delete(info.id)
    return to("/teach")
