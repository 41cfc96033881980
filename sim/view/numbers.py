"""Where the numbers of a game come from, while it is played and at its end.

    number_ledger(session, "en", "of/dan/satisfaction")

Names: `book/METER` of all customers, `budget/hours`, `budget/money`, `of/CUSTOMER`,
`of/CUSTOMER/METER`, `person/CUSTOMER/PERSON/knowledge`, `goal/METER` before the game and
`result/METER` after it. A ledger shows nothing that the player may not know: in play it rests on
readings and on what could be noticed.
"""

from collections.abc import Callable, Iterator, Sequence

from sim.engine.facts import of_account, switching_cost
from sim.engine.rules import KINDS
from sim.engine.score import book, score
from sim.engine.state import Status
from sim.play.case import known_pars
from sim.play.session import Session
from sim.view import build
from sim.view.explain import changes
from sim.view.ledger import LedgerView
from sim.view.lens import LOYALTY, SATISFACTION, Lens
from sim.view.meters import age_text, imposed_credit, switching_parts
from sim.view.parts import ContributionView, Meter, Ref
from sim.view.review_model import Table
from sim.view.words import UNKNOWN, decimal, money, percent, whole

BOOK = ("satisfaction", "loyalty", "switching_cost")
BUDGET = ("hours", "money")
RESULT = ("score", "grade", "satisfaction", "loyalty", "switching_cost", "equity")
_READ = {"satisfaction": SATISFACTION, "loyalty": LOYALTY}
# What a gauge is called in the reasons of a turn.
_QUANTITY = {
    "earned_procedural": "procedural",
    "coercive_procedural": "procedural",
    "earned_financial": "financial",
    "coercive_financial": "financial",
}
_CONCEPT = {
    "satisfaction": "satisfaction.ratio",
    "loyalty": "loyalty.ladder",
    "trust": "person.trust_style",
    "switching_cost": "switching.cost",
    "equity": "loyalty.lifetime",
    "knowledge": "portfolio.identify",
    "stay": "loyalty.matrix",
    "deal": "portfolio.funnel",
    "bond": "account.four_relations",
    "earned_procedural": "switching.kinds",
    "coercive_procedural": "switching.lock_in",
    "earned_financial": "switching.kinds",
    "coercive_financial": "switching.lock_in",
}
Rows = Sequence[tuple[str, ...]]


def number_ledger(session: Session, lang: str, name: str) -> LedgerView:
    """The ledger of a number.

    Args:
        session: the game.
        lang: `en` or `zh`.
        name: of the number, see the head of this module.

    Raises:
        KeyError: there is no such number.
    """
    kind, *rest = name.split("/")
    return _KINDS[kind](build.look(session, lang), session, *rest)


def numbers_at_hand(session: Session, lang: str) -> tuple[Ref, ...]:
    """What can be looked up without naming a customer: of the whole game, or of its result."""
    lens = build.look(session, lang)
    if session.finished:
        return tuple(Ref(f"result/{each}", lens.say(f"meter.{each}")) for each in RESULT)
    meters = (Ref(f"book/{each}", lens.say(f"meter.{each}")) for each in BOOK)
    return (*meters, *(Ref(f"budget/{each}", lens.say(f"number.{each}")) for each in BUDGET))


def _made(
    lens: Lens,
    number: str,
    key: str,
    value: str,
    /,
    *,
    table: Table,
    see: Sequence[Ref],
    **slots: str,
) -> LedgerView:
    """A ledger whose words stand under a key."""
    found = _CONCEPT.get(number.rsplit("/", 1)[-1])
    known = found in lens.script.glossary.concepts
    return LedgerView(
        id=number,
        title=lens.say(f"number.{key}", **slots),
        value=value,
        formula=lens.say(f"number.{key}.formula", **slots),
        text=lens.say(f"number.{key}.text", **slots),
        table=table,
        see=tuple((each.id, each.name) for each in see if each.id != number),
        concepts=lens.concepts((found,)) if found is not None and known else (),
    )


