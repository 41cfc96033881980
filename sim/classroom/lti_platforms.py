"""The platforms that may send people here, the tool's own key, and how platforms are asked."""

import json
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from joserfc.jwk import RSAKey

from sim.classroom.lti_notes import Notes
from sim.errors import SimError

_PATIENCE: Final = 10.0
_LARGEST: Final = 256 * 1024  # bytes of a platform's answer


@dataclass(frozen=True)
class Platform:
    """A learning platform that may send people here.

    Attributes:
        issuer: Its name in messages, an address.
        client_id: What it calls this tool.
        deployments: Those that may come.
        auth_url: Where a browser is sent to be signed in.
        token_url: Where the tool asks for leave to send grades.
        jwks_url: Where its keys are.
        teachers: Whether its instructors may do everything on this server without its own key;
            only where all of them may see all rooms.
    """

    issuer: str
    client_id: str
    deployments: tuple[str, ...]
    auth_url: str
    token_url: str
    jwks_url: str
    teachers: bool = False


def read_platforms(path: Path) -> tuple[Platform, ...]:
    """The platforms of a JSON file: a list of objects with the names of `Platform`.

    Raises:
        SimError: `lti/bad-file` (path, reason).
    """
    try:
        listed = json.loads(path.read_text(encoding="utf-8"))
        found = tuple(
            Platform(**{**each, "deployments": tuple(each["deployments"])}) for each in listed
        )
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise SimError("lti/bad-file", path=str(path), reason=str(error)) from error
    for each in found:
        for url in (each.auth_url, each.token_url, each.jwks_url):
            if not is_safe(url):
                raise SimError("lti/bad-file", path=str(path), reason=url)
    return found


def is_safe(url: str) -> bool:
    """Whether what goes there cannot be read on the way."""
    parts = urllib.parse.urlsplit(url)
    here = parts.hostname in {"127.0.0.1", "localhost"}
    return parts.scheme == "https" or (parts.scheme == "http" and here)


class _NoDetours(urllib.request.HTTPRedirectHandler):
    """What is sent to a platform goes nowhere else."""

    def redirect_request(self, *_: object, **__: object) -> None:
        """Go nowhere else."""
        return


_OPENER: Final = urllib.request.build_opener(_NoDetours)


def ask(url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> bytes:
    """What a platform answers, to a question or to something that is sent.

    Raises:
        OSError: it does not answer, or refuses.
    """
    request = urllib.request.Request(url, data=body, headers=dict(headers or {}))  # noqa: S310
    with _OPENER.open(request, timeout=_PATIENCE) as answer:
        return bytes(answer.read(_LARGEST))


def own_key(folder: Path) -> RSAKey:
    """The tool's key, made once and kept where only its owner may read it.

    Raises:
        OSError: it cannot be kept.
    """
    path = folder / "tool-key.pem"
    if not path.exists():
        made = RSAKey.generate_key(2048)
        Notes(folder).keep_secret(path, made.as_pem(private=True))
    return RSAKey.import_key(path.read_bytes())
