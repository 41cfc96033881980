"""What somebody sees of a class beside the game: where it stands, and what is waited for."""

from dataclasses import dataclass
from typing import Literal

from sim.play.joining.model import Standing
from sim.play.joining.seat import Seat
from sim.play.session import Session
from sim.view.class_report import build_plan_of
from sim.view.join_words import explain, say
from sim.view.review_model import PlanLine

Where = Literal[
    "turn", "vote", "sending", "team", "submitted", "between", "lobby", "finished", "ended"
]
SIGNS: dict[Where, str] = {
    "sending": "mail",
    "team": "users",
    "submitted": "circle-check",
    "between": "hourglass",
    "lobby": "coffee",
    "finished": "flag",
    "ended": "flag",
}


@dataclass(frozen=True)
class WaitView:
    """What is waited for.

    Attributes:
        title: In a few words.
        text: In a sentence or two.
        icon: What stands for it.
        facts: Name, value and icon: who one is, in which room, which turn, how many proposals.
    """

    title: str
    text: str
    icon: str
    facts: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class ProposalView:
    """A plan that a member of a team proposes."""

    seat: str
    label: str
    plan: tuple[PlanLine, ...]
    votes: str
    mine: bool
    chosen: bool


def where(standing: Standing, played: int, *, sending: bool) -> Where:
    """What there is to do now.

    Args:
        standing: of the seat.
        played: how many turns this program has played.
        sending: whether a decision is on its way.
    """
    if sending:
        return "sending"
    if standing.phase == "vote":
        return "vote"
    if standing.turn == played + 1:
        return "turn"
    return _waiting(standing)


def _waiting(standing: Standing) -> Where:
    """Why nothing can be chosen now; a paused turn can still be looked at."""
    if standing.status == "finished":
        return "finished"
    if standing.status == "submitted":
        return "team" if standing.phase == "wait" else "submitted"
    stages: dict[str, Where] = {"paused": "turn", "ended": "ended", "lobby": "lobby"}
    return stages.get(standing.room.state, "between")


def wait_view(standing: Standing, place: Where, lang: str) -> WaitView:
    """What is waited for, in words."""
    room = standing.room
    facts = [
        (say(lang, "class.you_are"), standing.seat.label, "user"),
        (say(lang, "join.room"), f"{room.title}  ·  {room.code}", "school"),
    ]
    if room.turn:
        facts.append((say(lang, "fact.turn"), f"{room.turn} / {room.turns}", "calendar"))
    if standing.seat.team:
        facts += [
            (
                say(lang, "class.team"),
                say(lang, "class.team_name", team=standing.seat.team),
                "users",
            ),
            (say(lang, "class.proposed"), f"{standing.proposed} / {standing.members}", "inbox"),
        ]
    own = "join" if place in {"sending", "finished"} else "class"
    return WaitView(
        title=say(lang, f"{own}.wait.{place}.title"),
        text=say(lang, f"{own}.wait.{place}.text"),
        icon=SIGNS[place],
        facts=tuple(facts),
    )


def notices(seat: Seat, lang: str, *, heard: int = 0) -> tuple[tuple[str, str], ...]:
    """Icon and sentence of everything about the class that matters whatever is on view.

    Args:
        seat: whose class.
        lang: `en` or `zh`.
        heard: id of the last message that needs not be shown any more.
    """
    told, found = seat.told, []
    if not told.online and told.away is not None:
        found.append(("network", say(lang, "join.offline", reason=explain(told.away, lang))))
    standing, left = told.standing, seat.seconds_left
    if standing is not None and standing.room.state == "paused":
        found.append(("pause", say(lang, "class.paused")))
    if left is not None and standing is not None and standing.room.state in {"open", "paused"}:
        found.append(("clock", say(lang, "join.left", time=clock(left))))
    last = None if standing is None else next(iter(standing.messages[-1:]), None)
    if last is not None and last.id > heard and not last.past:
        found.append(("megaphone", f"{say(lang, 'class.told')} {last.text}"))
    return tuple(found)


def clock(seconds: int) -> str:
    """Minutes and seconds: 2:05."""
    return f"{seconds // 60}:{seconds % 60:02}"


def decided(session: Session, lang: str) -> tuple[PlanLine, ...]:
    """What was chosen for the turn that waits to be closed."""
    return build_plan_of(session, lang, session.draft)


def proposals(session: Session, standing: Standing, lang: str) -> tuple[ProposalView, ...]:
    """The plans of a team for the open turn, in words."""
    return tuple(
        ProposalView(
            seat=each.seat,
            label=each.label,
            plan=build_plan_of(session, lang, each.decision),
            votes=say(lang, "class.votes", n=each.votes),
            mine=each.mine,
            chosen=each.seat == standing.voted,
        )
        for each in standing.proposals
    )
