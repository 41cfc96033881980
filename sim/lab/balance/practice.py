"""How often a game gives an opportunity for each concept of the course, and it is used."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.arrays import Indices, Mask
from sim.engine.rules import Rules
from sim.engine.state import Choices, Outcome, State
from sim.lab import possible
from sim.lab.balance.uses import options
from sim.scenario.coverage import responses_of
from sim.scenario.load import Loaded
from sim.scenario.script import Script


@dataclass(frozen=True)
class Hooks:
    """Where a scenario speaks of a concept.

    Attributes:
        options: places in `uses.options` of the choices that teach it.
        encounters: places in `rules.encounter_ids` of the encounters about it, or with an answer
            that teaches it.
        events: places in `rules.event_ids`.
    """

    options: tuple[int, ...] = ()
    encounters: tuple[int, ...] = ()
    events: tuple[int, ...] = ()


def hooks(loaded: Loaded, rules: Rules) -> dict[str, Hooks]:
    """Where a scenario speaks of each concept, in the order of the glossary."""
    script = loaded.script
    choices = _choices(script, rules)
    encounters, events = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    for place, name in enumerate(rules.encounter_ids):
        answers = responses_of(name, script.encounters[name].responses)
        taught = (concept for _, answer in answers for concept in answer.teaches)
        for concept in {*script.encounters[name].teaches, *taught}:
            encounters[concept].append(place)
    for place, name in enumerate(rules.event_ids):
        for concept in script.events[name].teaches:
            events[concept].append(place)
    found = {
        concept: Hooks(*(tuple(each.get(concept, ())) for each in (choices, encounters, events)))
        for concept in script.glossary.concepts
    }
    return {concept: hook for concept, hook in found.items() if hook != Hooks()}


def _choices(script: Script, rules: Rules) -> dict[str, list[int]]:
    """Places in `options` of the choices that teach each concept."""
    at = {each.path: place for place, each in enumerate(options(rules))}
    taught: dict[tuple[str, ...], tuple[str, ...]] = {
        (name,): action.teaches
        for actions in (script.actions, script.market_actions)
        for name, action in actions.items()
    }
    for name, encounter in script.encounters.items():
        shared = name.partition(".")[0]  # several customers may have it
        answers = responses_of(shared, encounter.responses)
        taught |= {path: response.teaches for path, response in answers}
    found: dict[str, list[int]] = defaultdict(list)
    for path, concepts in taught.items():
        for concept in concepts:
            found[concept].append(at[path])
    return found


class Practice:
    """Counts opportunities turn by turn: hand it to `sim.lab.runs.play` as `watch`.

    Attributes:
        turns: of all games, in which a choice that teaches the concept could be made, by concept.
        taken: choices made that teach it.
        met: encounters and events that speak of it.
    """

    def __init__(self, rules: Rules, concepts: Mapping[str, Hooks]) -> None:
        """Begins at nothing."""
        self.rules, self.concepts = rules, concepts
        self.turns = dict.fromkeys(concepts, 0)
        self.taken = dict.fromkeys(concepts, 0)
        self.met = dict.fromkeys(concepts, 0)
        self._rows = _Rows(rules)
        self._came_up: dict[str, Mask] = {}
        self._games: dict[str, int] = dict.fromkeys(concepts, 0)

    def __call__(self, state: State, choices: Choices, outcome: Outcome, _after: State) -> None:
        """Count one turn."""
        if state.turn == 0:
            self._close()
        could, took = self._rows.could(state), self._rows.took(choices)
        opened = _opened(self.rules, state)
        for concept, hook in self.concepts.items():
            chance = could[:, hook.options].any(axis=1)
            told = opened[:, hook.encounters]
            happened = outcome.event_happened[:, hook.events]
            self.turns[concept] += int(np.count_nonzero(chance))
            self.taken[concept] += sum(took[each] for each in hook.options)
            self.met[concept] += int(np.count_nonzero(told)) + int(np.count_nonzero(happened))
            here: Mask = np.asarray(chance | told.any(axis=1) | happened.any(axis=1))
            self._came_up[concept] = here | self._came_up.get(concept, np.zeros_like(here))

    def of(self, concept: str) -> list[int]:
        """Turns with an opportunity, choices made, times met, games in which it came up at all."""
        self._close()
        counts = (self.turns, self.taken, self.met, self._games)
        return [each[concept] for each in counts]

    def _close(self) -> None:
        """The games of a batch are over."""
        for concept, mask in self._came_up.items():
            self._games[concept] += int(np.count_nonzero(mask))
        self._came_up = {}


class _Rows:
    """What could be chosen and what was, as columns of `options`."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        every = options(rules)
        self.firm = rules.sizes.actions + rules.sizes.market_actions
        self.rows = np.array([each.row for each in every[self.firm :]], dtype=np.intp)

    def could(self, state: State) -> Mask:
        """Whether each option was allowed and affordable for anybody, [R, options]."""
        rules = self.rules
        ways = possible.ways(rules, state)
        answers = np.zeros((state.money.shape[0], rules.sizes.rows), dtype=np.bool_)
        for index in np.flatnonzero(ways.any(axis=(0, 2))).tolist():
            for path in np.flatnonzero(ways[:, index].any(axis=0)).tolist():
                for row in rules.encounters.rows[index, path].tolist():
                    answers[:, row] |= ways[:, index, path]
        return np.concatenate(
            (
                possible.actions(rules, state).any(axis=1),
                possible.market_actions(rules, state),
                answers[:, self.rows],
            ),
            axis=1,
        )

    def took(self, choices: Choices) -> list[int]:
        """How often each option was chosen in all games, [options]."""
        rules = self.rules
        run, encounter = np.nonzero(choices.response)
        steps = rules.encounters.rows[encounter, choices.response[run, encounter] - 1]
        answers: Indices = np.bincount(steps.reshape(-1), minlength=rules.sizes.rows)
        deeds = np.bincount(choices.action.reshape(-1), minlength=rules.sizes.actions + 1)
        firm = np.count_nonzero(choices.market, axis=0)
        return [*deeds[1:].tolist(), *firm.tolist(), *answers[self.rows].tolist()]


def _opened(rules: Rules, state: State) -> Mask:
    """Which encounters wait for an answer, [R, V]."""
    found = np.zeros((state.money.shape[0], rules.sizes.encounters), dtype=np.bool_)
    run, customer = np.nonzero(state.open_encounter)
    found[run, state.open_encounter[run, customer] - 1] = True
    return found
