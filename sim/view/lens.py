"""What all screens look through: one game, one language, and only what a player may know."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sim.engine.facts import of_account
from sim.engine.observe import Observation
from sim.engine.rules import KINDS, Rules
from sim.engine.state import Status
from sim.errors import IllegalChoiceError
from sim.game import ChosenAction
from sim.play.reports import TurnReport
from sim.scenario.schema_types import MOODS, STYLES
from sim.scenario.texts import Label, Script, Words
from sim.view import words
from sim.view.parts import Ref

SATISFACTION, LOYALTY, TRUST = 0, 1, 2
STYLE_CONCEPTS = frozenset(f"person.{style}" for style in STYLES)
MOOD_CONCEPTS = frozenset(f"mood.{mood}" for mood in MOODS)
STATUSES = ("unborn", "prospect", "active", "lapsed", "released")  # ids by `Status`


def deeds(turn: TurnReport, customer: str) -> tuple[ChosenAction, ...]:
    """What was done for a customer in a turn, in the order of the slots."""
    return tuple(each for each in turn.chosen.choices if each.customer == customer)


@dataclass(frozen=True)
class Lens:
    """A game seen by its player."""

    lang: str
    rules: Rules
    script: Script
    seen: Observation
    past: tuple[TurnReport, ...]

    def say(self, key: str, **slots: object) -> str:
        """A sentence of the program."""
        return words.say(self.lang, key, **slots)

    def text(self, text: Words) -> str:
        """A text of the scenario."""
        return text.of(self.lang)

    def listed(self, items: Iterable[str]) -> str:
        """Items as a list within a sentence."""
        return words.listed(self.lang, tuple(items))

    def clauses(self, parts: Iterable[str]) -> str:
        """Clauses of one sentence."""
        return ("；" if self.lang == "zh" else "; ").join(parts)

    def sentences(self, parts: Iterable[str]) -> str:
        """Sentences one after the other, without empty ones."""
        return ("" if self.lang == "zh" else " ").join(part for part in parts if part)

    # Customers ------------------------------------------------------------------------------

    def index(self, customer: str) -> int:
        """The row of a customer."""
        return self.rules.customer_ids.index(customer)

    def name(self, customer: str) -> str:
        """What a customer is called."""
        return self.text(self.script.customers[customer].name)

    def ref(self, customer: str, note: str = "") -> Ref:
        """A pointer to a customer."""
        return Ref(customer, self.name(customer), note)

    @cached_property
    def _statuses(self) -> list[int]:
        found: list[int] = self.seen.status[0].tolist()
        return found

    @cached_property
    def _readings(self) -> dict[int, list[float]]:
        return {}

    @cached_property
    def _ways_to_read(self) -> dict[int | None, str]:
        return {}

    def status(self, row: int) -> int:
        """Where a customer stands, a `Status`."""
        return self._statuses[row]

    def people(self, customer: str) -> tuple[str, ...]:
        """The ids of the people at a customer, in slot order."""
        return tuple(self.script.customers[customer].people)

    def with_status(self, *wanted: int) -> list[str]:
        """The customers of these statuses, in the order of the scenario."""
        found = zip(self.rules.customer_ids, self._statuses, strict=True)
        return [name for name, status in found if status in wanted]

    def account(self, values: Any, row: int) -> float:
        """A customer's value from that of its people, [R, C, M] -> number."""
        return float(of_account(self.rules, values)[0, row])

    def reading(self, row: int, meter: int) -> float | None:
        """The last reading of a meter; None where there is nothing yet to be satisfied with."""
        if meter != TRUST and self.never_bought(row):
            return None
        if meter not in self._readings:
            self._readings[meter] = of_account(self.rules, self.seen.seen[..., meter])[0].tolist()
        return self._readings[meter][row]

    def never_bought(self, row: int) -> bool:
        """Whether nothing can be known of satisfaction and loyalty."""
        new = float(self.seen.purchases[0, row]) == 0.0 and self.seen.seen_turn[0, row] < 0
        return bool(new and self.status(row) in {Status.PROSPECT, Status.UNBORN})

    def age(self, row: int) -> int | None:
        """Turns since the last reading; None: only an opening impression."""
        read = float(self.seen.seen_turn[0, row])
        return None if read < 0 else self.seen.turn - int(read)

    def knows(self, row: int, slot: int, kind: str) -> bool:
        """Whether the player knows this kind of thing about a person."""
        return bool(self.seen.known[0, row, slot, KINDS.index(kind)])

    def fresh(self, row: int, slot: int, kind: str) -> bool:
        """Whether it still holds."""
        return bool(self.seen.fresh[0, row, slot, KINDS.index(kind)])

    # Actions --------------------------------------------------------------------------------

    def action_name(self, action: str) -> str:
        """What an action, also one for the firm, is called."""
        table = self.script.actions if action in self.script.actions else None
        script = (table or self.script.market_actions)[action]
        return self.text(script.name)

    def cost(self, hours: float, money: float) -> str:
        """What something takes, in words."""
        parts = []
        if hours:
            parts.append(self.say("cost.hours", n=words.hours(hours)))
        if money > 0:
            parts.append(self.say("cost.money", money=words.money(money)))
        if money < 0:
            parts.append(self.say("cost.earns", money=words.money(-money)))
        return self.say("line.comma").join(parts) if parts else self.say("cost.nothing")

    def in_play(self, kind: str) -> bool:
        """Whether a kind of knowledge can be learnt at all in this scenario."""
        place = KINDS.index(kind)
        told = (
            self.rules.rows.reveal[:, place].any() or self.rules.encounters.reveal[:, place].any()
        )
        return bool(told)

    def role(self, row: int, slot: int) -> str:
        """The buying role of a person at an account, once it is known."""
        people = list(self.script.customers[self.rules.customer_ids[row]].people.values())
        if not self.knows(row, slot, "role"):
            return self.say("file.role_unknown")
        return self.text(self.script.glossary.roles[people[slot].role].name)

    def that_reveal(self, kind: str) -> list[str]:
        """Names of the actions on offer that may reveal a kind of knowledge."""
        column = self.rules.rows.reveal[:, KINDS.index(kind)]
        return self._names(column > 0.0)

    def that_read(self, status: int | None = None) -> list[str]:
        """Names of the actions that give a current reading, of customers of a status or of any."""
        rows = self.rules.rows
        if status is None:
            return self._names(rows.reads)
        return self._names(rows.reads & rows.needs_status[:, status])

    def _names(self, mask: Any) -> list[str]:
        offered = enumerate(self.rules.action_ids)
        return [self.action_name(action) for index, action in offered if mask[1 + index]]

    def how_to_read(self, status: int | None = None) -> str:
        """How to get a current reading of a customer of a status, or of anybody."""
        if status not in self._ways_to_read:
            names = self.that_read(status)
            told = self.say("how.read", actions=self.listed(names[:4]))
            self._ways_to_read[status] = told if names else self.say("how.know_well")
        return self._ways_to_read[status]

    def how(self, names: list[str]) -> str:
        """How to find out, from the actions that can; empty if none can."""
        if not names:
            return self.say("how.talk")
        return self.say("how.actions", actions=self.listed(names[:4]))

    # Names ----------------------------------------------------------------------------------

    def refusal(self, code: str, data: Mapping[str, object]) -> str:
        """Why something is not possible."""
        return words.explain(IllegalChoiceError(code, **data), self.lang)

    def tone(self, tone: str) -> str:
        """The name of a tone."""
        if tone == "neutral":
            return self.say("tone.neutral")
        return self.text(self.script.glossary.styles[tone].name)

    def concept(self, concept: str) -> Ref:
        """A pointer to a concept of the course."""
        entry = self.script.glossary.concepts.get(concept)
        return Ref(concept, self.text(entry.name) if entry else concept)

    def concepts(self, ids: Iterable[str]) -> tuple[Ref, ...]:
        """Pointers to concepts."""
        return tuple(self.concept(concept) for concept in ids)

    def open_concepts(self, ids: Iterable[str], row: int, slots: Iterable[int]) -> tuple[Ref, ...]:
        """Pointers to concepts, but for those that would give a hidden style or mood away.

        Args:
            ids: of the concepts.
            row: the customer they are told of.
            slots: the people there whom they may be about.
        """
        people = tuple(slots)
        styles = all(self.knows(row, slot, "style") for slot in people)
        moods = all(int(self.seen.mood[0, row, slot]) >= 0 for slot in people)
        told = (each for each in ids if (styles or each not in STYLE_CONCEPTS))
        return self.concepts(each for each in told if moods or each not in MOOD_CONCEPTS)

    def label(self, group: str, place: int) -> Label:
        """The label of a stage, level or type by its number, in the order of the library."""
        return list(self.script.glossary.labels[group].values())[place]

    def when(self, turn: int) -> str:
        """A turn by name, counted from 1: Week 3."""
        return self.say("turn.name", name=self.turn_name(), turn=turn)

    def turn_name(self) -> str:
        """What a turn is called, as at the beginning of a sentence."""
        name = self.text(self.script.turn_name)
        return name[:1].upper() + name[1:]
