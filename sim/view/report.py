"""The end of a turn: what happened, and the why of every change."""

from sim.engine.observe import estimated_stay
from sim.engine.rules import KINDS
from sim.engine.state import Status
from sim.engine.terms.value import lifetime_value
from sim.exact import power
from sim.play.reports import TurnReport
from sim.scenario.schema_types import STYLES
from sim.scenario.texts import Script
from sim.view.customer import happenings
from sim.view.explain import changes
from sim.view.lens import Lens, deeds
from sim.view.model import CustomerReport, ReportView
from sim.view.parts import ChangeView, Hint, NewsItem
from sim.view.words import gain, money, signed

# How much a point of each quantity counts when customers are put in order.
_WEIGHT = {"satisfaction": 1.0, "loyalty": 1.0, "trust": 0.5, "bond": 0.5, "deal": 5.0}
_EVENT_WEIGHT = 20.0  # something happened: comes before mere drift
_TELLING = 0.05  # a multiplier this near to 1 is not worth a line
# What must be known before a multiplier is shown: it would give the fact away.
_BADGES = {
    "style": "style",
    "mood": "mood",
    "motive": "motive",
    "repetition": None,
    "item": None,
    "steps": "mood",
    "trust_gate": "style",
    "first_impression": None,
    "tier": None,
}


def report_view(lens: Lens, turn: TurnReport, *, finished: bool) -> ReportView:
    """What a played turn brought, customers with the largest changes first.

    Args:
        lens: the game as its player sees it, after the turn.
        turn: the turn to report.
        finished: it was the last one.
    """
    rows = [
        row
        for row in range(len(lens.rules.customer_ids))
        if int(turn.before.status[0, row]) in {Status.PROSPECT, Status.ACTIVE, Status.LAPSED}
        or bool(turn.outcome.woken[0, row])
    ]
    reports = [_customer(lens, turn, row) for row in rows]
    reports.sort(key=lambda report: -report.weight)
    return ReportView(
        title=lens.say("report.title", when=lens.when(turn.turn)),
        happened=(*_firm(lens, turn), *_unread(lens, turn, rows)),
        news=news(lens, turn),
        leavings=leavings(lens, turn),
        customers=tuple(reports),
        finished=finished,
    )


def hints(script: Script, lang: str, *anchors: str) -> tuple[Hint, ...]:
    """The scenario's tutorial lines for these places."""
    tutorial = script.tutorial
    return tuple(
        Hint(anchor, tutorial[anchor].of(lang)) for anchor in anchors if anchor in tutorial
    )


def news(lens: Lens, turn: TurnReport) -> tuple[NewsItem, ...]:
    """The events that came up at the end of a turn."""
    happened = turn.outcome.event_happened[0]
    items = []
    for index, name in enumerate(lens.rules.event_ids):
        if not bool(happened[index]):
            continue
        script = lens.script.events[name]
        items.append(
            NewsItem(
                id=name,
                title=lens.text(script.title),
                text=lens.text(script.text),
                concepts=lens.concepts(script.teaches),
            )
        )
    return tuple(items)


def foreseen(lens: Lens) -> tuple[NewsItem, ...]:
    """What a coach has warned of, or the study of rivals shows, for the turn to come."""
    items = []
    for index, name in enumerate(lens.rules.event_ids):
        if bool(lens.seen.foreseen[0, index]):
            script = lens.script.events[name]
            title = lens.say("news.foreseen", title=lens.text(script.title))
            text = lens.say("news.foreseen.text")
            items.append(NewsItem(name, title, text, lens.concepts(script.teaches)))
    return tuple(items)


def _firm(lens: Lens, turn: TurnReport) -> tuple[str, ...]:
    """Money, market actions and what was left unanswered."""
    before, after = float(turn.before.money[0]), float(turn.after.money[0])
    profit = sum(float(value) for value in turn.after.profit[0])
    shown = {"before": money(before), "after": money(after), "profit": money(profit)}
    moved = "report.money" if shown["before"] != shown["after"] else "report.money_same"
    lines = [lens.say(moved, **shown)]
    if turn.chosen.market:
        done = lens.listed(lens.action_name(name) for name in turn.chosen.market)
        lines.append(lens.say("report.market", name=done))
    for index, name in enumerate(lens.rules.encounter_ids):
        if bool(turn.outcome.unanswered[0, index]):
            lines.append(_silence(lens, name))
    quality = float(turn.after.core_quality[0]) - float(turn.before.core_quality[0])
    if quality:
        lines.append(lens.say("report.quality", by=signed(quality)))
    return tuple(lines)


def _unread(lens: Lens, turn: TurnReport, rows: list[int]) -> tuple[str, ...]:
    """Of how many customers nothing can be said, and the first time how to find out."""
    count = len([row for row in rows if not bool(turn.outcome.read[0, row])])
    if not count:
        return ()
    if turn.turn > 1:
        return (lens.say("report.unread", n=count),)
    return (lens.say("report.unread_how", n=count, how=lens.how_to_read(Status.ACTIVE)),)


def _silence(lens: Lens, name: str) -> str:
    script = lens.script.encounters[name]
    said = lens.text(script.unanswered)
    told = lens.say(
        "report.unanswered", customer=lens.name(script.customer), title=lens.text(script.title)
    )
    return lens.sentences((told, said))


