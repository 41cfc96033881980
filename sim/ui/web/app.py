"""The app: pages and JSON interface around one `Rooms`.

create_app(rooms) -> an ASGI app
"""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, Final, cast

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute

import sim
from sim.classroom.rooms import Rooms
from sim.errors import SimError
from sim.ui.web import answers, api, api_teach, api_window, events, refusals
from sim.ui.web.debrief import room_links
from sim.ui.web.describing import describe, operation_id
from sim.ui.web.hosts import Gate
from sim.ui.web.pages import page_routers
from sim.ui.web.projector import after_game
from sim.ui.web.quick import Quick
from sim.ui.web.shell import Shell
from sim.ui.web.throttle import Throttle

_FOR_PROGRAMS: Final = (api.PREFIX, "/events", "/version", "/healthz")
_NOT_FOUND: Final = 404


def create_app(
    rooms: Rooms,
    *,
    host: str = "127.0.0.1",
    tls: bool = False,
    names: Iterable[str] = (),
    reports: Any = None,
    lti: Any = None,
    outbox: Any = None,
    workers: int = 1,
    fault: Callable[[Exception], None] | None = None,
) -> Shell:
    """The app of a classroom.

    Args:
        rooms: the service that it shows.
        host: what the server listens on, for the addresses that the pages show.
        tls: whether browsers come by TLS only, here or at a proxy in front.
        names: under which browsers reach it, beside addresses and names of the local network; with
            `tls` and none given, any: the proxy's certificate says which.
        reports: what makes the pages of a debrief; None: there are none.
        lti: what lets learning platforms send people (`sim.classroom.lti.Tool`); None: nothing.
        outbox: to a learning record store (`sim.classroom.outbox.Outbox`); None: there is none.
        workers: processes that answer at the same address, this one included.
        fault: told of every fault in the program.
    """
    app = FastAPI(
        title="Rapport classroom",
        version=sim.__version__,
        openapi_url=f"{api.PREFIX}/openapi.json",
        docs_url=None,  # its pages load scripts from elsewhere
        redoc_url=None,
        generate_unique_id_function=operation_id,
    )
    describe(app, api.PREFIX)
    app.state.rooms, app.state.throttle = rooms, Throttle(workers=workers)
    app.state.host, app.state.tls, app.state.reports = host, tls, reports
    app.state.room_links, app.state.lti, app.state.outbox = room_links, lti, outbox
    app.state.after_game = after_game
    app.router.routes.extend(_routes())
    for kind, handler in _HANDLERS.items():
        app.add_exception_handler(kind, cast("Any", handler))
    known = tuple(names)
    gate = Gate(Quick(app, rooms), (host, *known), any_name=tls and not known)
    return Shell(gate, tls=tls, fault=fault)


_health = APIRouter(include_in_schema=False)


@_health.get("/healthz")
def healthy() -> dict[str, str]:
    """That the server answers, for whatever watches it."""
    return {"status": "ok"}


@cache
def _routes() -> list[BaseRoute]:
    """Every route; what they take and give is worked out once, not for each app of a process."""
    every = APIRouter(generate_unique_id_function=operation_id)
    own = (api.router, api_window.router, api_teach.router, events.router, _health)
    for router in (*own, *page_routers()):
        every.include_router(router)
    return every.routes


def _is_for_programs(request: Request) -> bool:
    path = request.url.path
    return path.startswith(api.PREFIX) or path.endswith(_FOR_PROGRAMS)


async def _refused(request: Request, error: SimError) -> Response:
    if _is_for_programs(request):
        return answers.refusal(request, error)
    return refusals.refusal_page(request, error)


async def _unfit(request: Request, error: RequestValidationError) -> Response:
    if _is_for_programs(request):
        return answers.unfit(request, error)
    return refusals.missing_page(request)


async def _unknown(request: Request, error: HTTPException) -> Response:
    if not _is_for_programs(request) and error.status_code == _NOT_FOUND:
        return refusals.missing_page(request)
    return answers.plain(request, error.status_code)


async def _failed(request: Request, _: Exception) -> Response:
    if _is_for_programs(request):
        return answers.plain(request, 500)
    return refusals.failed_page(request)


_HANDLERS: Final[dict[type[Exception], Callable[..., Any]]] = {
    SimError: _refused,
    RequestValidationError: _unfit,
    HTTPException: _unknown,
    Exception: _failed,
}
