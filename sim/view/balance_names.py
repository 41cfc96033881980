"""What the parts of a scenario are called where its balance is shown."""

from collections.abc import Mapping

from sim.lab.policies import NAMES
from sim.scenario.load import Loaded
from sim.scenario.script import EncounterScript, ResponseScript, Words
from sim.view.balance_words import say

_LONGEST = 60  # characters of an answer


def bot_name(name: str, lang: str) -> str:
    """A bot of any scenario: what it does."""
    return say(lang, f"balance.bot.{name.replace('-', '_')}")


class Names:
    """Names in one language; an id where there is no name."""

    def __init__(self, loaded: Loaded, lang: str) -> None:
        """Of one scenario."""
        self._script, self.lang = loaded.script, lang
        self._encounters: dict[str, EncounterScript] = {}
        for name, encounter in self._script.encounters.items():
            self._encounters.setdefault(name.partition(".")[0], encounter)

    @property
    def title(self) -> str:
        """Of the scenario."""
        return self._of(self._script.title)

    def bot(self, name: str) -> str:
        """A bot: what it does."""
        if name.startswith("only:"):
            action = self.option((name.removeprefix("only:"),))
            return say(self.lang, "balance.bot.only", action=action)
        return bot_name(name, self.lang)

    def option(self, path: tuple[str, ...]) -> str:
        """An action, or the whole way to an answer."""
        for actions in (self._script.actions, self._script.market_actions):
            if path[0] in actions:
                return self._of(actions[path[0]].name)
        return ".".join(path)

    def encounter(self, name: str) -> str:
        """The title of an encounter."""
        found = self._encounters.get(name)
        return name if found is None else self._of(found.title)

    def answer(self, path: tuple[str, ...]) -> str:
        """The beginning of what is said."""
        responses: Mapping[str, ResponseScript] = self._encounters[path[0]].responses
        for step in path[1:-1]:
            responses = responses[step].responses
        text = " ".join(self._of(responses[path[-1]].say).split())
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"

    def ending(self, name: str) -> str:
        """The title of an ending."""
        found = self._script.endings.get(name)
        return name if found is None else self._of(found.name)

    def concept(self, name: str) -> str:
        """A concept of the course."""
        return self._of(self._script.glossary.concepts[name].name)

    def customer(self, name: str) -> str:
        """A customer."""
        found = self._script.customers.get(name)
        return name if found is None else self._of(found.name)

    def turn(self, number: int) -> str:
        """A turn, from 1."""
        return say(self.lang, "balance.turn", name=self._of(self._script.turn_name), n=number)

    def subject(self, name: str) -> str:
        """What a fault is about, its id in any case."""
        if name in NAMES or name.startswith("only:"):
            return self.with_id(self.bot(name), name)
        if name in self._script.endings:
            return self.with_id(self.ending(name), name)
        shown = self.option(tuple(name.split(".")))
        return name if shown == name else self.with_id(shown, name)

    def with_id(self, shown: str, name: str) -> str:
        """A name and, in brackets, what the scenario's file calls it."""
        return say(self.lang, "line.remark", text=shown, remark=name)

    def _of(self, words: Words) -> str:
        return words.of("zh" if self.lang == "zh" else "en")
