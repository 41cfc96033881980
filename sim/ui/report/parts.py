"""The pieces of the page: cards, charts with their tables, plans, changes."""

import html
from collections.abc import Iterable

from sim.view.model import CustomerReport
from sim.view.parts import ChangeView, Ref
from sim.view.review_model import Chart, CourseCard, ExplainedChange, LabelView, PlanLine, Table
from sim.view.review_words import say
from sim.view.words import hours

_SHORT = 8  # rows of a table that is not divided between two printed pages
COLON = {"en": ": ", "zh": "："}


def escape(text: str) -> str:
    """A text as markup; a number stays with its per cent sign."""
    return html.escape(text).replace(" %", "\N{NO-BREAK SPACE}%")


def paragraph(text: str, kind: str = "") -> str:
    """A paragraph; nothing for an empty text."""
    classes = f' class="{kind}"' if kind else ""
    return f"<p{classes}>{escape(text)}</p>" if text else ""


def card(*content: str, name: str = "", kind: str = "") -> str:
    """A panel.

    Args:
        *content: markup.
        name: its id.
        kind: `whole` if it is not to be divided between two printed pages, `screen` if it is not
            to be printed.
    """
    kind = f"card {kind}".strip()
    mark = f' id="{name}"' if name else ""
    return f'<section class="{kind}"{mark}>{"".join(content)}</section>'


def badge(label: LabelView) -> str:
    """Glyph and word of a label."""
    kind = label.id.replace("_", "-")
    return f'<span class="badge b l-{kind}">{escape(label.glyph)}&nbsp;{escape(label.name)}</span>'


def chart(lang: str, view: Chart, *drawings: str, kind: str = "") -> str:
    """A chart: what there is to see, the drawing, how to read it, and the numbers.

    Args:
        lang: of the page.
        view: the chart.
        *drawings: SVG.
        kind: `narrow` or `middle` for drawings that should not take the whole width.
    """
    where = f"scroll drawing {kind}".strip()
    pictures = "".join(
        f'<div class="{where}" tabindex="0" role="group" aria-label="{escape(view.title)}">'
        f"{drawing}</div>"
        for drawing in drawings
    )
    return card(
        f"<h3>{escape(view.title)}</h3>",
        paragraph(view.summary),
        f"<figure>{pictures}<figcaption>{escape(view.note)}</figcaption></figure>",
        details(say(lang, "report.numbers"), table(view.table)),
        name=view.id,
        kind="whole" if len(drawings) == 1 else "",
    )


def course_card(view: CourseCard) -> str:
    """An idea of the course in the numbers of the game, with room to write where it asks."""
    tiles = "".join(
        f'<div class="figure"><dt>{escape(each.name)}</dt>'
        f'<dd class="reading b">{escape(each.shown)}</dd></div>'
        for each in view.readings
    )
    asked = f'<h4>{escape(view.asked)}</h4><div class="lines"></div>' if view.asked else ""
    return card(
        f"<h3>{_way(view.concept)}</h3>",
        f'<dl class="figures readings">{tiles}</dl>',
        paragraph(view.sentence),
        "" if view.table is None else table(view.table),
        asked,
        kind="" if view.table is not None and len(view.table.rows) > _SHORT else "whole",
    )


def details(summary: str, *content: str, kind: str = "") -> str:
    """What opens on a click or a key."""
    classes = f' class="{kind}"' if kind else ""
    inside = "".join(content)
    return f"<details{classes}><summary>{escape(summary)}</summary>{inside}</details>"


