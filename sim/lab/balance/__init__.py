"""Measures of a scenario as a game: what the bots reach, and what the expert never or always does.

`balance.balance(loaded)` measures, `faults.faults(found)` judges.
"""
