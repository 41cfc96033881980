"""What a deed does: the fields shared by actions and by the responses of encounters."""

from typing import Literal

from pydantic import Field

from sim.scenario.schema_types import (
    Amount,
    ConceptId,
    Condition,
    Factor,
    FamilyName,
    Flag,
    GroupName,
    Id,
    KindName,
    Logits,
    Model,
    MoodName,
    MotiveName,
    Number,
    Points,
    RoleName,
    Share,
    ShareShift,
    Shift,
    StatusName,
    StyleName,
    Text,
    Turns,
)

Chances = dict[KindName, Share]


class Written(Model):
    """A meter written directly; it needs a reason and is shown as a term of its own."""

    points: Shift
    because: Text


class WinBack(Model):
    """An offer to a customer that has left (domain notes, section 3.4)."""

    offer: Logits
    match: Literal["service", "price", "none"] = "none"
    frailty: Logits = 0.0


class Shock(Model):
    """A push that may turn a person's mood."""

    to: MoodName
    from_: MoodName | None = Field(default=None, alias="from")
    chance: Share


class Effect(Model):
    """Inputs of the model that a deed changes; signs as in `sim.engine.rules.Rows`."""

    quality: Shift = Field(default=0.0, description="points of experience, once")
    bond: Shift = Field(default=0.0, description="points of personal bond")
    deal: Logits = Field(default=0.0, description="logits of a deal")
    deal_unprepared: Logits | None = Field(
        default=None, description="logits of a deal while the customer is not known well enough"
    )
    trust: Shift = 0.0
    expectation: Shift = 0.0
    expectation_pull: Share = Field(
        default=0.0, description="share by which the expectation moves to the core quality"
    )
    earned_procedural: Shift = 0.0
    earned_financial: Shift = 0.0
    coercive_procedural: Shift = 0.0
    coercive_financial: Shift = 0.0
    coercive_turns: Turns = Field(default=0, description="turns until the coercive terms expire")
    resentment: Shift = 0.0
    discount: Share = Field(default=0.0, description="depth of the price cut")
    dependence: ShareShift = 0.0
    reprice: ShareShift = Field(default=0.0, description="change of the customer's own list price")
    listening: Share = 0.0
    calming: Share = 0.0
    siding: Share = 0.0
    compensation: Factor = Field(default=0.0, description="multiples of the loss")
    speed: Share = 0.0
    failure_memory: Factor = Field(default=1.0, description="multiplier of remembered failures")
    failure_factor: Factor = Field(default=1.0, description="multiplier of the failure chance")
    failure_turns: Turns = 0
    openness: ShareShift = 0.0
    promise: Literal["hard", "safe"] | None = None
    ask: Flag = Field(default=False, description="closes a deal")
    cross_sell: Flag = False
    referral: Flag = False
    release: Flag = False
    nudge: Flag = False
    service_cost: Factor = 1.0
    stake: Amount = Field(default=0.0, description="money lost if the customer leaves")
    win_back: WinBack | None = None
    shock: Shock | None = None
    evidence: Factor = Field(default=0.0, description="least receptivity in every mood")
    stay_shift: Logits = Field(default=0.0, description="logits of staying, this turn only")
    variables: dict[Id, Number] = Field(default_factory=dict)
    satisfaction: Written | None = None
    loyalty: Written | None = None


class Deed(Model):
    """What actions and responses have in common: a row of the effect table."""

    family: FamilyName
    hours: Amount = 0.0
    money: Amount = 0.0
    contacts: Points = Field(default=0.0, description="contacts with the customer")
    effect: Effect = Effect()
    appeal: dict[MotiveName, Share] = Field(default_factory=dict)
    manner: Id | None = None
    reads: Flag = Field(default=False, description="gives a current reading")
    notes: Flag = Field(default=False, description="writes down what is known")
    refreshes: Flag = Field(default=False, description="brings the file up to date")
    intrusive: Flag = Field(default=False, description="needs trust or consent")
    reveal: Chances = Field(default_factory=dict, description="chance of learning each kind")
    uses: list[KindName] = Field(default_factory=list)
    step: dict[Id, str] = Field(default_factory=dict, description="protocol: step number or id")
    role_fit: dict[RoleName, Factor] = Field(default_factory=dict)
    teaches: list[ConceptId] = Field(default_factory=list)


class Needs(Model):
    """When an action may be chosen."""

    knowledge: Share = 0.0
    trust: Points = 0.0
    evangelists: Turns = 0
    status: list[StatusName] | None = None


class Action(Deed):
    """Something the trainee does for one customer."""

    extends: Id | None = None
    name: Text
    text: Text | None = None
    icon: Id = "circle"
    group: GroupName | None = None
    cooldown: Turns = 0
    tones: Flag = Field(default=False, description="the player chooses a tone")
    needs: Needs = Needs()


class Response(Deed):
    """One thing the trainee may say or do in an encounter; it may branch."""

    family: FamilyName = "contact"
    say: Text
    reply: Text
    if_: Condition | None = Field(default=None, alias="if")
    tone: StyleName | None = None
    rationale: Text | None = None
    responses: dict[Id, "Response"] = Field(default_factory=dict)


class Unanswered(Deed):
    """What happens when nobody answers."""

    family: FamilyName = "contact"
    text: Text | None = None


class MarketEffect(Model):
    """What a deed for the whole firm changes."""

    core_quality: Shift = Field(default=0.0, description="points, from the turn after next")
    expectation: Shift = 0.0
    reach: Turns = Field(default=0, description="prospects that get the deal effect")
    deal: Logits = 0.0
    wakes: Turns = Field(default=0, description="newcomers at most")
    spend: Amount = Field(default=0.0, description="money that counts for the response")
    newcomers: Literal["prospect", "active"] = "prospect"
    newcomer_deal: Logits | None = None
    newcomer_discount: Share = 0.0
    contacts: Points = 0.0
    bond: Shift = 0.0
    earned_procedural: Shift = 0.0
    openness: ShareShift = 0.0
    failure_rate: Factor = 1.0


class MarketAction(Model):
    """Something the trainee does for the firm as a whole."""

    extends: Id | None = None
    name: Text
    text: Text | None = None
    icon: Id = "building"
    teaches: list[ConceptId] = Field(default_factory=list)
    hours: Amount = 0.0
    money: Amount = 0.0
    cooldown: Turns = 0
    effect: MarketEffect = MarketEffect()
