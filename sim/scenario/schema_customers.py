"""The customers of a scenario and the people at them."""

from typing import Annotated, Literal

from pydantic import Field

from sim.engine.names import (
    FactorName,
    KindName,
    MotiveName,
    RoleName,
)
from sim.scenario.scalars import INTEGER, NUMBER, SHARE
from sim.scenario.schema_types import (
    Amount,
    Count,
    Factor,
    Felt,
    Flag,
    Id,
    Logits,
    Model,
    MoodName,
    Points,
    Share,
    ShareShift,
    Shift,
    StatusName,
    StyleName,
    Text,
    Turns,
)

Weight = Annotated[float, Field(ge=0, le=1000), NUMBER]
Portrait = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=40)]
Heads = Annotated[int, Field(ge=1, le=1_000_000), INTEGER]
Potential = Annotated[float, Field(ge=0, le=1000), NUMBER]
Trait = Annotated[float, Field(ge=0.2, le=5), SHARE]
Budget = Annotated[float, Field(gt=0, le=10), SHARE]
Spread = Annotated[float, Field(ge=0, le=30), NUMBER]

PERSON_NUMBERS = ("satisfaction", "expectation", "experience", "trust", "loyalty", "failure_gap")
CUSTOMER_NUMBERS = (
    "earned_procedural",
    "earned_financial",
    "coercive_procedural",
    "coercive_financial",
    "coercive_turns",
    "bond",
    "resentment",
    "dependence",
    "reference_price",
    "price_factor",
    "contact",
    "failure",
    "failures",
    "deal_logit",
    "service_cost",
    "stake",
)


class StylePrior(Model):
    """What is believed of a hidden style, as chances."""

    style: dict[StyleName, Share] = Field(default_factory=dict)


class Prior(StylePrior):
    """What is believed of the hidden facts of a customer that the scenario leaves open."""

    frailty_spread: Spread | None = None
    fit_spread: Spread | None = None
    potential_spread: Spread | None = None


class PersonFields(Model):
    """What is said of a person; a consumer is one person, so it may stand at the customer."""

    about: Text | None = None
    portrait: Portrait | None = None
    style: StyleName | None = None
    mood: MoodName | None = None
    motives: dict[MotiveName, Weight] = Field(default_factory=dict)
    known: list[KindName] = Field(default_factory=list)
    coach: Annotated[int, Field(ge=0, le=4), INTEGER] | None = None
    file: dict[KindName, Text] = Field(default_factory=dict)
    satisfaction: Points | None = None
    expectation: Felt | None = None
    experience: Felt | None = None
    trust: Points | None = None
    loyalty: Points | None = None
    failure_gap: Points | None = None
    impression: ShareShift | None = None


class Person(PersonFields):
    """Somebody at an account, with a buying role."""

    extends: Id | None = None
    name: Text
    role: RoleName
    prior: StylePrior = StylePrior()


class Customer(PersonFields):
    """A consumer, an account or, with a count, a segment."""

    extends: Id | None = None
    name: Text
    kind: Literal["consumer", "business", "dealer", "public"] = "consumer"
    status: StatusName = "active"
    count: Heads = 1
    potential: Potential | None = None
    purchases: Count | None = None
    role: RoleName | None = None
    people: dict[Id, Person] = Field(default_factory=dict, max_length=6)
    prior: Prior = Prior()
    ties: dict[Id, Share] = Field(default_factory=dict)
    influence: Factor = 1.0
    attention: Share | None = None
    failure_exposure: Factor = 1.0
    personal_fit: Shift | None = None
    frailty: Logits | None = None
    earned_procedural: Points | None = None
    earned_financial: Points | None = None
    coercive_procedural: Points | None = None
    coercive_financial: Points | None = None
    coercive_turns: Turns | None = None
    bond: Points | None = None
    resentment: Points | None = None
    dependence: Share | None = None
    reference_price: Factor | None = None
    price_factor: Factor | None = None
    contact: Points | None = None
    failure: Annotated[float, Field(ge=0, le=3), NUMBER] | None = None
    voiced: Flag = False
    failures: Points | None = None
    deal_logit: Logits | None = None
    service_cost: Factor | None = None
    stake: Amount | None = None
    leave_reason: Literal["none", "price", "service"] | None = None
    # Price weight and ability to pay (N3)
    orientation: Literal["price", "composite", "value"] = "composite"
    budget: Budget | None = None
    values: dict[FactorName, Weight] = Field(default_factory=dict)
    met: Flag | None = None
    # Traits beyond money (D7)
    tolerance: Trait = 1.0
    credit: Share = 1.0
