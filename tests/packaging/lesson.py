"""A class held by a program that is not this one: started, joined and played over the network."""

import os
import re
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

import httpx

CHAT = {"choices": [{"customer": "dan", "action": "chat"}]}


def hold(command: Sequence[str | Path], away: Path, environ: dict[str, str]) -> None:
    """Lets a program serve the lead case, and plays a turn of it as instructor and trainee.

    Args:
        command: the program.
        away: where it runs, and keeps what it keeps.
        environ: all that it knows of this machine.
    """
    words = ("--lang", "en", "serve", "corner-cafe", "--port", "0")
    with subprocess.Popen(
        [*command, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=away,
        text=True,
        env={**environ, "PYTHONUNBUFFERED": "1"},
    ) as server:
        try:
            _teach(*_told(server))
            server.send_signal(signal.SIGINT if os.name != "nt" else signal.SIGTERM)
            _, complaints = server.communicate(timeout=120)
            assert (server.returncode, complaints) == (0, "")
        finally:
            server.kill()


def _told(server: subprocess.Popen[str]) -> tuple[str, str, str]:
    """Address, code and key that the program prints."""
    said = ""
    assert server.stdout is not None
    while "Ctrl+C" not in said:
        line = server.stdout.readline()
        assert line, (said, server.stderr.read() if server.stderr else "")
        said += line
    code = re.search(r"code: (\w+)", said)
    link = re.search(r"(http://\S+)/teach#(\w+)", said)
    assert code
    assert link
    return link[1], code[1], link[2]


def _teach(address: str, code: str, key: str) -> None:
    """One turn, by the interface and by the pages."""
    with httpx.Client(base_url=f"{address}/api/v1", timeout=120, follow_redirects=True) as web:
        teacher = {"Authorization": f"Bearer {key}"}
        joined = web.post("/join", json={"code": code, "label": "Ann"}).json()
        trainee = {"Authorization": f"Bearer {joined['token']}"}
        _act(web, teacher, code, "open")
        sent = web.put(
            "/me/decisions/1", json=CHAT, headers={**trainee, "Idempotency-Key": "first"}
        )
        assert sent.status_code == 200, sent.text
        _act(web, teacher, code, "close")
        turn = web.get("/me/turn", headers=trainee).json()
        assert turn["header"]["turn"] == 2, turn["header"]
        for lang, word in (("en", "Week"), ("zh", "周")):
            for path in ("/j/" + code, "/play", "/play/customer/dan"):
                asked = {**trainee, "Accept-Language": lang}
                page = web.get(f"{address}{path}", headers=asked)
                assert page.status_code == 200, page.text
            assert word in page.text
        board = web.get(f"{address}/teach/{joined['seat']['room']}", headers=teacher)
        assert board.status_code == 200, board.text
        loaded = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', board.text + page.text))
        assert {name.rpartition(".")[2] for name in loaded} >= {"css", "js"}
        for each in loaded:
            assert web.get(f"{address}{each}").status_code == 200, each
        _act(web, teacher, code, "end")
        assert web.get("/me/game", headers=trainee).json()["turns"]


def _act(web: httpx.Client, teacher: dict[str, str], code: str, action: str) -> None:
    answer = web.patch(f"/rooms/{code}", json={"action": action}, headers=teacher)
    assert answer.status_code == 200, answer.text
