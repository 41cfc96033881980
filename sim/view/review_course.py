"""The game seen through the course: a card for every idea that a debrief shows in its numbers.

Everything is measured in this very game; nothing here judges the trainee or enters the score.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from sim.lab.review.model import Review
from sim.play.reports import ForecastOutcome, forecast_outcomes
from sim.view.lens import Lens
from sim.view.review_model import CourseCard, CourseView, Table
from sim.view.review_readings import counted, reading, share, table
from sim.view.review_seller import five_quotients, four_factors, no_cannot, two_skills
from sim.view.review_turns import Past
from sim.view.review_words import say
from sim.view.review_work import (
    PRIMARY,
    RELATIONS,
    SUPPORT,
    Account,
    Measured,
    Work,
    hours_of,
    measured,
    part,
    summed,
)
from sim.view.words import hours, money, percent, signed

_FIFTH = 5  # the 80/20 rule looks at one customer in five
_HALF = 0.5  # of a customer's business: from here on our share is large
_NAMED = 3  # customers named in a cell; more are counted
_KINDS = ("star", "question_mark", "cow", "dog")


def course(lens: Lens, past: Past, review: Review) -> CourseView | None:
    """A card for each idea of the course that asks for no choice; None before the game is over.

    Args:
        lens: its end, with every file open.
        past: the game.
        review: of it.
    """
    if review.result is None:
        return None
    seen = measured(lens, past, review)
    return CourseView(
        title=say(lens.lang, "course.title"),
        note=say(lens.lang, "course.note"),
        cards=tuple(make(seen) for make in CARDS),
    )


# --- the portfolio -------------------------------------------------------------------------------


def _eighty_twenty(seen: Measured) -> CourseCard:
    """What the best fifth of the customers brought, and what was spent on them."""
    lens, lang = seen.lens, seen.lens.lang
    ranked = sorted(seen.accounts, key=lambda each: -each.profit)
    best = ranked[: -(-len(ranked) // _FIFTH)]
    ids = {each.id for each in best}
    spent = [work for work in seen.own if work.customer]
    rest = [each for each in ranked if each.id not in ids]
    total = sum(max(each.profit, 0.0) for each in ranked)
    brought = part(sum(each.profit for each in best), total)
    took = part(hours_of(work for work in spent if work.customer in ids), hours_of(spent))
    rows = [(lens.name(each.id), *_shares([each], spent, total)) for each in best]
    if rest:
        rows.append((say(lang, "course.others", n=len(rest)), *_shares(rest, spent, total)))
    return CourseCard(
        concept=lens.concept("portfolio.eighty_twenty"),
        readings=(
            share(lang, "eighty_twenty.profit", brought),
            share(lang, "eighty_twenty.hours", took),
        ),
        sentence=say(
            lang,
            "course.eighty_twenty",
            n=len(best),
            of=len(ranked),
            profit=percent(brought),
            hours=percent(took),
        ),
        table=table(lang, ("table.customer", "course.profit", "course.hours"), rows),
    )


def _shares(some: list[Account], spent: list[Work], total: float) -> tuple[str, str]:
    """The parts of the profit and of the hours of some customers."""
    ids = {each.id for each in some}
    profit = part(sum(each.profit for each in some), total)
    took = part(hours_of(work for work in spent if work.customer in ids), hours_of(spent))
    return percent(profit), percent(took)


def _matrix(seen: Measured) -> CourseCard:
    """Growth by share of business: who is where, and what was spent there."""
    lens, lang = seen.lens, seen.lens.lang
    spent = [work for work in seen.own if work.customer]
    total = sum(max(each.profit, 0.0) for each in seen.accounts)
    groups = {kind: [each for each in seen.accounts if _kind(each) == kind] for kind in _KINDS}
    rows = [
        (say(lang, f"course.kind.{kind}"), _names(lens, some), *_shares(some, spent, total))
        for kind, some in groups.items()
    ]
    strangers = hours_of(spent) - sum(
        hours_of(work for work in spent if work.customer == each.id) for each in seen.accounts
    )
    if strangers > 0.0:
        took = percent(part(strangers, hours_of(spent)))
        rows.append((say(lang, "course.kind.none"), "", percent(0.0), took))
    growing = [each for each in seen.accounts if each.grew]
    ids = {each.id for each in growing}
    on_growth = part(hours_of(work for work in spent if work.customer in ids), hours_of(spent))
    heads = ("course.kind", "course.who", "course.profit", "course.hours")
    return CourseCard(
        concept=lens.concept("portfolio.matrix"),
        readings=(
            counted(lang, "matrix.growing", len(growing), len(seen.accounts)),
            share(lang, "matrix.hours", on_growth),
        ),
        sentence=say(lang, "course.matrix"),
        table=table(lang, heads, rows),
    )


def _kind(account: Account) -> str:
    large = account.share > _HALF
    if account.grew:
        return "star" if large else "question_mark"
    return "cow" if large else "dog"


def _names(lens: Lens, some: list[Account]) -> str:
    if len(some) > _NAMED:
        return say(lens.lang, "course.customers", n=len(some))
    return lens.listed(lens.name(each.id) for each in some) or say(lens.lang, "course.none")


def _four_r(seen: Measured) -> CourseCard:
    """Hours and money of the four parts of relationship work, beside the expert's hours."""
    lang = seen.lens.lang
    own = summed(seen.own, lambda work: work.relation, lambda work: work.hours)
    total = hours_of(seen.own)
    return CourseCard(
        concept=seen.lens.concept("portfolio.four_r"),
        readings=tuple(
            share(lang, f"relation.{name}", part(own.get(name, 0.0), total)) for name in RELATIONS
        ),
        sentence=_largest(seen, own),
        table=_effort(seen, "relation", RELATIONS, lambda work: work.relation),
    )


