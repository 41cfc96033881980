"""The ledgers of a review: from every number to what it was worked out of.

A ledger says the formula in words, lists the numbers that went into it with their ranges and how
many games stand behind each, and names the terms that can be looked up.
"""

from dataclasses import dataclass

from sim.lab.review.model import Estimate, Review, TurnReview
from sim.view.lens import Lens
from sim.view.parts import Ref
from sim.view.review_model import Table
from sim.view.review_turns import Past
from sim.view.review_words import number, signed
from sim.view.words import decimal, percent, say, whole

FIGURES = ("skill_index", "accuracy", "result", "luck")
_DECIMALS = 1  # of what is added up, so that a reader can do the sum


@dataclass(frozen=True)
class LedgerView:
    """Where a number comes from."""

    id: str
    title: str
    value: str
    formula: str  # in words
    text: str  # what it means, and what it does not
    table: Table
    see: tuple[tuple[str, str], ...]  # id and name of related ledgers
    concepts: tuple[Ref, ...] = ()  # what the course says of it


def figure_ledger(past: Past, review: Review, lang: str, figure: str) -> LedgerView:
    """The ledger of one of the four figures of a game."""
    lens = past.lens(lang, 1)
    value, table = _FIGURES[figure](lens, review)
    return LedgerView(
        id=figure,
        title=say(lang, f"ledger.{figure}"),
        value=value,
        formula=say(lang, f"ledger.{figure}.formula"),
        text=say(lang, f"ledger.{figure}.text"),
        table=table,
        see=tuple((other, say(lang, f"ledger.{other}")) for other in FIGURES if other != figure),
    )


def turn_ledger(past: Past, review: Review, lang: str, turn: int) -> LedgerView:
    """The ledger of one decision."""
    lens, found = past.lens(lang, 1), review.turns[turn - 1]
    return LedgerView(
        id=f"turn/{turn}",
        title=say(lang, "ledger.turn", when=lens.when(turn)),
        value=f"{number(found.loss_share, 0)} %" if found.refined else "",
        formula=say(lang, "ledger.turn.formula"),
        text=say(lang, "ledger.turn.text"),
        table=_turn_table(lang, review, found),
        see=tuple((name, say(lang, f"ledger.{name}")) for name in FIGURES),
    )


def _turn_table(lang: str, review: Review, turn: TurnReview) -> Table:
    rows = [_row(lang, "value", turn.value), _row(lang, "played", turn.played)]
    if turn.refined:
        rows.append(_row(lang, "best", turn.best))
    rows.append(_row(lang, "nothing", turn.nothing))
    if turn.refined:
        stake = number(review.stakes / review.turns_total)
        rows += [
            _row(lang, "loss", turn.loss),
            (say(lang, "ledger.row.stake"), stake, "", ""),
            (say(lang, "ledger.row.share"), f"{number(turn.loss_share, 0)} %", "", ""),
            (say(lang, "ledger.row.accuracy"), whole(turn.accuracy), "", ""),
            (say(lang, "ledger.row.weight"), decimal(turn.weight), "", ""),
        ]
    rows += [
        (say(lang, "ledger.row.skill"), signed(turn.skill), "", ""),
        (say(lang, "ledger.row.luck"), signed(turn.luck), "", ""),
    ]
    return Table(_heads(lang), tuple(rows))


def _heads(lang: str) -> tuple[str, ...]:
    return tuple(say(lang, f"ledger.head.{head}") for head in ("what", "value", "range", "games"))


def _row(lang: str, name: str, found: Estimate) -> tuple[str, ...]:
    low, high = (number(end, _DECIMALS) for end in (found.low, found.high))
    ends = say(lang, "ledger.range", low=low, high=high)
    value = number(found.value, _DECIMALS)
    return (say(lang, f"ledger.row.{name}"), value, ends, f"{found.games:,}")


# --- the figures of a game ---


def _skill_index(lens: Lens, review: Review) -> tuple[str, Table]:
    lang = lens.lang
    heads = tuple(say(lang, f"ledger.head.{head}") for head in ("what", "value"))
    rows = [(lens.when(turn.turn), signed(turn.skill)) for turn in review.turns]
    rows += [
        (say(lang, "ledger.row.skills"), signed(review.skill, _DECIMALS)),
        (say(lang, "ledger.row.stakes"), number(review.stakes, _DECIMALS)),
        (say(lang, "ledger.skill_index"), whole(review.skill_index)),
    ]
    return whole(review.skill_index), Table(heads, tuple(rows))


def _accuracy(lens: Lens, review: Review) -> tuple[str, Table]:
    lang = lens.lang
    heads = tuple(say(lang, f"ledger.head.{head}") for head in ("what", "accuracy", "weight"))
    rows = [
        (lens.when(turn.turn), whole(turn.accuracy), _weight(lang, turn)) for turn in review.turns
    ]
    rows.append((say(lang, "ledger.accuracy"), whole(review.accuracy), ""))
    return whole(review.accuracy), Table(heads, tuple(rows))


def _weight(lang: str, turn: TurnReview) -> str:
    return say(lang, "ledger.routine") if turn.label == "routine" else decimal(turn.weight)


def _result(lens: Lens, review: Review) -> tuple[str, Table]:
    lang = lens.lang
    heads = tuple(say(lang, f"ledger.head.{head}") for head in ("what", "value"))
    end = review.opening + review.skill + review.luck
    reached = end if review.result is None else review.result
    rows = (
        (say(lang, "ledger.row.opening"), number(review.opening, _DECIMALS)),
        (say(lang, "ledger.row.skills"), signed(review.skill, _DECIMALS)),
        (say(lang, "ledger.row.lucks"), signed(review.luck, _DECIMALS)),
        (say(lang, "ledger.result"), number(reached, _DECIMALS)),
    )
    return number(reached, _DECIMALS), Table(heads, rows)


def _luck(lens: Lens, review: Review) -> tuple[str, Table]:
    lang = lens.lang
    heads = tuple(say(lang, f"ledger.head.{head}") for head in ("what", "value"))
    rows = [(lens.when(turn.turn), signed(turn.luck)) for turn in review.turns]
    rows += [
        (say(lang, "ledger.row.lucks"), signed(review.luck, _DECIMALS)),
        (say(lang, "ledger.row.less_luck"), percent(review.luck_share)),
    ]
    return signed(review.luck), Table(heads, tuple(rows))


_FIGURES = {
    "skill_index": _skill_index,
    "accuracy": _accuracy,
    "result": _result,
    "luck": _luck,
}
