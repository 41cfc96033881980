"""The classroom as it is started from the command line."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from sim.cli import main
from sim.ui.web.serve import addresses, listening

pytestmark = pytest.mark.slow


class Served:
    """A server that was started by a user."""

    def __init__(self, home: Path, *words: str, lang: str = "en") -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "sim.cli", "--lang", lang, "serve", "--port", "0", *words],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "RAPPORT_HOME": str(home)},
        )
        self.said = self._read(until="Ctrl+C")
        found = re.search(r"(http://\S+:(\d+))/teach#(\w+)", self.said)
        assert found is not None
        self.address, self.secret = f"http://127.0.0.1:{found[2]}", found[3]

    def _read(self, until: str) -> str:
        assert self._process.stdout is not None
        said = ""
        while until not in said:
            said += self._process.stdout.readline()
        return said

    def ask(self, method: str, path: str, token: str = "", **body: object) -> httpx.Response:
        """One request of the JSON interface."""
        headers = {"Authorization": f"Bearer {token or self.secret}"}
        sent = body or None
        return httpx.request(
            method, f"{self.address}{path}", json=sent, headers=headers, timeout=60
        )

    def kill(self) -> None:
        """Let nothing go on after a test that failed."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.communicate()

    def stop(self, how: signal.Signals) -> tuple[int, str]:
        """Stop it; its exit code and last words."""
        self._process.send_signal(how)
        said, _ = self._process.communicate(timeout=60)
        return self._process.returncode, said


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Starts servers in one home."""
    started: list[Served] = []

    def start(*words: str, lang: str = "en") -> Served:
        started.append(Served(tmp_path, *words, lang=lang))
        return started[-1]

    yield start
    for each in started:
        each.kill()


def test_a_room_is_opened_and_goes_on_after_a_clean_stop(serve: Callable[..., Served]) -> None:
    first = serve("corner-cafe")
    code = re.search(r"code: ([2-9A-Z]{6})", first.said)
    assert code is not None
    assert "Only this computer can connect" in first.said
    assert first.ask("GET", "/healthz").json() == {"status": "ok"}
    joined = first.ask("POST", "/api/v1/join", code=code[1])
    assert joined.status_code == 201
    assert first.stop(signal.SIGTERM) == (
        0,
        "Stopped. Rooms that are open go on at the next start.\n",
    )
    again = serve("corner-cafe", lang="zh")
    assert "继续上次没有结束的房间" in again.said
    assert code[1] in again.said
    assert again.secret == first.secret
    me = again.ask("GET", "/api/v1/me", token=joined.json()["token"])
    assert me.json()["seat"]["id"] == joined.json()["seat"]["id"]
    assert again.stop(signal.SIGINT)[0] == 0
    other = serve("corner-cafe", "--new")
    assert code[1] not in other.said
    assert len(other.ask("GET", "/api/v1/rooms").json()) == 2
    assert other.stop(signal.SIGTERM)[0] == 0


def test_several_workers_answer_at_one_address(serve: Callable[..., Served]) -> None:
    served = serve("corner-cafe", "--workers", "2")
    room = served.ask("GET", "/api/v1/rooms").json()[0]
    tokens = [
        served.ask("POST", "/api/v1/join", code=room["code"]).json()["token"] for _ in range(6)
    ]
    served.ask("PATCH", f"/api/v1/rooms/{room['id']}", action="open")
    turns = [served.ask("GET", "/api/v1/me", token=token).json()["turn"] for token in tokens]
    assert turns == [1] * 6
    assert served.stop(signal.SIGTERM)[0] == 0


def test_what_a_host_opens_is_said(serve: Callable[..., Served]) -> None:
    served = serve("--host", "0.0.0.0")  # noqa: S104 -- to see what is said
    assert "Everybody in this computer's networks can now reach port" in served.said
    assert served.ask("GET", "/healthz").status_code == 200
    assert served.stop(signal.SIGTERM)[0] == 0


def test_a_port_that_is_taken_is_said_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with listening("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        assert main(["--lang", "zh", "serve", "--port", str(port)]) == 2
    assert f"无法在 127.0.0.1 的端口 {port} 上监听" in capsys.readouterr().err


def test_addresses_are_those_that_a_phone_can_reach() -> None:
    assert addresses("127.0.0.1", 80) == ["http://127.0.0.1:80"]
    assert addresses("::1", 80) == ["http://[::1]:80"]
    everywhere = addresses("0.0.0.0", 80)  # noqa: S104 -- asked, not bound
    assert everywhere[-1] == "http://127.0.0.1:80"
    assert len(set(everywhere)) == len(everywhere)
