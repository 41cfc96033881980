"""The view-model of the workshop: the last save, and the last one that could be played.

build_workshop(workshop, lang) -> WorkshopView
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from sim.play.outline import Answer, Happening
from sim.play.workshop import Workshop
from sim.play.workshop_news import SEVERITIES, Checked, Finding
from sim.view import words
from sim.view.parts import Ref
from sim.view.words import listed, money, percent
from sim.view.workshop_games import games_view, outcome
from sim.view.workshop_map import map_view
from sim.view.workshop_model import (
    AnswerView,
    EncounterItem,
    FindingView,
    VerdictView,
    WorkshopView,
)
from sim.view.workshop_when import Sight
from sim.view.workshop_words import word

Clock = Callable[[float], str]


def clock(seconds: float) -> str:
    """The time of day of a save, by the clock on the author's wall."""
    return time.strftime("%H:%M:%S", time.localtime(seconds))


def build_workshop(workshop: Workshop, lang: str, *, at: Clock = clock) -> WorkshopView:
    """Everything there is to show.

    Args:
        workshop: The scenario that is being written.
        lang: `en` or `zh`.
        at: How the time of a save is written.
    """
    checked, staged = workshop.checked, workshop.staged
    found = checked.findings if checked else ()
    total = sum(checked.counts.values()) if checked else 0
    sight = None if staged is None else Sight(staged, workshop.trials, worst_by_path(found), lang)
    name = workshop.file.parent.name if staged is None else staged.case.script.title.of(lang)
    return WorkshopView(
        title=word(lang, "head.workshop", title=name),
        verdict=verdict(workshop, lang, at=at),
        findings=tuple(
            _finding(each, lang)
            for each in sorted(found, key=lambda each: SEVERITIES.index(each.severity))
        ),
        more=word(lang, "problems.first", n=len(found)) if total > len(found) else "",
        encounters=tuple(_encounters(sight)) if sight else (),
        map=map_view(sight) if sight else None,
        games=games_view(sight, workshop.seed) if sight else None,
    )


# --- the verdict, and the problems ---


def verdict(workshop: Workshop, lang: str, *, at: Clock = clock) -> VerdictView:
    """How the last save is, and whether what is shown is that one."""
    checked = workshop.checked
    if workshop.failed is not None:
        text = word(lang, "verdict.failed", kind=workshop.failed.kind)
        return VerdictView("error", text, "", _older(workshop, lang, at))
    if checked is None:
        return VerdictView("waiting", word(lang, "verdict.looking"), "", "")
    worst = next((each for each in SEVERITIES if checked.counts[each]), "fine")
    return VerdictView(
        state=worst,
        text=counts(checked, lang),
        saved=saved(checked, lang, at=at),
        warning="" if workshop.current else _older(workshop, lang, at),
    )


def counts(checked: Checked, lang: str) -> str:
    """How many problems there are: 2 errors, 1 note."""
    parts = [
        word(lang, f"count.{severity}", n=checked.counts[severity])
        for severity in SEVERITIES
        if checked.counts[severity]
    ]
    return listed(lang, parts) if parts else word(lang, "verdict.fine")


def saved(checked: Checked, lang: str, *, at: Clock = clock) -> str:
    """When a save was written, and how long it took to look at it."""
    if not checked.at:
        return word(lang, "verdict.missing")
    seconds = f"{max(checked.seconds, 0.01):.2f}"
    return word(lang, "verdict.saved", time=at(checked.at), seconds=seconds)


def games_in_words(workshop: Workshop, lang: str) -> list[str]:
    """How the one game of each bot ended, as far as they have played."""
    staged = workshop.staged
    if staged is None:
        return []
    return [outcome(staged, trial, lang) for trial in workshop.trials.values()]


def _older(workshop: Workshop, lang: str, at: Clock) -> str:
    if workshop.staged is None:
        return word(lang, "verdict.never")
    return word(lang, "verdict.older", time=at(workshop.staged.at))


def _finding(found: Finding, lang: str) -> FindingView:
    return FindingView(
        place=found.place,
        short=f"{Path(found.path).name}:{found.line}:{found.column}",
        severity=found.severity,
        severity_name=word(lang, f"problems.severity.{found.severity}"),
        code=found.code,
        field=found.field,
        text=found.sentence.of(lang),
        source=found.source,
        before=found.before,
        advice=found.advice.of(lang),
    )


def worst_by_path(found: Iterable[Finding]) -> Mapping[str, str]:
    """The worst severity of the problems at each entry: `encounters.late_order`."""
    worst: dict[str, str] = {}
    for each in found:
        path = ".".join(each.field.split(".")[:2])
        known = worst.get(path, SEVERITIES[-1])
        worst[path] = min(known, each.severity, key=SEVERITIES.index)
    return worst


# --- the encounters ---


def _encounters(sight: Sight) -> Iterator[EncounterItem]:
    for each in sight.staged.outline.encounters:
        path = f"encounters.{each.id}"
        yield EncounterItem(
            id=each.id,
            title=each.title.of(sight.lang),
            who=sight.who(each),
            opens=tuple(sight.opens(each)),
            speakers=_speakers(sight, each),
            turn=each.turn or _usual_turn(sight, path),
            place=sight.place(each.line),
            seen=_seen(sight, path),
            severity=sight.worst.get(path, ""),
            answers=tuple(_answers(sight, each.answers, ())),
        )


def _speakers(sight: Sight, happening: Happening) -> tuple[Ref, ...]:
    customers = sight.staged.case.script.customers
    pairs = zip(happening.entries, happening.who, strict=True)
    return tuple(Ref(entry, customers[name].name.of(sight.lang)) for entry, name in pairs)


def _usual_turn(sight: Sight, path: str) -> int:
    """The turn in which it opens most often; the first one while that is not known."""
    expert = sight.trials.get("expert")
    shares = expert.opened.get(path, ()) if expert else ()
    return shares.index(max(shares)) + 1 if any(shares) else 1


def _seen(sight: Sight, path: str) -> str:
    expert = sight.trials.get("expert")
    if expert is None or path not in expert.ever:
        return ""
    if not expert.ever[path]:
        return word(sight.lang, "talk.unseen", n=expert.games)
    return word(sight.lang, "talk.seen", share=percent(expert.ever[path]), n=expert.games)


def _answers(
    sight: Sight, answers: Iterable[Answer], above: tuple[str, ...]
) -> Iterator[AnswerView]:
    lang = sight.lang
    for each in answers:
        path, condition = (*above, each.id), each.condition.of(lang)
        yield AnswerView(
            path=path,
            depth=len(above),
            say=each.say.of(lang),
            cost=_cost(each, lang),
            condition=word(lang, "talk.if", condition=condition) if condition else "",
            deeds=each.deeds,
            place=sight.place(each.line),
        )
        yield from _answers(sight, each.answers, path)


def _cost(answer: Answer, lang: str) -> str:
    parts = []
    if answer.hours:
        parts.append(words.say(lang, "cost.hours", n=words.hours(answer.hours)))
    if answer.money:
        key = "cost.money" if answer.money > 0 else "cost.earns"
        parts.append(words.say(lang, key, money=money(abs(answer.money))))
    return listed(lang, parts)
