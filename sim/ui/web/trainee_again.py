"""Learn from your mistakes, in the browser: the costliest turns of one's own game decided again.

A turn is shown as it stood, with the plan that was played, on the very page of a turn; what is
changed is judged in a queue (`sim.classroom.retrying`). The flow is that of the window: a plan that
loses little enough solves the turn, else there is one hint, a second try, and then the solution.
Only the seat itself may do anything here; the instructor may look at what came of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final, TypeVar

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import JSONResponse, Response

from sim.classroom.retried import Retried
from sim.classroom.retrying import Looked
from sim.errors import SimError
from sim.play.session import Session
from sim.ui.web import trainee_pages as pages
from sim.ui.web.guard import trusted_form
from sim.ui.web.reviewed import cards, looked_at, retrying
from sim.ui.web.trainee import Asked, to
from sim.ui.web.trainee_deeds import DEEDS, Form, choose, done
from sim.ui.web.trainee_review import Watching, progress_text
from sim.ui.web.trainee_shown import FILE, FIRM, NEWS, TALK, Shown, keep, shown
from sim.ui.web.trainee_visit import Visit, visit
from sim.view.class_words import explain, say
from sim.view.debrief import judged
from sim.view.review_model import RetryCard
from sim.view.review_words import say as of_review

EVERY: Final = "/play/review/again"
router = APIRouter(include_in_schema=False)
turns = APIRouter(include_in_schema=False, prefix=f"{EVERY}/{{turn}}")
watching = APIRouter(include_in_schema=False, prefix="/teach/{room}/watch/{seat}/review/again")
TRUSTED: Final = (Depends(trusted_form),)  # looked at before the turn: nothing is said to a forger
T = TypeVar("T")
_SOONEST: Final = 2.0  # seconds until a page that waits asks again,
_LATEST: Final = 15.0  # however many plans come before
_EACH: Final = 1.5  # seconds more for each of them
_MISSING: Final = 404


@dataclass(frozen=True, kw_only=True)
class Again(Visit):
    """A trainee who decides a turn again.

    Attributes:
        card: The turn with hint and solution, which are not to be shown before their time.
    """

    card: RetryCard

    @property
    def turn(self) -> int:
        """Which, from 1."""
        return self.card.turn

    @property
    def base(self) -> str:
        """Under which the pages of the turn are."""
        return f"{EVERY}/{self.turn}"

    @property
    def frame(self) -> dict[str, Any]:
        """Where the links of a page lead."""
        return {**super().frame, "base": self.base}

    def look(self, look: Callable[[Session], T]) -> T:
        """Look at the turn as it stood, with the plan as it is now."""
        return retrying(self.request).view(self.seat, self.turn, look)

    def choose(self, deed: Callable[[Session], T]) -> T:
        """Change the plan."""
        return retrying(self.request).choose(self.seat, self.turn, deed)


def again(request: Request, turn: int) -> Again:
    """Who decides which turn again.

    Raises:
        ClassError: `class/unknown-seat`, `class/not-over`.
        SimError: `class/no-reviews`, `class/no-retry`: not this one.
    """
    asked = visit(request)
    found = next((each for each in _cards(asked) if each.turn == turn), None)
    if found is None:
        raise SimError("class/no-retry")
    return Again(**vars(asked), card=found)


Turned = Annotated[Again, Depends(again)]


def _cards(asked: Visit) -> tuple[RetryCard, ...]:
    """The turns to be decided again; none before the question has been answered."""
    looked = looked_at(asked)
    if asked.rooms.said(asked.seat) is None:
        return ()
    return cards(asked, looked, asked.rooms.retried(asked.seat))


# All of them --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Line:
    """A turn on the page of all."""

    card: RetryCard
    kept: Retried
    tried: tuple[Any, ...]  # the plan judged last, as lines
    found: Any  # how good it is; None: none has been judged


@router.get(EVERY)
def every(asked: Asked) -> Response:
    """Which turns there are, and how many are solved."""
    if asked.rooms.said(asked.seat) is None:
        return to("/play/review")
    return _list(asked)


@watching.get("")
def watched(asked: Watching) -> Response:
    """The same, as the instructor sees it."""
    return _list(asked)


def _list(asked: Visit) -> Response:
    looked = looked_at(asked, again=True)
    kept = asked.rooms.retried(asked.seat)
    lines = [
        _line(asked, card, kept.get(card.turn, Retried(turn=card.turn)))
        for card in cards(asked, looked, kept)
    ]
    solved = sum(1 for line in lines if line.kept.solved)
    data = {
        "lines": lines,
        "solved": solved,
        "looked": looked,
        "progress": progress_text(looked, asked.lang),
        "review": f"{asked.frame['base']}/review",
        "of_review": _of_review(asked.lang),
    }
    return asked.page("retries.html", data)


def _line(asked: Visit, card: RetryCard, kept: Retried) -> _Line:
    tried: tuple[Any, ...] = ()
    if kept.tried is not None:
        plan = kept.tried
        tried = retrying(asked.request).view(
            asked.seat, card.turn, lambda retry: pages.plan_of(retry, asked.lang, plan)
        )
    return _Line(card, kept, tried, _verdict(kept, asked.lang))


def _verdict(kept: Retried, lang: str) -> Any:
    return None if kept.found is None else judged(kept.found, lang)


def _of_review(lang: str) -> Callable[..., str]:
    return lambda key, **slots: of_review(lang, key, **slots)


# One turn -----------------------------------------------------------------------------------------


def _page(asked: Again, wanted: Shown, *, solution: bool = False) -> Response:
    looked = retrying(asked.request).look(asked.seat, asked.turn)
    data = asked.look(lambda session: pages.turn_page(session, asked.lang, wanted))
    if solution:
        data["shown"] = replace(data["shown"], kind="solution", id="", part="detail")
    known = {
        "task": _task(asked, looked),
        "of_review": _of_review(asked.lang),
        "room_title": say(asked.lang, "retry.title", when=asked.card.when),
    }
    answer = asked.page("decide_again.html", {**data, **known})
    keep(answer, data["shown"], asked.base)
    return answer


def _task(asked: Again, looked: Looked) -> dict[str, Any]:
    """What is asked for, how good the last plan was, and what has been earned by trying."""
    kept, card = looked.kept, asked.card
    problem = explain(SimError(kept.problem), asked.lang) if kept.problem else ""
    return {
        "card": card,
        "kept": kept,
        "waiting": looked.waiting,
        "progress": _progress(looked, asked.lang),
        "after": _after(looked),
        "version": looked.version,
        "verdict": _verdict(kept, asked.lang),
        "hint": card.hint if kept.hinted else "",
        "problem": problem,
        "every": EVERY,
    }


def _progress(looked: Looked, lang: str) -> str:
    """How far the plan that was asked about has come."""
    if looked.ahead:
        return say(lang, "class.again.ahead", n=looked.ahead)
    return say(lang, "retry.checking")


def _after(looked: Looked) -> float:
    """Seconds until it is worth asking again: a class does not ask all at once."""
    return min(_SOONEST + _EACH * looked.ahead, _LATEST)


def _shown(asked: Again, part: str = "detail", kind: str = "", ident: str = "") -> Shown:
    return shown(asked.request, part, kind, ident, base=asked.base)


@turns.get("")
def start(asked: Turned) -> Response:
    """The task, and the plan as it is now."""
    return _page(asked, _shown(asked, "plan"))


@turns.get("/talk/{encounter}")
def talk(asked: Turned, encounter: str) -> Response:
    """A conversation."""
    return _page(asked, _shown(asked, kind=TALK, ident=encounter))


@turns.get("/customer/{customer}")
def customer(asked: Turned, customer: str) -> Response:
    """A customer's file as it was then, and what can be done."""
    return _page(asked, _shown(asked, kind=FILE, ident=customer))


