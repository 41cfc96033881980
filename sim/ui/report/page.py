"""The page: the debrief in its order, with everything that it needs inside.

html_page(view, ledgers, lang) -> text of the file
"""

from collections.abc import Sequence

import sim
from sim.ui.report import charts_customers, charts_turns
from sim.ui.report.document import document
from sim.ui.report.parts import (
    COLON,
    badge,
    card,
    change,
    chart,
    course_card,
    details,
    entries,
    escape,
    ledger,
    listed,
    paragraph,
    plan,
)
from sim.view.review_model import RetryCard, ReviewView, TurnDebrief, TurnLedger
from sim.view.review_words import say, signed


def html_page(view: ReviewView, ledgers: Sequence[TurnLedger], lang: str) -> str:
    """The whole file.

    Args:
        view: of a review; turns that are still being worked out are shown as such.
        ledgers: of the turns to be decided again, as far as they may be told.
        lang: `en` or `zh`, the one of the view.
    """
    return document(view.title, body(view, ledgers, lang), lang)


def body(view: ReviewView, ledgers: Sequence[TurnLedger], lang: str, *, again: str = "") -> str:
    """What the file shows, as markup without style or script; see `html_page`.

    `again` is the address below which a turn can be decided again; empty: nowhere, and there is
    room to write instead.
    """
    main = "".join(
        (
            _question(view, lang),
            _revealed(view, ledgers, lang, again),
        )
    )
    score = next((each for each in view.figures if each.id == "result"), None)
    shown = "" if score is None else paragraph(f"{score.name} {score.shown}", "score")
    foot = say(lang, "report.foot", version=sim.__version__)
    return (
        f'<header class="bar"><div class="wrap"><h1>{escape(view.title)}</h1>{shown}'
        f"{paragraph(view.game, 'game')}</div></header>"
        f'<main class="wrap">{main}</main>'
        f'<footer class="wrap">{paragraph(foot)}</footer>'
    )


def _question(view: ReviewView, lang: str) -> str:
    """What the trainee is asked first, with room to write."""
    asked = view.question
    said = ""
    if asked.said_turn is not None:
        turn = next(each.name for each in asked.turns if each.id == str(asked.said_turn))
        said = paragraph(say(lang, "report.said", turn=turn, why=asked.said_why))
    lines = "" if said else f'{paragraph(asked.why_text, "muted")}<div class="lines"></div>'
    return card(
        f"<h2>{escape(say(lang, 'report.first'))}</h2>",
        f"<p><b>{escape(asked.text)}</b></p>",
        said or lines,
        paragraph(asked.comparison),
        kind="whole",
    )


def _revealed(view: ReviewView, ledgers: Sequence[TurnLedger], lang: str, again: str) -> str:
    """Everything after the question; behind one click as long as it has not been answered."""
    content = (
        _decided(view, lang)
        + _why(view, lang)
        + _course(view)
        + _again(view, ledgers, lang, again)
        + _next(view, ledgers, lang)
    )
    if view.question.said_turn is not None:
        return content
    return details(say(lang, "report.reveal"), content, kind="reveal")


def _heading(lang: str, key: str) -> str:
    return f"<h2>{escape(say(lang, key))}</h2>"


# --- what was decided ----------------------------------------------------------------------------


def _decided(view: ReviewView, lang: str) -> str:
    charts = [chart(lang, view.evaluation, charts_turns.evaluation(view.evaluation, lang))]
    if view.waterfall is not None:
        falls = charts_turns.waterfall(view.waterfall, lang, view.evaluation.x.name)
        charts.append(chart(lang, view.waterfall, falls))
    charts.append(chart(lang, view.scatter, charts_turns.scatter(view.scatter, lang)))
    charts.append(chart(lang, view.hours, charts_turns.hours(view.hours, lang)))
    return "".join((_heading(lang, "report.decided"), _figures(view), _turns(view, lang), *charts))


def _figures(view: ReviewView) -> str:
    tiles = "".join(
        f'<div class="figure"><dt>{escape(each.name)}</dt><dd class="big b">{escape(each.shown)}'
        f'</dd><dd class="muted">{escape(each.when)}</dd></div>'
        for each in view.figures
    )
    return card(
        f'<dl class="figures">{tiles}</dl>',
        paragraph(view.verdict),
        paragraph(view.assumption, "note"),
        paragraph(view.progress),
        paragraph(view.depth, "muted small"),
        kind="whole",
    )


def _turns(view: ReviewView, lang: str) -> str:
    """Every turn in a row, and what the labels mean."""
    heads = ("table.turn", "table.label", "report.cost", "table.decision", "table.luck")
    columns = "".join(f'<th scope="col">{escape(say(lang, head))}</th>' for head in heads)
    rows = "".join(_row(turn) for turn in view.turns)
    key = "".join(
        f'<li>{badge(label)} <span class="small">{escape(label.text)}</span></li>'
        for label in view.labels
    )
    title = say(lang, "report.turns")
    return card(
        f"<h3>{escape(title)}</h3>",
        f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(title)}">'
        f"<table><thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table></div>",
        f"<h4>{escape(say(lang, 'report.key'))}</h4>",
        f'<ul class="key">{key}</ul>',
    )


