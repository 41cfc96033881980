"""Before and after the turns: catalogue, briefing, end of a turn, glossary and result as text."""

from collections.abc import Sequence

from sim.ui.terminal.render import (
    Say,
    concept_lines,
    group_lines,
    hint_lines,
    joined,
    meter_text,
    news_lines,
    ref_text,
    ref_texts,
)
from sim.view.model import (
    BriefingView,
    CatalogueItem,
    CatalogueView,
    CustomerReport,
    GlossaryEntry,
    GlossaryView,
    PageView,
    ReportView,
    ResultView,
    SaveItem,
)
from sim.view.parts import ChangeView, ContributionView
from sim.view.words import signed

Told = set[str] | None  # sentences that the player has read
_CLOSING = tuple("….!?。！？”")  # behind these no full stop is wanted
_SLIGHT = 0.5  # points; a smaller change is told in one line


def catalogue_items(view: CatalogueView, say: Say) -> list[str]:
    """What can be played: scenarios, then games to go on with."""
    return [
        *(scenario_text(item, say) for item in view.scenarios),
        *(save_text(item, say) for item in view.saves),
    ]


def scenario_text(item: CatalogueItem, say: Say) -> str:
    """A scenario in one line."""
    broken = say("line.broken", problem=item.problem) if item.problem else ""
    parts = [item.length, item.difficulty, item.best, item.concepts, item.summary, broken]
    return say("line.scenario", title=item.title, text=joined(say, parts))


def save_text(item: SaveItem, say: Say) -> str:
    """A saved game in one line."""
    broken = say("line.broken", problem=item.problem) if item.problem else ""
    parts = [item.state, item.when, broken]
    return say("line.save", title=item.title, text=joined(say, parts))


def briefing_lines(view: BriefingView, say: Say) -> list[str]:
    """What to know before the first turn."""
    goals = joined(say, [meter_text(meter, say) for meter in view.goals])
    return [
        view.title,
        view.summary,
        view.text,
        *view.frame,
        *([view.resolution] if view.resolution else []),
        say("line.goals", goals=goals),
        *concept_lines(view.concepts, say),
        *hint_lines(view.hints, say, *(hint.anchor for hint in view.hints)),
    ]


def report_lines(view: ReportView, say: Say, *, first: int, told: Told = None) -> list[str]:
    """The end of a turn: the `first` customers in full, of the others what moved.

    Args:
        view: of the turn.
        say: in the reader's language.
        first: so many of those that moved most are told with their reasons.
        told: sentences that the player has read; those of this report are added.
    """
    return [
        view.title,
        *view.leavings,
        *news_lines(view.news, say),
        *view.happened,
        *more_lines(view, say, start=0, stop=first, told=told),
        *_in_short(telling(view)[first:], say),
    ]


def _in_short(reports: Sequence[CustomerReport], say: Say) -> list[str]:
    """Customers in a line each."""
    if not reports:
        return []
    lines = ["", say("report.more", n=len(reports))]
    for each in reports:
        lines += [f"  {text}" for text in each.happened]
        if each.summary:
            lines.append("  " + say("line.report", name=each.name, summary=each.summary))
    return lines


def telling(view: ReportView) -> tuple[CustomerReport, ...]:
    """The customers of whom there is something to tell, those with reasons to tell first."""
    moved = [each for each in view.customers if each.changes]
    return (*moved, *(each for each in view.customers if each.happened and not each.changes))


def more_lines(
    view: ReportView, say: Say, *, start: int, stop: int, told: Told = None
) -> list[str]:
    """Some of the customers of a report, in full."""
    lines: list[str] = []
    for report in telling(view)[start:stop]:
        lines += ["", *customer_report_lines(report, say, told=told)]
    return lines


def customer_report_lines(report: CustomerReport, say: Say, *, told: Told = None) -> list[str]:
    """What a turn did with one customer, and why.

    Args:
        report: of the customer.
        say: in the reader's language.
        told: sentences that the player has read and that are not said again, to which those said
            here are added; None says all.
    """
    lines = [report.name]
    lines += [f"  {text}" for text in (*report.happened, report.note) if text]
    slight = [each for each in report.changes if told is not None and abs(each.amount) < _SLIGHT]
    for change in report.changes:
        if change not in slight:
            lines += change_lines(change, say, told)
    if slight:
        changes = say("line.semicolon").join(_in_a_clause(each, say) for each in slight)
        lines.append("  " + say("line.slight", changes=changes))
    return [*lines, *(f"  {text}" for text in report.badges)]


def change_lines(change: ChangeView, say: Say, told: Told = None) -> list[str]:
    """A change and its reasons, the largest first."""
    lines = ["  " + say("line.change", name=change.name, shown=change.shown)]
    return [*lines, *("    " + _reason(part, say, told) for part in _shown(change))]


def _shown(change: ChangeView) -> list[ContributionView]:
    return [part for part in change.contributions if part.shown != "0"]


def _in_a_clause(change: ChangeView, say: Say) -> str:
    """A change with the names of its reasons, and their shares where there are several."""
    parts = _shown(change)
    names = [say("line.reason_short", shown=part.shown, name=part.name) for part in parts]
    reasons = parts[0].name if len(parts) == 1 else joined(say, names)
    text = say("line.meter", name=change.name, shown=signed(change.amount))
    return say("line.remark", text=text, remark=reasons) if parts else text


def _reason(part: ContributionView, say: Say, told: Told) -> str:
    """A contribution; its sentence and concept only if they are new to the player.

    Who asks for everything (`told` is None) is also told how it is worked out.
    """
    if told is not None and part.sentence in told:
        return say("line.reason_short", shown=part.shown, name=part.name)
    if told is not None:
        told.add(part.sentence)
    key = "line.reason_open" if part.name.endswith(_CLOSING) else "line.reason"
    reason = say(key, shown=part.shown, name=part.name, sentence=part.sentence)
    concept = part.concept
    if concept is not None:
        reason += say("line.concept", name=ref_text(concept, say))
    if told is None and part.formula:
        reason += say("line.formula", text=part.formula)
    return reason


def glossary_items(view: GlossaryView, say: Say) -> list[str]:
    """The concepts by name."""
    return [say("line.entry", name=entry.name, group=entry.group) for entry in view.entries]


def glossary_entry_lines(entry: GlossaryEntry, say: Say) -> list[str]:
    """A concept in full."""
    see = ref_texts(entry.see, say)
    return [
        say("line.entry", name=entry.name, group=entry.group),
        entry.text,
        *([say("line.in_game", text=entry.game)] if entry.game else []),
        *([say("line.evidence", text=entry.evidence)] if entry.evidence else []),
        *([say("line.see", names=see)] if see else []),
    ]


def result_lines(view: ResultView, say: Say) -> list[str]:
    """The end of the game."""
    return [
        view.title,
        view.ending,
        view.ending_text,
        *(meter_text(meter, say) for meter in view.meters),
        meter_text(view.score, say),
        *grade_lines(view, say),
        *([view.forecast] if view.forecast else []),
        *view.lost,
        *([say("line.withheld", names=ref_texts(view.withheld, say))] if view.withheld else []),
        say("line.matrix"),
        *group_lines(view.matrix, say("line.matrix_end"), say),
        say("line.next"),
        *view.next_steps,
        *hint_lines(view.hints, say, *(hint.anchor for hint in view.hints)),
    ]


def grade_lines(view: ResultView, say: Say) -> list[str]:
    """The grade and what it says."""
    return [meter_text(view.grade, say), view.grade_text]


def page_lines(view: PageView) -> list[str]:
    """A page of plain lines."""
    return [view.title, *view.lines]
