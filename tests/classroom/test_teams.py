"""Teams: everybody proposes alone, then the team votes."""

from collections.abc import Callable
from functools import partial

import pytest

from sim.classroom.rooms import Rooms
from sim.errors import SimError
from sim.game import TurnRecord
from sim.view.class_board import GameRow, build_class_board
from sim.view.class_words import say
from tests.classroom.conftest import Opener, chat


def code_of(deed: Callable[[], object]) -> str:
    with pytest.raises(SimError) as caught:
        deed()
    return caught.value.code


def of_team(rooms: Rooms, room: str, team: str) -> list[TurnRecord]:
    found = [record.turns for _, name, record in rooms.records(room) if name == team]
    return list(found[0])


def test_members_are_spread_and_see_the_others_proposals_after_their_own(
    rooms: Rooms, opened: Opener
) -> None:
    room, seats = opened(6, teams=2)
    assert [seat.team for seat in seats] == ["1", "2"] * 3
    one, two, three = (seat.id for seat in seats if seat.team == "1")
    assert rooms.standing(one).phase == "propose"
    rooms.submit(one, 1, "a", chat("dan"))
    assert (rooms.standing(one).phase, rooms.standing(two).phase) == ("wait", "propose")
    assert rooms.standing(two).proposals == ()
    assert rooms.standing(one).status == "submitted"
    assert code_of(lambda: rooms.submit(one, 1, "b")) == "class/already-decided"
    rooms.submit(two, 1, "a", chat("zhao"))
    assert code_of(lambda: rooms.vote(three, 1, one)) == "class/propose-first"
    rooms.submit(three, 1, "a", chat("tomas"))
    seen = rooms.standing(two)
    assert seen.phase == "vote"
    assert [each.record.choices[0].customer for each in seen.proposals] == ["dan", "zhao", "tomas"]
    assert [each.mine for each in seen.proposals] == [False, True, False]
    rooms.vote(one, 1, two, "v")
    assert rooms.vote(one, 1, two, "v").kind == "vote"  # sent twice, counted once
    assert rooms.standing(one).voted == two
    rooms.vote(three, 1, two, "v")  # a majority
    assert rooms.standing(two).phase == ""
    assert code_of(lambda: rooms.vote(two, 1, one)) == "class/already-decided"
    rooms.close_turn(room.id)
    assert of_team(rooms, room.id, "1") == [chat("zhao")]
    assert of_team(rooms, room.id, "2") == [TurnRecord()]


def test_of_equal_votes_the_proposal_that_came_first_wins(rooms: Rooms, opened: Opener) -> None:
    room, (one, two) = opened(2, teams=1)
    rooms.submit(two.id, 1, "a", chat("zhao"))
    rooms.submit(one.id, 1, "a", chat("dan"))
    rooms.vote(one.id, 1, one.id)
    rooms.vote(two.id, 1, two.id)
    rooms.close_turn(room.id)
    assert of_team(rooms, room.id, "1") == [chat("zhao")]


def test_where_all_want_the_same_there_is_no_vote(rooms: Rooms, opened: Opener) -> None:
    room, (one, two) = opened(2, teams=1, auto_close=True)
    rooms.submit(one.id, 1, "a", chat("dan"))
    assert rooms.submit(two.id, 1, "a", chat("dan")).played
    assert of_team(rooms, room.id, "1") == [chat("dan")]


def test_a_turn_that_closes_takes_the_votes_there_are_else_a_proposal_else_a_draft(
    rooms: Rooms, opened: Opener
) -> None:
    room, seats = opened(6, teams=3)
    (one, other), (two, _), (three, _) = (
        [seat.id for seat in seats if seat.team == team] for team in "123"
    )
    rooms.submit(one, 1, "a", chat("dan"))
    rooms.submit(other, 1, "a", chat("zhao"))
    rooms.vote(one, 1, other)
    rooms.submit(two, 1, "a", chat("tomas"))
    rooms.choose(three, lambda session: session.act("dan", "chat"))
    rooms.close_turn(room.id)
    assert [of_team(rooms, room.id, team)[0].choices for team in "123"] == [
        chat(name).choices for name in ("zhao", "tomas", "dan")
    ]


def test_drafts_of_a_team_are_private_until_they_are_proposed(rooms: Rooms, opened: Opener) -> None:
    _, (one, two) = opened(2, teams=1)
    rooms.choose(one.id, lambda session: session.act("dan", "chat"))
    assert rooms.view(two.id, lambda session: session.draft.choices) == ()
    rooms.submit(one.id, 1, "a")
    rooms.submit(two.id, 1, "a")
    assert len(rooms.standing(two.id).proposals) == 2


def test_in_a_pause_only_who_has_proposed_waits_for_the_team(rooms: Rooms, opened: Opener) -> None:
    room, (one, two) = opened(2, teams=1)
    rooms.submit(one.id, 1, "a", chat("dan"))
    rooms.pause(room.id)
    assert (rooms.standing(one.id).status, rooms.standing(one.id).phase) == ("submitted", "wait")
    assert (rooms.standing(two.id).status, rooms.standing(two.id).phase) == ("choosing", "")
    assert [line.status for line in rooms.board(room.id)] == ["choosing"]
    rooms.resume(room.id)
    assert rooms.standing(two.id).phase == "propose"


def test_the_board_says_when_a_team_votes_and_how_far_it_came(rooms: Rooms, opened: Opener) -> None:
    room, (one, two) = opened(2, teams=1)
    shown = partial(build_class_board, now=0.0, lang="en")

    def row() -> GameRow:
        return shown(rooms.room(room.id), rooms.board(room.id), rooms.seats(room.id)).rows[0]

    rooms.submit(one.id, 1, "a", chat("dan"))
    assert row().status_text == say("en", "class.status.choosing", n=1)
    rooms.submit(two.id, 1, "a", chat("zhao"))
    assert row().status_text == say("en", "class.status.voting", n=1)
    rooms.close_turn(room.id)
    assert row().turn_text == "2 / 12"
    rooms.end(room.id)
    assert row().turn_text == "1 / 12"
