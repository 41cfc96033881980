"""Under which names this server answers: those that cannot be made to lead here from outside.

A page of some other site could let its own name lead to this machine ("DNS rebinding"); the browser
would then take this server for that site. Names under which it can be reached in the classroom are
addresses, names of this machine, and names that nobody can register: those without a dot and those
of the domains kept for local networks. Whatever else there is has to be named when it is started.
"""

import ipaddress
import re
import socket
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Final

from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from sim.errors import SimError
from sim.view.class_words import explain

_MISDIRECTED: Final = 421
_HOST: Final = re.compile(r"(?:\[([0-9a-fA-F:.]{2,45})\]|([A-Za-z0-9._-]{1,253}))(?::[0-9]{1,5})?")
_LOCAL: Final = (".localhost", ".local", ".lan", ".home.arpa", ".internal", ".localdomain")


def own_names(named: Iterable[str] = ()) -> frozenset[str]:
    """The names of this machine, and those that it was started with."""
    machine = (socket.gethostname(), socket.getfqdn())
    return frozenset(name.lower().rstrip(".") for name in (*machine, *named) if name)


def name_of(host: str) -> str:
    """The name in a `Host`, without its port; empty if it is none."""
    found = _HOST.fullmatch(host)
    return "" if found is None else (found[1] or found[2]).lower().rstrip(".")


def leads_here(host: str, names: Collection[str], *, any_name: bool = False) -> bool:
    """Whether to answer what was sent to a `Host`.

    Args:
        host: as it was sent.
        names: those that are ours, lower case.
        any_name: whether names are looked after elsewhere, as by the certificate of a proxy.
    """
    name = name_of(host)
    if not name:
        return False
    if any_name or name in names or "." not in name or name.endswith(_LOCAL):
        return True
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class Gate:
    """An ASGI app around another one, which answers nobody who has come by a strange name."""

    def __init__(self, app: ASGIApp, names: Iterable[str] = (), *, any_name: bool = False) -> None:
        """Surround an app.

        Args:
            app: what answers.
            names: by which browsers reach it, beside those that lead here by themselves.
            any_name: whether names are looked after elsewhere.
        """
        self._app = app
        ours = own_names(names)
        self._leads_here = lru_cache(maxsize=256)(
            lambda host: leads_here(host.decode("latin-1"), ours, any_name=any_name)
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or self._leads_here(_sent(scope)):
            await self._app(scope, receive, send)
        else:
            await _refusal(scope["path"])(scope, receive, send)


def _sent(scope: Scope) -> bytes:
    """The one `Host` of a request; nothing if there is none, or more than one."""
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    return hosts[0] if len(hosts) == 1 else b""


def _refusal(path: str) -> Response:
    """Says it in both languages: nobody knows which one is read here."""
    error = SimError("class/unknown-host")
    said = " ".join(explain(error, lang) for lang in ("en", "zh"))
    if path.startswith("/api/"):
        return JSONResponse({"code": error.code, "data": {}, "message": said}, _MISDIRECTED)
    return PlainTextResponse(said, _MISDIRECTED)
