"""Who asks, and whether what is sent comes from one of our own pages.

A trainee's browser has a cookie with the token of its seat, an instructor's one with the secret;
programs send the same as `Authorization: Bearer`. Every form carries a token that is derived from
the cookie, which no other site can know, beside the check of `Origin` in `shell`.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final, TypeVar

from fastapi import Request, Response
from starlette.datastructures import FormData

from sim.classroom.events import ClassError
from sim.classroom.model import RoomInfo, SeatInfo
from sim.classroom.rooms import Rooms
from sim.classroom.secrets import as_code, derived, same
from sim.errors import SimError
from sim.ui.web.throttle import CODES, KEYS, TEACHING, Throttle, party

T = TypeVar("T")
SEAT: Final = "rapport_seat"  # cookies
TEACH: Final = "rapport_teach"
FORM_FIELD: Final = "_token"
_MOST_FIELDS: Final = 60
_MOST_FILES: Final = 1
_LONGEST: Final = 200  # characters of a cookie or a header that are looked at
_UNKNOWN: Final = {"class/unknown-link", "class/unknown-seat"}
_MONTHS: Final = 120 * 24 * 3600  # seconds


def rooms_of(request: Request) -> Rooms:
    """The service that this app shows."""
    rooms: Rooms = request.app.state.rooms
    return rooms


def _throttle(request: Request) -> Throttle:
    throttle: Throttle = request.app.state.throttle
    return throttle


def _address(request: Request) -> str:
    return party(request.client.host) if request.client is not None else "?"


def _bearer(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "")[:_LONGEST].partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def seat_token(request: Request) -> str:
    """What proves a seat; empty if nothing was sent."""
    return _bearer(request) or request.cookies.get(SEAT, "")[:_LONGEST]


def seat_of(request: Request) -> str:
    """Id of the seat of whoever asks; a removed one, too.

    Raises:
        ClassError: `class/unknown-seat`, `class/too-often`.
    """
    return seat_info(request).id


def seat_info(request: Request) -> SeatInfo:
    """As `seat_of`, with everything about the seat."""
    rooms, token = rooms_of(request), seat_token(request)
    if not token:
        raise ClassError("class/unknown-seat")
    seat = rooms.seat_at_hand(token)
    if seat is None:
        seat = guessable(request, token, lambda: rooms.seat_of(token))
    rooms.seen(seat.id)
    return seat


def is_instructor(request: Request) -> bool:
    """Whether the instructor asks."""
    with suppress(ClassError):
        expect_instructor(request)
        return True
    return False


def expect_instructor(request: Request) -> None:
    """Refuse everybody else.

    Raises:
        ClassError: `class/not-instructor`, `class/too-often` (seconds).
    """
    _expect_key(request, _bearer(request) or request.cookies.get(TEACH, "")[:_LONGEST])


def _expect_key(request: Request, sent: str) -> None:
    """Refuse a wrong key; a right one never, whatever others at this address have tried."""
    if sent and rooms_of(request).is_instructor(sent):
        return
    if sent:
        _throttle(request).failed(TEACHING, _address(request), sent)
    raise ClassError("class/not-instructor")


def room_of_code(request: Request, code: str) -> RoomInfo:
    """The room of a code that was typed.

    Raises:
        ClassError: `class/unknown-code`, `class/too-often` (seconds).
    """
    throttle, address, typed = _throttle(request), _address(request), as_code(code)
    if not throttle.is_welcome(address, typed):
        throttle.expect_calm(CODES, address)
    try:
        found = rooms_of(request).room_by_code(code)
    except ClassError as error:
        if error.code == "class/unknown-code":
            throttle.failed(CODES, address, typed)
        raise
    throttle.welcome(address, typed)
    return found


def take_over(request: Request, link: str) -> tuple[SeatInfo, str]:
    """The seat that a link from another device leads to, and a token for this one.

    Raises:
        ClassError: `class/unknown-link`, `class/too-often` (seconds).
    """
    return guessable(request, link, lambda: rooms_of(request).take_over(link))


def guessable(request: Request, key: str, find: Callable[[], T]) -> T:
    """Something that a key of a seat, a link or a screen leads to; a wrong key is counted.

    Raises:
        SimError: as `find`; `class/too-often` (seconds) instead of saying that it is unknown.
    """
    try:
        return find()
    except SimError as error:
        if error.code in _UNKNOWN:
            _throttle(request).failed(KEYS, _address(request), key)
        raise


# --- cookies ---


def keep_seat(response: Response, request: Request, token: str) -> None:
    """Let this device have a seat."""
    _keep(response, request, SEAT, token)


def forget_seat(response: Response, request: Request) -> None:
    """Let this device have no seat any more."""
    response.delete_cookie(SEAT, path="/", secure=_is_secure(request), httponly=True)


def keep_instructor(response: Response, request: Request, secret: str) -> None:
    """Let this device be the instructor's.

    Raises:
        ClassError: `class/not-instructor`: the secret is wrong; `class/too-often` (seconds).
    """
    sent = secret[:_LONGEST].strip()
    _expect_key(request, sent)
    _keep(response, request, TEACH, sent)


def forget_instructor(response: Response, request: Request) -> None:
    """Let this device be nobody's any more."""
    response.delete_cookie(TEACH, path="/", secure=_is_secure(request), httponly=True)


def _keep(response: Response, request: Request, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=_MONTHS,
        path="/",
        httponly=True,
        samesite="lax",
        secure=_is_secure(request),
    )


def _is_secure(request: Request) -> bool:
    """Whether the browser came by TLS; on plain HTTP it would drop a cookie marked secure."""
    return bool(request.app.state.tls) or request.url.scheme == "https"


# --- forms ---


def form_token(request: Request) -> str:
    """What a form has to carry in the field `_token`."""
    return _tokens(request)[0]


def _tokens(request: Request) -> list[str]:
    """One for every cookie that proves something, or one for a browser without any."""
    key = rooms_of(request).form_key
    proofs = [request.cookies.get(name, "")[:_LONGEST] for name in (TEACH, SEAT)]
    return [derived(key, f"form/{proof}") for proof in proofs if proof] or [derived(key, "form/")]


async def trusted_form(request: Request) -> Mapping[str, str]:
    """The fields of a form that comes from one of our pages.

    Raises:
        ClassError: `class/forged`.
    """
    form = await trusted_parts(request)
    return {name: value for name, value in form.items() if isinstance(value, str)}


async def trusted_parts(request: Request) -> FormData:
    """As `trusted_form`, with a file that was handed in beside its fields.

    Raises:
        ClassError: `class/forged`.
    """
    form = await request.form(max_fields=_MOST_FIELDS, max_files=_MOST_FILES)
    sent = form.get(FORM_FIELD)
    known = _tokens(request)
    if not isinstance(sent, str) or not any(same(sent, token) for token in known):
        raise ClassError("class/forged")
    return form
