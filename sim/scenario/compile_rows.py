"""The effect table: row 0 does nothing, then come the actions, then the responses."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial
from operator import attrgetter
from typing import Any

import numpy as np

from sim.arrays import Array, Indices, Mask
from sim.engine.rules import FAMILIES, KINDS, MOTIVES, ROLES, SURVEYS, TOUCHPOINTS
from sim.engine.state import Promise
from sim.engine.tables import Rows
from sim.scenario.library import Library
from sim.scenario.schema_library import Vector
from sim.scenario.schema_rows import Action, Deed, Effect
from sim.scenario.schema_types import MOODS, STATUSES, STYLES

_PROMISES = {
    None: Promise.NONE,
    "hard": Promise.HARD,
    "safe": Promise.SAFE,
    "ladder": Promise.LADDER,
}
_REASONS = {"none": 0, "price": 1, "service": 2}
_MEETS_PROSPECTS = ("pitch", "contact", "discovery")


@dataclass(frozen=True)
class Line:
    """A deed on its way into the table."""

    deed: Deed
    counts: bool = True  # takes a step in protocols; doing nothing and not answering do not


NOTHING = Line(Deed(family="contact"), counts=False)


def effect_table(lines: Sequence[Line], library: Library, variables: Sequence[str]) -> Rows:
    """The rows as arrays.

    Args:
        lines: in the order of the table, the first one doing nothing.
        library: its moods, styles, manners and protocols.
        variables: names of the scenario's own variables.
    """
    deeds = [line.deed for line in lines]
    columns: dict[str, Any] = {
        **_amounts(deeds),
        **_marks(deeds),
        **_choices_of(deeds),
        **_offers(deeds),
        **_knowledge(deeds),
        **_requirements(lines),
        **_settings(deeds),
        **_receptivity(deeds, library),
        "variable_shift": matrix([deed.effect.variables for deed in deeds], variables),
        "step": _steps(lines, library),
        "fit": _fit(deeds, library),
    }
    return Rows(**columns)


def motive_appeal(lines: Sequence[Line]) -> Array:
    """Which motives each row speaks to, [J, 12]."""
    return matrix([line.deed.appeal for line in lines], MOTIVES)


def _amounts(deeds: Sequence[Deed]) -> dict[str, Array]:
    """The columns that hold one number under the same name as in the file."""
    own = ("hours", "money", "contacts")
    names = {field.name for field in fields(Rows)}
    effects = [
        name
        for name, info in Effect.model_fields.items()
        if info.annotation in {float, int} and name in names
    ]
    columns = {name: _column(deeds, attrgetter(name)) for name in own}
    columns |= {name: _column(deeds, attrgetter(f"effect.{name}")) for name in effects}
    columns["pushing"] = columns["contacts"] * (_column(deeds, attrgetter("push")) - 1.0)
    columns["contacts"] = columns["contacts"] + columns["pushing"]
    return columns


def _marks(deeds: Sequence[Deed]) -> dict[str, Mask]:
    effects = (
        *("ask", "cross_sell", "referral", "release", "nudge"),
        *("help", "care", "material", "anticipates", "follows_up"),
        *("study", "coach", "bribe"),
    )
    own = ("reads", "notes", "refreshes", "intrusive")
    marks = {name: _mask([getattr(deed.effect, name) for deed in deeds]) for name in effects}
    return marks | {name: _mask([getattr(deed, name) for deed in deeds]) for name in own}


def _choices_of(deeds: Sequence[Deed]) -> dict[str, Array | Indices | Mask]:
    written = {
        f"write_{meter}": _column(deeds, partial(_points, meter=meter))
        for meter in ("satisfaction", "loyalty")
    }
    return {
        "family": _indices([FAMILIES.index(deed.family) for deed in deeds]),
        "cooldown": _column(deeds, lambda deed: getattr(deed, "cooldown", 0)),
        "deal_unprepared": _column(deeds, _unprepared),
        "deal_missed": _floats([deed.effect.deal_missed or 0.0 for deed in deeds]),
        "is_form": _mask([deed.effect.deal_missed is not None for deed in deeds]),
        "promise": _indices([_PROMISES[deed.effect.promise] for deed in deeds]),
        **written,
    }


def _settings(deeds: Sequence[Deed]) -> dict[str, Array | Indices]:
    """How a deed is done: what it asks of the customer, what it prevents, whom it suits."""
    services = (None, "standard", "personal")
    return {
        "effort": _column(deeds, attrgetter("effort")),
        "preparation": _column(deeds, attrgetter("preparation")),
        "touchpoint": _indices([touchpoint_code(deed.touchpoint) for deed in deeds]),
        "survey": _indices([survey_code(deed.effect.survey) for deed in deeds]),
        "service": _indices([services.index(deed.service) for deed in deeds]),
    }


def touchpoint_code(name: str | None) -> int:
    """1 + its place in TOUCHPOINTS, or 0 for none."""
    return 0 if name is None else 1 + TOUCHPOINTS.index(name)


def survey_code(name: str | None) -> int:
    """1 + its place in SURVEYS, or 0 for none."""
    return 0 if name is None else 1 + SURVEYS.index(name)


def _points(deed: Deed, *, meter: str) -> float:
    written = getattr(deed.effect, meter)
    return 0.0 if written is None else float(written.points)


def _unprepared(deed: Deed) -> float:
    effect = deed.effect
    return effect.deal if effect.deal_unprepared is None else effect.deal_unprepared


def _offers(deeds: Sequence[Deed]) -> dict[str, Array | Indices | Mask]:
    backs = [deed.effect.win_back for deed in deeds]
    shocks = [deed.effect.shock for deed in deeds]
    return {
        "win_back": _floats([back.offer if back else 0.0 for back in backs]),
        "is_win_back": _mask([back is not None for back in backs]),
        "win_back_match": _indices([_REASONS[back.match] if back else 0 for back in backs]),
        "win_back_frailty": _floats([back.frailty if back else 0.0 for back in backs]),
        "shock_mood": _indices([mood_code(shock.to) if shock else 0 for shock in shocks]),
        "shock_from": _indices([mood_code(shock.from_) if shock else 0 for shock in shocks]),
        "shock_chance": _floats([shock.chance if shock else 0.0 for shock in shocks]),
    }


def mood_code(mood: str | None) -> int:
    """1 + `Mood`, or 0 for none."""
    return 0 if mood is None else 1 + MOODS.index(mood)


def _knowledge(deeds: Sequence[Deed]) -> dict[str, Array]:
    return {
        "reveal": matrix([deed.reveal for deed in deeds], KINDS),
        "uses": matrix([dict.fromkeys(deed.uses, 1.0) for deed in deeds], KINDS),
        "role_fit": matrix([deed.role_fit for deed in deeds], ROLES, missing=1.0),
    }


def _requirements(lines: Sequence[Line]) -> dict[str, Array | Mask]:
    needs = [line.deed.needs if isinstance(line.deed, Action) else None for line in lines]
    return {
        "needs_knowledge": _floats([need.knowledge if need else 0.0 for need in needs]),
        "needs_trust_read": _floats([need.trust if need else 0.0 for need in needs]),
        "needs_evangelists": _floats([need.evangelists if need else 0.0 for need in needs]),
        "needs_status": np.array(
            [[name in allowed_statuses(line.deed) for name in STATUSES] for line in lines],
            dtype=np.bool_,
        ),
    }


def allowed_statuses(deed: Deed) -> tuple[str, ...]:
    """The statuses of customers a deed may be done for."""
    if not isinstance(deed, Action):
        return STATUSES
    if deed.needs.status is not None:
        return tuple(deed.needs.status)
    if deed.effect.win_back is not None:
        return ("lapsed",)
    return ("prospect", "active") if deed.family in _MEETS_PROSPECTS else ("active",)


def _receptivity(deeds: Sequence[Deed], library: Library) -> dict[str, Array]:
    """Mu of each mood for each row; evidence sets a least mu in calm, where people weigh it."""
    table = np.array(
        [
            [library.moods[mood].receptivity.get(deed.family, 1.0) for deed in deeds]
            for mood in MOODS
        ],
        dtype=np.float64,
    )
    calm = MOODS.index("calm")
    table[calm] = np.maximum(table[calm], [deed.effect.evidence for deed in deeds])
    return {"receptivity": table, "receptivity_rising": table[MOODS.index("rising")].copy()}


def _steps(lines: Sequence[Line], library: Library) -> Array:
    """The step each row takes in each protocol, by name or by its family, [J, Q]."""
    table = np.zeros((len(lines), len(library.protocols)))
    for j, line in enumerate(lines):
        if not line.counts:
            continue
        for q, name in enumerate(library.protocols):
            table[j, q] = step_number(library, name, line.deed)
    return table


def step_number(library: Library, protocol: str, deed: Deed) -> int:
    """Which step of a protocol a deed takes, 0 none."""
    steps = library.protocols[protocol].steps
    said = deed.step.get(protocol)
    for number, step in enumerate(steps, 1):
        if said in {str(number), step.id} or (said is None and deed.family in step.families):
            return number
    return 0


def _fit(deeds: Sequence[Deed], library: Library) -> Array:
    """Phi by tone and style: the cosine of tone plus manner with the style, [J, 5, 4] (E1, D11).

    An action that offers no choice of tone is done in its own manner, whatever tone is asked for.
    """
    styles = [library.styles[style].vector for style in STYLES]
    tables: dict[str | None, list[list[float]]] = {}
    for deed in deeds:
        if deed.manner not in tables:
            tables[deed.manner] = _fit_of_manner(styles, _manner(deed, library))
    return np.array([_of_tones(tables[deed.manner], deed) for deed in deeds], dtype=np.float64)


def _of_tones(table: list[list[float]], deed: Deed) -> list[list[float]]:
    speechless = isinstance(deed, Action) and not deed.tones
    return [table[0]] * len(table) if speechless else table


def _manner(deed: Deed, library: Library) -> tuple[float, ...]:
    if deed.manner is None:
        return (0.0,) * 6
    return library.manners[deed.manner].vector.components()


def _fit_of_manner(styles: Sequence[Vector], manner: tuple[float, ...]) -> list[list[float]]:
    tones = [(0.0,) * 6, *(style.components() for style in styles)]
    used = [[a + b for a, b in zip(tone, manner, strict=True)] for tone in tones]
    return [[cosine(vector, style.components()) for style in styles] for vector in used]


def cosine(one: Sequence[float], other: Sequence[float]) -> float:
    """The cosine of two vectors, 0 when one of them has no direction."""
    size = math.sqrt(_dot(one, one)) * math.sqrt(_dot(other, other))
    if size == 0.0:
        return 0.0
    return min(max(_dot(one, other) / size, -1.0), 1.0)


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    total = 0.0
    for a, b in zip(one, other, strict=True):
        total += a * b
    return total


def _column(deeds: Sequence[Deed], value: Callable[[Deed], float]) -> Array:
    return _floats([value(deed) for deed in deeds])


def _floats(values: Sequence[float]) -> Array:
    return np.array(values, dtype=np.float64)


def _indices(values: Sequence[int]) -> Indices:
    return np.array(values, dtype=np.intp)


def _mask(values: Sequence[bool]) -> Mask:
    return np.array(values, dtype=np.bool_)


def matrix(
    said: Sequence[Mapping[Any, float]], names: Sequence[str], *, missing: float = 0.0
) -> Array:
    """Mappings as rows, with a column for each name of an axis."""
    rows = [[each.get(name, missing) for name in names] for each in said]
    return np.array(rows, dtype=np.float64).reshape(len(said), len(names))