@turns.get("/firm")
def firm(asked: Turned) -> Response:
    """What can be done for the firm as a whole."""
    return _page(asked, _shown(asked, kind=FIRM))


@turns.get("/news")
def news(asked: Turned) -> Response:
    """How the book stood, and what was new."""
    return _page(asked, _shown(asked, kind=NEWS))


@turns.get("/board")
@turns.get("/inbox")
@turns.get("/plan")
def part(asked: Turned) -> Response:
    """One part, where there is room for one only."""
    return _page(asked, _shown(asked, asked.request.url.path.rpartition("/")[2]))


@turns.get("/hand")
def hand(asked: Turned) -> Response:
    """What was in hand last."""
    return _page(asked, _shown(asked))


@turns.get("/solution")
def solution(asked: Turned) -> Response:
    """The better plan, and why; only once it has been asked for."""
    if not retrying(asked.request).kept(asked.seat, asked.turn).seen:
        return to(asked.base)
    return _page(asked, _shown(asked), solution=True)


@turns.get("/progress")
def progress(asked: Asked, turn: int) -> Response:
    """How far a plan is, for a page that waits; whoever asks keeps the queue going."""
    looked = retrying(asked.request).look(asked.seat, turn)
    return JSONResponse(
        {
            "version": looked.version,
            "text": _progress(looked, asked.lang),
            "after": _after(looked),
            "busy": looked.waiting,
        }
    )


