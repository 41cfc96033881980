"""The view-model of a game: one function per screen.

    build_view(session, lang) -> TurnView               the open turn
    build_header(session, lang) -> Header               and build_hints, build_plan: parts of it,
                                                        at less cost
    build_customer(session, lang, customer) -> CustomerView
    build_encounter(session, lang, encounter) -> EncounterView
    build_report(session, lang) -> ReportView           the last played turn
    build_briefing(session, lang) -> BriefingView
    build_result(session, lang) -> ResultView           a finished game
    build_glossary(session, lang, search) -> GlossaryView
    build_catalogue(lang) -> CatalogueView              before there is a game

Of a game's state only the observation is read, of a turn's outcome the visible terms and what a
customer said or did. At the end the score joins them, and the matrix shows the truth.
"""

from sim.engine.state import Status
from sim.game import TurnRecord
from sim.play.catalogue import catalogue
from sim.play.open_turn import OpenTurn
from sim.play.resolutions import earlier_resolution
from sim.play.saves import saves
from sim.play.session import DIRECTIONS, Session
from sim.view import board, glossary, report, result
from sim.view.actions import deed_text, market_actions
from sim.view.catalogue import catalogue_view
from sim.view.customer import customer_view
from sim.view.inbox import conversations, encounter_view, waiting
from sim.view.lens import Lens
from sim.view.meters import book_meters
from sim.view.model import (
    BriefingView,
    CatalogueView,
    CustomerView,
    EncounterView,
    ForecastView,
    GlossaryView,
    Header,
    PlannedView,
    ReportView,
    ResultView,
    TurnView,
)
from sim.view.parts import Hint, Meter, Ref
from sim.view.words import hours, money, percent

_DURING = ("inbox", "portfolio", "file", "actions", "end_turn")  # anchors of the open turn
_METERS = ("satisfaction", "loyalty", "switching_cost", "equity")


def look(session: Session, lang: str) -> Lens:
    """The game as its player sees it."""
    return Lens(lang, session.rules, session.script, session.observation, session.reports)


def build_view(session: Session, lang: str) -> TurnView:
    """The open turn."""
    lens = look(session, lang)
    opened = session.open_encounters()
    waits = frozenset(each.customer for each in opened if not each.complete)
    return TurnView(
        header=_header(lens, session),
        meters=book_meters(lens),
        news=(*(report.news(lens, lens.past[-1]) if lens.past else ()), *report.foreseen(lens)),
        inbox=tuple(encounter_view(lens, each) for each in opened),
        board=board.build_board(lens, _planned(session), waits),
        market=market_actions(lens, session.market_options()),
        plan=_plan(lens, session.draft),
        forecast=_forecast(lens, session),
        hints=build_hints(session, lang),
        can_undo=session.can_undo,
        can_redo=session.can_redo,
    )


def build_plan(session: Session, lang: str) -> tuple[PlannedView, ...]:
    """What is chosen for the open turn."""
    return _plan(look(session, lang), session.draft)


def build_customer(session: Session, lang: str, customer: str) -> CustomerView:
    """A customer's file."""
    lens = look(session, lang)
    own = conversations(lens, session.draft).get(customer)
    return customer_view(
        lens,
        customer,
        session.draft,
        options=session.options(customer),
        waiting=waiting(lens, session.draft),
        encounter=None if own is None else own[0],
    )


def build_hints(session: Session, lang: str) -> tuple[Hint, ...]:
    """The tutorial's lines for the open turn; only the first one has any."""
    return report.hints(session.script, lang, *_DURING) if session.turn == 1 else ()


def build_encounter(session: Session, lang: str, encounter: str) -> EncounterView:
    """A conversation of the open turn.

    Raises:
        StopIteration: it is not open; ask `session.open_encounters` first.
    """
    opened = next(each for each in session.open_encounters() if each.id == encounter)
    return encounter_view(look(session, lang), opened)


def build_report(session: Session, lang: str) -> ReportView:
    """The last turn that was played."""
    lens = look(session, lang)
    return report.report_view(lens, lens.past[-1], finished=session.finished)


def build_result(session: Session, lang: str, *, luck_told: bool = True) -> ResultView:
    """The end of a finished game; `session.grade()` works out the grade before, if wanted.

    Args:
        session: the game.
        lang: `en` or `zh`.
        luck_told: whether its seed may be told; not while others of a class still play with it.
    """
    return result.result_view(look(session, lang), session, luck_told=luck_told)


def build_glossary(session: Session, lang: str, search: str = "") -> GlossaryView:
    """The concepts of the course, or those that are searched for."""
    return glossary.glossary_view(session.script, lang, search)