def table(found: Table, kind: str = "") -> str:
    """A table whose rows are named by their first cell.

    Args:
        found: its cells.
        kind: `dense` for many columns of numbers, which may be wider than the page.
    """
    where = f"scroll {kind}".strip()
    heads = "".join(f'<th scope="col">{escape(each)}</th>' for each in found.columns)
    rows = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in found.rows
    )
    return (
        f'<div class="{where}" tabindex="0" role="group" aria-label="{escape(found.columns[0])}">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def plan(lang: str, lines: Iterable[PlanLine]) -> str:
    """A plan as a list, what is for one customer on one line."""
    items = []
    for line in lines:
        whom = say(lang, "plan.firm") if line.customer is None else line.customer.name
        name = f"<b>{escape(whom)}</b> " if line.customer or line.hours else ""
        items.append(f"<li>{name}{escape(line.text)}{_hours(lang, line)}</li>")
    return f'<ul class="plan">{"".join(items)}</ul>'


def _hours(lang: str, line: PlanLine) -> str:
    if not line.hours:
        return ""
    text = say(lang, "report.hours", n=hours(line.hours))
    return f' <span class="muted took">{escape(text)}</span>'


def change(lang: str, view: ExplainedChange) -> str:
    """What would have been better, what it would have brought, and why."""
    sides = ((say(lang, "name.played"), view.before), (say(lang, "name.better"), view.after))
    pairs = "".join(f"<dt>{escape(name)}</dt><dd>{_side(lang, line)}</dd>" for name, line in sides)
    return (
        f'<div class="change"><p><b class="gain">{escape(view.gain.shown)}</b> '
        f'<span class="tag">{escape(view.kind_name)}</span></p>'
        f"{paragraph(view.lead)}"
        f'<dl class="sides">{pairs}</dl>'
        f"{paragraph(view.why)}"
        f"{''.join(paragraph(each) for each in view.stays)}"
        f"{_concepts(lang, view.concepts)}"
        f"{paragraph(view.idea, 'muted')}"
        f"{_ask(lang, view.question)}</div>"
    )


def _concepts(lang: str, concepts: Iterable[Ref]) -> str:
    """Ways to the concepts; every concept of the page has its entry at the end."""
    links = " · ".join(_way(each) for each in concepts)
    return f"<p>{escape(say(lang, 'table.concept'))}{COLON[lang]}{links}</p>" if links else ""


def _way(concept: Ref) -> str:
    return f'<a href="#c-{escape(concept.id)}">{escape(concept.name)}</a>'


def _ask(lang: str, question: str) -> str:
    if not question:
        return ""
    return f"<p><b>{escape(say(lang, 'report.ask'))}</b> {escape(question)}</p>"


def _side(lang: str, line: PlanLine | None) -> str:
    if line is None:
        return escape(say(lang, "change.nothing"))
    whom = say(lang, "plan.firm") if line.customer is None else line.customer.name
    return f"<b>{escape(whom)}</b> {escape(line.text)}{_hours(lang, line)}"


def ledger(lang: str, report: CustomerReport) -> str:
    """Why a customer's meters moved: every contribution with its reason and its formula."""
    heads = ("report.meter", "report.reason", "report.formula")
    columns = "".join(f'<th scope="col">{escape(say(lang, head))}</th>' for head in heads)
    rows = "".join(_change_rows(each) for each in report.changes)
    happened = listed((*report.happened, *report.badges))
    if not rows:
        return f"<h4>{escape(report.name)}</h4>{happened}{paragraph(report.note)}"
    return (
        f"<h4>{escape(report.name)}</h4>{happened}"
        f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(report.name)}">'
        f"<table><thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _change_rows(change: ChangeView) -> str:
    told = [part for part in change.contributions if part.shown != "0"]
    head = f'<th scope="rowgroup" rowspan="{len(told)}">{escape(change.name)}<br>'
    head += f'<span class="small muted">{escape(change.shown)}</span></th>'
    rows = []
    for place, part in enumerate(told):
        rows.append(
            f"<tr>{head if place == 0 else ''}<td><b>{escape(part.shown)}</b> {escape(part.name)}"
            f"{paragraph(part.sentence, 'small muted')}</td><td>{escape(part.formula)}"
            f"{'' if part.concept is None else f'<p>{_way(part.concept)}</p>'}</td></tr>"
        )
    return "".join(rows)


def listed(items: Iterable[str], *, ordered: bool = False) -> str:
    """Sentences as a list; nothing for none."""
    rows = "".join(f"<li>{escape(each)}</li>" for each in items)
    tag = "ol" if ordered else "ul"
    return f"<{tag}>{rows}</{tag}>" if rows else ""


def entries(refs: Iterable[Ref]) -> str:
    """Concepts with what the course says of them."""
    return "".join(
        f'<h4 id="c-{escape(ref.id)}">{escape(ref.name)}</h4>{paragraph(ref.note)}' for ref in refs
    )
