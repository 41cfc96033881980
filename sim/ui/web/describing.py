"""The description of the JSON interface, with what proves who asks, so that clients can be made.

`guard` does the checking; this only says so, because checks that the framework knows of by itself
would cost every request more than the check does.
"""

from typing import Any, Final

from fastapi import FastAPI
from fastapi.routing import APIRoute

from sim.ui.web.guard import SEAT, TEACH

_SCHEMES: Final[dict[str, dict[str, Any]]] = {
    "seat": {
        "type": "http",
        "scheme": "bearer",
        "description": "The token of a seat, as joining gives it.",
    },
    "seatCookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": SEAT,
        "description": "The same in a browser.",
    },
    "instructor": {
        "type": "http",
        "scheme": "bearer",
        "description": "The instructor's key: what stands behind # in the link that the server "
        "prints when it starts.",
    },
    "instructorCookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": TEACH,
        "description": "The same in a browser.",
    },
}
_PROOFS: Final = {"/me": ("seat", "seatCookie"), "/rooms": ("instructor", "instructorCookie")}


def operation_id(route: APIRoute) -> str:
    """What clients call an operation: the name of its function, which is unique."""
    return route.name


def describe(app: FastAPI, prefix: str) -> None:
    """Let the description of an app tell who may use which operation.

    Args:
        app: whose description it is.
        prefix: of the addresses that are described.
    """
    plain = app.openapi

    def described() -> dict[str, Any]:
        found = plain()
        components = found.setdefault("components", {})
        if "securitySchemes" not in components:  # it is made once
            components["securitySchemes"] = _SCHEMES
            for path, operations in found["paths"].items():
                proofs = _proofs(path.removeprefix(prefix))
                for operation in operations.values():
                    operation["security"] = [{name: []} for name in proofs]
        return found

    app.openapi = described  # type: ignore[method-assign]  # the framework's own way


def _proofs(path: str) -> tuple[str, ...]:
    """The schemes of which one is needed; none where everybody may ask."""
    return next((names for begin, names in _PROOFS.items() if path.startswith(begin)), ())
