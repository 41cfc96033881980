"""Coming in from a learning platform: what is let in, what is not, and grades going back."""

import base64
import hmac
import json
import time
import urllib.parse
from pathlib import Path
from typing import Any

import pytest

from sim.classroom.lti import Tool
from sim.classroom.lti_notes import GradeBook, Learner, Notes
from sim.classroom.lti_platforms import own_key, read_platforms
from sim.errors import SimError
from tests.classroom.school import (
    CLAIM,
    MEMBER,
    School,
    claims,
    key_of,
    signed,
)


def begun(tool: Tool) -> tuple[str, str]:
    """A login that is under way: state and nonce."""
    found = tool.login({"iss": "https://school.example", "login_hint": "h"}, "https://us/launch")
    query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(found.url).query))
    assert query["response_mode"] == "form_post"
    assert query["client_id"] == "us"
    assert query["redirect_uri"] == "https://us/launch"
    assert query["login_hint"] == "h"
    assert query["state"] == found.state
    return found.state, query["nonce"]


def reason_of(error: pytest.ExceptionInfo[SimError]) -> object:
    assert error.value.code == "lti/refused"
    return error.value.data["reason"]


# --- who is let in ---


def test_a_learner_and_an_instructor_are_told_apart(tool: Tool, school: str) -> None:
    state, nonce = begun(tool)
    ana = tool.launch(signed(claims(nonce, school)), state, state)
    assert (ana.user, ana.name, ana.teacher, ana.title) == ("person-7", "Ana Abad", False, "Café")
    assert ana.grade is not None
    assert ana.grade.lineitem.endswith("/line/5?type=x")
    state, nonce = begun(tool)
    roles: dict[str, Any] = {f"{CLAIM}roles": [f"{MEMBER}Instructor"], "sub": "person-1"}
    teacher = tool.launch(signed(claims(nonce, school, **roles)), state, state)
    assert teacher.teacher
    assert not teacher.trusted
    assert teacher.link == ana.link
    assert School.asked_for_keys == 1  # keys are kept


LEFT_OUT = object()
REFUSED: tuple[tuple[str, str, Any], ...] = (
    ("nonce", "nonce", "another"),
    ("time", "exp", 500),
    ("time", "iat", 500),
    ("time", "iat", 9_999_999_999),
    ("time", "exp", LEFT_OUT),
    ("audience", "aud", "somebody else"),
    ("audience", "aud", ["us", "them"]),
    ("audience", "iss", "https://evil.example"),
    ("deployment", f"{CLAIM}deployment_id", "d9"),
    ("version", f"{CLAIM}version", "1.1"),
    ("kind", f"{CLAIM}message_type", "LtiDeepLinkingRequest"),
    ("resource", f"{CLAIM}resource_link", {}),
    ("resource", "sub", None),
)


@pytest.mark.parametrize("number", range(len(REFUSED)))
def test_a_message_that_is_not_for_us_now_is_refused(tool: Tool, number: int) -> None:
    reason, name, value = REFUSED[number]
    state, nonce = begun(tool)
    said = {**claims(nonce), name: value}
    if value is LEFT_OUT:
        del said[name]
    with pytest.raises(SimError) as error:
        tool.launch(signed(said), state, state)
    assert reason_of(error) == reason


def test_a_message_counts_once(tool: Tool) -> None:
    state, nonce = begun(tool)
    message = signed(claims(nonce))
    tool.launch(message, state, state)
    with pytest.raises(SimError) as error:
        tool.launch(message, state, state)
    assert reason_of(error) == "used"


@pytest.mark.parametrize("kept", ["", "another"])
def test_another_browser_cannot_bring_the_message(tool: Tool, kept: str) -> None:
    state, nonce = begun(tool)
    with pytest.raises(SimError) as error:
        tool.launch(signed(claims(nonce)), state, kept)
    assert reason_of(error) == "state"


def test_a_state_grows_old(tool: Tool) -> None:
    state, nonce = begun(tool)
    late = time.time() + 3600.0
    tool.clock = lambda: late
    with pytest.raises(SimError) as error:
        tool.launch(signed(claims(nonce)), state, state)
    assert reason_of(error) == "used"


def test_a_signature_by_somebody_else_is_refused(tool: Tool) -> None:
    state, nonce = begun(tool)
    with pytest.raises(SimError) as error:
        tool.launch(signed(claims(nonce), "an impostor"), state, state)
    assert reason_of(error) == "signature"


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


