"""Whom an encounter or event concerns, and what must hold for it, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.play.outline import Happening
from sim.play.trials import BOTS, Trial
from sim.play.workshop_news import Staged
from sim.view import words
from sim.view.words import listed, percent
from sim.view.workshop_words import word


@dataclass(frozen=True)
class Sight:
    """A save as one author sees it.

    Attributes:
        staged: The save.
        trials: What bots made of it, as far as they have played.
        worst: The worst severity of the problems at each entry, by its path.
        lang: `en` or `zh`.
    """

    staged: Staged
    trials: Mapping[str, Trial]
    worst: Mapping[str, str]
    lang: str

    @property
    def played(self) -> bool:
        """Whether all bots have played."""
        return len(self.trials) == len(BOTS)

    @property
    def turns(self) -> range:
        """All turns, from 1."""
        return range(1, self.staged.case.rules.sizes.turns + 1)

    def place(self, line: int) -> str:
        """A line of the scenario's file, short."""
        return f"{Path(self.staged.outline.file).name}:{line}"

    def turn_name(self, turn: int) -> str:
        """A turn by name, counted from 1: Week 3."""
        name = self.staged.case.script.turn_name.of(self.lang)
        return words.say(self.lang, "turn.name", name=name[:1].upper() + name[1:], turn=turn)

    def who(self, happening: Happening) -> str:
        """Whose encounter it is."""
        if happening.each:
            return word(self.lang, "who.each")
        customers = self.staged.case.script.customers
        return listed(self.lang, [customers[name].name.of(self.lang) for name in happening.who])

    def opens(self, happening: Happening) -> Iterator[str]:
        """What must hold for it to happen, one thing after the other."""
        lang = self.lang
        if happening.turn is not None:
            yield word(lang, "when.turn", turn=self.turn_name(happening.turn))
        if happening.on:
            yield word(lang, f"when.{happening.on}")
        if condition := happening.when.of(lang):
            yield word(lang, "when.condition", condition=condition)
        if happening.chance < 1.0:
            yield word(lang, "when.chance", share=percent(happening.chance))
        if happening.repeat:
            yield word(lang, "when.repeat", n=happening.repeat)
        elif happening.turn is None:
            yield word(lang, "when.once")
