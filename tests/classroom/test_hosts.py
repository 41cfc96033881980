"""By which names and in which shape requests are taken, and how slowly."""

import socket
import time
from collections.abc import Iterator

import httpx
import pytest

from sim.classroom.rooms import Rooms
from sim.ui.web import patience
from sim.ui.web.app import create_app
from sim.ui.web.hosts import leads_here, name_of
from sim.ui.web.patience import LARGEST_HEAD
from tests.classroom.asking import Asker
from tests.classroom.serving import serving

REGISTERED = "evil.example.com:8000"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:8000",
        "192.168.1.20",
        "[::1]:8000",
        "[fe80::1]",
        "localhost:8000",
        "teacher-pc:8000",
        "Teacher.local.",
        "class.school.edu",
        "CLASS.school.edu:443",
    ],
)
def test_addresses_local_names_and_given_ones_lead_here(host: str) -> None:
    assert leads_here(host, {"class.school.edu"})


@pytest.mark.parametrize(
    "host",
    [
        "",
        REGISTERED,
        "127.0.0.1.evil.com",
        "localhost.evil.com",
        "class.school.edu.evil.com",
        "evil.com#127.0.0.1",
        "127.0.0.1@evil.com",
        "[::1].evil.com",
        "a b",
        "x" * 300,
        "127.0.0.1:80:80",
        "王芳",
    ],
)
def test_names_that_anybody_can_register_do_not(host: str) -> None:
    assert not leads_here(host, {"class.school.edu"})


def test_a_proxy_looks_after_names_but_not_after_nonsense() -> None:
    assert leads_here(REGISTERED, (), any_name=True)
    assert not leads_here("http://[", (), any_name=True)
    assert name_of("[::1]:80") == "::1"


def test_a_page_that_lets_its_own_name_lead_here_learns_nothing(rooms: Rooms) -> None:
    app = create_app(rooms)
    for path in ("/", "/healthz", "/api/v1/openapi.json", "/static/x/app.css"):
        refusal = Asker(app).ask("GET", path, headers={"host": REGISTERED})
        assert refusal.status_code == 421
        assert "--name" in refusal.text
        assert refusal.headers["content-security-policy"]
    assert Asker(app).ask("POST", "/api/v1/join", headers={"host": REGISTERED}).status_code == 421
    named = create_app(rooms, names=["evil.example.com"])
    assert Asker(named).ask("GET", "/healthz", headers={"host": REGISTERED}).status_code == 200
    behind = create_app(rooms, tls=True)
    assert Asker(behind).ask("GET", "/healthz", headers={"host": REGISTERED}).status_code == 200


# The server itself, byte by byte ----------------------------------------------------------------

HOST = b"Host: localhost\r\n"
CLOSE = b"Connection: close\r\n\r\n"
JOIN = b"POST /api/v1/join HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\n"
NEXT = b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n"  # what somebody would smuggle past a proxy


