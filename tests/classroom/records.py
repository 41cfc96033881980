"""A learning record store that answers as a test says."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

from sim.classroom.xapi import Statement


class Records(BaseHTTPRequestHandler):
    """A store that answers as the test says."""

    answers: ClassVar[list[int]] = []
    got: ClassVar[list[tuple[dict[str, str], list[Statement]]]] = []

    def do_POST(self) -> None:
        """Take statements."""
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        sent = json.loads(raw)
        type(self).got.append(({k.lower(): v for k, v in self.headers.items()}, sent))
        bad = any(each["id"] == "bad" for each in sent)
        status = 400 if bad else type(self).answers.pop(0) if type(self).answers else 200
        self.send_response(status)
        if status in {301, 307}:
            self.send_header("Location", "http://127.0.0.1:9/steal")
        self.end_headers()
        self.wfile.write(b"[]")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def record_store() -> Iterator[str]:
    """A store on a free port; gives its address."""
    Records.answers, Records.got = [], []
    server = HTTPServer(("127.0.0.1", 0), Records)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/xapi/"
    server.shutdown()
    thread.join()
    server.server_close()