@pytest.mark.parametrize("alg", ["none", "HS256", "RS512"])
def test_no_other_algorithm_is_believed(tool: Tool, alg: str) -> None:
    state, nonce = begun(tool)
    message = signed(claims(nonce))
    head, body, _ = message.split(".")
    bad = encoded(json.dumps({"alg": alg, "kid": "platform-1"}).encode())
    proof = b""
    if alg == "HS256":  # signed with what everybody knows: the public key
        proof = hmac.digest(
            key_of("platform").as_pem(private=False), f"{bad}.{body}".encode(), "sha256"
        )
    message = f"{bad}.{body}.{encoded(proof)}"
    assert head != bad
    with pytest.raises(SimError) as error:
        tool.launch(message, state, state)
    assert reason_of(error) in {"algorithm", "token", "signature"}


@pytest.mark.parametrize("message", ["", "x", "a.b.c", "e30.W10.", "x" * 20_000])
def test_rubbish_is_refused(tool: Tool, message: str) -> None:
    state, _ = begun(tool)
    with pytest.raises(SimError) as error:
        tool.launch(message, state, state)
    assert reason_of(error) == "token"


def test_a_platform_nobody_knows_is_not_asked(tool: Tool) -> None:
    with pytest.raises(SimError, match="lti/unknown-platform"):
        tool.login({"iss": "https://evil.example", "login_hint": "h"}, "https://us/launch")


def test_the_file_of_platforms(tmp_path: Path) -> None:
    path = tmp_path / "platforms.json"
    one = {
        "issuer": "https://school.example",
        "client_id": "us",
        "deployments": ["d1"],
        "auth_url": "https://school.example/auth",
        "token_url": "https://school.example/token",
        "jwks_url": "https://school.example/keys",
    }
    path.write_text(json.dumps([one]), encoding="utf-8")
    (found,) = read_platforms(path)
    assert not found.teachers
    for bad in (
        {**one, "jwks_url": "http://school.example/keys"},
        {"issuer": "x"},
        {**one, "x": 1},
    ):
        path.write_text(json.dumps([bad]), encoding="utf-8")
        with pytest.raises(SimError, match="lti/bad-file"):
            read_platforms(path)


def test_the_key_is_made_once_and_is_nobody_elses(tmp_path: Path) -> None:
    one, other = own_key(tmp_path / "lti"), own_key(tmp_path / "lti")
    assert one.thumbprint() == other.thumbprint()
    assert (tmp_path / "lti" / "tool-key.pem").stat().st_mode & 0o077 == 0
    shown = Tool([], one, Notes(tmp_path / "lti")).jwks()["keys"][0]
    assert "d" not in shown
    assert shown["kid"] == one.thumbprint()


# --- grades ---


def test_a_grade_goes_to_its_line(tool: Tool, school: str) -> None:
    book = GradeBook("https://school.example", "us", f"{school}/line/5?type=x")
    tool.score(book, "person-7", 8.5, of=10.0, said="the rule")
    (got,) = School.grades
    assert got["path"] == "/line/5/scores?type=x"
    assert (got["userId"], got["scoreGiven"], got["scoreMaximum"]) == ("person-7", 8.5, 10.0)
    assert got["gradingProgress"] == "FullyGraded"
    assert got["timestamp"].endswith("Z")


def test_grades_that_cannot_be_sent_are_said(tool: Tool, school: str) -> None:
    School.tool_key = key_of("an impostor")
    book = GradeBook("https://school.example", "us", f"{school}/line/5")
    with pytest.raises(SimError, match="lti/not-sent"):
        tool.score(book, "person-7", 8.5, of=10.0, said="")
    insecure = GradeBook("https://school.example", "us", "http://school.example/line")
    with pytest.raises(SimError, match="lti/not-sent"):
        tool.score(insecure, "person-7", 8.5, of=10.0, said="")


# --- notes ---


def test_notes_are_kept_and_forgotten(tmp_path: Path) -> None:
    notes = Notes(tmp_path / "lti")
    notes.connect("link", "room1")
    assert notes.room_of("link") == "room1"
    assert notes.room_of("other") is None
    ana = Learner("seat", "person-7", "https://school.example", "us", "")
    notes.keep("room1", "who", ana)
    assert notes.learner("room1", "who") == ana
    assert list(notes.learners("room1")) == [ana]
    notes.forget("room1")
    assert list(notes.learners("room1")) == []
