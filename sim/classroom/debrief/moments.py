"""The moments worth talking about: where it cost much, and where the class did not agree.

In each turn the class faced some *questions*: what to answer somebody who spoke up, what to do for
a customer, whether to invest. Plans as wholes are nearly always all different, so disagreement is
measured on the question that divides the class most between games that lost little and games that
lost much; a turn counts as its mean loss times the entropy of that split.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from sim.classroom.debrief.games import ClassReplay, ClassTurn
from sim.engine.rules import Rules
from sim.exact import log
from sim.lab.review.explain import Teaches
from sim.lab.review.model import Review

MOST: Final = 5  # moments shown
_OPTIONS = 5  # told apart in a split; the rest is one more
_FEWEST = 2  # games that chose an option before its mean loss says something
_HALF = 0.5  # of the class must have faced a question

Of = Literal["encounter", "customer", "market"]
Taken = tuple[str, ...]  # an answer's path, or the actions for a customer; empty: nothing


@dataclass(frozen=True)
class Option:
    """One way in which part of a class decided.

    Attributes:
        taken: The answer's path or the actions, by ids; empty: nothing was done. None: all the
            rarer ways together.
        games: Numbers of the games that decided so.
        loss: Mean loss of their turn, per cent of an average turn's stake.
    """

    taken: Taken | None
    games: tuple[int, ...]
    loss: float


@dataclass(frozen=True)
class Question:
    """What a class had to decide, and how it split.

    Attributes:
        of: What it is about: an open `encounter`, a `customer`, or a `market` action.
        id: Of that.
        options: The commonest first.
        disagreement: Entropy of the split, 0 all alike .. 1 evenly divided.
        effect: How far the losses of the options lie apart, per cent of a turn's stake.
    """

    of: Of
    id: str
    options: tuple[Option, ...]
    disagreement: float
    effect: float


@dataclass(frozen=True)
class Moment:
    """A turn worth talking about.

    Attributes:
        turn: From 1.
        loss: Mean over the class, per cent of an average turn's stake.
        question: What divided the class.
        good: Number of a game that decided well.
        poor: Number of one that stood much the same before the turn and lost more in it.
        concept: What it is about, by id; None where the scenario names nothing.
    """

    turn: int
    loss: float
    question: Question
    good: int
    poor: int
    concept: str | None

    @property
    def weight(self) -> float:
        """Loss times disagreement."""
        return self.loss * self.question.disagreement


def moments(
    rules: Rules,
    replay: ClassReplay,
    reviews: Mapping[int, Review],
    teaches: Teaches,
    *,
    most: int = MOST,
) -> tuple[Moment, ...]:
    """The most instructive moments of a class, most instructive first.

    Args:
        rules: of the scenario.
        replay: of all games.
        reviews: by number of the game.
        teaches: concepts by id of action or encounter.
        most: how many at most.
    """
    found = []
    for number, turn in enumerate(replay.turns):
        losses = {
            int(game): reviews[int(game)].turns[number].loss_share
            for game in turn.games
            if int(game) in reviews
        }
        question = _dividing(rules, turn, losses)
        if question is not None:
            found.append(_Asked(number, question, losses))
    found.sort(key=lambda each: (-each.weight, each.number))
    told: list[Moment] = []
    chosen = _unlike([each for each in found if each.weight > 0.0])[:most]
    for asked in sorted(chosen, key=lambda each: (-each.weight, each.number)):
        taken = {moment.concept for moment in told}
        told.append(_moment(asked, reviews, teaches, taken))
    return tuple(told)


@dataclass(frozen=True)
class _Asked:
    """A question of a turn, counted from 0, and what each game lost in that turn."""

    number: int
    question: Question
    losses: Mapping[int, float]

    @property
    def weight(self) -> float:
        return _mean(list(self.losses.values())) * self.question.disagreement


def _unlike(found: Sequence[_Asked]) -> list[_Asked]:
    """The questions in their order, those that were asked before at the end."""
    known: set[tuple[Of, str]] = set()
    first: list[_Asked] = []
    again: list[_Asked] = []
    for asked in found:
        about = asked.question.of, asked.question.id
        (again if about in known else first).append(asked)
        known.add(about)
    return first + again


def _dividing(rules: Rules, turn: ClassTurn, losses: Mapping[int, float]) -> Question | None:
    """The question of a turn that divides the class most between little and much lost."""
    asked = [
        _split(of, name, taken, losses)
        for of, name, taken in _questions(rules, turn)
        if len(taken) >= max(_HALF * len(losses), 2)
    ]
    divided = [each for each in asked if len(each.options) > 1]
    if not divided:
        return None
    return max(divided, key=lambda each: each.disagreement * (each.effect + 1e-6))


def _questions(rules: Rules, turn: ClassTurn) -> Iterator[tuple[Of, str, dict[int, Taken]]]:
    """Every question of a turn with what each game that faced it did."""
    for customer, name in enumerate(rules.customer_ids):
        for number in np.unique(turn.opened[:, customer]).tolist():
            if number:
                yield (
                    "encounter",
                    rules.encounter_ids[number - 1],
                    _answers(rules, turn, customer, number - 1),
                )
        if (turn.choices.action[:, customer] > 0).any():
            yield "customer", name, _deeds(rules, turn, customer)
    for index, name in enumerate(rules.market_ids):
        chosen = turn.choices.market[:, index]
        if chosen.any():
            yield (
                "market",
                name,
                {
                    int(game): (name,) if chosen[place] else ()
                    for place, game in enumerate(turn.games)
                },
            )


def _answers(rules: Rules, turn: ClassTurn, customer: int, encounter: int) -> dict[int, Taken]:
    """What each game in which somebody spoke up answered."""
    found = {}
    for place in np.flatnonzero(turn.opened[:, customer] == encounter + 1).tolist():
        path = int(turn.choices.response[place, encounter])
        found[int(turn.games[place])] = rules.path_ids[encounter][path - 1] if path else ()
    return found


def _deeds(rules: Rules, turn: ClassTurn, customer: int) -> dict[int, Taken]:
    """What each game did for a customer, whatever the tone."""
    return {
        int(game): tuple(
            rules.action_ids[row - 1]
            for row in turn.choices.action[place, customer].tolist()
            if row
        )
        for place, game in enumerate(turn.games)
    }


def _split(of: Of, name: str, taken: Mapping[int, Taken], losses: Mapping[int, float]) -> Question:
    """The class divided by what it did; rare ways are taken together."""
    taken = {game: each for game, each in taken.items() if game in losses}
    common = [each for each, _ in Counter(taken.values()).most_common(_OPTIONS)]
    rare = [each for each in set(taken.values()) if each not in common]
    if len(rare) == 1:
        common += rare
    groups: dict[Taken | None, list[int]] = {each: [] for each in common}
    for game in sorted(taken):
        key = taken[game] if taken[game] in groups else None
        groups.setdefault(key, []).append(game)
    options = tuple(
        Option(each, tuple(games), _mean([losses[game] for game in games]))
        for each, games in groups.items()
        if games
    )
    counts = [len(each.games) for each in options]
    mean = _mean([losses[game] for game in taken]) if taken else 0.0
    effect = 0.0
    for option in options:
        if len(option.games) >= _FEWEST:
            effect += len(option.games) / len(taken) * abs(option.loss - mean)
    return Question(of, name, options, _entropy(counts), effect)


def _mean(values: Sequence[float]) -> float:
    total = 0.0
    for value in values:
        total += value
    return total / len(values) if values else 0.0


def _entropy(counts: Sequence[int]) -> float:
    """Of a split, as a share of that of an even one over as many options."""
    whole = float(sum(counts))
    if len(counts) < 2:
        return 0.0
    total = 0.0
    for count in counts:
        share = count / whole
        total -= share * float(log(share))
    return total / float(log(float(len(counts))))


def _moment(
    asked: _Asked, reviews: Mapping[int, Review], teaches: Teaches, taken: Collection[str | None]
) -> Moment:
    number, question, losses = asked.number, asked.question, asked.losses
    good, poor = _contrast(number, question, losses, reviews)
    about = _ideas(number, question, reviews, teaches)
    return Moment(
        turn=number + 1,
        loss=_mean(list(losses.values())),
        question=question,
        good=good,
        poor=poor,
        concept=next((each for each in about if each not in taken), about[0] if about else None),
    )


def _contrast(
    number: int,
    question: Question,
    losses: Mapping[int, float],
    reviews: Mapping[int, Review],
) -> tuple[int, int]:
    """Two games of different options: alike in what they stood at, unlike in what they lost."""
    stake = next(iter(reviews.values()))
    points = stake.stakes / stake.turns_total / 100.0
    told = [option for option in question.options if option.taken is not None]
    told = told if len(told) > 1 else list(question.options)
    sure = [option for option in told if len(option.games) >= _FEWEST]
    ranked = sorted(sure if len(sure) > 1 else told, key=lambda option: option.loss)

    def contrast(good: int, poor: int) -> float:
        apart = reviews[good].turns[number].value.value - reviews[poor].turns[number].value.value
        return points * (losses[poor] - losses[good]) - abs(apart)

    pairs = [(good, poor) for good in ranked[0].games for poor in ranked[-1].games]
    return max(pairs, key=lambda pair: (contrast(*pair), -pair[0], -pair[1]))


def _ideas(
    number: int, question: Question, reviews: Mapping[int, Review], teaches: Teaches
) -> list[str]:
    """The ideas of the question, what cost the class most in this turn first."""
    cost: dict[str, float] = {}
    for review in reviews.values():
        if len(review.turns) > number:
            for concept, loss in review.turns[number].concept_loss.items():
                cost[concept] = cost.get(concept, 0.0) + loss.value
    about = _taught(question, teaches) or sorted(cost)
    return sorted(about, key=lambda each: -cost.get(each, 0.0))


def _taught(question: Question, teaches: Teaches) -> list[str]:
    """Concepts of what could be chosen, the commonest choice's first."""
    found: list[str] = []
    for option in question.options:
        if question.of == "encounter":
            steps = option.taken or ()
            for depth in range(len(steps), -1, -1):
                found += teaches.get(":".join((question.id, *steps[:depth])), ())
        else:
            for action in option.taken or ():
                found += teaches.get(action, ())
    return list(dict.fromkeys(found))
