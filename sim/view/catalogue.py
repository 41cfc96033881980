"""What can be played, and the games that can be gone on with."""

import time
from typing import Literal

from sim.play.cards import Card
from sim.play.catalogue import Entry
from sim.play.saves import Save
from sim.scenario.diagnostics import sentence
from sim.view.model import CatalogueItem, CatalogueView, SaveItem
from sim.view.words import explain, listed, say, whole

_MOST_CONCEPTS = 4  # named in a line; the briefing has all
_MOST_SAVES = 8


def catalogue_view(entries: tuple[Entry, ...], games: tuple[Save, ...], lang: str) -> CatalogueView:
    """Scenarios from easy to hard, then the games written last.

    Args:
        entries: of `sim.play.catalogue.catalogue`.
        games: of `sim.play.saves.saves`, the newest first.
        lang: `en` or `zh`.
    """
    titles = {each.card.id: each.card.title.of(lang) for each in entries if each.card}
    names = {each.card.id: each.card.turn_name.of(lang) for each in entries if each.card}
    return CatalogueView(
        title=say(lang, "catalogue.title"),
        scenarios=tuple(_item(entry, lang) for entry in entries),
        saves=tuple(_save(game, titles, names, lang) for game in games[:_MOST_SAVES]),
    )


def _item(entry: Entry, lang: str) -> CatalogueItem:
    card = entry.card
    if card is None:
        return CatalogueItem(entry.name, entry.name, "", "", "", "", "", _problem(entry, lang))
    best = "" if entry.best is None else say(lang, "catalogue.best", grade=whole(entry.best))
    return CatalogueItem(
        id=entry.name,
        title=card.title.of(lang),
        summary=card.summary.of(lang),
        length=say(lang, "catalogue.length", turns=card.turns, n=card.minutes),
        difficulty=say(lang, f"difficulty.{card.difficulty}"),
        concepts=_concepts(card, lang),
        best=best,
        problem="",
        faces=card.faces,
    )


def _concepts(card: Card, lang: str) -> str:
    names = [name.of(lang) for name in card.teaches]
    if not names:
        return ""
    text = say(lang, "catalogue.teaches", names=listed(lang, names[:_MOST_CONCEPTS]))
    rest = len(names) - _MOST_CONCEPTS
    return f"{text} {say(lang, 'catalogue.more', n=rest)}" if rest > 0 else text


def _problem(entry: Entry, lang: str) -> str:
    wanted: Literal["en", "zh"] = "zh" if lang == "zh" else "en"
    return "" if entry.problem is None else sentence(entry.problem, wanted)


def _save(game: Save, titles: dict[str, str], names: dict[str, str], lang: str) -> SaveItem:
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(game.modified))
    written = say(lang, "save.written", when=when)
    if game.record is None:
        assert game.problem is not None
        problem = explain(game.problem, lang)
        return SaveItem(str(game.path), game.path.name, "", written, problem)
    record = game.record
    name = names.get(record.scenario, say(lang, "save.turn"))
    turn = say(lang, "turn.name", name=name, turn=len(record.turns) + 1)
    state = "save.open" if record.result is None else "save.finished"
    return SaveItem(
        id=str(game.path),
        title=titles.get(record.scenario, record.scenario),
        state=say(lang, state, when=turn),
        when=written,
        finished=record.result is not None,
    )
