"""The trainee's pages: briefing, turn, waiting, report, result, and what can be looked up.

Every address may be opened, reloaded and gone back to at any time: a page that does not fit how the
class stands leads to the one that does.
"""

import secrets
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from sim.classroom.model import Standing
from sim.paths import command
from sim.ui.web import trainee_pages as pages
from sim.ui.web.refusals import message_page
from sim.ui.web.trainee_shown import (
    FILE,
    FIRM,
    NEWS,
    TALK,
    Shown,
    keep,
    keep_seen,
    missed,
    seen_turn,
    shown,
)
from sim.ui.web.trainee_visit import Visit, visit
from sim.view.class_words import say

router = APIRouter(include_in_schema=False)
Asked = Annotated[Visit, Depends(visit)]
SEE_OTHER = 303


def to(url: str) -> RedirectResponse:
    """On to another page, which may be reloaded."""
    return RedirectResponse(url, status_code=SEE_OTHER)


# Where somebody belongs now ---------------------------------------------------------------------


def place(standing: Standing, played: int, seen: int) -> str:
    """The page for a trainee as the class stands.

    Args:
        standing: of the seat.
        played: turns of the game that have been played.
        seen: the last of them whose report was read; 0 the briefing, -1 not even that.
    """
    if standing.room.state == "lobby":
        return "lobby"
    if standing.phase == "vote":
        return "vote"
    if played and seen < played:
        return "report"
    if standing.status == "finished":
        return "result"
    if standing.turn is None:
        return _waiting(standing)
    return "briefing" if seen < 0 else "turn"


def _waiting(standing: Standing) -> str:
    """Why nothing can be chosen now; a paused turn can still be looked at."""
    if standing.status == "submitted":
        return "team" if standing.phase == "wait" else "submitted"
    if standing.room.state == "paused":
        return "turn"
    return "ended" if standing.room.state == "ended" else "between"


def place_of(asked: Visit) -> str:
    """The page for whoever asks."""
    played = asked.look(lambda session: len(session.reports))
    now = place(asked.standing, played, seen_turn(asked.request))
    late = now == "report" and missed(asked.request)  # what is it about, before what it brought
    return "briefing" if late else now


@router.get("/play")
def play(asked: Asked) -> Response:
    """The page that fits: the open turn, or what has to be read or waited for first."""
    if asked.standing.seat.removed:
        return removed(asked)
    now = place_of(asked)
    if now == "turn":
        return turn(asked, shown(asked.request, part=_first_part(asked)))
    if now in {"briefing", "report", "result", "vote"}:
        return to(f"/play/{now}")
    return waiting_room(asked, now)


def _first_part(asked: Visit) -> str:
    """Where there is room for one part only: the inbox if several wait, else what is in hand."""
    return "inbox" if asked.look(lambda session: session.waiting) > 1 else "detail"


def removed(asked: Visit) -> Response:
    """Somebody who was sent away."""
    heading = say(asked.lang, "class.removed.title")
    text = say(asked.lang, "class.removed.text")
    return message_page(asked.request, heading=heading, text=text, status=403, seated=False)


# The open turn ----------------------------------------------------------------------------------


def turn(asked: Visit, wanted: Shown) -> Response:
    """The open turn; leads elsewhere if there is none."""
    if place_of(asked) != "turn":
        return to("/play")
    data = asked.look(lambda session: pages.turn_page(session, asked.lang, wanted))
    answer = asked.page("turn.html", data)
    keep(answer, data["shown"])
    return answer


@router.get("/play/talk/{encounter}")
def talk(asked: Asked, encounter: str) -> Response:
    """A conversation."""
    return turn(asked, shown(asked.request, kind=TALK, ident=encounter))


@router.get("/play/customer/{customer}")
def customer(asked: Asked, customer: str) -> Response:
    """A customer's file and what can be done."""
    return turn(asked, shown(asked.request, kind=FILE, ident=customer))


@router.get("/play/firm")
def firm(asked: Asked) -> Response:
    """What can be done for the firm as a whole."""
    return turn(asked, shown(asked.request, kind=FIRM))


@router.get("/play/news")
def news(asked: Asked) -> Response:
    """How the book stands, and what is new."""
    return turn(asked, shown(asked.request, kind=NEWS))


@router.get("/play/board")
def board(asked: Asked) -> Response:
    """The customers, where there is room for one part only."""
    return turn(asked, shown(asked.request, part="board"))


@router.get("/play/inbox")
def inbox(asked: Asked) -> Response:
    """Who waits for an answer, as `board`."""
    return turn(asked, shown(asked.request, part="inbox"))


@router.get("/play/plan")
def plan(asked: Asked) -> Response:
    """What is chosen, as `board`."""
    return turn(asked, shown(asked.request, part="plan"))


