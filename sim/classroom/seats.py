"""Coming in, going out, and coming back on another device."""

from collections import Counter
from dataclasses import replace

from sim.classroom import events, names, pacing, retried, secrets
from sim.classroom.clerk import Work
from sim.classroom.events import ClassError, plain
from sim.classroom.log import ADD_SEAT, ADD_TOKEN
from sim.classroom.model import RoomInfo, SeatInfo
from sim.classroom.state import Game, Room

SEAT = "seat"  # kinds of tokens: what a device keeps,
LINK = "link"  # and what is exchanged for it once
KINDS = ("web", "window", "bot")
LINK_SECONDS = 600.0
_CLAIM = "UPDATE roster SET seat = ? WHERE room = ? AND number = ?"


def join(
    work: Work, room: Room, token: str, *, label: str, team: str, kind: str, number: str
) -> SeatInfo:
    """Take a seat; the same one again with the same token, even if nobody else could by now.

    Args:
        work: the transaction.
        room: which one.
        token: what is going to prove it.
        label: the name typed; looked at only where the room lets trainees name themselves.
        team: the team wanted, `1`, `2`...; empty: the smallest.
        kind: one of `KINDS`.
        number: on the name list; looked at only where the room has one.

    Raises:
        ClassError: `class/ended`, `class/locked`, `class/full` (seats), `class/no-name`,
            `class/not-on-roster`, `class/already-joined`, `class/unknown-team`.
    """
    seat = secrets.id_of(token)
    if seat in room.seats:
        return _joined_before(work, room, seat, token)
    if room.stage == "ended":
        raise ClassError("class/ended")
    if room.locked:
        raise ClassError("class/locked")
    if len(room.people) >= room.settings.seats:
        raise ClassError("class/full", seats=room.settings.seats)
    shown = _label(room, label)
    chosen = team_for(room, team)
    if room.settings.names == "roster":
        _expect_listed(work, room, number)
    now = work.now
    work.write(room, ADD_SEAT, seat, room.id, shown, now)
    game = f"team-{chosen}" if chosen else seat
    body = plain(team=chosen, kind=kind if kind in KINDS else "web")
    work.append(room, events.JOIN, seat=seat, game=game, body=body)
    room.seats[seat] = replace(room.seats[seat], label=shown, seen_at=now)
    work.write(room, ADD_TOKEN, secrets.kept(token), room.id, seat, SEAT, None)
    if room.settings.names == "roster":
        work.at_once(room, _CLAIM, seat, room.id, number.strip())
    pacing.catch_up(work, room, room.games[game])
    return room.seats[seat]


def _joined_before(work: Work, room: Room, seat: str, token: str) -> SeatInfo:
    """The seat that was taken with this token, unless it is void by now."""
    if not work.rows("SELECT 1 FROM token WHERE sha256 = ?", secrets.kept(token)):
        raise ClassError("class/already-joined")
    return room.seats[seat]


def _label(room: Room, label: str) -> str:
    taken = {seat.label for seat in room.seats.values()}
    if room.settings.names == "own":
        return names.numbered(names.clean(label), taken)
    return names.pseudonym(taken, room.settings.language)


def team_for(room: Room, wanted: str = "") -> str:
    """The team asked for, else the one with fewest members."""
    teams = [str(number + 1) for number in range(room.settings.teams)]
    if not teams:
        return ""
    if wanted and wanted not in teams:
        raise ClassError("class/unknown-team", team=wanted)
    sizes = Counter(seat.team for seat in room.present)
    return wanted or min(teams, key=lambda team: sizes[team])


def _expect_listed(work: Work, room: Room, number: str) -> None:
    found = work.store.rows(
        "SELECT seat FROM roster WHERE room = ? AND number = ?", room.id, number.strip()
    )
    if not found:
        raise ClassError("class/not-on-roster")
    claimed = found[0][0]
    if claimed and not room.seats[claimed].removed:
        raise ClassError("class/already-joined")


def remove(work: Work, room: Room, seat: str) -> SeatInfo:
    """Send somebody away; what they have decided stays.

    Raises:
        ClassError: `class/unknown-seat`.
    """
    if seat not in room.seats:
        raise ClassError("class/unknown-seat")
    if not room.seats[seat].removed:
        work.append(room, events.REMOVE, seat=seat)
    return room.seats[seat]


def reissue(work: Work, room: Room, seat: str) -> str:
    """A link to a seat whose device is lost; all that led to it before is void.

    Raises:
        ClassError: `class/unknown-seat`, `class/removed`, `class/practice-seat`.
    """
    if seat not in room.seats:
        raise ClassError("class/unknown-seat")
    if room.seats[seat].bot:
        raise ClassError("class/practice-seat")
    work.append(room, events.REISSUE, seat=seat)
    work.at_once(room, "DELETE FROM token WHERE seat = ?", seat)
    return hand_over(work, room, seat)


def hand_over(work: Work, room: Room, seat: str) -> str:
    """A token that can be exchanged once, within ten minutes, for one of another device.

    Raises:
        ClassError: `class/unknown-seat`, `class/removed`.
    """
    if seat not in room.seats:
        raise ClassError("class/unknown-seat")
    if room.seats[seat].removed:
        raise ClassError("class/removed")
    link = secrets.new_token()
    until = work.now + LINK_SECONDS
    work.write(room, ADD_TOKEN, secrets.kept(link), room.id, seat, LINK, until)
    return link


def take_over(work: Work, room: Room, link: str) -> tuple[SeatInfo, str]:
    """Exchange a link for a token.

    Raises:
        ClassError: `class/unknown-link`: it never was one, was used, or is too old.
    """
    kept = secrets.kept(link)
    found = work.store.rows(
        "SELECT seat, expires_at FROM token WHERE sha256 = ? AND kind = ?", kept, LINK
    )
    if not found or found[0][1] < work.now:
        raise ClassError("class/unknown-link")
    seat, token = found[0][0], secrets.new_token()
    work.at_once(room, "DELETE FROM token WHERE sha256 = ?", kept)
    work.write(room, ADD_TOKEN, secrets.kept(token), room.id, seat, SEAT, None)
    return room.seats[seat], token


def label_of(room: Room, game: Game) -> str:
    """The name of a game: that of its seat, or the number of its team."""
    return game.team or next((room.seats[seat].label for seat in game.seats), "")


def erase(work: Work, room: Room, title: str) -> RoomInfo:
    """Delete what names anybody; the games stay, under numbers, and devices lose their seats.

    Args:
        work: the room's clerk at work.
        room: which one.
        title: what it is called from now on.
    """
    work.append(room, events.ERASE)
    for table in ("roster", "free_text", "draft", "token"):
        work.at_once(room, f"DELETE FROM {table} WHERE room = ?", room.id)  # noqa: S608 -- own names
    work.at_once(room, retried.FORGET, room.id)
    for number, seat in enumerate(room.seats.values(), start=1):
        if seat.bot:  # names nobody
            continue
        work.at_once(room, "UPDATE seat SET label = ? WHERE id = ?", f"#{number}", seat.id)
    work.at_once(room, "UPDATE room SET title = ? WHERE id = ?", title, room.id)
    return room.info
