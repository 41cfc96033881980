"""The coefficients of the model, by name; their values, ranges and sources stand in the library."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Parameters:
    """The coefficients of E1-E27, per turn; units, ranges and sources in `parameters.yaml`.

    Names ending in `_rate` or `_keep` were given per month and converted by compile.
    """

    # Fit and repetition, equation E1 and on to E3.
    style_weight: float
    motive_weight: float
    motive_slope: float
    motive_miss: float
    knowledge_weight: float
    stale_weight: float
    fit_floor: float
    fit_ceiling: float
    multiplier_ceiling: float
    sequence_floor: float
    sequence_ceiling: float
    repetition_decay: float
    repetition_keep: float
    colleague_share: float
    # Contact, equation E4.
    contact_keep: float
    contact_allowance: float
    contact_stage_allowance: float
    irritation_weight: float
    irritation_power: float
    # Price, equation E5.
    price_loss_weight: float
    reference_price_rate: float
    dependence_gain: float
    dependence_fade_rate: float
    # Experience, equation E6.
    price_experience: float
    failure_chance: float
    severe_share: float
    failure_base: float
    failure_slope: float
    noise: float
    mood_colour: float
    # Gap, equation E7 and on to E9.
    tolerance: float
    tolerance_slope: float
    gap_power: float
    gap_loss_weight: float
    satisfaction_base: float
    quality_weight: float
    gap_weight: float
    # Satisfaction, equation E10.
    satisfaction_rate_floor: float
    satisfaction_rate_gain: float
    satisfaction_rate_scale: float
    failure_rate_base: float
    failure_rate_slope: float
    tenure_protection: float
    tenure_scale: float
    # Expectation, equation E11 and on to E12.
    expectation_up: float
    expectation_down: float
    promise_expectation: float
    promise_kept_hard: float
    promise_kept_safe: float
    promise_kept_experience: float
    promise_kept_trust: float
    promise_broken_experience: float
    promise_broken_trust: float
    # A promise with a ladder of compensation, mechanism D9.
    pledge_first: float
    pledge_step: float
    pledge_money_first: float
    pledge_money_second: float
    pledge_money_third: float
    # Voice, equation E13.
    voice_base: float
    voice_severity: float
    voice_trust: float
    voice_openness: float
    voice_competition: float
    # Recovery, equation E14 and on to E15.
    justice_distributive: float
    justice_interactional: float
    justice_procedural: float
    compensation_power: float
    compensation_bonus: float
    compensation_peak: float
    compensation_excess: float
    velocity_next: float
    velocity_later: float
    justice_ceiling: float
    second_failure: float
    surprise: float
    surprise_justice: float
    surprise_severity: float
    surprise_failures: float
    futile_justice: float
    futile_share: float
    ignored_share: float
    failure_memory_keep: float
    failure_open_turns: float
    handling_turns: float
    # Trust, equation E16.
    trust_rate: float
    trust_recovery: float
    trust_ignored: float
    trust_stale: float
    privacy_trust: float
    privacy_resentment: float
    # Switching cost, equation E17 and on to E20.
    time_together_rate: float
    financial_fade_rate: float
    bond_fade_rate: float
    pestering: float
    resentment_fade_rate: float
    coercion_rate: float
    coercion_reference: float
    portability: float
    nudge_procedural: float
    nudge_satisfaction: float
    # Loyalty, equation E21.
    loyalty_rate: float
    loyalty_base: float
    loyalty_satisfaction: float
    loyalty_trust: float
    loyalty_bond: float
    loyalty_resentment: float
    loyalty_dependence: float
    # Staying, equation E22.
    stay_base: float
    stay_satisfaction: float
    stay_loyalty: float
    stay_procedural: float
    stay_financial: float
    stay_bond: float
    stay_resentment: float
    stay_friends: float
    rival_base: float
    rival_quality_weight: float
    rival_dependence: float
    friends_keep: float
    year_turns: int  # turns in twelve months, the horizon of behavioural loyalty
    # Word of mouth, equation E23.
    told_base: float
    told_blame: float
    told_praise: float
    told_scale: float
    told_resentment: float
    message_shift: float
    message_customers: float
    # Share of attention, mechanism N5, and the study of rivals.
    attention_weight: float
    attention_rate: float
    attention_buying: float
    attention_options: float
    evidence_judging: float
    forestalled_push: float
    # Ties around a customer, mechanism N8.
    tie_spill: float
    tie_precedent: float
    # Stocks of seller and firm, mechanism N9.
    stock_keep: float
    stock_keep_cut: float
    stock_learning: float
    stock_evidence: float
    stock_failures: float
    stock_referral: float
    # Coach and silent customers.
    coach_trust: float
    coach_bond: float
    coach_criteria: float
    coach_learning: float
    coach_deal: float
    coach_leak: float
    quiet_turns: float
    # Value, equation E24.
    margin: float
    share_base: float
    share_gain: float
    share_scale: float
    serve_cost: float  # money units per turn
    discount_margin: float  # margin lost per unit of price cut
    value_turns: int
    value_discount: float
    campaign_scale: float
    newcomer_discount_frailty: float
    newcomer_discount_scale: float
    referral_deal: float
    referral_frailty: float
    referral_satisfaction: float
    referral_loyalty: float
    accept_base: float
    accept_loyalty: float
    accept_growth: float
    refused_satisfaction: float
    # Loyalty ladder, mechanism D6.
    ladder_margin: float
    ladder_cost_new: float
    ladder_cost_step: float
    ladder_repeat: float
    ladder_regular: float
    ladder_loyal: float
    # Deals, equation E25.
    deal_start: float
    deal_cooling: float
    veto_chance: float
    veto_disposition: float
    disposition_satisfaction: float
    disposition_trust: float
    refused_deal: float  # logits lost when asked in vain
    knowledge_half: float
    # Funnel zones, mechanism D5, and the trust gate, D4.
    cooling_new: float
    cooling_bottom: float
    funnel_bottom: float
    trust_gate: float
    # Win-back, equation §3.4.
    win_back_base: float
    win_back_relation: float
    win_back_price: float
    win_back_service: float
    win_back_match: float
    # Last words, mechanism D10.
    last_words_limit: float
    # Mood, equation E26.
    shock_failure: float
    shock_gap: float
    shock_recovery: float
    shock_recovery_justice: float
    shock_complacent: float
    shock_complacent_satisfaction: float
    # Labels, equation E27.
    stage_expansion_purchases: float
    stage_expansion_trust: float
    stage_expansion_satisfaction: float
    stage_commitment_trust: float
    stage_commitment_loyalty: float
    stage_commitment_ties: float
    stage_dissolution_chance: float
    stage_dissolution_satisfaction: float
    stage_dissolution_resentment: float
    level_distant: float
    level_face: float
    level_intimate: float
    level_intimate_trust: float
    type_satisfaction: float
    type_loyalty: float
    # Knowledge, equation N6.
    learn_base: float
    learn_trust: float
    forget_rate: float
    # Price weight and ability to pay, N3.
    price_weight_price: float
    price_weight_value: float
    benefit_weight_price: float
    benefit_weight_value: float
    price_weight_rate: float
    price_weight_floor: float
    price_weight_ceiling: float
    rival_price_slope: float  # 0: nobody compares with the rival's price
    budget_slope: float
    # Push, D1.
    push_driver: float
    push_analytical: float
    push_expressive: float
    push_amiable: float
    # Help and gifts, D2.
    help_rising: float
    help_falling: float
    help_calm: float
    help_complacent: float
    help_trust: float
    care_turns: float
    care_fading: float
    material_bond: float
    material_expectation: float
    # The customer's own time and effort, N10.
    effort_weight: float
    effort_driver: float
    effort_analytical: float
    effort_expressive: float
    effort_amiable: float
    effort_vip: float
    # First impression, N4.
    lens_weight: float
    lens_gap: float
    lens_stranger: float
    lens_preparation: float
    lens_preparation_most: float
    lens_tools: float
    lens_style: float
    lens_rate: float
    lens_opening: float
    # Tiers and kinds of service, D3.
    tier_vip: float
    tier_important: float
    standard_vip: float
    standard_important: float
    standard_ordinary: float
    personal_vip: float
    personal_important: float
    personal_ordinary: float
    # Ceilings of loyalty, D8.
    level_cap_brand: float
    level_cap_distant: float
    service_cap_poor: float
    service_cap_standard: float
    service_cap_quality: float
    service_turns: float
    # Surveys, N7.
    survey_scale: float
    survey_answered: float
    survey_ignored: float
    survey_patience: float
    # Score (design §5)
    coercion_credit_base: float
    coercion_credit_scale: float
