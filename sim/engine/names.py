"""The names that the model has by itself, each in the order of its axis.

As types for those who read and check text, and as tuples (`sim.engine.rules`) for those who count.
No arrays here: the schema of the scenario language imports this.
"""

from typing import Literal

FamilyName = Literal[
    "pitch",
    "contact",
    "discovery",
    "service",
    "value",
    "earned",
    "growth",
    "recovery",
    "coercive",
    "portfolio",
]
KindName = Literal[
    "style",
    "mood",
    "motive",
    "level",
    "orientation",
    "need",
    "role",
    "tie",
    "preference",
    "background",
    "situation",
    "rival",
    "lock_in",
    "sign",
    "reason",
    "cause",
]
MotiveName = Literal[
    "fame",
    "rivalry",
    "following",
    "respect",
    "hobby",
    "novelty",
    "practicality",
    "thrift",
    "beauty",
    "safety",
    "convenience",
    "guarantee",
]
RoleName = Literal["decider", "approver", "influencer", "user", "buyer", "gatekeeper"]
FactorName = Literal["product", "service", "communication", "care", "firm"]
TouchpointName = Literal[
    "desire",
    "information",
    "learning",
    "choosing",
    "ordering",
    "delivery",
    "payment",
    "after_sales",
]
SurveyName = Literal["phone", "mail", "spot", "online"]
MeterName = Literal["satisfaction", "loyalty", "switching_cost", "equity"]
