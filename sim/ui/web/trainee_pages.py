"""What the trainee's pages show, out of the same views as in the window and in the terminal.

Each function takes a game that nobody changes meanwhile, and returns what its template needs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sim.classroom.model import Proposal
from sim.errors import SimError
from sim.game import TurnRecord
from sim.play.case import known_pars
from sim.play.session import LEAST_SURE, Session
from sim.ui.web.trainee_shown import FILE, FIRM, NEWS, TALK, Shown
from sim.view import build
from sim.view.class_report import build_past_report, build_plan_of
from sim.view.class_words import say
from sim.view.model import BoardView, CustomerCard, CustomerView, EncounterView, TurnView
from sim.view.numbers import number_ledger
from sim.view.parts import Ref
from sim.view.review_model import PlanLine
from sim.view.words import listed

SURES: Final = (LEAST_SURE, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
Data = dict[str, Any]


def faces_of(board: BoardView) -> dict[str, CustomerCard]:
    """The cards of all customers by id; their faces stand for them elsewhere."""
    return {card.id: card for card in (*board.cards, *board.gone)}


# The turn ---------------------------------------------------------------------------------------


def turn_page(session: Session, lang: str, wanted: Shown) -> Data:
    """The open turn."""
    view = build.build_view(session, lang)
    waiting = [each.id for each in view.inbox if not each.answered]
    shown = _possible(view, wanted, waiting)
    faces = faces_of(view.board)
    data: Data = {
        "view": view,
        "shown": shown,
        "here": shown.here,
        "board_path": shown.path,
        "faces": faces,
        "inbox": {each.id: each for each in view.inbox},
        "waiting": len(waiting),
        "has_report": bool(session.reports),
        "sures": SURES,
    }
    if shown.kind == FILE:
        data["file"] = build.build_customer(session, lang, shown.id)
    if shown.kind == TALK:
        talk = data["inbox"][shown.id]
        file = build.build_customer(session, lang, talk.customer.id)
        data |= {"talk": talk, "file": file, "mood_id": _mood(talk, file)}
        data["next_talk"] = next((each for each in waiting if each != talk.id), None)
    return data


def _possible(view: TurnView, wanted: Shown, waiting: list[str]) -> Shown:
    """What is shown: what was asked for if it is there, else what wants attention first."""
    known = {
        FILE: {card.id for card in (*view.board.cards, *view.board.gone)},
        TALK: {each.id for each in view.inbox},
    }
    if wanted.id in known.get(wanted.kind, set()) or wanted.kind in {NEWS, FIRM}:
        return wanted
    if waiting:
        return replace(wanted, kind=TALK, id=waiting[0])
    return replace(wanted, kind=NEWS, id="")


def _mood(view: EncounterView, file: CustomerView) -> str | None:
    """The mood of who speaks, as far as it is known."""
    speaker = (person for person in file.people if person.name == view.speaker)
    return next((person.mood_id for person in speaker), file.card.mood_id)


def end_page(session: Session, lang: str) -> Data:
    """What is left before the turn ends."""
    view = build.build_view(session, lang)
    return {
        "view": view,
        "unanswered": [each for each in view.inbox if not each.path],
        "unfinished": [each for each in view.inbox if each.path and not each.answered],
    }


def answer(session: Session, form: Mapping[str, str]) -> None:
    """Say the next thing in a conversation; the same twice is said once.

    `path` of the form is what had been said when the page was made, divided by spaces.
    """
    encounter, path, response = (form.get(name, "") for name in ("encounter", "path", "response"))
    said = (*path.split(), response)
    if session.draft.responses.get(encounter, ())[: len(said)] != said:
        session.answer(encounter, said)


def act(session: Session, form: Mapping[str, str]) -> None:
    """Choose an action; one that is chosen already stays as it is."""
    customer, action = form.get("customer", ""), form.get("action", "")
    if any((each.customer, each.action) == (customer, action) for each in session.draft.choices):
        return
    session.act(customer, action, form.get("tone") or None, form.get("person") or None)


def forecast(session: Session, form: Mapping[str, str]) -> None:
    """Say where a customer's satisfaction will go."""
    try:
        sure = float(form.get("sure", ""))
    except ValueError:
        sure = 0.0
    session.forecast(form.get("customer", ""), form.get("direction", ""), sure)


