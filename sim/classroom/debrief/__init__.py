"""What a class can learn from its own games: values, luck, moments, concepts, and what if.

ClassGame(label, team, record)             one game of the class
Valuing(case, games)                       what every turn was worth, worked out beside the server
class_debrief(case, games, reviews)        all of it as numbers and ids
what_if.play(case, games, {lever: value})  the whole class again under other conditions
"""