def _table(lens: Lens, heads: Sequence[str], rows: Rows) -> Table:
    return Table(tuple(lens.say(f"number.head.{head}") for head in heads), tuple(rows))


def _goal(lens: Lens, session: Session, meter: str) -> LedgerView:
    """What the score will be made of, before there is one."""
    del session
    weights = zip(RESULT[2:], lens.rules.score_weight.tolist(), strict=True)
    rows = [(lens.say(f"meter.{name}"), percent(weight)) for name, weight in weights]
    shown = dict(zip(RESULT[2:], rows, strict=True)).get(meter, ("", ""))[1]
    table = _table(lens, ("what", "weight"), rows)
    return _made(lens, f"goal/{meter}", "score", shown, table=table, see=())


# --- all customers, and the budget ---------------------------------------------------------------


def _book(lens: Lens, session: Session, meter: str) -> LedgerView:
    """The mean of the last readings of the active customers, the lowest first."""
    shown = next(each for each in build.build_view(session, lens.lang).meters if each.id == meter)
    found: list[tuple[float, tuple[str, ...]]] = []
    for name in lens.with_status(Status.ACTIVE):
        row = lens.index(name)
        if meter == "switching_cost":
            value: float | None = sum(part.points for part in switching_parts(lens, row))
        else:
            value = lens.reading(row, _READ[meter])
        when = "" if meter == "switching_cost" else age_text(lens, lens.age(row))
        text = UNKNOWN if value is None else whole(min(max(value, 0.0), 100.0))
        found.append((101.0 if value is None else value, (lens.name(name), text, when)))
    rows = [row for _, row in sorted(found)]
    return _made(
        lens,
        f"book/{meter}",
        "book",
        shown.shown,
        table=_table(lens, ("customer", "value", "when"), rows),
        see=numbers_at_hand(session, lens.lang),
        meter=lens.say(f"meter.{meter}"),
    )


def _budget(lens: Lens, session: Session, what: str) -> LedgerView:
    """What there is for the turn, less what is planned."""
    header = build.build_header(session, lens.lang)
    whole_turn = header.hours if what == "hours" else float(lens.seen.money[0])
    left = header.hours_text if what == "hours" else header.money_text
    first = decimal(whole_turn) if what == "hours" else money(whole_turn)
    rows = [(lens.say("number.row.opening"), first)]
    for each in build.build_plan(session, lens.lang):
        whom = lens.say("number.row.firm") if each.customer is None else each.customer.name
        rows.append((lens.say("line.meter", name=whom, shown=each.text), each.cost))
    rows.append((lens.say("number.row.left"), left))
    return _made(
        lens,
        f"budget/{what}",
        what,
        left,
        table=_table(lens, ("what", "cost"), rows),
        see=numbers_at_hand(session, lens.lang),
    )


# --- one customer --------------------------------------------------------------------------------


def _of(lens: Lens, session: Session, customer: str, meter: str = "") -> LedgerView:
    """A customer's numbers, or one of them."""
    view = build.build_customer(session, lens.lang, customer)
    gauges = {each.id: each for each in (*view.meters, *view.ties)}
    see = [Ref(f"of/{customer}/{each.id}", each.name) for each in gauges.values()]
    if not meter:
        return _overview(lens, customer, list(gauges.values()), see)
    see.insert(0, Ref(f"of/{customer}", lens.say("number.of", name=lens.name(customer))))
    made = {"switching_cost": _switching, "stay": _stay}.get(meter, _moves)
    return made(lens, customer, gauges[meter], see)


def _overview(lens: Lens, customer: str, gauges: Sequence[Meter], see: Sequence[Ref]) -> LedgerView:
    rows = [(each.name, each.shown, each.change_text, each.when) for each in gauges]
    return _made(
        lens,
        f"of/{customer}",
        "of",
        "",
        table=_table(lens, ("what", "value", "change", "when"), rows),
        see=see,
        name=lens.name(customer),
    )


