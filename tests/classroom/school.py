"""A learning platform on this machine: keys, tokens, a gradebook, and the messages it signs."""

import json
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

from joserfc import jwt
from joserfc.jwk import RSAKey

from sim.classroom.lti import Tool
from sim.classroom.lti_notes import Notes
from sim.classroom.lti_platforms import Platform

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
AGS = "https://purl.imsglobal.org/spec/lti-ags/"
MEMBER = "http://purl.imsglobal.org/vocab/lis/v2/membership#"


@cache
def key_of(whose: str) -> RSAKey:
    """The key of the platform, of an impostor that calls its own by the same name, or ours."""
    return RSAKey.generate_key(2048, None if whose == "us" else {"kid": "platform-1"})


class School(BaseHTTPRequestHandler):
    """A platform: its keys, its tokens for tools whose key it knows, its gradebook."""

    tool_key: ClassVar[Any] = None
    grades: ClassVar[list[dict[str, Any]]] = []
    asked_for_keys: ClassVar[int] = 0

    def _answer(self, status: int, body: Any) -> None:
        raw = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def do_GET(self) -> None:
        """Give the keys."""
        type(self).asked_for_keys += 1
        self._answer(200, {"keys": [key_of("platform").as_dict(private=False)]})

    def do_POST(self) -> None:
        """Give leave, or take a grade."""
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/token":
            form = dict(urllib.parse.parse_qsl(raw.decode()))
            claims = jwt.decode(form["client_assertion"], type(self).tool_key).claims
            fine = claims["iss"] == claims["sub"] == "us" and claims["aud"].endswith("/token")
            self._answer(200 if fine else 401, {"access_token": "leave"})
        elif self.headers["Authorization"] == "Bearer leave":
            kind = self.headers["Content-Type"]
            assert kind == "application/vnd.ims.lis.v1.score+json"
            type(self).grades.append({"path": self.path, **json.loads(raw)})
            self._answer(200, {})
        else:
            self._answer(401, {})

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def open_school() -> Iterator[str]:
    """The platform on a free port; gives its address."""
    School.grades, School.asked_for_keys = [], 0
    server = HTTPServer(("127.0.0.1", 0), School)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def tool_for(school: str, folder: Path) -> Tool:
    """A tool that knows the platform."""
    platform = Platform(
        "https://school.example",
        "us",
        ("d1",),
        f"{school}/auth",
        f"{school}/token",
        f"{school}/keys",
    )
    found = Tool([platform], key_of("us"), Notes(folder))
    School.tool_key = found.key
    return found


def claims(nonce: str, school: str = "https://x", **others: Any) -> dict[str, Any]:
    now = int(time.time())
    return {
        "iss": "https://school.example",
        "aud": "us",
        "sub": "person-7",
        "name": "Ana Abad",
        "iat": now,
        "exp": now + 300,
        "nonce": nonce,
        f"{CLAIM}version": "1.3.0",
        f"{CLAIM}message_type": "LtiResourceLinkRequest",
        f"{CLAIM}deployment_id": "d1",
        f"{CLAIM}resource_link": {"id": "link-1", "title": "Café"},
        f"{CLAIM}roles": [f"{MEMBER}Learner"],
        f"{AGS}claim/endpoint": {
            "scope": [f"{AGS}scope/score"],
            "lineitem": f"{school}/line/5?type=x",
        },
        **others,
    }


def signed(said: dict[str, Any], whose: str = "platform") -> str:
    return jwt.encode({"alg": "RS256", "kid": "platform-1"}, said, key_of(whose))
