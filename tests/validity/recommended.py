"""What a scenario may switch on, at the values recommended for it: all at once, in one table.

The library leaves these mechanisms out (see `docs/rules.md`), and each scenario takes those that it
teaches. The facts are tested without any of them and with all of them together. The ceilings of
loyalty (D8) are left out: they say with the course that satisfaction alone binds nobody, and F4,
that the delighted stay far more often than the merely satisfied, does not hold beside them.
"""

RECOMMENDED: dict[str, float] = {
    # Price weight, N3.
    "rival_price_slope": 10,
    # Push, D1.
    "push_driver": 0.8,
    "push_analytical": 1.4,
    "push_expressive": 0.8,
    "push_amiable": 1.3,
    # First impression, N4.
    "lens_weight": 0.15,
    "lens_gap": 13.5,
    # Funnel, trust gate, ladder, D4-D6.
    "cooling_bottom": 0.15,
    "cooling_new": 0.07,
    "trust_gate": 1,
    "ladder_margin": 0.04,
    "ladder_cost_new": 0.1,
    "ladder_cost_step": 0.05,
    # Share of attention, N5.
    "attention_weight": 1,
    "attention_options": 0.6,
    "evidence_judging": 0.2,
    # Ties, N8.
    "tie_spill": 0.3,
    "tie_precedent": 0.1,
    # Stocks of the firm, N9.
    "stock_keep": 0.995,
    "stock_learning": 0.5,
    "stock_evidence": 0.3,
    "stock_failures": 0.5,
    "stock_referral": 0.03,
}


def switched_on(extra: str) -> str:
    """Further sections of a scenario with all of them; what they set themselves holds."""
    words = ", ".join(f"{name}: {value}" for name, value in RECOMMENDED.items())
    if "parameters: {" in extra:
        return extra.replace("parameters: {", f"parameters: {{{words}, ")
    return f"{extra}parameters: {{{words}}}\n"