def _moves(lens: Lens, customer: str, gauge: Meter, see: Sequence[Ref]) -> LedgerView:
    """A number that moves by the reasons of a turn: those of the last one."""
    rows = [(part.name, part.shown, part.formula) for part in _reasons(lens, customer, gauge.id)]
    key = "moves" if rows else "still" if lens.past else "opening"
    when = lens.when(len(lens.past)) if lens.past else ""
    return _made(
        lens,
        f"of/{customer}/{gauge.id}",
        key,
        gauge.shown,
        table=_table(lens, ("reason", "points", "formula"), rows),
        see=see,
        name=lens.name(customer),
        meter=gauge.name,
        when=when,
        how=_sentence(lens, gauge.how or gauge.when),
    )


def _sentence(lens: Lens, text: str) -> str:
    """A remark as a sentence of its own."""
    if not text:
        return ""
    return f"{text[:1].upper()}{text[1:]}{'。' if lens.lang == 'zh' else '.'}"


def _reasons(lens: Lens, customer: str, meter: str) -> Iterator[ContributionView]:
    """Why a number moved in the last turn, as far as the player could notice."""
    wanted = _QUANTITY.get(meter, meter)
    for change in changes(lens, lens.past[-1], customer) if lens.past else ():
        if change.id == wanted:
            yield from change.contributions


def _switching(lens: Lens, customer: str, gauge: Meter, see: Sequence[Ref]) -> LedgerView:
    """The sum of the ties, each with its weight."""
    row = lens.index(customer)
    rows = [
        (lens.say(f"meter.{part.id}"), whole(part.value), percent(part.share), decimal(part.points))
        for part in switching_parts(lens, row)
    ]
    return _made(
        lens,
        f"of/{customer}/switching_cost",
        "switching",
        gauge.shown,
        table=_table(lens, ("what", "value", "weight", "points"), rows),
        see=see,
        name=lens.name(customer),
        credit=percent(imposed_credit(lens, row)),
    )


def _stay(lens: Lens, customer: str, gauge: Meter, see: Sequence[Ref]) -> LedgerView:
    """The player's own estimate, and the readings that it rests on."""
    row = lens.index(customer)
    read = {name: lens.reading(row, meter) for name, meter in _READ.items()}
    rows = [
        (lens.say(f"meter.{name}"), UNKNOWN if value is None else whole(value))
        for name, value in read.items()
    ]
    rows += [
        (lens.say(f"meter.{part.id}"), whole(part.value)) for part in switching_parts(lens, row)
    ]
    return _made(
        lens,
        f"of/{customer}/stay",
        "stay",
        gauge.shown,
        table=_table(lens, ("what", "value"), rows),
        see=see,
        name=lens.name(customer),
    )


def _person(lens: Lens, session: Session, customer: str, person: str) -> LedgerView:
    """How well a person is known: kind by kind."""
    row, slot = lens.index(customer), lens.people(customer).index(person)
    view = build.build_customer(session, lens.lang, customer)
    shown = next(each for each in view.people if each.id == person)
    weights = lens.rules.knowledge_weight.tolist()
    rows = [
        (
            lens.text(lens.script.glossary.kinds[kind].name),
            percent(weight),
            _state(lens, row, slot, kind),
        )
        for kind, weight in zip(KINDS, weights, strict=False)
        if weight > 0.0
    ]
    return _made(
        lens,
        f"person/{customer}/{person}/knowledge",
        "knowledge",
        shown.knowledge.shown,
        table=_table(lens, ("what", "weight", "state"), rows),
        see=[Ref(f"of/{customer}", lens.say("number.of", name=lens.name(customer)))],
        name=shown.name,
    )


def _state(lens: Lens, row: int, slot: int, kind: str) -> str:
    if not lens.knows(row, slot, kind):
        return lens.say("number.unknown")
    return lens.say("number.known" if lens.fresh(row, slot, kind) else "number.stale")


# --- the result ----------------------------------------------------------------------------------


