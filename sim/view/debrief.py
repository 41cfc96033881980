"""What a debrief shows beside the review itself: a recap without judgement, and opened ledgers."""

from dataclasses import dataclass, replace

from sim.engine.observe import observe
from sim.view import report
from sim.view.board import card
from sim.view.lens import Lens
from sim.view.model import CustomerCard, ReportView
from sim.view.plans import plan_lines
from sim.view.review_turns import Past


@dataclass(frozen=True)
class RecapTurn:
    """What a turn was like, told before anything is judged."""

    turn: int
    when: str
    done: tuple[str, ...]  # what was chosen, a line for each customer
    happened: tuple[str, ...]  # news, and who left


def recap(past: Past, lang: str) -> tuple[RecapTurn, ...]:
    """All turns of a game in their order."""
    return tuple(_recap(past, lang, turn) for turn in range(1, len(past.reports) + 1))


def _recap(past: Past, lang: str, turn: int) -> RecapTurn:
    lens = past.lens(lang, turn)
    told = report.report_view(_after(past, lang, turn), past.reports[turn - 1], finished=True)
    done: dict[str, list[str]] = {}
    for line in plan_lines(lens, past.played.turns[turn - 1]):
        done.setdefault(line.customer.name if line.customer else "", []).append(line.text)
    return RecapTurn(
        turn=turn,
        when=lens.when(turn),
        done=tuple(
            lens.say("recap.done", name=name, deeds=lens.listed(deeds)) if name else deed
            for name, deeds in done.items()
            for deed in (deeds[:1] if name else deeds)
        ),
        happened=(*(item.title for item in told.news), *told.leavings),
    )


def _after(past: Past, lang: str, turn: int) -> Lens:
    """The end of a turn with every file open."""
    case = past.case
    seen = observe(case.rules, past.played.states[turn], opened=True)
    return Lens(lang, case.rules, case.script, seen, past.reports[:turn])


def opened_report(past: Past, lang: str, turn: int) -> ReportView:
    """Why everything changed in a turn, hidden reasons and chance included.

    Args:
        past: a game that is over.
        lang: `en` or `zh`.
        turn: from 1.
    """
    rules, states = past.case.rules, past.played.states
    told = past.reports[turn - 1]
    whole = replace(
        told,
        before=observe(rules, states[turn - 1], opened=True),
        after=observe(rules, states[turn], opened=True),
        terms=told.outcome.terms,
    )
    return report.report_view(_after(past, lang, turn), whole, finished=True)


def faces(past: Past, lang: str, turn: int) -> dict[str, CustomerCard]:
    """The cards of everybody there at the end of a turn, whose faces stand for them."""
    lens = _after(past, lang, turn)
    present = (name for row, name in enumerate(lens.rules.customer_ids) if lens.status(row) > 0)
    return {name: card(lens, name, {}, frozenset()) for name in present}
