"""What another process does for a window: it makes a review, or judges plans.

Both functions are begun by `sim.play.background.Job`. A review grows with the game and so does what
is shown of it, so both go through a file, and only its checksum through the pipe: the window never
waits, and takes nothing that was not meant for it.
"""

import hashlib
import json
import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sim.errors import SaveError, SimError
from sim.game import GameRecord, TurnRecord, from_json
from sim.lab.review import model
from sim.lab.review.model import Progress, Review, Tier
from sim.lab.review.review import evaluate, review
from sim.lab.review.study import Study, study
from sim.play import kept, saves
from sim.play.case import Case, open_case, pars_dir

# What is shown of a review, by language, made where there is time for it.
Showing = Callable[[Review], Mapping[str, object]]
Show = Callable[[Case, GameRecord], Showing]


@dataclass(frozen=True)
class Order:
    """What the other process needs.

    Attributes:
        scenario: The scenario's file.
        library: The folder of its library.
        game: The game, as text.
        tier: How thorough.
        turns: Which to look at, from 1; empty: all.
        part: Where to put what there is so far.
        show: Makes what is shown; a function of a module. None: nothing.
    """

    scenario: Path
    library: Path
    game: str
    tier: Tier
    turns: tuple[int, ...]
    part: Path
    show: Show | None


@dataclass(frozen=True)
class News:
    """A review as far as it has come, and what is shown of it, each packed by itself."""

    review: bytes
    shown: Mapping[str, bytes]


def make(pipe: Connection, order: Order) -> None:
    """Makes the review, telling how far it is: `("done", (share, checksum))`, then it ends."""
    try:
        case, record = _opened(order)
        showing = None if order.show is None else order.show(case, record)
        steps = review(
            case.rules,
            record,
            fingerprint=case.fingerprint,
            tier=order.tier,
            script=case.script,
            cache=pars_dir(),
            turns=order.turns or None,
            begun=kept.begun(record, order.tier),
        )
        for step in steps:
            pipe.send(("done", (step.done, _put(order, record, step, showing))))
    except SimError as error:
        pipe.send(("failed", _told(error)))


def _put(order: Order, record: GameRecord, step: Progress, showing: Showing | None) -> str:
    """Keeps what there is and lays it ready for the window; returns its checksum."""
    shown = {} if showing is None else showing(step.review)
    packed = {lang: pickle.dumps(view) for lang, view in shown.items()}
    content = pickle.dumps(News(model.to_json(step.review).encode(), packed))
    try:
        order.part.parent.mkdir(parents=True, exist_ok=True)
        kept.keep(record, order.tier, step.review)
        saves.replace(order.part, content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise SaveError("save/cannot-write", path=str(order.part.parent), reason=reason) from error
    return hashlib.sha256(content).hexdigest()


def take(part: Path, checksum: str) -> News | None:
    """What was laid ready; None if it is something else by now, and the next news comes soon."""
    try:
        content = part.read_bytes()
    except OSError:
        return None
    if hashlib.sha256(content).hexdigest() != checksum:
        return None
    found = pickle.loads(content)  # noqa: S301 - nothing but what our own process has written
    return found if isinstance(found, News) else None


def judge(pipe: Connection) -> None:
    """Judges plans as long as anybody asks: `(number, order, turn, plan)`.

    The next plan may be of another game; one game after the other costs less than half of what a
    process for each would.
    """
    looked_at, known = None, None
    try:
        while True:
            number, order, turn, plan = pipe.recv()
            game = (order.scenario, order.library, order.game)
            if looked_at is None or game != known:
                looked_at, known = _study(order), game
            _judge(pipe, looked_at, number=number, turn=turn, plan=plan)
    except SimError as error:
        pipe.send(("failed", _told(error)))


def _study(order: Order) -> Study:
    case, record = _opened(order)
    return study(case.rules, record, fingerprint=case.fingerprint, cache=pars_dir())


def _judge(pipe: Connection, looked_at: Study, *, number: int, turn: int, plan: Any) -> None:
    reviewed = kept.kept_review(looked_at.record)
    known = None if reviewed is None else reviewed.turns[turn - 1]
    try:
        made = TurnRecord.model_validate(plan)
        found = evaluate(looked_at, turn, made, known=known)
    except SimError as error:
        pipe.send(("refused", (number, _told(error))))
    else:
        pipe.send(("judged", (number, found.model_dump_json())))


def _opened(order: Order) -> tuple[Case, GameRecord]:
    return open_case(order.scenario, library=order.library), from_json(order.game)


def _told(error: SimError) -> tuple[str, dict[str, Any]]:
    """An error without what cannot be sent."""
    slots = {name: json.loads(json.dumps(each, default=str)) for name, each in error.data.items()}
    return error.code, slots