def _result(lens: Lens, session: Session, meter: str) -> LedgerView:
    """The ledger of a number of the result of a finished game."""
    view = build.build_result(session, lens.lang)
    shown = {each.id: each for each in (*view.meters, view.score, view.grade)}
    heads, rows = {
        "score": _of_score,
        "grade": _of_grade,
        "equity": _of_equity,
    }.get(meter, _of_customers)(lens, session, meter)
    return _made(
        lens,
        f"result/{meter}",
        meter if meter in {"score", "grade", "equity"} else "result",
        shown[meter].shown,
        table=_table(lens, heads, rows),
        see=numbers_at_hand(session, lens.lang),
        meter=shown[meter].name,
    )


def _of_score(lens: Lens, session: Session, _meter: str) -> tuple[tuple[str, ...], Rows]:
    """Every meter by its weight."""
    result = session.result
    assert result is not None  # of a finished game
    names = RESULT[2:]
    rows = [
        (lens.say(f"meter.{name}"), decimal(value), percent(weight), decimal(weight * value))
        for name, weight, value in (
            (name, weight, float(getattr(result, name)))
            for name, weight in zip(names, lens.rules.score_weight.tolist(), strict=True)
        )
    ]
    return ("what", "value", "weight", "points"), rows


def _of_grade(lens: Lens, session: Session, _meter: str) -> tuple[tuple[str, ...], Rows]:
    """The score between doing nothing and the expert."""
    result, par = session.result, known_pars(session.case)
    assert result is not None  # of a finished game
    rows = [(lens.say("meter.score"), decimal(result.score))]
    if par is not None:
        rows.append((lens.say("number.row.nothing"), decimal(par.nothing)))
        rows.append((lens.say("number.row.expert"), decimal(par.expert)))
    return ("what", "value"), rows


def _of_equity(lens: Lens, session: Session, _meter: str) -> tuple[tuple[str, ...], Rows]:
    """What was earned and what the customers are worth, against the opening."""
    rules, state = session.rules, session.state
    earned = float(state.historic_value[0].sum() + state.owed[0].sum())
    worth = float(book(rules, state)[0].sum())
    par = rules.opening_value + rules.opening_profit * float(state.turn)
    rows = [
        (lens.say("number.row.profit"), money(earned)),
        (lens.say("number.row.spent"), money(float(state.spent[0]))),
        (lens.say("number.row.worth"), money(worth)),
        (lens.say("number.row.par"), money(par)),
        (lens.say("meter.equity"), decimal(float(score(rules, state).equity[0]))),
    ]
    return ("what", "value"), rows


def _of_customers(lens: Lens, session: Session, meter: str) -> tuple[tuple[str, ...], Rows]:
    """The opening customers by their weights, as they truly stand; who has left counts nothing."""
    rules, state = session.rules, session.state
    values = {
        "satisfaction": lambda: of_account(rules, state.satisfaction),
        "loyalty": lambda: of_account(rules, state.loyalty),
        "switching_cost": lambda: switching_cost(rules, state),
    }[meter]()[0].tolist()
    weights = rules.score_customers.tolist()
    total = sum(weights) or 1.0
    rows: list[tuple[str, ...]] = []
    for row, name in enumerate(rules.customer_ids):
        if weights[row] <= 0.0:
            continue
        here = int(state.status[0, row]) == Status.ACTIVE
        left = float(state.size[0, row]) / max(float(rules.opening_size[row]), 1.0) if here else 0.0
        value, weight = values[row] * min(left, 1.0), weights[row] / total
        rows.append((lens.name(name), decimal(value), percent(weight), decimal(weight * value)))
    return ("customer", "value", "weight", "points"), rows


_KINDS: dict[str, Callable[..., LedgerView]] = {
    "book": _book,
    "budget": _budget,
    "goal": _goal,
    "of": _of,
    "person": lambda lens, session, customer, person, _what="": _person(
        lens, session, customer, person
    ),
    "result": _result,
}
