"""The report of any turn that was played, as its player read it then, and a plan in words."""

from sim.game import TurnRecord
from sim.play.session import Session
from sim.view.build import look
from sim.view.lens import Lens
from sim.view.model import ReportView
from sim.view.plans import plan_lines
from sim.view.report import report_view
from sim.view.review_model import PlanLine


def build_past_report(session: Session, lang: str, turn: int) -> ReportView:
    """What a turn brought.

    Args:
        session: the game.
        lang: `en` or `zh`.
        turn: from 1; it must have been played.
    """
    told = session.reports[turn - 1]
    past = session.reports[:turn]
    lens = Lens(lang, session.rules, session.script, told.after, past)
    return report_view(lens, told, finished=session.finished and turn == session.turns)


def build_plan_of(session: Session, lang: str, plan: TurnRecord) -> tuple[PlanLine, ...]:
    """Somebody's plan for the open turn of a game, in words."""
    return plan_lines(look(session, lang), plan)
