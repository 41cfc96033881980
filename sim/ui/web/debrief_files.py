"""What the instructor takes along: games, decisions, grades, and a platform's own list, filled."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from sim.classroom import exports, grades, xapi
from sim.classroom.debriefing import Desk
from sim.classroom.grades import BASES, GradeLine, Rule
from sim.classroom.model import RoomInfo
from sim.classroom.outbox import Outbox
from sim.errors import SimError
from sim.ui.web import guard
from sim.ui.web.debrief import lesson_room, words
from sim.ui.web.instructor_visit import Asked, Form, Lesson
from sim.ui.web.telling import tell
from sim.ui.web.trainee import to
from sim.view.class_debrief_words import say
from sim.view.words import decimal

router = APIRouter(include_in_schema=False)
_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "zip": ("games.zip", "application/zip"),
    "decisions": ("decisions.csv", "text/csv; charset=utf-8"),
    "grades": ("grades.csv", "text/csv; charset=utf-8"),
    "moodle": ("moodle.csv", "text/csv; charset=utf-8"),
    "canvas": ("canvas.csv", "text/csv; charset=utf-8"),
    "xapi": ("statements.json", "application/json"),
}
Parts = Annotated[FormData, Depends(guard.trusted_parts)]


@router.get("/teach/{room}/download/{kind}")
def download(asked: Asked, room: str, kind: str) -> Response:
    """A file; the rule of the grades is in the address."""
    info, desk = lesson_room(asked, room)
    if kind not in _KINDS:
        return Response(status_code=404)
    name, media = _KINDS[kind]
    content = _content(info, desk, kind, asked.request.query_params, lang=asked.lang)
    return _file(f"{info.code.lower()}-{name}", content, media)


def _file(name: str, content: bytes, media: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=media, headers=headers)


def _content(
    info: RoomInfo, desk: Desk, kind: str, asked: Mapping[str, str], *, lang: str
) -> bytes:
    if kind == "zip":
        return exports.zip_of(desk.case, desk.every)
    if kind == "decisions":
        return exports.decisions_csv(desk.case, desk.every, lang)
    if kind == "xapi":
        found = xapi.class_statements(desk.case, desk.games, desk.valuing.reviews, room=info.id)
        return xapi.to_json(found)
    rule = rule_of(asked)
    lines = graded(desk, rule)
    if kind == "moodle":
        return grades.moodle_csv(lines, title_of(info), explained(rule, lang))
    if kind == "canvas":
        return grades.canvas_csv(lines, title_of(info))
    return grades.plain_csv(lines, rule, explained(rule, lang))


def title_of(info: RoomInfo) -> str:
    """What the column of grades is called."""
    return f"Rapport: {info.title}" if info.title else "Rapport"


def rule_of(asked: Mapping[str, str]) -> Rule:
    """The rule as an address or a form has it; what is missing has its usual value.

    Raises:
        SimError: `class/grade-points` (low, high).
    """
    basis = next((each for each in BASES if each == asked.get("basis")), BASES[0])
    try:
        points = float(asked.get("points", "100").replace(",", ".")[:12])
    except ValueError:
        raise SimError("class/grade-points", low=1, high=100) from None
    return Rule(basis, points, unfinished=bool(asked.get("unfinished")))


def explained(rule: Rule, lang: str) -> str:
    """The rule in a sentence, which goes along with the grades."""
    return say(lang, f"rule.{rule.basis}", points=decimal(rule.points))


def graded(desk: Desk, rule: Rule) -> tuple[GradeLine, ...]:
    """A line for each person."""
    return grades.grades(desk.case, desk.people, desk.games, rule, reviews=desk.valuing.reviews)


@router.post("/teach/{room}/xapi")
def send(asked: Asked, room: str, form: Form) -> Response:
    """Send the statements of the class to the learning record store of this server."""
    del form
    info, desk = lesson_room(asked, room)
    answer = to(f"/teach/{info.id}/debrief")
    outbox: Outbox | None = getattr(asked.request.app.state, "outbox", None)
    if outbox is None:
        tell(answer, SimError("class/no-store"))
        return answer
    reviews = desk.valuing.reviews
    outbox.put(xapi.class_statements(desk.case, desk.games, reviews, room=info.id))
    sent = outbox.send()
    if sent.left or sent.refused:
        away = SimError(
            "class/store-away",
            reason=sent.reason,
            sent=sent.sent,
            left=sent.left,
            refused=sent.refused,
        )
        tell(answer, away)
    else:
        tell(answer, SimError("class/store-took", n=sent.sent))
    return answer


@router.get("/teach/{room}/grades")
def page(asked: Asked, room: str) -> Response:
    """The rule, what it comes to, and the way to the platform's own list."""
    info, desk = lesson_room(asked, room)
    desk.poll()
    try:
        rule = rule_of(asked.request.query_params)
        lines = graded(desk, rule)
    except SimError as error:
        answer = to(f"/teach/{info.id}/grades")
        tell(answer, error)
        return answer
    data: dict[str, Any] = {
        "rule": rule,
        "bases": BASES,
        "explained": explained(rule, asked.lang),
        "rows": lines,
        "query": asked.request.url.query,
        "pending": rule.basis == "skill" and desk.done < 1.0,
        "platform": getattr(asked.request.app.state, "lti", None) is not None,
        "told": words(asked.lang),
    }
    return asked.page("grades.html", data, room=info)


@router.post("/teach/{room}/grades")
async def fill(asked: Asked, room: str, parts: Parts) -> Response:
    """Put the grades into a list that was exported from the platform, and give it back."""
    file = parts.get("file")
    raw = await file.read() if isinstance(file, UploadFile) else b""
    await parts.close()
    fields = {name: value for name, value in parts.items() if isinstance(value, str)}
    return await run_in_threadpool(_filled, asked, room, raw, fields)


def _filled(asked: Lesson, room: str, raw: bytes, fields: Mapping[str, str]) -> Response:
    info, desk = lesson_room(asked, room)
    back = to(f"/teach/{info.id}/grades")
    try:
        rule = rule_of(fields)
        lines = graded(desk, rule)
        if fields.get("platform") == "moodle":
            told = explained(rule, asked.lang)
            found = grades.fill_moodle(raw, lines, title_of(info), told)
        else:
            found = grades.fill_canvas(raw, lines, title_of(info))
    except SimError as error:
        tell(back, error)
        return back
    if not found.found:
        tell(back, SimError("class/nobody-found"))
        return back
    name = f"{info.code.lower()}-{fields.get('platform', 'canvas')}-filled.csv"
    answer = _file(name, found.raw, "text/csv; charset=utf-8")
    if found.missing:  # said on the next page, since this answer is a file
        tell(answer, SimError("class/not-in-list", n=len(found.missing)))
    return answer
