"""The beginning: a named scenario, a saved game, or one chosen from the catalogue."""

from collections.abc import Sequence
from functools import partial

from sim.errors import ScenarioError, SimError
from sim.play.session import Session
from sim.ui.terminal.commands import Choice, global_command, match
from sim.ui.terminal.console import Console
from sim.ui.terminal.render import numbered
from sim.ui.terminal.render_end import catalogue_items, page_lines
from sim.view import words
from sim.view.build import build_catalogue
from sim.view.model import CatalogueView, PageView

_OTHER = {"en": "zh", "zh": "en"}


def pick(console: Console, lang: str, seed: int | None) -> Session | None:
    """Lets the player choose a scenario or a saved game.

    Args:
        console: to ask at.
        lang: to begin with; can be changed here.
        seed: of a new game; drawn if None.

    Returns:
        The game, or None if the player wants none.

    Raises:
        LeaveError: the input has ended.
    """
    while True:
        say = partial(words.say, lang)
        view = build_catalogue(lang)
        texts = catalogue_items(view, say)
        console.show([view.title, *numbered(texts)])
        text = console.ask(say("ask.scenario"))
        command, _ = global_command(text)
        if command == "quit":
            return None
        if command == "language":
            lang = _OTHER[lang]
            continue
        found = match(text, _choices(view, texts)) if text else []
        if len(found) != 1:
            lines = (say("ask.numbers", text=text, n=len(texts)), say("ask.start_commands"))
            console.show(page_lines(PageView("", lines))[1:])
        elif session := _opened(console, view, found[0].key, lang=lang, seed=seed):
            return session


def _choices(view: CatalogueView, texts: Sequence[str]) -> list[Choice]:
    names = [(each.id, each.title) for each in view.scenarios]
    names += [(each.id, each.title) for each in view.saves]
    return [Choice(key, text, (name,)) for (key, name), text in zip(names, texts, strict=True)]


def _opened(
    console: Console, view: CatalogueView, key: str, *, lang: str, seed: int | None
) -> Session | None:
    """The game behind a choice; None after saying what is wrong with it."""
    try:
        if any(save.id == key for save in view.saves):
            session = Session.resume(key)
            session.language = lang
            return session
        return Session.new(key, seed, lang)
    except ScenarioError:
        broken = next(item for item in view.scenarios if item.id == key)
        console.show([words.say(lang, "line.broken", problem=broken.problem)])
    except SimError as error:
        console.show([words.explain(error, lang)])
    return None
