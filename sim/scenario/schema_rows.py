"""What a deed does: the fields shared by actions and by the responses of encounters."""

from typing import Literal

from pydantic import Field

from sim.engine.names import (
    FactorName,
    FamilyName,
    KindName,
    MotiveName,
    RoleName,
    SurveyName,
    TouchpointName,
)
from sim.scenario.schema_types import (
    Amount,
    Concepts,
    Condition,
    Count,
    Factor,
    Flag,
    GroupName,
    Id,
    Logits,
    Model,
    MoodName,
    Number,
    Points,
    Share,
    ShareShift,
    Shift,
    StatusName,
    Step,
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

    quality: Shift = 0.0
    bond: Shift = 0.0
    deal: Logits = 0.0
    deal_unprepared: Logits | None = None
    deal_missed: Logits | None = None
    trust: Shift = 0.0
    expectation: Shift = 0.0
    expectation_pull: Share = 0.0
    earned_procedural: Shift = 0.0
    earned_financial: Shift = 0.0
    coercive_procedural: Shift = 0.0
    coercive_financial: Shift = 0.0
    coercive_turns: Turns = 0
    resentment: Shift = 0.0
    discount: Share = 0.0
    dependence: ShareShift = 0.0
    reprice: ShareShift = 0.0
    listening: Share = 0.0
    calming: Share = 0.0
    siding: Share = 0.0
    compensation: Factor = 0.0
    speed: Share = 0.0
    failure_memory: Factor = 1.0
    failure_factor: Factor = 1.0
    failure_turns: Turns = 0
    openness: ShareShift = 0.0
    promise: Literal["hard", "safe", "ladder"] | None = None
    ask: Flag = False
    cross_sell: Flag = False
    referral: Flag = False
    release: Flag = False
    nudge: Flag = False
    service_cost: Factor = 1.0
    stake: Amount = 0.0
    win_back: WinBack | None = None
    shock: Shock | None = None
    evidence: Factor = 0.0
    stay_shift: Logits = 0.0
    stay_losses: Logits = 0.0
    door: Logits = 0.0
    # Attention (N5), precedent (N8), stocks of knowledge (N9), rivals and coach
    salience: Factor = 0.0
    study: Flag = False
    coach: Flag = False
    bribe: Flag = False
    people_stock: Share = 0.0
    product_stock: Share = 0.0
    # Price weight and ability to pay (N3); help, care and gifts (D2)
    anticipates: Flag = False
    survey: SurveyName | None = None
    follows_up: Flag = False
    price_shift: ShareShift = 0.0
    outlay: Factor = 1.0
    help: Flag = False
    care: Flag = False
    material: Flag = False
    variables: dict[Id, Number] = Field(default_factory=dict)
    satisfaction: Written | None = None
    loyalty: Written | None = None


class Deed(Model):
    """What actions and responses have in common: a row of the effect table."""

    family: FamilyName
    hours: Amount = 0.0
    money: Amount = 0.0
    contacts: Points = 0.0
    push: Factor = 1.0
    # The customer's effort and prevention (N10), preparation (N4), kind of service (D3)
    effort: Points = 0.0
    touchpoint: TouchpointName | None = None
    preparation: Points = 0.0
    service: Literal["standard", "personal"] | None = None
    effect: Effect = Effect()
    appeal: dict[MotiveName, Share] = Field(default_factory=dict)
    manner: Id | None = None
    reads: Flag = False
    notes: Flag = False
    refreshes: Flag = False
    intrusive: Flag = False
    reveal: Chances = Field(default_factory=dict)
    uses: list[KindName] = Field(default_factory=list)
    step: dict[Id, Step] = Field(default_factory=dict)
    role_fit: dict[RoleName, Factor] = Field(default_factory=dict)
    teaches: Concepts = Field(default_factory=list)


class Needs(Model):
    """When an action may be chosen."""

    knowledge: Share = 0.0
    trust: Points = 0.0
    evangelists: Count = 0
    status: list[StatusName] | None = None


class Deliberate(Model):
    """Why it is meant that a strong player takes this whenever it is possible, or never."""

    expert: Literal["always", "never"]
    because: Text


class Action(Deed):
    """Something the trainee does for one customer."""

    extends: Id | None = None
    name: Text
    text: Text | None = None
    icon: Id = "circle"
    group: GroupName | None = None
    cooldown: Turns = 0
    tones: Flag = False
    needs: Needs = Needs()
    deliberate: Deliberate | None = None


class Response(Deed):
    """One thing the trainee may say or do in an encounter; it may branch."""

    family: FamilyName = "contact"
    say: Text
    reply: Text
    if_: Condition | None = Field(default=None, alias="if")
    tone: StyleName | None = None
    rationale: Text | None = None
    deliberate: Deliberate | None = None
    responses: dict[Id, "Response"] = Field(default_factory=dict)


class Unanswered(Deed):
    """What happens when nobody answers."""

    family: FamilyName = "contact"
    text: Text | None = None


class MarketEffect(Model):
    """What a deed for the whole firm changes."""

    core_quality: Shift = 0.0
    expectation: Shift = 0.0
    reach: Count = 0
    deal: Logits = 0.0
    wakes: Count = 0
    spend: Amount = 0.0
    newcomers: Literal["prospect", "active"] = "prospect"
    newcomer_deal: Logits | None = None
    newcomer_discount: Share = 0.0
    newcomer_frailty: Logits = 0.0
    newcomer_contact: Points = 0.0
    newcomer_reveals: list[KindName] = Field(default_factory=list)
    # Attention (N5), rivals, stocks of knowledge (N9), quiet customers
    salience: Factor = 0.0
    rival_push: Logits = 0.0
    study: Flag = False
    forestalls: Turns = 0
    people_stock: Share = 0.0
    product_stock: Share = 0.0
    staff_stock: Share = 0.0
    cuts_training: Flag = False
    saves: Amount = 0.0
    quiet_reveals: Chances = Field(default_factory=dict)
    contacts: Points = 0.0
    bond: Shift = 0.0
    earned_procedural: Shift = 0.0
    openness: ShareShift = 0.0
    failure_rate: Factor = 1.0
    touchpoint: TouchpointName | None = None
    factors: dict[FactorName, Shift] = Field(default_factory=dict)
    tools: Flag = False
    survey: SurveyName | None = None


class MarketAction(Model):
    """Something the trainee does for the firm as a whole."""

    extends: Id | None = None
    name: Text
    text: Text | None = None
    icon: Id = "building"
    teaches: Concepts = Field(default_factory=list)
    hours: Amount = 0.0
    money: Amount = 0.0
    cooldown: Turns = 0
    needs_study: Count = 0
    effect: MarketEffect = MarketEffect()
    deliberate: Deliberate | None = None
