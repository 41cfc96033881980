"""Everything that the description of the JSON interface allows, and much that it does not.

Requests are made from the description itself; in half of them what they name is put right (rooms,
seats, codes, customers), so that they get past the first check and into the game. No answer may be
a fault of the server, and every answer must be one that the description tells of.
"""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from typing import Any, Final

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode, openapi, serializer
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from sim.classroom.model import Settings
from sim.classroom.rooms import Rooms
from sim.ui.web import app as web_app
from sim.ui.web.api import PREFIX
from sim.ui.web.throttle import Throttle
from tests.classroom.conftest import SCENARIO, chat
from tests.classroom.serving import serving


@serializer("text/csv")
def _as_it_is(_: object, body: object) -> bytes:
    return str(body).encode(errors="replace")


pytestmark = pytest.mark.slow

EXAMPLES: Final = 60  # for each operation
CALM: Final = 3  # seconds between two failures, so that nobody is refused for guessing too often
OPERATIONS: Final = 27
CHECKS: Final = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    ignored_auth,
    response_schema_conformance,
    response_headers_conformance,
]
ROSTER: Final = "number,name\n7,王芳\n8,Ann\n"
SOME = Callable[[st.SearchStrategy[Any]], Any]


class Lesson:
    """A room in its first turn, with a team of two and a link that nobody has used."""

    def __init__(self, rooms: Rooms, about: str) -> None:
        """Open the room, and bring it to where something can be asked about."""
        room = rooms.open_room(SCENARIO, Settings(seed=7, teams=1))
        (seat, self.token), (other, self.other) = (rooms.join(room.code) for _ in "12")
        if not about.endswith("/practice"):  # bots come while nothing has been opened
            rooms.open_turn(room.id)
        rules = rooms.view(seat.id, lambda session: session.rules)
        talks = rooms.view(seat.id, lambda session: session.open_encounters())
        self.known: dict[str, list[Any]] = {
            "room": [room.id, room.code],
            "code": [room.code],
            "seat": [seat.id, other.id],
            "proposal": [seat.id, other.id],
            "link": [rooms.hand_over(seat.id)],
            "scenario": [SCENARIO],
            "turn": [1],
            "customer": list(rules.customer_ids),
            "action": list(rules.action_ids),
            "market": [[each] for each in rules.market_ids],
            "responses": [{talk.id: [next_.id for next_ in talk.next[:1]]} for talk in talks],
            "team": ["", *{seat.team}],
        }
        if about.endswith("/votes/{turn}"):
            for place, customer in ((seat, "dan"), (other, "tomas")):
                rooms.keep_draft(place.id, 1, chat(customer))
                rooms.submit(place.id, 1, "key")
        if about.endswith(("/game", "/turning")):
            rooms.end(room.id)
        self._rooms, self._room = rooms, room.id
        self._seq = rooms.room(room.id).seq

    @property
    def is_untouched(self) -> bool:
        """Whether nothing has happened since."""
        found = [room for room in self._rooms.rooms() if room.id == self._room]
        return [room.seq for room in found] == [self._seq]


@pytest.fixture
def served(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    clock = partial(next, count(0.0, CALM))
    monkeypatch.setattr(web_app, "Throttle", partial(Throttle, clock))
    with serving(web_app.create_app(rooms)) as address:
        yield address


def put_right(body: Any, known: dict[str, list[Any]], some: SOME) -> Any:
    """The same with names that exist, where they are names that may."""
    if isinstance(body, list):
        return [put_right(each, known, some) for each in body]
    if not isinstance(body, dict):
        return body
    return {
        name: some(st.sampled_from(known[name]))
        if known.get(name)
        else put_right(value, known, some)
        for name, value in body.items()
    }


def aimed(case: Case[Any], lesson: Lesson, some: SOME, secret: str) -> Case[Any]:
    """A request by somebody who may mostly make it, and mostly about something that exists."""
    own = secret if "/rooms" in case.path else lesson.token
    token = some(st.sampled_from([own, own, own, lesson.other, secret, "guess", ""]))
    if token:
        case.headers["Authorization"] = f"Bearer {token}"
        case._has_explicit_auth = token in {lesson.token, lesson.other, secret}
        case.cookies = {}  # made from the description as well, and seldom fit to be sent
    for name in case.path_parameters:
        if some(st.integers(0, 3)):
            case.path_parameters[name] = some(st.sampled_from(lesson.known[name]))
    if case.path.endswith("/roster") and some(st.booleans()):
        case.body = ROSTER
    elif some(st.integers(0, 2)):
        case.body = put_right(case.body, lesson.known, some)
    return case


def thrown(operation: APIOperation[Any, Any, Any, Any], rooms: Rooms, address: str) -> set[int]:
    """Throws requests at an operation; which status codes came back."""
    lessons: list[Lesson] = []
    seen: set[int] = set()

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def throw(data: st.DataObject) -> None:
        if not lessons or not lessons[-1].is_untouched:
            lessons.append(Lesson(rooms, operation.path))
        mode = data.draw(st.sampled_from(list(GenerationMode)))
        case = data.draw(operation.as_strategy(generation_mode=mode))
        case = aimed(case, lessons[-1], data.draw, rooms.instructor_secret)
        answer = case.call(base_url=address)
        case.validate_response(answer, checks=CHECKS)
        seen.add(answer.status_code)

    throw()
    return seen


def test_no_request_makes_the_server_fail_or_answer_what_is_not_described(
    rooms: Rooms, served: str
) -> None:
    schema = openapi.from_dict(httpx.get(f"{served}{PREFIX}/openapi.json", timeout=60.0).json())
    found = {}
    for each in schema.get_all_operations():
        assert isinstance(each, Ok)
        operation = each.ok()
        found[operation.label] = thrown(operation, rooms, served)
    assert len(found) == OPERATIONS
    for label, seen in found.items():
        assert seen & {200, 201, 204}, (label, seen)
        assert seen - {200, 201, 204}, (label, seen)
