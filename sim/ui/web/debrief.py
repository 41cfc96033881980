"""The debrief of a class: what the instructor sees of it, sets, and shows."""

from typing import Any, Final
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, Response

from sim.classroom.debrief import what_if
from sim.classroom.debrief.what_if import WhatIf
from sim.classroom.debriefing import Debriefs, Desk
from sim.classroom.model import RoomInfo
from sim.errors import SimError
from sim.ui.web import guard, reviewed
from sim.ui.web.instructor_visit import Asked, Form, Lesson
from sim.ui.web.telling import tell
from sim.ui.web.templating import render
from sim.ui.web.trainee import to
from sim.view.class_debrief import class_view
from sim.view.class_debrief_model import ClassDebriefView
from sim.view.class_debrief_what_if import shown as in_words
from sim.view.class_debrief_what_if import value_of
from sim.view.class_debrief_words import say
from sim.view.class_words import explain
from sim.view.words import percent

router = APIRouter(include_in_schema=False)
DOWNLOADS: Final = ("zip", "decisions", "grades", "moodle", "canvas", "xapi")


def debriefs_of(request: Request) -> Debriefs:
    """The debriefs of this server; the first request makes the place for them."""
    state = request.app.state
    found: Debriefs | None = getattr(state, "debriefs", None)
    if found is None:
        found = state.debriefs = Debriefs(guard.rooms_of(request))
    return found


def forget_room(request: Request, room: str) -> None:
    """Remove what was kept of a room beside its log, before it is deleted."""
    reviewed.forget(request, room)
    debriefs_of(request).drop(room)
    tool = getattr(request.app.state, "lti", None)
    if tool is not None:
        tool.notes.forget(room)


def room_links(request: Request, room: RoomInfo, lang: str) -> list[dict[str, str]]:
    """Ways from the board of a room to its debrief."""
    del request
    base = f"/teach/{room.id}"
    return [
        {"url": f"{base}/debrief", "icon": "chart-line", "text": say(lang, "nav.debrief")},
        {"url": f"{base}/grades", "icon": "graduation-cap", "text": say(lang, "nav.grades")},
    ]


def words(lang: str) -> Any:
    """The sentences of the debrief, for a template."""
    return lambda key, **slots: say(lang, key, **slots)


@router.get("/teach/{room}/debrief")
def overview(asked: Asked, room: str) -> Response:
    """How far it is, and what can be done with it."""
    info = asked.room(room)
    desk = debriefs_of(asked.request).desk(info.id)
    if info.state == "ended" and not desk.valuing.reviews and not desk.busy:
        desk.start()
    desk.poll()
    view = shown(desk, asked.lang) if desk.played else None
    data = {
        "desk": desk,
        "view": view,
        "progress": status(desk, asked.lang),
        "problem": _problem(desk, asked.lang),
        "wanted": dict(asked.request.query_params),
        "both": desk.mixed,
        "left_out": len(desk.every) - len(desk.games),
        "told": words(asked.lang),
        "store": getattr(asked.request.app.state, "outbox", None) is not None,
    }
    return asked.page("debrief.html", data, room=info)


def status(desk: Desk, lang: str) -> str:
    """How far it is, in a sentence; empty when all is there."""
    if not desk.played:
        return say(lang, "empty")
    if desk.done < 1.0:
        return say(lang, "working", share=percent(desk.done))
    return say(lang, "working.closer") if desk.busy else ""


def _problem(desk: Desk, lang: str) -> str:
    return "" if desk.problem is None else explain(desk.problem, lang)


@router.get("/teach/{room}/debrief/progress")
def progress(asked: Asked, room: str) -> Response:
    """How far it is, for a page that waits."""
    desk = debriefs_of(asked.request).desk(asked.room(room).id)
    desk.poll()
    return JSONResponse(
        {"busy": desk.busy, "done": desk.done, "text": status(desk, asked.lang)},
    )


@router.post("/teach/{room}/debrief/{deed}")
def steer(asked: Asked, room: str, deed: str, form: Form) -> Response:
    """Begin or stop to work it out; count practice seats, or leave them out."""
    info = asked.room(room)
    if deed == "practice":
        asked.rooms.change_settings(info.id, practice=bool(form.get("count")))
    desk = debriefs_of(asked.request).desk(info.id)
    if deed == "start":
        desk.start()
    elif deed == "stop":
        desk.stop()
    return to(f"/teach/{info.id}/debrief")


