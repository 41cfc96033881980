"""Names for where a relationship stands: stage, relation level, matrix type (E27)."""

from enum import IntEnum

import numpy as np

from sim.arrays import Array, Indices
from sim.engine.parameters import Parameters
from sim.engine.state import Stage

# Plain numbers for the array work: numpy takes far longer over a member of an enumeration.
_EXPLORATION = int(Stage.EXPLORATION)
_AWARENESS = int(Stage.AWARENESS)
_EXPANSION = int(Stage.EXPANSION)
_COMMITMENT = int(Stage.COMMITMENT)
_DISSOLUTION = int(Stage.DISSOLUTION)


class Level(IntEnum):
    """How close the relationship is (`account.four_relations`)."""

    BRAND = 0
    DISTANT = 1
    FACE_TO_FACE = 2
    INTIMATE = 3


class MatrixType(IntEnum):
    """Satisfaction against loyalty (Jones & Sasser 1995), in the course's words."""

    SABOTEUR = 0
    MERCENARY = 1
    CAPTIVE = 2
    EVANGELIST = 3


def stage(
    p: Parameters,
    *,
    purchases: Array,
    trust: Array,
    satisfaction: Array,
    loyalty: Array,
    ties: Array,
    chance: Array,
    low_turns: Array,
    resentment: Array,
) -> Indices:
    """The five stages of Dwyer, Schurr & Oh (1987) by thresholds (E27); `ties` is R + P_E."""
    result = np.where(purchases > 0.0, _EXPLORATION, _AWARENESS)
    grown = (purchases >= p.stage_expansion_purchases) & (trust >= p.stage_expansion_trust)
    grown &= satisfaction >= p.stage_expansion_satisfaction
    result = np.where(grown, _EXPANSION, result)
    bound = (trust >= p.stage_commitment_trust) & (loyalty >= p.stage_commitment_loyalty)
    bound &= (ties >= p.stage_commitment_ties) & (purchases > 0.0)
    result = np.where(bound, _COMMITMENT, result)
    ending = (chance > p.stage_dissolution_chance) | (low_turns >= 2.0)
    ending |= resentment > p.stage_dissolution_resentment
    return np.where(ending & (purchases > 0.0), _DISSOLUTION, result).astype(np.intp)


def level(p: Parameters, bond: Array, trust: Array) -> Indices:
    """Relation level by bond and trust (E27)."""
    result = (bond >= p.level_distant) * 1 + (bond >= p.level_face)
    intimate = (bond >= p.level_intimate) & (trust >= p.level_intimate_trust)
    return np.where(intimate, int(Level.INTIMATE), result).astype(np.intp)


def matrix_type(p: Parameters, satisfaction: Array, behaviour: Array) -> Indices:
    """Evangelist, mercenary, captive or saboteur by S and B (E27)."""
    satisfied = satisfaction >= p.type_satisfaction
    stays = behaviour >= p.type_loyalty
    return (satisfied * 1 + stays * 2).astype(np.intp)
