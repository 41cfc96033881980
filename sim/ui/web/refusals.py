"""What a page says when something is refused before there is a page: a sentence, and a way on."""

from typing import Final
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from sim.errors import SimError
from sim.ui.web import guard
from sim.ui.web.telling import tell
from sim.ui.web.templating import render
from sim.ui.web.trainee_shown import back_to
from sim.ui.web.trainee_visit import language_of
from sim.view.class_words import explain, say

_SEE_OTHER: Final = 303
_MISSING: Final = {"class/unknown-room", "class/unknown-code"}


def refusal_page(request: Request, error: SimError) -> Response:
    """A refusal of a page or a form."""
    if error.code == "class/unknown-seat":
        new = guard.SEAT not in request.cookies  # who has lost a seat has to be told
        return _on(request, "/", error, quiet=new and request.url.path == "/play")
    if error.code == "class/not-instructor":
        return _on(request, "/teach", error, quiet=request.url.path == "/teach")
    if request.method == "POST":
        return _on(request, _came_from(request), error)
    lang = language_of(request)
    return message_page(
        request,
        heading=say(lang, "class.gone.title"),
        text=explain(error, lang),
        status=404 if error.code in _MISSING else 409,
    )


def missing_page(request: Request) -> Response:
    """Nothing is at this address."""
    lang = language_of(request)
    heading, text = say(lang, "class.gone.title"), say(lang, "class.gone.text")
    return message_page(request, heading=heading, text=text, status=404)


def failed_page(request: Request) -> Response:
    """A mistake of the program; what it was is in the server's log."""
    lang = language_of(request)
    heading, text = say(lang, "class.failed.title"), say(lang, "class.failed.text")
    return message_page(request, heading=heading, text=text, status=500)


def message_page(
    request: Request, *, heading: str, text: str, status: int, seated: bool = True
) -> Response:
    """A few words and where to go: to the game if there may be one, and to another class."""
    lang = language_of(request)
    ways = [("/play", "class.way.play")] if seated else []
    ways.append(("/", "class.way.join"))
    if request.url.path.startswith("/teach"):
        ways = [("/teach", "class.way.teach")]
    return render(
        "message.html",
        lang,
        status=status,
        heading=heading,
        text=text,
        ways=[(url, say(lang, key)) for url, key in ways],
        token=guard.form_token(request),
    )


def _on(request: Request, url: str, error: SimError, *, quiet: bool = False) -> Response:
    """To another page, where it is said."""
    answer = RedirectResponse(url, status_code=_SEE_OTHER)
    if not quiet:
        tell(answer, error)
    del request
    return answer


def _came_from(request: Request) -> str:
    """The page whose form it was."""
    home = "/teach" if request.url.path.startswith("/teach") else "/play"
    try:
        sent = urlsplit(request.headers.get("referer", ""))
    except ValueError:  # not what a browser sends
        return home
    return back_to(sent.path, home) if sent.netloc == request.url.netloc else home
