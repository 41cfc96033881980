"""Answering browsers: one server process, or several workers on one socket and one store."""

import contextlib
import socket
from collections.abc import Callable
from types import FrameType
from typing import Any, Final

import uvicorn
from anyio.to_thread import current_default_thread_limiter

from sim.classroom.events import ClassError
from sim.ui.web.patience import Patient

KEEP_ALIVE: Final = 75  # seconds; a phone that reads for a minute keeps its connection
_BACKLOG: Final = 2048  # a class that presses a button at once
_THREADS: Final = 8  # make pages; each more lets whoever sends a decision meanwhile wait longer
_GRACE: Final = 3  # seconds for open streams when the server stops
_MOST_FILES: Final = 65_536  # and sockets, where the system lets a program have more than usual


def more_connections() -> None:
    """Let this process have as many connections as the system allows: a class holds streams."""
    try:
        import resource  # noqa: PLC0415 -- Windows has none, and no such limit
    except ImportError:
        return
    few, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_FILES if most == resource.RLIM_INFINITY else min(most, _MOST_FILES)
    if few != resource.RLIM_INFINITY and few < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def listening(host: str, port: int) -> socket.socket:
    """A socket that takes connections; port 0: any free one.

    Raises:
        ClassError: `class/no-port` (host, port, reason).
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host, port))
        found.listen(_BACKLOG)
        found.setblocking(False)  # noqa: FBT003 -- the name of the system's call
    except OSError as error:
        found.close()
        reason = error.strerror or str(error)
        raise ClassError("class/no-port", host=host, port=port, reason=reason) from error
    return found


class _Server(uvicorn.Server):
    """Answers decisions while pages are made, and lets streams, which never end, end."""

    stopping: Callable[[], None]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin, with few threads for pages."""
        current_default_thread_limiter().total_tokens = _THREADS
        await super().startup(sockets=sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to stop."""
        self.stopping()
        super().handle_exit(sig, frame)


def server(app: Any, stopping: Callable[[], None] = lambda: None) -> uvicorn.Server:
    """A server for an app; `run(sockets=[...])` serves until it is told to stop.

    Addresses that a proxy reports are believed of one on this machine only.

    Args:
        app: what answers.
        stopping: called when a signal tells the server to stop.
    """
    found = _Server(
        uvicorn.Config(
            app,
            http=Patient,
            access_log=False,  # a log of who asked what, when, would be personal data
            log_level="warning",
            lifespan="off",
            server_header=False,
            date_header=True,
            proxy_headers=True,
            forwarded_allow_ips="127.0.0.1,::1",
            timeout_keep_alive=KEEP_ALIVE,
            timeout_graceful_shutdown=_GRACE,
            backlog=_BACKLOG,
            ws="none",
        )
    )
    found.stopping = stopping
    more_connections()
    return found


def addresses(host: str, port: int) -> list[str]:
    """Under which addresses browsers reach a server, the likeliest first."""
    if host not in {"0.0.0.0", "::"}:  # noqa: S104 -- asked whether, not bound
        shown = f"[{host}]" if ":" in host else host
        return [f"http://{shown}:{port}"]
    return [f"http://{each}:{port}" for each in (*_of_the_network(), "127.0.0.1")]


def _of_the_network() -> list[str]:
    """Addresses of this machine in its networks; no packet is sent for it."""
    found: list[str] = []
    for target in ("192.0.2.1", "10.255.255.255", "192.168.255.255"):  # only the way there is asked
        with (
            contextlib.suppress(OSError),
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe,
        ):
            probe.connect((target, 9))
            found.append(str(probe.getsockname()[0]))
    unique = dict.fromkeys(each for each in found if not each.startswith(("127.", "0.")))
    return list(unique)
