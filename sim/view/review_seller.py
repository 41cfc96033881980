"""The cards about the seller: what was done, never what somebody is."""

from collections.abc import Iterator

from sim.lab.review.model import Change
from sim.play.reports import forecast_outcomes
from sim.view.plans import choice_line
from sim.view.review_customers import costliest
from sim.view.review_model import CourseCard, Table
from sim.view.review_readings import counted, reading, share, table
from sim.view.review_words import estimate, number, say
from sim.view.review_work import Account, Measured, hours_of, part, setbacks, unanswered
from sim.view.words import hours, money, percent

_WINNING = frozenset({"establish", "recommend"})


def four_factors(seen: Measured) -> CourseCard:
    """Knowledge, skill, attitude and goal, as far as decisions show them."""
    lang, how = seen.lens.lang, seen.manner
    silent, asked = unanswered(seen.past)
    planned = len(forecast_outcomes(seen.lens.rules, seen.past.played))
    known = say(lang, "course.none") if how.knowledge is None else percent(how.knowledge)
    return CourseCard(
        concept=seen.lens.concept("seller.four_factors"),
        readings=(
            reading(lang, "factor.knowledge", known),
            counted(lang, "factor.tone", how.suited, how.toned),
            counted(lang, "factor.order", how.in_order, how.ordered),
            counted(lang, "factor.attitude", asked - silent, asked),
            counted(lang, "factor.goal", planned, len(seen.past.reports)),
        ),
        sentence=say(lang, "course.four_factors"),
    )


def two_skills(seen: Measured) -> CourseCard:
    """Won, kept and grown, and the hours for either skill."""
    lang = seen.lens.lang
    won = [each for each in seen.accounts if not each.first]
    old = [each for each in seen.accounts if each.first]
    kept = [each for each in old if each.left is None]
    grown = [each for each in kept if each.grew]
    total = hours_of(seen.own)
    winning = hours_of(work for work in seen.own if work.relation in _WINNING)
    return CourseCard(
        concept=seen.lens.concept("seller.two_skills"),
        readings=(
            reading(lang, "skills.won", str(len(won))),
            counted(lang, "skills.kept", len(kept), len(old)),
            counted(lang, "skills.grown", len(grown), len(kept)),
        ),
        sentence=say(
            lang,
            "course.two_skills",
            winning=percent(part(winning, total)),
            keeping=percent(part(total - winning, total)),
            new=percent(_brought(won, seen.accounts)),
        ),
    )


def _brought(some: list[Account], every: tuple[Account, ...]) -> float:
    """The share of the profit that some customers brought."""
    earned = [max(sum(each.profit for each in group), 0.0) for group in (some, every)]
    return part(earned[0], earned[1])


def five_quotients(seen: Measured) -> CourseCard:
    """Five short readings of what was done."""
    lang, how = seen.lens.lang, seen.manner
    profit = sum(each.profit for each in seen.accounts)
    spent = sum(work.money for work in seen.own)
    after, other = _after_setbacks(seen)
    return CourseCard(
        concept=seen.lens.concept("seller.five_quotients"),
        readings=(
            reading(lang, "quotient.iq", number(seen.review.accuracy, 0)),
            counted(lang, "quotient.eq", how.suited, how.toned),
            reading(lang, "quotient.adversity", say(lang, "course.beside", a=after, b=other)),
            reading(
                lang,
                "quotient.finance",
                say(lang, "course.beside", a=money(profit), b=money(spent)),
            ),
            share(lang, "quotient.heart", part(_helping(seen), hours_of(seen.own))),
        ),
        sentence=say(lang, "course.five_quotients"),
    )


def _after_setbacks(seen: Measured) -> tuple[str, str]:
    """Mean hours of a turn that follows a setback, and of all others."""
    hit = setbacks(seen.past)
    used = {
        told.turn: hours_of(work for work in seen.own if work.turn == told.turn)
        for told in seen.past.reports
    }
    groups = [
        [spent for turn, spent in used.items() if (turn - 1 in hit) is followed]
        for followed in (True, False)
    ]
    none = say(seen.lens.lang, "course.none")
    means = [hours(sum(group) / len(group)) if group else none for group in groups]
    return means[0], means[1]


def _helping(seen: Measured) -> float:
    """Hours of deeds that help: that tell more in trouble, that care, or that put things right."""
    rows, ids = seen.lens.rules.rows, seen.lens.rules.action_ids
    helps = {name for row, name in enumerate(ids, start=1) if rows.help[row] or rows.care[row]}
    return hours_of(work for work in seen.own if work.id in helps or work.relation == "recover")


# --- after a loss --------------------------------------------------------------------------------


def no_cannot(seen: Measured) -> CourseCard:
    """Who left, what was within reach, and an empty line for what to do next."""
    lens, lang = seen.lens, seen.lens.lang
    gone = [each for each in seen.accounts if each.left is not None]
    rows = [tuple(_left(seen, each)) for each in gone]
    heads = ("table.customer", "table.left_when", "course.reach")
    found: Table | None = table(lang, heads, rows) if rows else None
    return CourseCard(
        concept=lens.concept("seller.no_cannot"),
        readings=(counted(lang, "no_cannot.left", len(gone), len(seen.accounts)),),
        sentence=say(lang, "course.no_cannot") if gone else _costliest(seen),
        table=found,
        asked=say(lang, "course.no_cannot.asked"),
    )


def _left(seen: Measured, account: Account) -> Iterator[str]:
    """A customer who left, when, and the change that would have kept him likeliest."""
    lens, lang = seen.lens, seen.lens.lang
    assert account.left is not None  # it is asked for those who left
    yield lens.name(account.id)
    yield lens.when(account.left)
    best = max(
        _within_reach(seen, account),
        key=lambda each: each[1].stays[account.id][1] - each[1].stays[account.id][0],
        default=None,
    )
    if best is None:
        yield say(lang, "course.reach.none")
        return
    turn, change = best
    before, after = (percent(chance) for chance in change.stays[account.id])
    yield say(
        lang,
        "course.reach.change",
        when=lens.when(turn),
        text=_deed(seen, change),
        before=before,
        after=after,
    )


def _within_reach(seen: Measured, account: Account) -> Iterator[tuple[int, Change]]:
    """Changes before a customer left that made it likelier to stay."""
    for turn in seen.review.turns:
        for change in turn.changes:
            before, after = change.stays.get(account.id, (0.0, 0.0))
            if account.left is not None and turn.turn <= account.left and after > before:
                yield turn.turn, change


def _deed(seen: Measured, change: Change) -> str:
    """What would have been done otherwise."""
    lang = seen.lens.lang
    side = change.before if change.after is None else change.after
    assert side is not None  # a change has one side at least
    text = choice_line(seen.lens, side).text
    return say(lang, "course.reach.drop", text=text) if change.after is None else text


def _costliest(seen: Measured) -> str:
    """Where most was within reach in a game in which nobody left."""
    lang, turn = seen.lens.lang, costliest(seen.review)
    if turn is None:
        return say(lang, "course.no_cannot.none")
    lost = estimate(lang, turn.loss).shown
    return say(lang, "course.no_cannot.kept", when=seen.lens.when(turn.turn), range=lost)
