"""What games that were played say about the choices of a scenario: items of a test, as it were.

`items.items(rules, games)` counts and measures, `flags.flags(found)` points at what is doubtful.
"""