# To look up ---------------------------------------------------------------------------------------


@turns.get("/report")
@turns.get("/report/{number}")
def report(asked: Turned, number: int | None = None) -> Response:
    """What an earlier turn brought, as it was known then.

    Raises:
        SimError: `class/no-report`.
    """
    wanted, last = asked.request.query_params.get("customer", ""), asked.turn - 1
    data = asked.look(
        lambda session: pages.report_page(session, asked.lang, number or last, wanted)
    )
    return asked.page("report.html", {**data, "way_back": f"{asked.base}/hand"})


@turns.get("/briefing")
def briefing(asked: Turned) -> Response:
    """What the game is about."""
    data = asked.look(lambda session: pages.briefing_page(session, asked.lang))
    return asked.page("briefing.html", {**data, "way_back": f"{asked.base}/hand"})


@turns.get("/glossary")
def glossary(asked: Turned, q: str = "", c: str = "") -> Response:
    """The concepts of the course."""
    data = asked.look(lambda session: pages.glossary_page(session, asked.lang, q[:100], c[:100]))
    return asked.page("glossary.html", data)


@turns.get("/number/{name:path}")
def number(asked: Turned, name: str) -> Response:
    """Where a number comes from."""
    data = asked.look(lambda session: pages.number_page(session, asked.lang, name[:200]))
    return asked.page("number.html", data)


# Deeds --------------------------------------------------------------------------------------------


@turns.post("/judge", dependencies=TRUSTED)
def judge(asked: Turned, form: Form) -> Response:
    """The plan as it is now judged, with the line of reasons; or that line kept alone."""
    why, queue = form.get("why", ""), retrying(asked.request)
    if form.get("do") == "keep":
        return done(lambda: queue.say(asked.seat, asked.turn, why), asked.base)
    return done(lambda: queue.ask(asked.seat, asked.turn, why), asked.base)


@turns.post("/stop", dependencies=TRUSTED)
def stop(asked: Turned, form: Form) -> Response:
    """The plan need not be judged any more."""
    del form
    return done(lambda: retrying(asked.request).unask(asked.seat, asked.turn), asked.base)


@turns.post("/solution", dependencies=TRUSTED)
def reveal(asked: Turned, form: Form) -> Response:
    """The solution asked for; from now on solving the turn does not count."""
    del form
    queue, url = retrying(asked.request), f"{asked.base}/solution"
    return done(lambda: queue.reveal(asked.seat, asked.turn), url, asked.base)


@turns.post("/{deed}", dependencies=TRUSTED)
def change(asked: Turned, deed: str, form: Form) -> Response:
    """The plan changed, as in an open turn."""
    if deed not in DEEDS:
        raise HTTPException(_MISSING)
    return choose(asked, form, DEEDS[deed], f"{asked.base}/hand")