@dataclass(frozen=True)
class Proposed:
    """A plan that a member of a team proposes."""

    seat: str
    label: str
    plan: tuple[PlanLine, ...]
    votes: int
    mine: bool


def proposals(
    session: Session, lang: str, found: Sequence[Proposal]
) -> tuple[int, tuple[Proposed, ...]]:
    """The open turn, and the plans for it in words."""
    shown = tuple(
        Proposed(
            seat=each.seat,
            label=each.label,
            plan=build_plan_of(session, lang, each.record),
            votes=each.votes,
            mine=each.mine,
        )
        for each in found
    )
    return session.turn, shown


def plan_of(session: Session, lang: str, plan: TurnRecord) -> tuple[PlanLine, ...]:
    """A plan for the open turn in words."""
    return build_plan_of(session, lang, plan)


def decided(session: Session, lang: str) -> tuple[PlanLine, ...]:
    """What was chosen for the turn that waits to be closed."""
    return build_plan_of(session, lang, session.draft)


# After the turn ---------------------------------------------------------------------------------


def briefing_page(session: Session, lang: str) -> Data:
    """What is read first."""
    return {"briefing": build.build_briefing(session, lang)}


def report_page(session: Session, lang: str, turn: int, customer: str) -> Data:
    """What a turn brought.

    Args:
        session: the game.
        lang: of the page.
        turn: from 1.
        customer: whose changes are explained; empty: whose changed most.

    Raises:
        SimError: `class/no-report`: the turn has not been played.
    """
    if not 1 <= turn <= len(session.reports):
        raise SimError("class/no-report", turn=turn)
    view = build_past_report(session, lang, turn)
    moved = [each for each in view.customers if each.summary or each.happened or each.changes]
    still = [each for each in view.customers if each not in moved]
    chosen = next((each for each in view.customers if each.id == customer), None)
    return {
        "report": view,
        "moved": moved,
        "still": still,
        "chosen": chosen or next((each for each in moved if each.changes), next(iter(moved), None)),
        "turn": turn,
        "played": len(session.reports),
        "faces": faces_of(build.build_view(session, lang).board),
    }


def result_page(session: Session, lang: str) -> Data:
    """What the game came to; with its grade where what it is measured by is known."""
    if known_pars(session.case) is not None:
        session.grade()
    view = build.build_result(session, lang, luck_told=False)
    people: dict[str, list[str]] = {}
    for ref in view.withheld:
        people.setdefault(ref.id, []).append(ref.note)
    names = {ref.id: ref.name for ref in view.withheld}
    last = session.record.turns[-1].notes.get("reflection", "")
    return {
        "result": view,
        "faces": faces_of(build.build_view(session, lang).board),
        "withheld": [
            Ref(key, say(lang, "result.withheld_with", name=names[key], people=listed(lang, who)))
            for key, who in people.items()
        ],
        "thought": last if isinstance(last, str) else "",
        "played": len(session.reports),
    }


def number_page(session: Session, lang: str, name: str) -> Data:
    """Where a number comes from.

    Raises:
        SimError: `class/no-number`: there is no such number.
    """
    try:
        return {"ledger": number_ledger(session, lang, name)}
    except (KeyError, ValueError, TypeError) as error:
        raise SimError("class/no-number") from error


def glossary_page(session: Session, lang: str, search: str, concept: str) -> Data:
    """The concepts of the course and the one that is read."""
    view = build.build_glossary(session, lang, search)
    found = {entry.id: entry for entry in view.entries}
    entry = found.get(concept) or next(iter(view.entries), None)
    return {"glossary": view, "entry": entry, "search": search}