@pytest.fixture
def port(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(patience, "PATIENCE", 1.0)
    with serving(create_app(rooms)) as address:
        yield int(address.rpartition(":")[2])


def said(port: int, *parts: bytes, pause: float = 0.0) -> bytes:
    """Everything that the server says until it hangs up."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        answer = b""
        try:
            for part in parts:
                line.sendall(part)
                time.sleep(pause)
            while more := line.recv(65536):
                answer += more
        except ConnectionError:  # it has hung up before everything was sent
            pass
        return answer


SMUGGLED = {
    "length and chunks": b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + NEXT,
    "chunks and length": b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" + NEXT,
    "two lengths": b"Content-Length: 0\r\nContent-Length: 40\r\n\r\n" + NEXT,
    "length with a sign": b"Content-Length: +0\r\n\r\n" + NEXT,
    "length in a list": b"Content-Length: 0, 0\r\n\r\n" + NEXT,
    "chunked by another name": b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + NEXT,
    "chunked twice": b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + NEXT,
    "space before the colon": b"Content-Length : 0\r\n\r\n" + NEXT,
    "folded": b"X: a\r\n Content-Length: 40\r\n\r\n" + NEXT,
    "zero byte": b"X: a\x00b\r\n\r\n" + NEXT,
    "bare return": b"X: a\rContent-Length: 40\r\n\r\n" + NEXT,
}


@pytest.mark.slow
@pytest.mark.parametrize("rest", SMUGGLED.values(), ids=SMUGGLED.keys())
def test_nothing_is_smuggled_past_a_proxy(port: int, rest: bytes) -> None:
    answer = said(port, JOIN + rest)
    assert answer.startswith((b"HTTP/1.1 400", b"HTTP/1.1 411")), answer[:100]
    assert answer.count(b"HTTP/1.1") == 1, answer
    assert b'"ok"' not in answer


@pytest.mark.slow
def test_two_hosts_or_none_are_refused(port: int) -> None:
    for hosts in (b"", HOST + b"Host: evil.example.com\r\n"):
        request = b"GET /healthz HTTP/1.1\r\n" + hosts + CLOSE
        assert said(port, request).startswith(b"HTTP/1.1 421")


@pytest.mark.slow
@pytest.mark.parametrize("folder", [b"/static/x/", b"/debrief-style/", b"/"])
def test_no_path_leads_out_of_what_is_served(port: int, folder: bytes) -> None:
    ways = (b"../", b"..%2f", b"%2e%2e/", b"%2e%2e%2f", b"..%5c", b"%252e%252e%252f", b"....//")
    for way in (*ways, b"/", b"%2f", b"file:", b"app.css%00/"):
        for file in (b"etc/passwd", b"pyproject.toml", b"app.py"):
            asked = folder + 9 * way + file
            answer = said(port, b"GET " + asked + b" HTTP/1.1\r\n" + HOST + CLOSE)
            assert answer.startswith((b"HTTP/1.1 404", b"HTTP/1.1 400")), (asked, answer[:80])
            assert b"root:" not in answer
            assert b"requires-python" not in answer


@pytest.mark.slow
@pytest.mark.parametrize(
    "parts",
    [
        (),
        (b"\r\n",),
        (b"GET /healthz HT",),
        (b"GET /healthz HTTP/1.1\r\n" + HOST + b"X: ",),
        (b"\n", b"\n", b"\n", b"\n", b"\n", b"\n"),
        (b"GET /healthz HTTP/1.1\r\n", HOST, b"A: 1\r\n", b"B: 2\r\n", b"C: 3\r\n", b"D: 4\r\n"),
        (JOIN + b"Content-Length: 40\r\n\r\n{",),
        (JOIN + b"Content-Length: 9\r\n\r\n", b"{", b'"', b"c", b"o", b"d", b"e", b'"', b"}"),
    ],
)
def test_who_sends_a_byte_at_a_time_is_hung_up_on(port: int, parts: tuple[bytes, ...]) -> None:
    assert said(port, *parts, pause=0.3) == b""


@pytest.mark.slow
def test_a_connection_that_is_used_stays_open(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PATIENCE", 5.0)  # a busy machine may take a few of them
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60.0) as client:
        for _ in range(4):
            assert client.get("/healthz").status_code == 200
            time.sleep(1.5)


@pytest.mark.slow
def test_a_long_head_is_refused_and_a_long_body_of_a_stranger_too(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "PATIENCE", 30.0)  # a busy machine may take its time
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60.0) as client:
        usual = client.get("/healthz", headers={"x": "y" * (LARGEST_HEAD - 500)})
        assert usual.status_code == 200
        large = client.put(
            "/api/v1/rooms/x/roster", content=b"x" * 500_000, headers={"authorization": "Bearer x"}
        )
        assert large.status_code == 401
    begin = b"GET /healthz HTTP/1.1\r\n" + HOST
    for start in (begin + b"X: ", b"GET /"):  # not a byte more, with which the answer may be lost
        assert said(port, start.ljust(LARGEST_HEAD, b"y")).startswith(b"HTTP/1.1 431")
    endless = [b"X: y\r\n" * 2000] * 9
    answer = said(port, begin, *endless)
    assert answer.startswith(b"HTTP/1.1 431") or not answer
