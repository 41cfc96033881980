"""Coming in from a learning platform (LTI 1.3), and grades going back.

A learner gets the same seat however often the link is followed. An instructor connects the link to
a room once, and for that needs the key of this server, unless the platform is trusted with it.
Launches come as forms from another site; the state that the browser keeps stands in for our own
form token, and these two paths alone are open to other sites.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from sim.classroom.lti_notes import GradeBook, Learner, Notes
from sim.classroom.model import RoomInfo
from sim.errors import SimError
from sim.ui.web import guard
from sim.ui.web.debrief import lesson_room, words
from sim.ui.web.debrief_files import explained, graded, rule_of
from sim.ui.web.instructor_visit import Asked, Form
from sim.ui.web.telling import tell
from sim.ui.web.templating import render
from sim.ui.web.trainee import to
from sim.ui.web.trainee_visit import language_of
from sim.view.class_debrief_words import say
from sim.view.class_words import explain

if TYPE_CHECKING:  # it needs a package that a server without platforms does without
    from sim.classroom.lti import Launch, Tool

router = APIRouter(include_in_schema=False)
_STATE: Final = "rapport_lti"
_LINK: Final = "rapport_lti_link"
_SECONDS: Final = 600
_SEE_OTHER: Final = 303
_FORBIDDEN: Final = 403


def _tool(request: Request) -> "Tool":
    """The tool, where the server has been given platforms.

    Raises:
        SimError: `lti/off`.
    """
    tool: Tool | None = getattr(request.app.state, "lti", None)
    if tool is None:
        raise SimError("lti/off")
    return tool


@router.get("/lti/jwks")
def keys(request: Request) -> Response:
    """Our public key, for platforms."""
    return JSONResponse(_tool(request).jwks(), headers={"Cache-Control": "public, max-age=600"})


@router.get("/lti/login")
@router.post("/lti/login")
async def login(request: Request) -> Response:
    """The platform wants to send somebody: send the browser there, to be told who."""
    asked: dict[str, str] = dict(request.query_params)
    if request.method == "POST":
        async with request.form(max_fields=30, max_files=0) as form:
            asked |= {name: value for name, value in form.items() if isinstance(value, str)}
    try:
        there = _address(request, "/lti/launch")
        found = await run_in_threadpool(_tool(request).login, asked, there)
    except SimError as error:
        return _told(request, error)
    answer = RedirectResponse(found.url, status_code=_SEE_OTHER)
    _keep(answer, request, _STATE, found.state, path="/lti")
    return answer


def _address(request: Request, path: str) -> str:
    scheme = "https" if request.app.state.tls else request.url.scheme
    return f"{scheme}://{request.url.netloc}{path}"


def _keep(answer: Response, request: Request, name: str, value: str, *, path: str) -> None:
    """A cookie that comes back with a form of another site; that needs TLS, but on this machine."""
    secure = _address(request, "").startswith("https")
    answer.set_cookie(
        name,
        value,
        max_age=_SECONDS,
        httponly=True,
        secure=secure,
        samesite="none" if secure else "lax",
        path=path,
    )


@router.post("/lti/launch")
async def launch(request: Request) -> Response:
    """Somebody comes, with a message of the platform that says who."""
    async with request.form(max_fields=30, max_files=0) as form:
        token, state = str(form.get("id_token", "")), str(form.get("state", ""))
    try:
        answer = await run_in_threadpool(_launched, request, token, state)
    except SimError as error:
        answer = _told(request, error)
    answer.delete_cookie(_STATE, path="/lti")
    return answer


def _launched(request: Request, token: str, state: str) -> Response:
    found = _tool(request).launch(token, state, request.cookies.get(_STATE, ""))
    return (_teacher if found.teacher else _learner)(request, found)


def _told(request: Request, error: SimError) -> Response:
    """A page that says why nobody comes in."""
    lang = language_of(request)
    return render(
        "message.html",
        lang,
        status=_FORBIDDEN,
        heading=say(lang, "lti.no_way"),
        text=explain(error, lang),
        ways=[],
        token=guard.form_token(request),
    )


def _learner(request: Request, found: "Launch") -> Response:
    """To the seat that this person has in the room of the link, or to a new one."""
    rooms, notes = guard.rooms_of(request), _tool(request).notes
    room = notes.room_of(found.link)
    if room is None:
        raise SimError("lti/not-connected")
    info = rooms.room(room)
    who = Notes.digest(found.issuer, found.user)
    known = notes.learner(info.id, who)
    if known is None:
        named = info.settings.names == "own"
        seat, token = rooms.join(
            info.code, found.name if named else "", number=found.number or found.user
        )
    else:
        seat, token = rooms.take_over(rooms.hand_over(known.seat))
    book = found.grade
    notes.keep(
        info.id,
        who,
        Learner(
            seat=seat.id,
            user=found.user,
            issuer=found.issuer,
            client_id="" if book is None else book.client_id,
            lineitem="" if book is None else book.lineitem,
        ),
    )
    answer = to("/play")
    guard.keep_seat(answer, request, token)
    return answer


def _teacher(request: Request, found: "Launch") -> Response:
    """To the room of the link; to where a room is chosen if there is none yet."""
    notes = _tool(request).notes
    room = notes.room_of(found.link)
    answer = to("/lti/connect" if room is None else f"/teach/{room}")
    if found.trusted:
        guard.keep_instructor(answer, request, guard.rooms_of(request).instructor_secret)
    if room is None:
        _keep(answer, request, _LINK, found.link, path="/lti")
    return answer


@router.get("/lti/connect")
def choose(asked: Asked) -> Response:
    """Which room people who follow the link come to."""
    found = [room for room in asked.rooms.rooms() if room.state != "ended"]
    linked = bool(asked.request.cookies.get(_LINK))
    return asked.page("lti.html", {"rooms": found, "linked": linked, "told": words(asked.lang)})


@router.post("/lti/connect")
def connect(asked: Asked, form: Form) -> Response:
    """Connect the link to a room."""
    link = asked.request.cookies.get(_LINK, "")
    if len(link) != len(Notes.digest("")) or not link.isalnum():
        raise SimError("lti/refused", reason="state")
    info = asked.room(form.get("room", ""))
    _tool(asked.request).notes.connect(link, info.id)
    answer = to(f"/teach/{info.id}")
    answer.delete_cookie(_LINK, path="/lti")
    return answer


@router.post("/teach/{room}/lti/scores")
def send(asked: Asked, room: str, form: Form) -> Response:
    """Send the grades of everybody who came from a platform back to it."""
    info, _ = lesson_room(asked, room)
    answer = to(f"/teach/{info.id}/grades")
    try:
        sent = _send(asked, info, form)
    except SimError as error:
        tell(answer, error)
    else:
        tell(answer, SimError("lti/sent", n=sent))
    return answer


def _send(asked: Any, info: RoomInfo, form: Mapping[str, str]) -> int:
    """How many grades the platforms have taken.

    Raises:
        SimError: `lti/off`, `lti/nobody`, or as `Tool.score`; those before it have been sent.
    """
    tool, rule = _tool(asked.request), rule_of(form)
    _, desk = lesson_room(asked, info.id)
    labels = {seat.id: seat.label for seat in asked.rooms.seats(info.id)}
    points = {line.person.label: line for line in graded(desk, rule)}
    sent = 0
    for learner in tool.notes.learners(info.id):
        line = points.get(labels.get(learner.seat, ""))
        if line is None or line.points is None or not learner.lineitem:
            continue
        book = GradeBook(learner.issuer, learner.client_id, learner.lineitem)
        said = explained(rule, asked.lang)
        tool.score(book, learner.user, line.points, of=rule.points, said=said)
        sent += 1
    if not sent:
        raise SimError("lti/nobody")
    return sent
