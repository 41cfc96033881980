"""The end of the game: how it went, and what to look at next."""

from dataclasses import replace

from sim.arrays import Array
from sim.engine.state import Status
from sim.game import Result
from sim.play.case import known_pars
from sim.play.session import Session
from sim.view.board import matrix, plane
from sim.view.lens import MOOD_CONCEPTS, STYLE_CONCEPTS, Lens
from sim.view.model import ResultView
from sim.view.parts import Meter, Ref
from sim.view.plans import talk_hours
from sim.view.report import hints
from sim.view.truth import opened
from sim.view.words import UNKNOWN, decimal, percent, whole

_METERS = ("satisfaction", "loyalty", "switching_cost", "equity")
_GRADES = ((90.0, "top"), (65.0, "good"), (30.0, "fair"), (0.0, "low"))
_KNOWN_WELL = 0.5  # K from which a customer counts as known


def result_view(lens: Lens, session: Session, *, luck_told: bool = True) -> ResultView:
    """The result of a finished game.

    Args:
        lens: what it is seen through.
        session: the game.
        luck_told: whether its seed may be told.

    Raises:
        ValueError: the game is not finished.
    """
    result = session.result
    if result is None:
        raise ValueError("the game is not finished")
    ending = lens.script.endings.get(result.ending)
    revealed, truth = _opened(lens, session)
    gone = [lens.name(name) for name in lens.with_status(Status.LAPSED)]
    return ResultView(
        title=lens.say("result.title", title=lens.text(lens.script.title)),
        ending="" if ending is None else lens.text(ending.name),
        ending_text="" if ending is None else lens.text(ending.text),
        meters=_meters(lens, result),
        score=Meter(
            "score",
            lens.say("meter.score"),
            result.score,
            decimal(result.score),
            when=lens.say("result.score_note"),
        ),
        grade=_grade(lens, session, result.grade),
        grade_text=_judgement(lens, result.grade),
        forecast=_forecast(lens, session),
        matrix=matrix(revealed, truth),
        plane=plane(revealed, truth),
        lost=(
            lens.say("result.lost", names=lens.listed(gone))
            if gone
            else lens.say("result.lost_none"),
        ),
        withheld=_withheld(lens),
        next_steps=_next_steps(lens, result, session.record.seed if luck_told else None),
        hints=hints(lens.script, lens.lang, "result"),
    )


def _meters(lens: Lens, result: Result) -> tuple[Meter, ...]:
    weights = dict(zip(_METERS, lens.rules.score_weight.tolist(), strict=True))
    return tuple(
        Meter(
            name,
            lens.say(f"meter.{name}"),
            float(getattr(result, name)),
            whole(float(getattr(result, name))),
            when=lens.say(
                "result.equity" if name == "equity" else "result.of_score",
                share=percent(weights[name]),
            ),
        )
        for name in _METERS
    )


def _grade(lens: Lens, session: Session, grade: float | None) -> Meter:
    """The grade with the scores it lies between, once they have been worked out."""
    par = known_pars(session.case)
    note = lens.say("result.grade_note")
    if par is not None:
        worst, best = decimal(par.nothing), decimal(par.expert)
        note = lens.say("result.grade_pars", nothing=worst, expert=best)
    shown = UNKNOWN if grade is None else whole(grade)
    return Meter("grade", lens.say("meter.grade"), grade, shown, when=note)


def _opened(lens: Lens, session: Session) -> tuple[Lens, Array]:
    """Satisfaction and loyalty in behaviour as they truly are: nothing is hidden any more."""
    seen, truth = opened(session.rules, session.state)
    return replace(lens, seen=seen), truth


def _withheld(lens: Lens) -> tuple[Ref, ...]:
    """The styles and moods that conversations were about, and with whom."""
    guarded = STYLE_CONCEPTS | MOOD_CONCEPTS
    found: dict[Ref, None] = {}
    for turn in lens.past:
        for name in turn.chosen.responses:
            script = lens.script.encounters[name]
            for concept in (each for each in script.teaches if each in guarded):
                speaker = lens.script.customers[script.customer].people[script.speaker]
                found[replace(lens.concept(concept), note=lens.text(speaker.name))] = None
    return tuple(found)


def _judgement(lens: Lens, grade: float | None) -> str:
    if grade is None:
        return lens.say("result.grade_unknown")
    name = next((name for least, name in _GRADES if grade >= least), "low")
    return lens.say(f"result.grade_{name}")


def _forecast(lens: Lens, session: Session) -> str:
    found = session.forecasts
    if not found:
        return ""
    mean = sum(each.brier for each in found) / len(found)
    hits = len([each for each in found if each.hit])
    return lens.say("forecast.score", n=len(found), hits=hits, brier=f"{mean:.2f}")


def _next_steps(lens: Lens, result: Result, seed: int | None) -> tuple[str, ...]:
    """What to look at next: the weakest weighed meter first, then what was left lying."""
    weights = dict(zip(_METERS, lens.rules.score_weight.tolist(), strict=True))
    weighed = [name for name in _METERS if weights[name] > 0.0]
    weakest = min(weighed, key=lambda name: float(getattr(result, name)))
    gone = lens.with_status(Status.LAPSED)
    silent = sum(int(turn.outcome.unanswered[0].sum()) for turn in lens.past)
    idle = _unused_hours(lens)
    strangers = _strangers(lens)
    steps = (
        (True, lens.say(f"next.{weakest}")),
        (bool(gone), lens.say("next.lost")),
        (silent > 0, lens.say("next.unanswered", n=silent)),
        (idle >= 1.0, lens.say("next.hours", n=decimal(idle))),
        (strangers > 0, lens.say("next.unknown", n=strangers)),
        (seed is not None, lens.say("next.again", seed=seed)),
        (True, lens.say("next.reflect")),
    )
    return tuple(text for holds, text in steps if holds)


def _unused_hours(lens: Lens) -> float:
    total = 0.0
    for turn in lens.past:
        used = sum(lens.script.actions[each.action].hours for each in turn.chosen.choices)
        used += sum(lens.script.market_actions[name].hours for name in turn.chosen.market)
        used += sum(talk_hours(lens, name, path) for name, path in turn.chosen.responses.items())
        total += max(turn.before.hours - used, 0.0)
    return total


def _strangers(lens: Lens) -> int:
    """Active customers of whom too little is known."""
    rows = [lens.index(name) for name in lens.with_status(Status.ACTIVE)]
    return len([row for row in rows if lens.account(lens.seen.knowledge, row) < _KNOWN_WELL])
