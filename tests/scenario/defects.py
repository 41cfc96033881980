"""Defects that an author may let slip in, each put into any scenario by one byte-exact edit.

A kind of defect looks for a suitable place in a scenario, breaks it, and says with which code and
at which part of the file it has to be told. It gives None where a scenario has no such place.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sim.scenario.edit import Draft

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Defect:
    """What was broken.

    Attributes:
        code: With which it is to be told.
        keys: The part at whose line.
        at_key: Whether at its name rather than its value.
    """

    code: str
    keys: Path
    at_key: bool = False


Kind = Callable[[Draft], Defect | None]

KINDS: dict[str, Kind] = {}


def kind(put: Kind) -> Kind:
    """Enters a kind of defect under its name."""
    KINDS[put.__name__] = put
    return put


# --- looking for places ---


def section(draft: Draft, name: str) -> Mapping[str, Any]:
    """The entries of a section, those that are mappings."""
    entries = draft.data.get(name) or {}
    return {key: each for key, each in entries.items() if isinstance(each, dict)}


def moments(draft: Draft) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The responses of each encounter, at the beginning."""
    for name, encounter in section(draft, "encounters").items():
        yield ("encounters", name, "responses"), encounter["responses"]


def leaves(draft: Draft) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Responses at the beginning of an encounter that do not branch, with an effect."""
    for keys, responses in moments(draft):
        for name, each in responses.items():
            if "responses" not in each and "effect" in each and "if" not in each:
                yield (*keys, name), each


def texts(draft: Draft, lang: str, *having: str) -> Iterator[tuple[Path, str]]:
    """The words of responses in one language that have certain characters in them."""
    for keys, each in leaves(draft):
        for field in ("reply", "say"):
            words = each[field][lang]
            if all(sign in words for sign in having):
                yield (*keys, field, lang), words


def speakers(draft: Draft) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    """Encounters of one particular customer: id, encounter, customer."""
    customers = section(draft, "customers")
    for name, encounter in section(draft, "encounters").items():
        customer = customers.get(encounter["who"])
        if customer is not None:
            yield name, encounter, customer


def customer(draft: Draft) -> str:
    """A customer whose fields are all its own."""
    return next(key for key, each in section(draft, "customers").items() if "extends" not in each)


def put(draft: Draft, keys: Path, value: Any) -> Path:
    """Writes a value, whether there was one or not."""
    if draft.node(keys) is None:
        draft.add(keys, value)
    else:
        draft.replace(keys, value)
    return keys


def short() -> dict[str, Any]:
    """A response that does something small."""
    return {
        "say": {"en": "You look at the clock.", "zh": "你看了看钟。"},
        "reply": {"en": "So do they.", "zh": "对方也看了看。"},
        "rationale": {"en": "A pause, no more.", "zh": "只是停一停。"},
    }


def roomy(draft: Draft) -> tuple[Path, Mapping[str, Any]]:
    """Responses to which one can be added."""
    return next((keys, each) for keys, each in moments(draft) if 3 <= len(each) <= 4)