def leavings(lens: Lens, turn: TurnReport) -> tuple[str, ...]:
    """Who left at the end of a turn."""
    rows = range(len(lens.rules.customer_ids))
    return tuple(_leaving(lens, turn, row) for row in rows if turn.outcome.left[0, row])


def _leaving(lens: Lens, turn: TurnReport, row: int) -> str:
    """Who left, and the value of the years to come as the player can reckon it.

    Last turn's profit over the horizon of E24, with the chance to leave that goes with the
    estimated behavioural loyalty B = 100 (1 - h)^year (E22).
    """
    p = lens.rules.parameters
    stay = estimated_stay(lens.rules, turn.before)[0:1, row]
    leave = 1.0 - power(stay / 100.0, 1.0 / p.year_turns)
    lost = float(lifetime_value(p, turn.before.profit[0:1, row], leave)[0])
    name = lens.name(lens.rules.customer_ids[row])
    earned = money(float(turn.after.historic_value[0, row]))
    if lost <= 0.0:
        return lens.say("report.left", name=name, earned=earned)
    return lens.say("report.left_value", name=name, earned=earned, lost=money(lost))


def _customer(lens: Lens, turn: TurnReport, row: int) -> CustomerReport:
    name = lens.rules.customer_ids[row]
    moved = changes(lens, turn, name)
    events = happenings(lens, turn, row)
    left = bool(turn.outcome.left[0, row])  # that is told on its own
    happened = (*(events[:-1] if left else events), *_learnt(lens, turn, row))
    weight = sum(abs(change.amount) * _WEIGHT.get(change.id, 0.25) for change in moved)
    weight += _EVENT_WEIGHT * len(events)
    return CustomerReport(
        id=name,
        name=lens.name(name),
        summary=_summary(lens, moved),
        happened=happened,
        changes=moved,
        badges=_badges(lens, turn, row),
        note="" if moved else _no_reading(lens, turn, row),
        weight=weight,
    )


def _summary(lens: Lens, moved: tuple[ChangeView, ...]) -> str:
    """The changes in one line."""
    parts = [
        lens.say("report.part", name=change.name, by=signed(change.amount))
        for change in moved
        if signed(change.amount) != "0"
    ]
    return lens.listed(parts)


def _no_reading(lens: Lens, turn: TurnReport, row: int) -> str:
    if bool(turn.outcome.read[0, row]):
        return lens.say("report.no_change")
    return lens.say("report.no_reading")


def _learnt(lens: Lens, turn: TurnReport, row: int) -> tuple[str, ...]:
    """What was learnt about the people, and what was forgotten."""
    people = lens.script.customers[lens.rules.customer_ids[row]].people
    lines = []
    for slot, person in enumerate(people.values()):
        gained = _kinds(lens, turn, row, slot, gained=True)
        forgotten = _kinds(lens, turn, row, slot, gained=False)
        name = lens.text(person.name)
        if gained:
            lines.append(lens.say("report.learnt", name=name, kinds=lens.listed(gained)))
        if forgotten and not bool(turn.outcome.left[0, row]):
            lines.append(lens.say("report.forgotten", name=name, kinds=lens.listed(forgotten)))
    return tuple(lines)


def _kinds(lens: Lens, turn: TurnReport, row: int, slot: int, *, gained: bool) -> list[str]:
    kinds = lens.script.glossary.kinds
    names = []
    for place, kind in enumerate(KINDS):
        before = bool(turn.before.known[0, row, slot, place])
        after = bool(turn.after.known[0, row, slot, place])
        if before != after and after == gained and kind != "mood":
            name = lens.text(kinds[kind].name)
            style = int(turn.after.style[0, row, slot])
            if kind == "style" and gained and style >= 0:
                name = lens.say("report.kind", name=name, what=lens.tone(STYLES[style]))
            names.append(name)
    return names


def _badges(lens: Lens, turn: TurnReport, row: int) -> tuple[str, ...]:
    """What made each action tell more or less, as far as it rests on known facts."""
    customer = lens.rules.customer_ids[row]
    done = deeds(turn, customer)
    badges = turn.outcome.badges
    if not done or not badges:
        return ()
    first = next(iter(badges.values())).shape[0] - lens.rules.sizes.slots  # responses come first
    lines = []
    for slot, deed in enumerate(done):
        person = _slot_of(lens, customer, deed.person)
        why = []
        for badge, kind in _BADGES.items():
            known = kind is None or bool(turn.before.known[0, row, person, KINDS.index(kind)])
            factor = float(badges[badge][first + slot, 0, row]) if badge in badges else 1.0
            if known and abs(factor - 1.0) >= _TELLING:
                why.append(_badge(lens, badge, factor))
        if why:
            name = lens.action_name(deed.action)
            lines.append(lens.say("report.badges", action=name, why=lens.clauses(why)))
    return tuple(lines)


def _slot_of(lens: Lens, customer: str, person: str | None) -> int:
    people = lens.people(customer)
    return people.index(person) if person in people else 0


def _badge(lens: Lens, badge: str, factor: float) -> str:
    which = "more" if factor > 1.0 else "less"
    return lens.say(f"badge.{badge}.{which}", by=gain(factor - 1.0))