def _row(turn: TurnDebrief) -> str:
    tags = "".join(f' <span class="tag">{escape(tag)}</span>' for tag in turn.tags)
    between = paragraph(turn.between, "muted small")
    return (
        f'<tr><th scope="row">{escape(turn.when)}</th>'
        f'<td class="label">{badge(turn.label)}{tags}{between}</td>'
        f'<td class="took">{escape(turn.loss.shown if turn.refined else "")}</td>'
        f"<td>{signed(turn.skill)}</td><td>{signed(turn.luck)}</td></tr>"
    )


# --- why -----------------------------------------------------------------------------------------


def _why(view: ReviewView, lang: str) -> str:
    parts = [_heading(lang, "report.why")]
    if view.worst is not None:
        parts.append(chart(lang, view.worst, charts_customers.dumbbell(view.worst, lang)))
    if view.concepts is not None:
        parts.append(chart(lang, view.concepts, charts_customers.bars(view.concepts, lang)))
    if view.calibration is not None:
        drawing = charts_customers.calibration(view.calibration, lang)
        parts.append(chart(lang, view.calibration, drawing, kind="narrow"))
    parts.append(_all_turns(view, lang))
    return "".join(parts)


def _all_turns(view: ReviewView, lang: str) -> str:
    """Every turn with its plan, its luck and what would have been better, folded."""
    folded = "".join(_turn(turn, lang) for turn in view.turns)
    title = say(lang, "report.each")
    return card(f"<h3>{escape(title)}</h3>", folded, kind="screen")


def _turn(turn: TurnDebrief, lang: str) -> str:
    events = [f"{each.shown} {each.text}" for each in turn.events]
    luck = f"<h4>{escape(say(lang, 'report.events'))}</h4>{listed(events)}" if events else ""
    better = "".join(change(lang, each) for each in turn.changes)
    return details(
        f"{turn.when}{COLON[lang]}{turn.label.glyph} {turn.label.name}",
        paragraph(turn.cost if turn.refined else ""),
        f"<h4>{escape(say(lang, 'name.played'))}</h4>",
        plan(lang, turn.own),
        f"<h4>{escape(say(lang, 'report.better'))}</h4>{better}" if better else "",
        paragraph(turn.rest),
        luck,
    )


# --- seen through the course ---------------------------------------------------------------------


def _course(view: ReviewView) -> str:
    """A card for every idea of the course; nothing before the game is over."""
    if view.course is None:
        return ""
    cards = "".join(course_card(each) for each in view.course.cards)
    return f"<h2>{escape(view.course.title)}</h2>{paragraph(view.course.note)}{cards}"


# --- once more -----------------------------------------------------------------------------------


def _again(view: ReviewView, ledgers: Sequence[TurnLedger], lang: str, again: str) -> str:
    told = {each.turn: each for each in ledgers}
    cards = "".join(_retry(each, told.get(each.turn), lang, again) for each in view.retries)
    return _heading(lang, "report.again") + paragraph(view.retries_note) + cards


def _retry(view: RetryCard, why: TurnLedger | None, lang: str, again: str) -> str:
    """A turn to be decided again: state, own plan, question; then hint and solution, folded."""
    room = '<div class="lines"></div>'
    if again:
        go = f"{say(lang, 'look.retry_turn')}{COLON[lang]}{view.when}"
        room = f'<p><a class="go b" href="{escape(again)}/{view.turn}">{escape(go)}</a></p>'
    tables = "" if why is None else "".join(ledger(lang, each) for each in why.customers)
    changes = "".join(change(lang, each) for each in view.changes)
    return card(
        f"<h3>{escape(view.when)} {badge(view.label)}</h3>",
        paragraph(say(lang, "report.lost", range=view.loss.shown)),
        f'<div class="two"><div><h4>{escape(say(lang, "report.state"))}</h4>{listed(view.state)}'
        f"</div><div><h4>{escape(say(lang, 'name.played'))}</h4>{plan(lang, view.own)}</div></div>",
        f"<p><b>{escape(view.question)}</b></p>",
        room,
        details(say(lang, "report.hint"), paragraph(view.hint), kind="keep"),
        details(
            say(lang, "report.solution"),
            f"<h4>{escape(say(lang, 'name.better'))}</h4>",
            plan(lang, view.better),
            f"<h4>{escape(say(lang, 'report.because'))}</h4>",
            changes,
            paragraph(view.rest),
            kind="keep",
        ),
        details(say(lang, "report.ledger"), tables) if tables else "",
    )


# --- what next -----------------------------------------------------------------------------------


def _next(view: ReviewView, ledgers: Sequence[TurnLedger], lang: str) -> str:
    parts = [_heading(lang, "report.next")]
    if view.map is not None:
        drawings = (
            charts_customers.customer_map(view.map, lang),
            charts_customers.ways(view.map, lang),
        )
        parts.append(chart(lang, view.map, *drawings))
    steps = listed(view.next_steps, ordered=True)
    said = paragraph(view.said_reflection) or '<div class="lines"></div>'
    parts.append(
        card(
            f"<h3>{escape(say(lang, 'report.steps'))}</h3>",
            steps,
            f"<p><b>{escape(view.reflection)}</b></p>",
            said,
            kind="whole",
        )
    )
    concepts = {each.id: each for told in ledgers for each in told.concepts}
    concepts = {each.id: each for each in view.glossary} | concepts
    if concepts:
        title = say(lang, "report.glossary")
        parts.append(card(f"<h3>{escape(title)}</h3>", entries(concepts.values())))
    return "".join(parts)
