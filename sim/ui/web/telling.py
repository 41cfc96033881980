"""What is said once on the next page: a refusal, kept in a cookie until it has been shown.

After a form the browser is sent on to a page, so that reloading it does nothing twice; what went
wrong has to travel along. Only the code and its data do, never a sentence.
"""

import base64
import binascii
import json
from typing import Final

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
    """What is to be said on this page; empty if nothing."""
    kept = request.cookies.get(_COOKIE, "")
    if not kept:
        return ""
    try:
        code, data = json.loads(base64.urlsafe_b64decode(kept.encode()))
        return explain(SimError(str(code), **data), lang)
    except (ValueError, TypeError, KeyError, binascii.Error):
        return ""


def shown_once(request: Request, response: Response) -> None:
    """It has been said."""
    if _COOKIE in request.cookies:
        response.delete_cookie(_COOKIE, path="/")