def build_briefing(session: Session, lang: str) -> BriefingView:
    """What the trainee reads first."""
    lens = look(session, lang)
    script, rules = session.script, session.rules
    own = session.path is not None  # a game of the player who keeps games here
    resolved = earlier_resolution(session.record) if own else ""
    return BriefingView(
        title=lens.text(script.title),
        summary=lens.text(script.summary),
        text=lens.text(script.briefing),
        frame=(
            lens.say("briefing.turns", turns=rules.sizes.turns, name=lens.text(script.turn_name)),
            lens.say(
                "briefing.budget",
                hours=hours(float(rules.hours[0])),
                money=money(rules.opening.money + float(rules.income[0])),
            ),
            lens.say("briefing.book", book=_book(lens)),
            lens.say("briefing.slots", n=rules.sizes.slots),
        ),
        goals=tuple(
            Meter(name, lens.say(f"meter.{name}"), 100.0 * weight, percent(weight))
            for name, weight in zip(_METERS, rules.score_weight.tolist(), strict=True)
            if weight > 0.0
        ),
        concepts=lens.concepts(script.teaches),
        hints=report.hints(script, lang, "briefing"),
        resolution=lens.say("briefing.resolution", text=resolved) if resolved else "",
    )


def build_header(session: Session, lang: str) -> Header:
    """Where the game stands."""
    return _header(look(session, lang), session)


def _header(lens: Lens, session: Session) -> Header:
    left = round(session.hours_left, 9)
    return Header(
        title=lens.text(lens.script.title),
        turn=session.turn,
        turns=session.turns,
        when=lens.say(
            "turn.of",
            name=lens.turn_name(),
            turn=session.turn,
            turns=session.turns,
        ),
        hours_left=left,
        hours=lens.seen.hours,
        hours_text=lens.say("header.hours", left=hours(left), all=hours(lens.seen.hours)),
        money_left=session.money_left,
        money_text=lens.say("header.money", money=money(session.money_left)),
        book=_book(lens),
    )


def _book(lens: Lens) -> str:
    """How many customers there are, with prospects and losses where there are any."""
    active, prospects, lost = (
        len(lens.with_status(status)) for status in (Status.ACTIVE, Status.PROSPECT, Status.LAPSED)
    )
    parts = [lens.say("header.customers", n=active)]
    if prospects:
        parts.append(lens.say("header.prospects", n=prospects))
    if lost:
        parts.append(lens.say("header.lost", n=lost))
    return lens.listed(parts)


def _planned(session: OpenTurn) -> dict[str, int]:
    chosen = [each.customer for each in session.draft.choices]
    return {customer: chosen.count(customer) for customer in chosen}


def _plan(lens: Lens, draft: TurnRecord) -> tuple[PlannedView, ...]:
    """Answers first, then actions in the order of choosing, then those for the firm."""
    answers = [
        PlannedView(
            id=name,
            customer=lens.ref(customer),
            text=lens.say("history.answered", title=lens.text(lens.script.encounters[name].title)),
            cost="",
            encounter=True,
        )
        for customer, (name, _) in conversations(lens, draft).items()
        if draft.responses.get(name)
    ]
    scripts = lens.script.actions
    actions = [
        PlannedView(
            id=each.action,
            customer=lens.ref(each.customer),
            text=deed_text(lens, each),
            cost=lens.cost(scripts[each.action].hours, scripts[each.action].money),
        )
        for each in draft.choices
    ]
    firm = [
        PlannedView(
            id=name,
            customer=None,
            text=lens.action_name(name),
            cost=lens.cost(
                lens.script.market_actions[name].hours, lens.script.market_actions[name].money
            ),
        )
        for name in draft.market
    ]
    return (*answers, *actions, *firm)


def _forecast(lens: Lens, session: OpenTurn) -> ForecastView:
    said = session.draft.notes.get("forecast")
    known: dict[str, object] = said if isinstance(said, dict) else {}
    customer, direction = str(known.get("customer")), str(known.get("direction"))
    made = customer in lens.rules.customer_ids and direction in DIRECTIONS
    sure = float(str(known["sure"])) if made else 0.0
    text = lens.say("forecast.none")
    if made:
        text = lens.say(
            "forecast.made",
            name=lens.name(customer),
            direction=lens.say(f"forecast.{direction}"),
            sure=percent(sure),
        )
    return ForecastView(
        question=lens.say("forecast.question"),
        customer=lens.ref(customer) if made else None,
        direction=direction if made else None,
        sure=sure if made else None,
        text=text,
        directions=tuple(
            Ref(each, lens.say(f"forecast.{each}"), lens.say(f"forecast.{each}.text"))
            for each in DIRECTIONS
        ),
        candidates=tuple(lens.ref(name) for name in lens.with_status(Status.ACTIVE)),
    )


def build_catalogue(lang: str) -> CatalogueView:
    """What can be played, and the games that can be gone on with."""
    return catalogue_view(catalogue(), saves(), lang)