@router.get("/play/hand")
def hand(asked: Asked) -> Response:
    """What was in hand last, as `board`; where no turn is open, the page that fits."""
    return turn(asked, shown(asked.request))


@router.get("/play/end")
def end(asked: Asked) -> Response:
    """What is left, before the turn ends."""
    if place_of(asked) != "turn":
        return to("/play")
    data = asked.look(lambda session: pages.end_page(session, asked.lang))
    return asked.page("end.html", {**data, "key": secrets.token_urlsafe(12), "quiet": True})


# Before, between and after ----------------------------------------------------------------------


def waiting_room(asked: Visit, why: str) -> Response:
    """Nothing to do until somebody else has done something."""
    data: dict[str, Any] = {
        "why": why,
        "decided": (),
        "has_report": asked.look(lambda session: bool(session.reports)),
        "here": "/play",
        "links": links(asked),
    }
    if why == "lobby":
        data |= asked.look(lambda session: pages.briefing_page(session, asked.lang))
    if why in {"submitted", "team"}:
        data["decided"] = asked.look(lambda session: pages.decided(session, asked.lang))
    return asked.page("wait.html", data)


@router.get("/play/briefing")
def briefing(asked: Asked) -> Response:
    """What the game is about."""
    data = asked.look(lambda session: pages.briefing_page(session, asked.lang))
    return asked.page("briefing.html", {**data, "missed": missed(asked.request)})


@router.get("/play/on/{turn}")
def on(asked: Asked, turn: int) -> Response:
    """The report of a turn was read; 0: the briefing was."""
    answer = to("/play")
    keep_seen(answer, max(turn, seen_turn(asked.request)))
    return answer


@router.get("/play/report")
@router.get("/play/report/{turn}")
def report(asked: Asked, turn: int | None = None) -> Response:
    """What a turn brought, and why; the last one if none is named."""
    wanted = asked.request.query_params.get("customer", "")
    played = asked.look(lambda session: len(session.reports))
    if not played:
        return to("/play")
    number = min(max(turn or played, 1), played)
    data = asked.look(lambda session: pages.report_page(session, asked.lang, number, wanted))
    return asked.page("report.html", data)


@router.get("/play/result")
def result(asked: Asked) -> Response:
    """What the game came to."""
    if place_of(asked) != "result":
        return to("/play")
    data = asked.look(lambda session: pages.result_page(session, asked.lang))
    kept = asked.request.query_params.get("kept") == "1"
    return asked.page(
        "result.html", {**data, "kept": kept, "links": links(asked), "command": command()}
    )


def links(asked: Visit) -> list[dict[str, str]]:
    """Where to go on after the game: what the app has to offer, and in the end the game's file."""
    found = getattr(asked.request.app.state, "after_game", None)
    others = list(found(asked.standing, asked.lang)) if found is not None else []
    own = {"url": "/play/game", "icon": "download", "text": say(asked.lang, "class.own_game")}
    return [*others, own] if asked.standing.room.state == "ended" else others


@router.get("/play/game")
def own_game(asked: Asked) -> Response:
    """The game as a file, which the window and the command line go on with or review.

    Raises:
        ClassError: `class/not-over`: the file tells the luck of all, and others still play.
    """
    content = asked.rooms.game_file(asked.seat)
    scenario = asked.look(lambda session: session.record.scenario)
    headers = {"content-disposition": f'attachment; filename="rapport-{scenario}.json"'}
    return Response(content, media_type="application/json", headers=headers)


@router.get("/play/vote")
def vote(asked: Asked) -> Response:
    """The plans of a team side by side."""
    if asked.standing.phase != "vote":
        return to("/play")
    game_turn, proposals = asked.look(
        lambda session: pages.proposals(session, asked.lang, asked.standing.proposals)
    )
    data = {"turn": game_turn, "proposals": proposals, "key": secrets.token_urlsafe(12)}
    return asked.page("vote.html", data)


# To look up -------------------------------------------------------------------------------------


@router.get("/play/glossary")
def glossary(asked: Asked, q: str = "", c: str = "") -> Response:
    """The concepts of the course."""
    data = asked.look(lambda session: pages.glossary_page(session, asked.lang, q[:100], c[:100]))
    return asked.page("glossary.html", data)


@router.get("/play/number/{name:path}")
def number(asked: Asked, name: str) -> Response:
    """Where a number comes from."""
    data = asked.look(lambda session: pages.number_page(session, asked.lang, name[:200]))
    return asked.page("number.html", data)


@router.get("/play/help")
def how_to(asked: Asked) -> Response:
    """How to play."""
    return asked.page("help.html", {})


@router.get("/play/device")
def device(asked: Asked) -> Response:
    """Going on elsewhere."""
    return asked.page("device.html", {"link": "", "quiet": True})
