"""The debrief of a class: pages for a projector, which are also one file to keep.

    ClassReports().page(view) -> text of the file
    ClassReports().slides(view) -> (Slide, ...)

Each page is one step of the debrief: first everybody says what to expect, then the moment is shown,
then two plans, then the rule. Nothing moves and nothing is asked of a network.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import sim
from sim.ui.report import class_charts as draw
from sim.ui.report import page as own
from sim.ui.report.document import document
from sim.ui.report.look import style
from sim.ui.report.parts import badge, change, details, escape, paragraph, plan, table
from sim.view.class_debrief_model import (
    ClassDebriefView,
    CloudChart,
    DivergingChart,
    HeatChart,
    LinesChart,
    MomentView,
    PlanView,
    SlopeChart,
    SplitChart,
)
from sim.view.class_debrief_words import say
from sim.view.review_chart_model import Chart
from sim.view.review_model import ReviewView, TurnLedger

SCREEN = 560.0  # units across a screen: letters of 13 are then 24 pixels and more from 1100 on


@dataclass(frozen=True)
class Slide:
    """One page of the debrief.

    Attributes:
        id: In addresses.
        title: Of the page.
        step: Which step of the debrief it is.
        html: What is on it below its title.
    """

    id: str
    title: str
    step: str
    html: str


class ClassReports:
    """What the classroom's pages need of the reports."""

    def slides(self, view: ClassDebriefView) -> tuple[Slide, ...]:
        """The pages in the order in which a debrief is held."""
        return tuple(_slides(view))

    def sheets(self) -> Mapping[str, str]:
        """Every style sheet by its name."""
        return {self.sheet_name(): _class_style(), self.own_sheet_name(): style()}

    def sheet_name(self) -> str:
        """What the style sheet is called: by its content, so that it may be kept for ever."""
        return _named(_class_style())

    def body(self, view: ClassDebriefView) -> str:
        """All pages one below the other, as markup without style or script."""
        lang, slides = view.lang, self.slides(view)
        title = say(lang, "page.title", title=view.title)
        foot = say(lang, "page.foot", version=sim.__version__)
        pages = "".join(section(slides, place, lang) for place in range(len(slides)))
        return (
            f'<header class="bar front"><div class="wrap"><h1>{escape(title)}</h1>'
            f"{paragraph(view.who, 'game')}{paragraph(view.pending, 'game')}</div></header>"
            f"<main>{contents(slides, lang)}{pages}</main>"
            f'<footer class="wrap">{paragraph(foot)}</footer>'
        )

    def page(self, view: ClassDebriefView) -> str:
        """The whole debrief as one file: no script, no request, fonts inside."""
        title = say(view.lang, "page.title", title=view.title)
        return document(title, self.body(view), view.lang, sheet=class_sheet())

    # The review of one's own game: the same page that the command line writes.

    def own_sheet_name(self) -> str:
        """As `sheet_name`, of a single game."""
        return _named(style())

    def own_body(
        self, view: ReviewView, ledgers: Sequence[TurnLedger], lang: str, again: str = ""
    ) -> str:
        """The debrief of a single game, as markup without style or script; see `page.body`."""
        return own.body(view, ledgers, lang, again=again)

    def own_page(self, view: ReviewView, ledgers: Sequence[TurnLedger], lang: str) -> str:
        """The same as one file."""
        return own.html_page(view, ledgers, lang)


def _class_style() -> str:
    return style() + class_sheet()


@cache
def _named(sheet: str) -> str:
    return f"{hashlib.sha256(sheet.encode()).hexdigest()[:12]}.css"


def class_sheet() -> str:
    """The rules of style for the pages alone."""
    return resources.files("sim.ui.report").joinpath("class.css").read_text(encoding="utf-8")


def contents(slides: Sequence[Slide], lang: str) -> str:
    """A list of all pages."""
    items = "".join(
        f'<li><a href="#{slide.id}">{escape(_name(slide, lang))}</a></li>' for slide in slides
    )
    name = escape(say(lang, "nav.sections"))
    return f'<nav class="slide" aria-label="{name}"><ol class="contents">{items}</ol></nav>'


def _name(slide: Slide, lang: str) -> str:
    if not slide.step:
        return slide.title
    return say(lang, "step.named", step=slide.step, title=slide.title)


def section(slides: Sequence[Slide], place: int, lang: str) -> str:
    """One page with the ways to the one before and the one after it."""
    slide = slides[place]
    ways = []
    if place:
        ways.append((slides[place - 1].id, say(lang, "nav.back")))
    if place + 1 < len(slides):
        ways.append((slides[place + 1].id, say(lang, "nav.next")))
    links = "".join(
        f'<a href="#{target}" aria-label="{escape(name)} ({place + 1})">{escape(name)}</a>'
        for target, name in ways
    )
    number = escape(say(lang, "nav.place", n=place + 1, of=len(slides)))
    step, known = "", f"{slide.id}-title"
    if slide.step:
        step = f'<p class="step b" id="{slide.id}-step">{escape(slide.step)}</p>'
        known = f"{slide.id}-step {known}"
    return (
        f'<section class="slide" id="{slide.id}" tabindex="-1" aria-labelledby="{known}">'
        f'{step}<h2 id="{slide.id}-title">{escape(slide.title)}</h2>{slide.html}'
        f'<p class="pages">{links}<span class="muted">{number}</span></p></section>'
    )


