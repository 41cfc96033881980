"""What surrounds every answer: headers, the size of what is sent, and where it comes from.

The headers are written here and not by a library, because those for TLS break a page that is shown
by plain HTTP in a class, and `no-referrer` makes browsers send no usable `Origin`.
"""

from collections.abc import Callable, Iterable
from typing import Final

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sim.errors import SimError
from sim.ui.web.answers import refusal

LARGEST: Final = 16 * 1024  # bytes of what is sent, but for files
LARGEST_FILE: Final = 768 * 1024
_DIGITS: Final = 18  # of a length; numbers of some thousand digits cannot even be read
_FILES: Final = ("/roster", "/grades")  # ends of the paths that take files
_STREAMS: Final = "/events"  # never end by themselves
Pairs = Iterable[tuple[bytes, bytes]]
_SAFE: Final = {"GET", "HEAD", "OPTIONS"}
_FROM_PLATFORMS: Final = ("/lti/login", "/lti/launch")  # these prove themselves otherwise

POLICY: Final = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'; img-src 'self' data:"
)
_HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}
_HEADERS_OF_TLS: Final = {
    "strict-transport-security": "max-age=31536000",
    "cross-origin-opener-policy": "same-origin",  # by plain HTTP browsers complain of it
}


class Shell:
    """An ASGI app around another one."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        tls: bool = False,
        fault: Callable[[Exception], None] | None = None,
    ) -> None:
        """Surround an app.

        Args:
            app: what answers.
            tls: whether browsers come by TLS only, here or at a proxy in front.
            fault: told of every fault in the program; None: it is raised.
        """
        self._app = app
        self._headers = [
            (name.encode(), value.encode())
            for name, value in (_HEADERS | (_HEADERS_OF_TLS if tls else {})).items()
        ]
        self._fault = fault

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        head = scope["method"] == "HEAD" and not scope["path"].endswith(_STREAMS)
        if head:  # the framework's pages answer GET only
            scope = {**scope, "method": "GET"}
        send_with_headers = self._sending(send, head=head)
        refused = _refused(scope)
        if refused is not None:
            status, code = refused
            answer = refusal(Request(scope), SimError(code))
            answer.status_code = status
            await answer(scope, receive, send_with_headers)
            return
        try:
            await self._app(scope, receive, send_with_headers)
        except Exception as error:
            if self._fault is None:
                raise
            self._fault(error)

    def _sending(self, send: Send, *, head: bool) -> Send:
        """Sends with our headers; without a body if only the head was asked for."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": self._with_ours(message.get("headers", ()))}
            elif head:
                message = {**message, "body": b""}
            await send(message)

        return send_with_headers

    def _with_ours(self, headers: Pairs) -> list[tuple[bytes, bytes]]:
        """The headers of an answer, and of ours those that it does not have."""
        found = list(headers)
        named = {name for name, _ in found}
        found += [pair for pair in self._headers if pair[0] not in named]
        return found


def _refused(scope: Scope) -> tuple[int, str] | None:
    """Status and code if a request is not even looked at."""
    if scope["method"] in _SAFE:
        return None
    headers = dict(reversed(list(scope["headers"])))  # of what is said twice, the first counts
    if scope["path"] not in _FROM_PLATFORMS and not _is_of_our_own(headers):
        return 403, "class/forged"
    length = headers.get(b"content-length")
    if length is None:
        return (411, "class/no-length") if b"transfer-encoding" in headers else None
    most = LARGEST_FILE if scope["path"].endswith(_FILES) else LARGEST
    if not length.isdigit() or len(length) > _DIGITS or int(length) > most:
        return 413, "class/too-large"
    return None


def _is_of_our_own(headers: dict[bytes, bytes]) -> bool:
    """Whether a browser sends it from one of our pages; programs send no `Origin`."""
    origin = headers.get(b"origin")
    if origin is None:
        return headers.get(b"sec-fetch-site", b"none") in {b"none", b"same-origin"}
    return origin.partition(b"://")[2] == headers.get(b"host", b"-")