@router.get("/teach/{room}/debrief/present")
def present(asked: Asked, room: str) -> Response:
    """The pages for the projector; names and changed conditions only where they are asked for."""
    info = asked.room(room)
    desk = debriefs_of(asked.request).desk(info.id)
    desk.poll()
    asking = asked.request.query_params
    names = asking.get("names") == "1"
    try:
        changed = changed_class(desk, asking.get("lever", ""), asking.get("value", ""), asked.lang)
    except SimError as error:
        wanted = {name: asking.get(name, "")[:40] for name in ("lever", "value")}
        answer = to(f"/teach/{info.id}/debrief?{urlencode(wanted)}")
        tell(answer, error)
        return answer
    view = shown(desk, asked.lang, names=names, changed=changed)
    back = f"/teach/{info.id}/debrief"
    return slides(asked.request, view, asked.lang, names=names, back=back)


@router.get("/teach/{room}/debrief/file")
def whole_file(asked: Asked, room: str) -> Response:
    """The debrief as one file to keep."""
    info = asked.room(room)
    desk = debriefs_of(asked.request).desk(info.id)
    desk.poll()
    asking = asked.request.query_params
    changed = changed_class(desk, asking.get("lever", ""), asking.get("value", ""), asked.lang)
    view = shown(desk, asked.lang, names=asking.get("names") == "1", changed=changed)
    content = _reports(asked.request).page(view).encode()
    name = f"debrief-{info.code.lower()}-{asked.lang}.html"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="text/html; charset=utf-8", headers=headers)


def _reports(request: Request) -> Any:
    """What makes the pages; a server without it has none of them."""
    found = request.app.state.reports
    if found is None:
        raise HTTPException(404)
    return found


def shown(
    desk: Desk, lang: str, *, names: bool = False, changed: WhatIf | None = None
) -> ClassDebriefView:
    """The debrief in a language."""
    closer = None if desk.closer is None else desk.closer.found
    return class_view(
        desk.case, desk.games, desk.found(), lang, names=names, closer=closer, changed=changed
    )


def changed_class(desk: Desk, lever: str, typed: str, lang: str) -> WhatIf | None:
    """The class under a changed condition; None where nothing was asked.

    Raises:
        SimError: `class/no-such-lever`, `class/lever-range`, `class/bad-setting`.
    """
    if not lever:
        return None
    known = {each.id: each for each in what_if.levers(desk.case)}
    if lever not in known:
        raise SimError("class/no-such-lever", lever=lever[:40], choices=tuple(known))
    try:
        value = value_of(known[lever], float(typed.replace(",", ".")[:20]))
    except ValueError:
        raise SimError("class/bad-setting", name=lever, value=typed[:40]) from None
    found = known[lever]
    if not found.low <= value <= found.high:  # said as it was typed: in per cent, perhaps
        low, high = (in_words(found, end, lang) for end in (found.low, found.high))
        raise SimError("class/lever-range", lever=lever, low=low, high=high)
    return what_if.play(desk.case, desk.games, {lever: value})


def slides(
    request: Request, view: ClassDebriefView, lang: str, *, names: bool | None, back: str
) -> Response:
    """The pages of a debrief as a page of the server.

    Args:
        request: for them.
        view: the debrief.
        lang: of the view.
        names: whether names are shown; None: whoever looks may not choose.
        back: where to go back to; empty: nowhere.
    """
    reports = _reports(request)
    return render(
        "debrief_slides.html",
        lang,
        view=view,
        title=say(lang, "page.title", title=view.title),
        body=reports.body(view),
        sheet=reports.sheet_name(),
        names=names,
        back=back,
        query=request.url.query,
        path=request.url.path,
        told=words(lang),
    )


@router.get("/debrief-style/{name}")
def sheet(request: Request, name: str) -> Response:
    """The style sheet of the pages, named by its content."""
    reports = _reports(request)
    known = reports.sheets()
    if name not in known:
        raise HTTPException(404)
    kept = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(known[name], media_type="text/css", headers=kept)


def lesson_room(asked: Lesson, room: str) -> tuple[RoomInfo, Desk]:
    """A room and its debrief."""
    info = asked.room(room)
    return info, debriefs_of(asked.request).desk(info.id)