# --- the pages ------------------------------------------------------------------------------------


def _slides(view: ClassDebriefView) -> Iterator[Slide]:
    lang, named = view.lang, view.headings
    turns = "".join(f"<li>{escape(turn)}</li>" for turn in view.turns)
    yield Slide(
        "predict",
        named["predict"],
        "",
        f'{paragraph(view.predict)}<ol class="turns">{turns}</ol>',
    )
    yield Slide("result", view.result.title, named["happened"], _drawn(view.result, lang))
    for moment in view.moments:
        yield from _moment(moment, lang)
    yield from _why(view)
    yield from _what_if(view)
    yield Slide("next", named["next"], "", _next(view))


def _why(view: ClassDebriefView) -> Iterator[Slide]:
    """What decided: skill or luck, which turns, which ideas, whose hours."""
    lang, named = view.lang, view.headings
    parts: tuple[tuple[Chart | None, str], ...] = (
        (view.skill, "why"),
        (view.heat, "why"),
        (view.concepts, "ideas"),
        (view.retention, "hours"),
        (view.lorenz, "hours"),
        (view.hints, "hours"),
    )
    for chart, heading in parts:
        if chart is not None:
            step = named["ideas"] if chart is view.hints else named[heading]
            yield Slide(chart.id, chart.title, step, _drawn(chart, lang))


def _drawn(chart: Chart, lang: str) -> str:
    """A chart by its kind."""
    match chart:
        case LinesChart():
            drawing = draw.lines(chart, lang, SCREEN)
        case DivergingChart():
            drawing = draw.diverging(chart, lang, SCREEN)
        case HeatChart():
            drawing = draw.heat(chart, lang, SCREEN)
        case SplitChart():
            drawing = draw.split(chart, lang, SCREEN)
        case CloudChart():
            drawing = draw.cloud(chart, lang, SCREEN)
        case SlopeChart():
            drawing = draw.slope(chart, lang, SCREEN)
        case _:
            raise ValueError(chart.id)
    return figure(chart, drawing, lang)


def figure(chart: Chart, drawing: str, lang: str) -> str:
    """What there is to see, the drawing, how to read it, and the numbers."""
    return (
        f"{paragraph(chart.summary)}<figure>"
        f'<div class="scroll drawing" tabindex="0" role="group" '
        f'aria-label="{escape(chart.title)}">{drawing}</div>'
        f"<figcaption>{escape(chart.note)}</figcaption></figure>"
        f"{details(say(lang, 'table.numbers'), table(chart.table))}"
    )


def _moment(moment: MomentView, lang: str) -> Iterator[Slide]:
    """Four pages: predict, the moment, two plans, the rule."""

    def slide(step: str, html: str) -> Slide:
        told = say(lang, "step.of", step=say(lang, f"step.{step}"), when=moment.when)
        return Slide(f"{moment.id}-{step}", moment.title, told, html)

    options = "".join(f"<li>{escape(option)}</li>" for option in moment.options)
    yield slide(
        "predict",
        f"<blockquote>{paragraph(moment.situation)}</blockquote>"
        f'<p class="asked b">{escape(moment.asked)}</p>'
        f'<ol class="options" type="A">{options}</ol>',
    )
    yield slide("moment", _drawn(moment.split, lang))
    changes = "".join(change(lang, each) for each in moment.changes)
    better = f"<h3>{escape(say(lang, 'plan.better'))}</h3>{changes}" if changes else ""
    yield slide(
        "plans",
        f'<div class="two">{_plan(moment.good, lang)}{_plan(moment.poor, lang)}</div>'
        f"{paragraph(moment.compare)}{better}",
    )
    rule = ""
    if moment.concept is not None:
        rule = f"<h3>{escape(moment.concept.name)}</h3>{paragraph(moment.concept.note)}"
    ask = escape(say(lang, "ask.class"))
    yield slide(
        "rule",
        f'{rule}<div class="asked"><h3>{ask}</h3>{paragraph(moment.question)}</div>',
    )


def _plan(side: PlanView, lang: str) -> str:
    return (
        f'<div class="side"><h3><span>{escape(side.name)}</span>{badge(side.label)}</h3>'
        f"{plan(lang, side.lines)}{paragraph(side.value, 'muted')}{paragraph(side.cost)}</div>"
    )


def _what_if(view: ClassDebriefView) -> Iterator[Slide]:
    if view.what_if is None:
        return
    found, lang = view.what_if, view.lang
    step = view.headings["what_if"]
    top = paragraph(found.summary) + paragraph(found.dropped, "muted")
    yield Slide("what-if", found.title, step, top + _drawn(found.lines, lang))
    yield Slide("ranks", found.ranks.title, step, _drawn(found.ranks, lang))


def _next(view: ClassDebriefView) -> str:
    rules = "".join(f"<li><b>{escape(each.name)}</b></li>" for each in view.rules)
    return f'{f"<ul>{rules}</ul>" if rules else ""}<p class="asked">{escape(view.closing)}</p>'
