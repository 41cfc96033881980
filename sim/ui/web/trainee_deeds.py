"""What a trainee does on the pages; each deed leads on to a page, and a refusal is said there."""

from collections.abc import Callable, Mapping
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from sim.errors import SimError
from sim.play.session import Session
from sim.ui.web import guard
from sim.ui.web import trainee_pages as pages
from sim.ui.web.joining import link_of, qr_of
from sim.ui.web.telling import tell
from sim.ui.web.trainee import Asked, to
from sim.ui.web.trainee_shown import back_to, forget
from sim.ui.web.trainee_visit import Visit

router = APIRouter(include_in_schema=False)
Form = Annotated[Mapping[str, str], Depends(guard.trusted_form)]


def done(deed: Callable[[], object], url: str, otherwise: str = "") -> Response:
    """On to a page after a deed; to another one, if named, after a refusal."""
    try:
        deed()
    except SimError as error:
        answer = to(otherwise or url)
        tell(answer, error)
        return answer
    return to(url)


Deed = Callable[[Session, Mapping[str, str]], object]


def choose(asked: Visit, form: Mapping[str, str], deed: Deed, otherwise: str = "/play") -> Response:
    """A choice in the open turn; one that was meant for an earlier turn is refused.

    Args:
        asked: whose turn.
        form: says what, and which page to go back to.
        deed: what to do.
        otherwise: where to go if it says none.
    """

    def meant(session: Session) -> object:
        turn = form.get("turn", "")
        if turn and turn != str(session.turn):
            raise SimError("class/other-turn", turn=session.turn)
        return deed(session, form)

    return done(lambda: asked.choose(meant), back_to(form.get("back", ""), otherwise))


# What changes a plan, by the end of its address.
DEEDS: Final[dict[str, Deed]] = {
    "act": pages.act,
    "answer": pages.answer,
    "cancel": lambda turn, form: turn.cancel(form.get("customer", ""), form.get("action", "")),
    "forecast": pages.forecast,
    "market": lambda turn, form: turn.act_market(form.get("action", ""), on=bool(form.get("on"))),
    "unanswer": lambda turn, form: turn.unanswer(form.get("encounter", "")),
    "undo": lambda turn, _: turn.undo(),
    "redo": lambda turn, _: turn.redo(),
}


@router.post("/play/act")
def act(asked: Asked, form: Form) -> Response:
    """An action on a customer."""
    return choose(asked, form, DEEDS["act"])


@router.post("/play/cancel")
def cancel(asked: Asked, form: Form) -> Response:
    """An action taken back."""
    return choose(asked, form, DEEDS["cancel"])


@router.post("/play/market")
def market(asked: Asked, form: Form) -> Response:
    """An action for the firm, or taken back."""
    return choose(asked, form, DEEDS["market"])


@router.post("/play/answer")
def answer(asked: Asked, form: Form) -> Response:
    """The next thing said in a conversation."""
    return choose(asked, form, DEEDS["answer"])


@router.post("/play/unanswer")
def unanswer(asked: Asked, form: Form) -> Response:
    """An answer taken back."""
    return choose(asked, form, DEEDS["unanswer"])


@router.post("/play/undo")
def undo(asked: Asked, form: Form) -> Response:
    """The last choice taken back."""
    return choose(asked, form, DEEDS["undo"])


@router.post("/play/redo")
def redo(asked: Asked, form: Form) -> Response:
    """What was taken back, chosen again."""
    return choose(asked, form, DEEDS["redo"])


@router.post("/play/forecast")
def forecast(asked: Asked, form: Form) -> Response:
    """A forecast for the open turn."""
    return choose(asked, form, DEEDS["forecast"])


@router.post("/play/submit")
def submit(asked: Asked, form: Form) -> Response:
    """The turn ended, or proposed to the team; twice the same key is once."""
    turn, key = _number(form.get("turn", "")), form.get("key", "")
    return done(lambda: asked.rooms.submit(asked.seat, turn, key), "/play", "/play")


@router.post("/play/vote")
def vote(asked: Asked, form: Form) -> Response:
    """A vote for a plan of one's team."""
    turn, key = _number(form.get("turn", "")), form.get("key", "")
    return done(lambda: asked.rooms.vote(asked.seat, turn, form.get("for", ""), key), "/play")


@router.post("/play/thought")
def thought(asked: Asked, form: Form) -> Response:
    """A thought for the next time."""
    text = form.get("thought", "")
    return done(
        lambda: asked.rooms.reflect(asked.seat, text), "/play/result?kept=1", "/play/result"
    )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 5 else 0


# Devices ----------------------------------------------------------------------------------------


@router.post("/play/device")
def device(asked: Asked, form: Form) -> Response:
    """A link with which another device takes over."""
    del form
    key = asked.rooms.hand_over(asked.seat)
    link = link_of(asked.request, f"/resume#{key}")
    return asked.page("device.html", {"link": link, "key": key, "qr": qr_of(link), "quiet": True})


@router.post("/play/leave")
def leave(request: Request, form: Form) -> Response:
    """This browser forgets whose it was."""
    del form
    answer = to("/")
    guard.forget_seat(answer, request)
    forget(answer)
    return answer
