"""Where a class is: an address as somebody types it from the projector."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from sim.errors import SimError

USUAL_PORT: Final = 8000  # of `serve`
_PORTS: Final = {"http": 80, "https": 443}
_SCHEME: Final = re.compile(r"^[a-z]+://", re.IGNORECASE)
_LONGEST: Final = 300  # characters


@dataclass(frozen=True)
class Address:
    """A server.

    Attributes:
        secure: Reached by TLS.
        host: Name or number.
        port: 1..65535.
    """

    secure: bool
    host: str
    port: int

    def __str__(self) -> str:
        """As a browser would be told."""
        scheme = "https" if self.secure else "http"
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = self.port == _PORTS[scheme]
        return f"{scheme}://{host}" if usual else f"{scheme}://{host}:{self.port}"


def address_of(text: str) -> Address:
    """What somebody typed: with or without `http://`, port, and the path of a link.

    Without `http://` and port it is the port that `serve` takes.

    Raises:
        SimError: `join/address` (address).
    """
    typed = text.strip()
    named = _SCHEME.match(typed) is not None
    try:
        found = urlsplit(typed if named else f"http://{typed}")
        scheme, host, port = found.scheme.lower(), found.hostname, found.port
    except ValueError as error:
        raise SimError("join/address", address=typed[:_LONGEST]) from error
    if scheme not in _PORTS or not host or port == 0 or len(typed) > _LONGEST:
        raise SimError("join/address", address=typed[:_LONGEST])
    return Address(scheme == "https", host, port or (_PORTS[scheme] if named else USUAL_PORT))
