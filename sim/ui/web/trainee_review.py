"""A trainee's own game, reviewed: first what they think of it, then the report, in the browser.

The review is worked out beside the server (`sim.classroom.reviews`) and shown as far as it has
come, as the same page that `review --html` writes. Only whoever played may see it, and the
instructor; nobody before the room has ended, because what it tells is everybody's luck.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException
from fastapi.responses import JSONResponse, Response

from sim.classroom.model import Said
from sim.classroom.reviews import Looked
from sim.ui.web import guard
from sim.ui.web.instructor_watch import Watch, watch
from sim.ui.web.reviewed import expect_reviews, looked_at, reviewed
from sim.ui.web.templating import render
from sim.ui.web.trainee import Asked, to
from sim.ui.web.trainee_deeds import Form, done
from sim.ui.web.trainee_visit import Visit
from sim.view.class_words import explain, say
from sim.view.debrief import recap
from sim.view.review import open_past, review_view, turn_ledgers

router = APIRouter(include_in_schema=False)
watching = APIRouter(include_in_schema=False, prefix="/teach/{room}/watch/{seat}/review")
Watching = Annotated[Watch, Depends(watch)]


@router.get("/play/review")
def review(asked: Asked) -> Response:
    """The question that comes first, then the review as far as it has come.

    Raises:
        ClassError: `class/not-over`.
        SimError: `class/no-reviews`, `class/nothing-played`.
    """
    looked = looked_at(asked, again=True)
    if asked.rooms.said(asked.seat) is None:
        return _question(asked, looked)
    return _report(asked, looked)


@router.get("/play/review/progress")
def progress(asked: Asked) -> Response:
    """How far it is, for a page that waits; whoever asks keeps the queue going."""
    looked = looked_at(asked)
    text = progress_text(looked, asked.lang)
    return JSONResponse({"busy": looked.busy, "version": looked.version, "text": text})


@router.post("/play/review")
def answer(asked: Asked, form: Form) -> Response:
    """Which turn mattered most, and why; from now on the review is shown."""
    expect_reviews(asked)
    turn, why = form.get("turn", ""), form.get("why", "")
    number = int(turn) if turn.isdecimal() and len(turn) < 5 else 0
    return done(lambda: asked.rooms.say_turning(asked.seat, Said(number, why)), "/play/review")


@router.get("/play/review/file")
def file(asked: Asked) -> Response:
    """The review as one file to keep."""
    return _file(asked, looked_at(asked))


@watching.get("")
def watched(asked: Watching) -> Response:
    """The same, as the instructor sees it."""
    return _report(asked, looked_at(asked, again=True))


@watching.get("/progress")
def watched_progress(asked: Watching) -> Response:
    """As `progress`, for the instructor."""
    return progress(asked)


@watching.get("/file")
def watched_file(asked: Watching) -> Response:
    """As `file`, for the instructor."""
    return file(asked)


# --- within ---


def progress_text(looked: Looked, lang: str) -> str:
    """How far a review is, in a sentence."""
    of = len(looked.record.turns)
    if looked.problem is not None:
        return explain(looked.problem, lang)
    if looked.busy and looked.ahead:
        return say(lang, "class.review.ahead", n=looked.ahead)
    if looked.review is None:
        return say(lang, "class.review.begins")
    if not looked.turns:
        return say(lang, "class.review.outline")
    if looked.turns < of:
        return say(lang, "class.review.far", done=looked.turns, of=of)
    return say(lang, "class.review.whole", n=of)


def _question(asked: Visit, looked: Looked) -> Response:
    turns = recap(open_past(looked.case, looked.record), asked.lang)
    data = {"turns": turns, "looked": looked, "progress": progress_text(looked, asked.lang)}
    return asked.page("review_ask.html", data)


def _report(asked: Visit, looked: Looked) -> Response:
    base = asked.frame["base"]
    known: dict[str, Any] = {
        "base": base,
        "progress": progress_text(looked, asked.lang),
        "looked": looked,
        "token": guard.form_token(asked.request),
        "here": f"{base}/review",
        "back": asked.frame["back_to_board"] or "/play",
    }
    if looked.review is None:
        return asked.page("review_wait.html", known)
    reports = _reports(asked)
    key = (asked.seat, asked.lang, looked.version, str(looked.record.turns[-1].notes))
    again = "" if asked.frame["watching"] else f"{base}/review/again"
    shown = reviewed(asked.request).pages.get(
        (*key, again), lambda: reports.own_body(*_views(looked, asked.lang), asked.lang, again)
    )
    sheet = reports.own_sheet_name()
    return render("trainee/review.html", asked.lang, **known, body=shown, sheet=sheet)


def _reports(asked: Visit) -> Any:
    """What makes the pages; a server without it has none of them."""
    found = asked.request.app.state.reports
    if found is None:
        raise HTTPException(404)
    return found


def _file(asked: Visit, looked: Looked) -> Response:
    if looked.review is None:
        return to(f"{asked.frame['base']}/review")
    view, ledgers = _views(looked, asked.lang)
    content = _reports(asked).own_page(view, ledgers, asked.lang)
    name = f"review-{looked.record.scenario}-{asked.lang}.html"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="text/html; charset=utf-8", headers=headers)


def _views(looked: Looked, lang: str) -> tuple[Any, Any]:
    assert looked.review is not None  # only what is there is shown
    past = open_past(looked.case, looked.record)
    view = review_view(past, looked.review, lang)
    return view, turn_ledgers(past, view, lang)
