"""What is said once on the next page: a refusal, kept in a cookie until it has been shown.

After a form the browser is sent on to a page, so that reloading it does nothing twice; what went
wrong has to travel along. Only the code and its data do, never a sentence.
"""

import base64
import json
from typing import Any, Final

from fastapi import Request, Response

from sim.errors import SimError
from sim.view.class_words import explain

_COOKIE: Final = "told"
_SECONDS: Final = 60
_LONGEST: Final = 2000


def tell(response: Response, error: SimError) -> None:
    """Say on the next page what went wrong."""
    data = {name: _plain(value) for name, value in error.data.items()}
    text = json.dumps([error.code, data], ensure_ascii=False, separators=(",", ":"))
    value = base64.urlsafe_b64encode(text.encode()).decode()
    if len(value) > _LONGEST:
        value = base64.urlsafe_b64encode(json.dumps([error.code, {}]).encode()).decode()
    response.set_cookie(_COOKIE, value, max_age=_SECONDS, httponly=True, samesite="lax", path="/")


def _plain(value: object) -> object:
    if isinstance(value, str | int | float | bool) or value is None:
        return value
    return [str(each) for each in value] if isinstance(value, tuple | list) else str(value)


def told(request: Request, lang: str) -> str:
    """What is to be said on this page; empty if nothing, or nothing that we would say."""
    kept = request.cookies.get(_COOKIE, "")
    if not kept or len(kept) > _LONGEST:
        return ""
    try:
        return explain(_read(kept), lang)
    except _UNFIT:
        return ""


# A cookie may have been written by anything on the same machine: nested a thousand deep, numbers
# without end, slots that a sentence does not have.
_UNFIT: Final = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


def _read(kept: str) -> SimError:
    """What was told.

    Raises:
        one of `_UNFIT`: it was not told by us.
    """
    code, data = json.loads(base64.b64decode(kept, altchars=b"-_", validate=True))
    if not isinstance(code, str) or not all(_is_plain(value) for value in data.values()):
        raise TypeError(code)
    return SimError(code, **data)


def _is_plain(value: Any) -> bool:
    """Whether it is what `tell` writes."""
    if isinstance(value, list):
        return all(isinstance(each, str) for each in value)
    return value is None or isinstance(value, str | int | float)


def shown_once(request: Request, response: Response) -> None:
    """It has been said."""
    if _COOKIE in request.cookies:
        response.delete_cookie(_COOKIE, path="/")
