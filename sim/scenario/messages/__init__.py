"""What each diagnostic code means, as a sentence pattern in every language.

A pattern is filled by ``sim.scenario.diagnostics``; ``{value}``, ``{near}`` and ``{choices}`` are
worded there, every other field is inserted as it stands. Families: S the file as text and YAML,
T fields and their types, R references, L lints, X one-line conditions (their lints are L09 and
L10), E what goes out of a scenario and comes back. A code is never reused.
"""

from sim.scenario.messages.conditions import CONDITIONS
from sim.scenario.messages.exchange import EXCHANGE
from sim.scenario.messages.fields import FIELDS
from sim.scenario.messages.forms import Language, Message, Severity
from sim.scenario.messages.lints import LINTS
from sim.scenario.messages.syntax import SYNTAX

MESSAGES: dict[str, Message] = {**SYNTAX, **FIELDS, **CONDITIONS, **LINTS, **EXCHANGE}

__all__ = ["MESSAGES", "Language", "Message", "Severity"]
