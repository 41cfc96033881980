"""What is worked out once for rules lives no longer than they do."""

import gc
from dataclasses import replace

from sim.engine.once import once
from sim.engine.rules import Rules
from tests.engine.workshop import compiled
from tests.strategies import SCENARIOS


def test_what_follows_from_rules_is_worked_out_once_for_each_and_forgotten_with_them() -> None:
    asked: list[int] = []

    @once
    def turns(rules: Rules) -> int:
        asked.append(rules.sizes.turns)
        return rules.sizes.turns

    rules = compiled(SCENARIOS[0])
    longer = replace(rules, sizes=replace(rules.sizes, turns=rules.sizes.turns + 1))
    assert [turns(each) for each in (rules, longer, rules, longer)] == [*asked, *asked]
    assert len(asked) == 2

    del longer
    gc.collect()
    again = [replace(rules, sizes=replace(rules.sizes, turns=k)) for k in range(1, 9)]
    assert [turns(each) for each in again] == list(range(1, 9))  # no number is another's by chance
