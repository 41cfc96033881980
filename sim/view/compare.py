"""Two games of the same scenario side by side: what was decided, and where it led."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sim.game import GameRecord
from sim.lab.review.model import Review
from sim.play.saves import Save, identity
from sim.view.lens import Lens
from sim.view.parts import Ref
from sim.view.plans import plan_lines
from sim.view.review_axes import axis, turns
from sim.view.review_labels import label_of
from sim.view.review_model import Axis, LabelView, Table
from sim.view.review_turns import Past
from sim.view.review_words import number
from sim.view.words import say, whole

_METERS = ("satisfaction", "loyalty", "switching_cost", "equity")


@dataclass(frozen=True)
class SideTurn:
    """A turn in one of the games."""

    done: tuple[str, ...]
    score: float  # at its end
    shown: str
    label: LabelView | None  # None: this game has not been reviewed


@dataclass(frozen=True)
class PairTurn:
    """A turn in both games."""

    turn: int
    when: str
    same: bool  # what was chosen is the same
    sides: tuple[SideTurn | None, SideTurn | None]  # None: not played


@dataclass(frozen=True)
class CompareView:
    """Two games side by side."""

    title: str
    summary: str
    names: tuple[str, str]
    x: Axis
    y: Axis
    lines: tuple[tuple[tuple[float, float], ...], tuple[tuple[float, float], ...]]  # score by turn
    figures: Table
    turns: tuple[PairTurn, ...]
    parted: int | None  # the first turn in which something else was chosen


def comparable(record: GameRecord, games: Iterable[Save], lang: str) -> tuple[Ref, ...]:
    """The other finished games of the same scenario; relatives by branching first.

    Args:
        record: the game to compare with.
        games: of `sim.play.saves.saves`.
        lang: `en` or `zh`.
    """
    own = identity(record)
    found = [
        (not _related(record, game.record), game)
        for game in games
        if game.record is not None
        and game.record.result is not None
        and game.record.fingerprint == record.fingerprint
        and identity(game.record) != own
    ]
    ordered = sorted(found, key=lambda item: item[0])
    return tuple(
        Ref(str(game.path), name_of(game.record, lang), _when(game, lang))
        for _, game in ordered
        if game.record is not None
    )


def _related(one: GameRecord, other: GameRecord) -> bool:
    sums = {identity(one), *([one.branch.of] if one.branch else [])}
    return bool(sums & {identity(other), *([other.branch.of] if other.branch else [])})


def name_of(record: GameRecord, lang: str) -> str:
    """What a game is called beside another one: its seed, and where it branched."""
    if record.branch is None:
        return say(lang, "compare.game", seed=record.seed)
    turn = record.branch.turn
    anew = any(each.turn == turn for each in record.luck)
    key = "compare.new_luck" if anew else "compare.same_luck"
    return say(lang, key, seed=record.seed_of(turn), turn=turn)


def _when(game: Save, lang: str) -> str:
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(game.modified))
    grade = game.record.result.grade if game.record and game.record.result else None
    if grade is None:
        return say(lang, "save.written", when=when)
    return say(lang, "compare.graded", when=when, grade=whole(grade))


def compare_view(
    pasts: tuple[Past, Past], reviews: tuple[Review | None, Review | None], lang: str
) -> CompareView:
    """Both games, turn by turn.

    Args:
        pasts: two finished games of the same rules.
        reviews: what is known of each by a review; None without one.
        lang: `en` or `zh`.
    """
    lenses = (pasts[0].lens(lang, 1), pasts[1].lens(lang, 1))
    pairs = tuple(_pairs(pasts, reviews, lenses))
    names = _names(pasts, lang)
    scores = [tuple(_scores(past)) for past in pasts]
    heights = [value for line in scores for _, value in line]
    parted = next((pair.turn for pair in pairs if not pair.same), None)
    last = max(len(past.reports) for past in pasts)
    lens = lenses[0]
    return CompareView(
        title=say(lang, "compare.title", title=lens.text(lens.script.title)),
        summary=_summary(lens, names, (scores[0][-1][1], scores[1][-1][1]), parted),
        names=names,
        x=turns(lens.turn_name(), last, str, end=say(lang, "compare.end")),
        y=axis(say(lang, "compare.score"), heights),
        lines=(scores[0], scores[1]),
        figures=_figures(pasts, reviews, lang, names),
        turns=pairs,
        parted=parted,
    )


def _names(pasts: tuple[Past, Past], lang: str) -> tuple[str, str]:
    one, other = (name_of(past.record, lang) for past in pasts)
    if one != other:
        return one, other
    return say(lang, "compare.this"), say(lang, "compare.other")


def _scores(past: Past) -> Iterator[tuple[float, float]]:
    for place, found in enumerate(past.played.scores):
        yield place + 1.0, float(found.score[0])


def _summary(
    lens: Lens, names: tuple[str, str], ends: tuple[float, float], parted: int | None
) -> str:
    if parted is None:
        first = say(lens.lang, "compare.never_parted")
    else:
        first = say(lens.lang, "compare.parted", when=lens.when(parted))
    shown = [number(end, 1) for end in ends]
    second = say(
        lens.lang, "compare.ends", one=names[0], other=names[1], first=shown[0], second=shown[1]
    )
    return lens.sentences((first, second))


def _pairs(
    pasts: tuple[Past, Past],
    reviews: tuple[Review | None, Review | None],
    lenses: tuple[Lens, Lens],
) -> Iterator[PairTurn]:
    for turn in range(1, max(len(past.reports) for past in pasts) + 1):
        sides = [
            _side(past, review, lens, turn) if turn <= len(past.reports) else None
            for past, review, lens in zip(pasts, reviews, lenses, strict=True)
        ]
        done = [side.done if side else () for side in sides]
        yield PairTurn(turn, lenses[0].when(turn), done[0] == done[1], (sides[0], sides[1]))


def _side(past: Past, review: Review | None, lens: Lens, turn: int) -> SideTurn:
    lines = plan_lines(lens, past.played.turns[turn - 1])
    reached = float(past.played.scores[turn].score[0])
    known = review is not None and review.turns[turn - 1].refined
    return SideTurn(
        done=tuple(
            lens.say("recap.done", name=line.customer.name, deeds=line.text)
            if line.customer
            else line.text
            for line in lines
        ),
        score=reached,
        shown=number(reached, 1),
        label=label_of(lens.lang, review.turns[turn - 1]) if review and known else None,
    )


def _figures(
    pasts: tuple[Past, Past],
    reviews: tuple[Review | None, Review | None],
    lang: str,
    names: tuple[str, str],
) -> Table:
    rows: list[tuple[str, ...]] = []
    results = [past.record.result for past in pasts]
    for name in ("score", *_METERS):
        values = [getattr(result, name) if result else None for result in results]
        rows.append((say(lang, f"meter.{name}"), *(_shown(value) for value in values)))
    if any(reviews):
        for name in ("skill_index", "accuracy"):
            values = [getattr(review, name) if review else None for review in reviews]
            rows.append((say(lang, f"ledger.{name}"), *(_shown(value) for value in values)))
    return Table((say(lang, "ledger.head.what"), *names), tuple(rows))


def _shown(value: float | None) -> str:
    return "–" if value is None else number(value, 1)
