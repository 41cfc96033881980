"""Choices that are none: twins, answers that give themselves away, answers nobody explains."""

from collections.abc import Mapping

from sim.scenario.lint_survey import Moment, Survey
from sim.scenario.schema_rows import Deed, Effect, Response

_WORDS = frozenset({"say", "reply", "rationale", "teaches", "deliberate"})
_COMPARED = tuple(name for name in Response.model_fields if name not in _WORDS)
_NESTED = "responses"

# What a learner is to tell apart by sense shall not stick out by its length.
_STICKS_OUT = 2.5  # times the next longest
_LONG = {"en": 90, "zh": 32}
_SEVERAL = 3  # encounters; fewer are a sketch
_FEWEST, _OFTEN = 6, 0.8  # of how many moments "take the longest" would have to be right

# Rough worth of effects in points, only to see which answer is meant to be the best.
_WORTH = {
    "quality": 1.0,
    "bond": 1.0,
    "trust": 1.0,
    "deal": 6.0,
    "earned_procedural": 0.5,
    "earned_financial": 0.5,
    "resentment": -1.0,
    "listening": 4.0,
    "calming": 4.0,
    "siding": 4.0,
    "speed": 4.0,
    "compensation": 2.0,
    "stay_shift": 3.0,
    "dependence": -10.0,
    "coercive_procedural": -0.5,
    "coercive_financial": -0.5,
}


def check_choices(survey: Survey) -> None:
    """Reports choices in which there is nothing to choose, or nothing to learn."""
    for moment in survey.moments:
        _check_twins(survey, moment)
        _check_replies(survey, moment)
        _check_length(survey, moment)
        _check_tones(survey, moment)
    _check_rationales(survey)
    _check_habits(survey)


def _check_twins(survey: Survey, moment: Moment) -> None:
    names = list(moment.responses)
    for index, name in enumerate(names):
        for other in names[:index]:
            if _alike(moment.responses[name], moment.responses[other]):
                survey.context.report("C01", (*moment.keys, name), at_key=True, value=other)
                break


def _alike(one: Response, other: Response) -> bool:
    """Whether two responses do the same, whatever they say, and do anything at all."""
    if any(getattr(one, name) != getattr(other, name) for name in _COMPARED if name != _NESTED):
        return False
    if _does_nothing(one) and not one.responses:
        return False
    mine, theirs = list(one.responses.values()), list(other.responses.values())
    if len(mine) != len(theirs):
        return False
    return all(_alike(a, b) or _same_nothing(a, b) for a, b in zip(mine, theirs, strict=True))


def _same_nothing(one: Response, other: Response) -> bool:
    return _does_nothing(one) and _does_nothing(other) and one.tone == other.tone


def _does_nothing(response: Response) -> bool:
    return response.effect == Effect() and not (response.hours or response.reveal or response.step)


def _check_replies(survey: Survey, moment: Moment) -> None:
    for lang in ("en", "zh"):
        seen: dict[str, str] = {}
        for name, response in moment.responses.items():
            other = seen.setdefault(response.reply.in_language(lang), name)
            if other != name:
                keys = (*moment.keys, name, "reply", lang)
                survey.context.report("W12", keys, value=other)


def _check_length(survey: Survey, moment: Moment) -> None:
    """The best answer should not be far longer than any other."""
    best = best_of(moment.responses)
    if best is None:
        return
    for lang, long in _LONG.items():
        lengths = {name: len(each.say.in_language(lang)) for name, each in moment.responses.items()}
        own = lengths.pop(best)
        if own > max(_STICKS_OUT * max(lengths.values()), long):
            keys = (*moment.keys, best, "say", lang)
            survey.context.report("C02", keys, length=own, limit=max(lengths.values()))


def _check_tones(survey: Survey, moment: Moment) -> None:
    tones = {each.tone for each in moment.responses.values()}
    beginning = len(moment.keys) == 3  # what follows may well keep the tone that was chosen
    if beginning and len(moment.responses) > 2 and len(tones) == 1 and None not in tones:
        survey.context.report("C07", moment.keys, at_key=True, value=tones.pop())


def _check_rationales(survey: Survey) -> None:
    """Where some answers of an encounter are explained in the review, all should be."""
    explained = {name for _, name, response in survey.answers if response.rationale is not None}
    for keys, name, response in survey.answers:
        if name in explained and response.rationale is None and survey.context.whole(*keys):
            survey.context.report("C05", keys, at_key=True)
    several = len(survey.context.scenario.encounters) >= _SEVERAL
    if several and not explained and survey.context.whole("encounters"):
        survey.context.report("C06", ("encounters",), at_key=True)


def _check_habits(survey: Survey) -> None:
    """The best answer should not be the longest nearly everywhere.

    That it stands first in the file gives nothing away: answers are shown mixed.
    """
    choices = [
        (best, each.responses) for each in survey.moments if (best := best_of(each.responses))
    ]
    right, of = sum(best == _longest(among) for best, among in choices), len(choices)
    if of >= _FEWEST and right >= _OFTEN * of:
        survey.context.report("C03", ("encounters",), at_key=True, count=right, total=of)


def _longest(responses: Mapping[str, Response]) -> str:
    return max(responses, key=lambda name: len(responses[name].say.en))


def best_of(responses: Mapping[str, Response]) -> str | None:
    """The response that seems meant as the best, if one does among three or more."""
    if len(responses) < 3:
        return None
    said = [name for name, each in responses.items() if _always(each)]
    if said:
        return said[0]
    worths = sorted(((worth(each), name) for name, each in responses.items()), reverse=True)
    return worths[0][1] if worths[0][0] > worths[1][0] else None


def _always(response: Response) -> bool:
    return response.deliberate is not None and response.deliberate.expert == "always"


def worth(response: Response) -> float:
    """Roughly what a response is worth, with the best that may follow it; in points."""
    return _own_worth(response) + max(
        (worth(each) for each in response.responses.values()), default=0.0
    )


def _own_worth(deed: Deed) -> float:
    total = 0.0
    for name, weight in _WORTH.items():
        total += weight * getattr(deed.effect, name)
    for chance in deed.reveal.values():
        total += chance
    return total