def _largest(seen: Measured, own: Mapping[str, float]) -> str:
    """The part that took most hours, beside the expert's."""
    lang, total = seen.lens.lang, hours_of(seen.own)
    if total == 0.0:
        return say(lang, "course.four_r.none", expert=hours(hours_of(seen.expert)))
    most = max(RELATIONS, key=lambda name: own.get(name, 0.0))
    return say(
        lang,
        "course.four_r",
        name=say(lang, f"course.relation.{most}"),
        own=hours(own[most]),
        of=hours(total),
        expert=hours(hours_of(work for work in seen.expert if work.relation == most)),
    )


def _values_chain(seen: Measured) -> CourseCard:
    """Hours and money of every activity, support activities included."""
    lang = seen.lens.lang
    support = [work for work in seen.own if work.activity in SUPPORT]
    total = hours_of(seen.own)
    costs = sum(work.money for work in seen.own)
    expert = [work for work in seen.expert if work.activity in SUPPORT]
    return CourseCard(
        concept=seen.lens.concept("market.values_chain"),
        readings=(
            share(lang, "values_chain.primary", part(total - hours_of(support), total)),
            share(lang, "values_chain.support", part(hours_of(support), total)),
        ),
        sentence=say(
            lang,
            "course.values_chain",
            own=hours(hours_of(support)),
            expert=hours(hours_of(expert)),
            money=money(sum(work.money for work in support)),
            of=money(costs),
        ),
        table=_effort(seen, "activity", PRIMARY + SUPPORT, lambda work: work.activity),
    )


def _effort(seen: Measured, what: str, names: tuple[str, ...], by: Callable[[Work], str]) -> Table:
    """Own hours and money and the expert's hours by a name of each work."""
    lang = seen.lens.lang
    own, expert = (summed(works, by, lambda work: work.hours) for works in (seen.own, seen.expert))
    costs = summed(seen.own, by, lambda work: work.money)
    rows = [
        (
            say(lang, f"course.{what}.{name}"),
            hours(own.get(name, 0.0)),
            hours(expert.get(name, 0.0)),
            money(costs.get(name, 0.0)),
        )
        for name in names
    ]
    heads = (f"course.{what}", "course.own_hours", "course.expert_hours", "course.own_money")
    return table(lang, heads, rows)


# --- plan, do, check, act ------------------------------------------------------------------------


def _pdca(seen: Measured) -> CourseCard:
    """Forecasts against results: what was expected, done, seen, and done next."""
    lang, played = seen.lens.lang, seen.past.played
    found = forecast_outcomes(seen.lens.rules, played)
    hits = len([each for each in found if each.hit])
    readings = [counted(lang, "pdca.made", len(found), len(played.turns))]
    if found:
        brier = sum(each.brier for each in found) / len(found)
        readings.append(counted(lang, "pdca.hits", hits, len(found)))
        readings.append(reading(lang, "pdca.brier", f"{brier:.2f}"))
    heads = ("table.turn", "course.plan", "course.do", "course.check", "course.act")
    rows = [tuple(_cycle(seen, each)) for each in found]
    return CourseCard(
        concept=seen.lens.concept("portfolio.pdca"),
        readings=tuple(readings),
        sentence=say(lang, "course.pdca" if found else "course.pdca.none"),
        table=table(lang, heads, rows) if rows else None,
    )


def _cycle(seen: Measured, each: ForecastOutcome) -> Iterator[str]:
    """A forecast in a row: plan, deed, result, and what was done next."""
    lens, lang = seen.lens, seen.lens.lang
    went = say(lang, "course.pdca.hit" if each.hit else "course.pdca.missed")
    yield lens.when(each.turn)
    yield say(
        lang,
        "course.pdca.plan",
        name=lens.name(each.customer),
        direction=say(lang, f"course.direction.{each.direction}"),
        sure=percent(each.sure),
    )
    yield _done(seen, each.turn, each.customer)
    yield say(lang, "course.pdca.result", change=signed(each.change), went=went)
    last = each.turn == len(seen.past.played.turns)
    yield "" if last else _done(seen, each.turn + 1, each.customer)


def _done(seen: Measured, turn: int, customer: str) -> str:
    """What was done for a customer in a turn, by name."""
    lens = seen.lens
    names = [
        lens.action_name(work.id)
        if work.id in lens.script.actions
        else say(lens.lang, "course.said")
        for work in seen.own
        if (work.turn, work.customer) == (turn, customer)
    ]
    return lens.listed(names) or say(lens.lang, "course.nothing")


# In the order of the course.
CARDS: Final[tuple[Callable[[Measured], CourseCard], ...]] = (
    _eighty_twenty,
    _matrix,
    _four_r,
    _pdca,
    _values_chain,
    four_factors,
    two_skills,
    five_quotients,
    no_cannot,
)
