"""What the JSON interface answers when it refuses: a code, its data, and a sentence."""

from typing import Any, Final

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from sim.errors import IllegalChoiceError, ScenarioError, SimError
from sim.view.class_words import explain

_STATUS: Final = {
    "class/unknown-seat": 401,
    "class/not-instructor": 401,
    "class/removed": 403,
    "class/forged": 403,
    "class/unknown-code": 404,
    "class/unknown-room": 404,
    "class/unknown-link": 404,
    "class/too-often": 429,
    "class/storage": 503,
    "class/bad-setting": 422,
    "class/fixed-setting": 422,
    "class/bad-request": 422,
    "class/no-name": 422,
    "class/no-text": 422,
    "class/unknown-team": 422,
    "class/roster-size": 422,
    "class/roster-many": 422,
    "class/roster-text": 422,
    "class/roster-empty": 422,
    "class/roster-twice": 422,
}
_CONFLICT: Final = 409  # everything else: not now
_UNFIT: Final = 422


class Refusal(BaseModel):
    """Why something was not done."""

    code: str
    data: dict[str, Any]
    message: str


def status_of(error: SimError) -> int:
    """The HTTP status of a refusal."""
    if isinstance(error, IllegalChoiceError | ScenarioError):
        return _UNFIT
    return _STATUS.get(error.code, _CONFLICT)


def refusal(request: Request, error: SimError) -> JSONResponse:
    """A refusal, worded in the language that the program asks for."""
    asked = request.query_params.get("lang") or request.headers.get("accept-language", "")
    lang = "zh" if asked.lower().startswith("zh") else "en"
    data = {name: _plain(value) for name, value in error.data.items()}
    body = {"code": error.code, "data": data, "message": explain(error, lang)}
    headers = {}
    if error.code == "class/too-often":
        headers["retry-after"] = str(error.data.get("seconds", 1))
    if error.code == "class/storage":
        headers["retry-after"] = "1"
    return JSONResponse(body, status_code=status_of(error), headers=headers)


def unfit(request: Request, error: RequestValidationError) -> JSONResponse:
    """A request that is not what it should be; says where."""
    first = error.errors()[0]
    where = ".".join(str(step) for step in first["loc"])[:100]
    return refusal(request, SimError("class/bad-request", where=where, reason=str(first["type"])))


_PLAIN: Final = {404: "class/not-found", 405: "class/no-method", 500: "class/fault"}


def plain(request: Request, status: int) -> JSONResponse:
    """A refusal by the server itself, before anybody looked at what is asked."""
    answer = refusal(request, SimError(_PLAIN.get(status, "class/bad-request")))
    answer.status_code = status
    return answer


def _plain(value: object) -> object:
    if isinstance(value, str | int | float | bool) or value is None:
        return value
    return [str(each) for each in value] if isinstance(value, tuple | list) else str(value)


REFUSALS: Final[dict[int | str, dict[str, Any]]] = {
    status: {"model": Refusal, "description": description}
    for status, description in (
        (400, "not HTTP as it should be"),
        (401, "nobody who may"),
        (403, "sent away, or sent from another site"),
        (404, "no such thing"),
        (409, "not now"),
        (411, "its length is not said"),
        (413, "too large"),
        (422, "not as it should be, or not allowed by the rules"),
        (429, "too many failures"),
        (503, "the store does not answer; try again with the same key"),
    )
}
