"""The page on many games of a scenario: verdict, charts, and everything on offer in tables."""

import sim
from sim.ui.report.charts_balance import ranges, stacks
from sim.ui.report.document import document
from sim.ui.report.parts import card, chart, details, escape, listed, paragraph, table
from sim.view.balance_words import say
from sim.view.findings_model import Findings, Part, RangeChart, Smell, StackChart, Talk, Tile


def findings_page(view: Findings, lang: str) -> str:
    """The whole file.

    Args:
        view: what was measured.
        lang: `en` or `zh`, the one of the view.
    """
    main = "".join(
        (
            _verdict(view),
            *(_part(part, lang) for part in view.parts),
            f"<h2>{escape(view.offers_title)}</h2>",
            card(paragraph(view.offers_note), table(view.offers, "dense")),
            f"<h2>{escape(view.talks_title)}</h2>" if view.talks else "",
            card(paragraph(view.talks_note), *map(_talk, view.talks)) if view.talks else "",
            f"<h2>{escape(view.left_out_title)}</h2>" if view.left_out else "",
            card(listed(view.left_out)) if view.left_out else "",
        )
    )
    foot = say(lang, "report.foot", version=sim.__version__)
    body = (
        f'<header class="bar"><div class="wrap"><h1>{escape(view.title)}</h1>'
        f"{paragraph(view.basis, 'game')}</div></header>"
        f'<main class="wrap">{main}</main>'
        f'<footer class="wrap">{paragraph(foot)}</footer>'
    )
    return document(view.title, body, lang)


def _verdict(view: Findings) -> str:
    tiles = "".join(tile(each) for each in view.tiles)
    smells = "".join(_smell(each) for each in view.smells)
    return card(
        f"<h2>{escape(view.verdict)}</h2>",
        f"<ul>{smells}</ul>" if smells else "",
        f'<dl class="figures">{tiles}</dl>',
    )


def _smell(smell: Smell) -> str:
    return (
        f"<li><b>{escape(smell.where)}</b> {escape(smell.text)} "
        f'<span class="muted">{escape(smell.advice)} · {escape(smell.code)}</span></li>'
    )


def tile(each: Tile) -> str:
    """A figure with its name and what it means."""
    return (
        f'<div class="figure"><dt>{escape(each.name)}</dt>'
        f'<dd class="big b">{escape(each.shown)}</dd>'
        f'<dd class="muted">{escape(each.note)}</dd></div>'
    )


def _part(part: Part, lang: str) -> str:
    shown = "".join(drawn(each, lang) for each in part.charts)
    return f"<h2>{escape(part.title)}</h2>{shown}"


def drawn(each: RangeChart | StackChart, lang: str) -> str:
    """A chart with its numbers."""
    drawing = ranges(each, lang) if isinstance(each, RangeChart) else stacks(each, lang)
    return chart(lang, each, drawing)


def _talk(talk: Talk) -> str:
    note = " · ".join(each for each in (talk.where, talk.note) if each)
    return details(talk.title, paragraph(note, "muted small"), table(talk.table, "dense"))
