"""The laboratory: bots, many runs at once, pars, and what is learnt from them."""
