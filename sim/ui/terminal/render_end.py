"""Before and after the turns: catalogue, briefing, end of a turn, glossary and result as text."""

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
from sim.view.parts import ChangeView


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
        say("line.goals", goals=goals),
        *concept_lines(view.concepts, say),
        *hint_lines(view.hints, say, *(hint.anchor for hint in view.hints)),
    ]


def report_lines(view: ReportView, say: Say, *, first: int) -> list[str]:
    """The end of a turn with the `first` customers that moved; the rest come on demand."""
    return [
        view.title,
        *view.happened,
        *view.leavings,
        *news_lines(view.news, say),
        *more_lines(view, say, start=0, stop=first),
        *silent_lines(view, say),
    ]


def telling(view: ReportView) -> tuple[CustomerReport, ...]:
    """The customers of whom there is something to tell."""
    return tuple(each for each in view.customers if each.happened or each.changes)


def silent_lines(view: ReportView, say: Say) -> list[str]:
    """The others in one line for each reason."""
    silent = [each for each in view.customers if not (each.happened or each.changes)]
    notes = dict.fromkeys(each.note for each in silent)
    names = {note: [each.name for each in silent if each.note == note] for note in notes}
    return [
        say("line.silent", note=note, names=say("line.and").join(names[note])) for note in notes
    ]


def more_lines(view: ReportView, say: Say, *, start: int, stop: int) -> list[str]:
    """Some of the customers of a report, in full."""
    lines: list[str] = []
    for report in telling(view)[start:stop]:
        lines += ["", *customer_report_lines(report, say)]
    return lines


def customer_report_lines(report: CustomerReport, say: Say) -> list[str]:
    """What a turn did with one customer, and why."""
    lines = [say("line.report", name=report.name, summary=report.summary or report.note)]
    lines += [f"  {text}" for text in report.happened]
    for change in report.changes:
        lines += change_lines(change, say)
    lines += [f"  {text}" for text in report.badges]
    if report.note and report.summary:
        lines.append(f"  {report.note}")
    return lines


def change_lines(change: ChangeView, say: Say) -> list[str]:
    """A change and its reasons, the largest first."""
    lines = ["  " + say("line.change", name=change.name, shown=change.shown)]
    for part in change.contributions:
        if part.shown == "0":
            continue
        concept = (
            "" if part.concept is None else say("line.concept", name=ref_text(part.concept, say))
        )
        reason = say("line.reason", shown=part.shown, name=part.name, sentence=part.sentence)
        lines.append("    " + reason + concept)
    return lines


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
        meter_text(view.grade, say),
        view.grade_text,
        *([view.forecast] if view.forecast else []),
        *view.lost,
        say("line.matrix"),
        *group_lines(view.matrix, say("line.matrix_end"), say),
        say("line.next"),
        *view.next_steps,
        *hint_lines(view.hints, say, *(hint.anchor for hint in view.hints)),
    ]


def page_lines(view: PageView) -> list[str]:
    """A page of plain lines."""
    return [view.title, *view.lines]
