"""What each diagnostic code means, as a sentence pattern in every language.

A pattern is filled by ``sim.scenario.diagnostics``; ``{value}``, ``{near}`` and ``{choices}`` are
worded there, every other field is inserted as it stands. Families: S the file as text and YAML,
T fields and their types, R references, X one-line conditions (their lints are L09 and L10), E what
goes out of a scenario and comes back. What only the whole file tells: L in general, W its words,
C its choices, O what opens and ends, P its people, M means and effects. A code is never reused.
"""

from sim.scenario.messages.conditions import CONDITIONS
from sim.scenario.messages.exchange import EXCHANGE
from sim.scenario.messages.fields import FIELDS
from sim.scenario.messages.forms import Language, Message, Severity
from sim.scenario.messages.lints import LINTS
from sim.scenario.messages.playing import PLAYING
from sim.scenario.messages.syntax import SYNTAX
from sim.scenario.messages.telling import TELLING

MESSAGES: dict[str, Message] = {
    **SYNTAX,
    **FIELDS,
    **CONDITIONS,
    **LINTS,
    **TELLING,
    **PLAYING,
    **EXCHANGE,
}

__all__ = ["MESSAGES", "Language", "Message", "Severity"]
