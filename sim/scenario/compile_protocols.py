"""The sequence memories of the library as tables; column k of a table holds step k (N1)."""

from collections.abc import Callable, Mapping

import numpy as np

from sim.arrays import Array
from sim.engine.tables import Protocols
from sim.engine.terms.sequence import pair_up
from sim.scenario.compile_rows import mood_code
from sim.scenario.schema_library import ProtocolEntry, ProtocolStep

STEPS = 8  # column 0 is no step


def protocol_table(protocols: Mapping[str, ProtocolEntry], of_rows: Array) -> Protocols:
    """All protocols in the order of the library; `of_rows` [J, Q] are the steps of effect rows."""
    entries = list(protocols.values())

    def steps(value: Callable[[ProtocolStep], float], neutral: float) -> Array:
        table = np.full((len(entries), STEPS), neutral)
        for q, entry in enumerate(entries):
            for k, step in enumerate(entry.steps, 1):
                table[q, k] = value(step)
        return table

    def each(value: Callable[[ProtocolEntry], float]) -> Array:
        return np.array([value(entry) for entry in entries], dtype=np.float64)

    mood = np.array([mood_code(entry.mood) for entry in entries], dtype=np.intp)
    return Protocols(
        ok=steps(lambda step: step.ok, 1.0),
        early=steps(lambda step: step.early, 1.0),
        late=each(lambda entry: entry.late),
        again=each(lambda entry: entry.again),
        gap_min=steps(lambda step: step.gap[0], 0.0),
        gap_max=steps(lambda step: step.gap[1], 0.0),
        lift=steps(lambda step: step.lift, 0.0),
        early_trust=steps(lambda step: step.early_trust, 0.0),
        early_quality=steps(lambda step: step.early_quality, 0.0),
        strict=np.array([entry.strict for entry in entries], dtype=np.bool_),
        hold=each(lambda entry: entry.hold),
        length=each(lambda entry: len(entry.steps)),
        restart=each(lambda entry: entry.restart),
        mood=mood,
        component=np.array([entry.component for entry in entries], dtype=np.bool_),
        compares=steps(lambda step: float(step.compares), 0.0),
        needs_need=steps(lambda step: float(step.needs_need), 0.0),
        rising_chance=steps(lambda step: step.rising_chance, 0.0),
        reset_by_failure=np.array([entry.reset_by_failure for entry in entries], dtype=np.bool_),
        pairs=pair_up(of_rows, mood),
    )
