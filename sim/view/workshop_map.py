"""What may happen when: encounters and events over the turns, and the endings."""

from collections.abc import Iterable, Iterator

from sim.play.outline import Happening
from sim.play.trials import BOTS
from sim.view.words import percent
from sim.view.workshop_model import EndingRow, MapCell, MapRow, MapView
from sim.view.workshop_when import Sight
from sim.view.workshop_words import word


def map_view(sight: Sight) -> MapView:
    """The map of a save."""
    outline = sight.staged.outline
    return MapView(
        turns=tuple(str(turn) for turn in sight.turns),
        encounters=tuple(_rows(sight, outline.encounters)),
        events=tuple(_rows(sight, outline.events)),
        endings=tuple(_endings(sight)),
        waiting="" if sight.played else word(sight.lang, "games.waiting"),
    )


def _rows(sight: Sight, happenings: Iterable[Happening]) -> Iterator[MapRow]:
    for each in happenings:
        path = f"{each.kind}s.{each.id}"
        facts = [sight.who(each)] if each.who else []
        facts += sight.opens(each)
        yield MapRow(
            id=each.id,
            kind=each.kind,
            title=each.title.of(sight.lang),
            text=" · ".join(facts),
            place=sight.place(each.line),
            severity=sight.worst.get(path, ""),
            cells=tuple(_cell(sight, each, path, turn) for turn in sight.turns),
        )


def _cell(sight: Sight, each: Happening, path: str, turn: int) -> MapCell:
    lang, trials = sight.lang, sight.trials
    shares = tuple(trials[bot].opened[path][turn - 1] if bot in trials else 0.0 for bot in BOTS)
    bound = each.turn == turn
    lines = [sight.turn_name(turn)]
    if bound:
        lines.append(word(lang, "map.bound"))
    if sight.played:
        expert, random = (percent(share) for share in shares)
        lines.append(word(lang, "map.both", expert=expert, random=random))
    told = "expert" in trials and turn in trials["expert"].told[path]
    return MapCell(shares=shares, told=told, bound=bound, text="\n".join(lines))


def _endings(sight: Sight) -> Iterator[EndingRow]:
    outline, lang = sight.staged.outline, sight.lang
    for name, title, condition in outline.endings:
        told = condition.of(lang)
        text = word(lang, "when.condition", condition=told) if told else word(lang, "ending.always")
        yield EndingRow(
            id=name, title=title.of(lang), text=text, place=sight.place(outline.lines[name])
        )
