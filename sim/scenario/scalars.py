"""How a field reads a number, a share, a whole number or a yes/no from text.

YAML's own guesses are never used: in a scenario every scalar is text until its field says what it
is. In a model, a constraint comes *before* the marker, so that JSON Schema gets it too:

    satisfaction: Annotated[float, Field(ge=0, le=100), NUMBER]
    growth: Annotated[float, Field(ge=-1), SHARE]        # 2% or 0.02
    turns: Annotated[int, Field(ge=1), INTEGER]
    once: Flag

Texts need no marker (``str``), nor do words from a list (``Literal``).
"""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

from sim.scenario.marked import Quoted

_NUMBER = re.compile(r"[+-]?(?:\d{1,15}(?:\.\d{0,15})?|\.\d{1,15})(?:[eE][+-]?\d{1,3})?")
_LONG = re.compile(r"[+-]?\d+(?:\.\d*)?")
_SEPARATED = re.compile(r"[+-]?\d{1,3}(?:[,_' ]\d{3})+(?:\.\d+)?")
_NOT_FINITE = re.compile(r"[+-]?\.?(?:inf|infinity|nan)")
_PERCENT_PATTERN = r"^[+-]?(\d+(\.\d*)?|\.\d+) ?%$"
_YES = frozenset({"true", "yes"})
_NO = frozenset({"false", "no"})


def fail(code: str, **data: Any) -> PydanticCustomError:
    """An error of a validator that is told by the message of that code.

    Args:
        code: Key of ``messages.MESSAGES``.
        data: Values for its sentence.
    """
    return PydanticCustomError(code, "{told}", {"told": code, **data})


def found(value: object) -> str:
    """What kind of thing stands where something else is expected."""
    if isinstance(value, Mapping):
        return "mapping"
    if isinstance(value, list | tuple):
        return "list"
    return "nothing" if value is None else "text"


def read_number(value: Any) -> Any:
    """Text to float; anything that is no text passes through.

    Raises:
        PydanticCustomError: Code T04, T19, T21, T24, T25 or T26.
    """
    text = _plain(value, "T21")
    return value if text is None else _finite(text)


def read_share(value: Any) -> Any:
    """Text to float, with ``40%`` as well as ``0.4``.

    Raises:
        PydanticCustomError: As ``read_number``, without T25.
    """
    text = _plain(value, "T21")
    if text is None:
        return value
    if not text.endswith("%"):
        return _finite(text)
    digits = text[:-1].rstrip()
    _finite(digits, shown=text)
    return float(Decimal(digits).scaleb(-2))


def read_integer(value: Any) -> Any:
    """Text to int: ``12``, ``012`` and ``1e3``, but not ``1.5``.

    Raises:
        PydanticCustomError: Code T05, T19, T24, T26 or T28.
    """
    text = _plain(value, "T28")
    if text is None:
        return value
    if text.endswith("%"):
        raise fail("T05", value=text)
    number = _finite(text, code="T05")
    if number != int(number):
        raise fail("T05", value=text)
    return int(number)


def read_flag(value: Any) -> Any:
    """``true``, ``yes``, ``false`` or ``no`` to bool.

    Raises:
        PydanticCustomError: Code T06, T24 or T27.
    """
    text = _plain(value, "T27")
    if text is None:
        return value
    if text.casefold() in _YES | _NO:
        return text.casefold() in _YES
    raise fail("T06", value=text, choices=("true", "false"))


def _plain(value: Any, code: str) -> str | None:
    """The text to read; None for what is no text but may pass."""
    if isinstance(value, Mapping | list):
        raise fail(code, found=found(value))
    if not isinstance(value, str):
        return None
    if isinstance(value, Quoted):
        raise fail("T24" if code != "T27" else "T27", value=str(value), found="text")
    return value if value.isascii() else unicodedata.normalize("NFKC", value).replace("−", "-")


def _finite(text: str, *, code: str = "T04", shown: str | None = None) -> float:
    shown = text if shown is None else shown
    if _NUMBER.fullmatch(text):
        number = float(text)
        if math.isfinite(number):
            return number
        raise fail("T19", value=shown)
    if text.endswith("%") and shown == text and _NUMBER.fullmatch(text[:-1].rstrip()):
        raise fail("T25", value=text, wanted=text[:-1].rstrip())
    if _NOT_FINITE.fullmatch(text.casefold()):
        raise fail("T19", value=shown)
    if _LONG.fullmatch(text):
        raise fail("T29", value=shown)
    raise fail("T26" if _SEPARATED.fullmatch(text) else code, value=shown)


@dataclass(frozen=True, slots=True)
class Reader:
    """The marker in an annotation: reads text before pydantic checks type and range."""

    read: Callable[[Any], Any]
    percent: bool = False

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """The checks of the field, after reading."""
        return core_schema.no_info_before_validator_function(self.read, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """What an editor may accept: for a share also a percentage."""
        described = handler(schema)
        if not self.percent:
            return described
        return {"anyOf": [described, {"type": "string", "pattern": _PERCENT_PATTERN}]}


NUMBER = Reader(read_number)
SHARE = Reader(read_share, percent=True)
INTEGER = Reader(read_integer)
FLAG = Reader(read_flag)

Number = Annotated[float, NUMBER]
Share = Annotated[float, SHARE]
Integer = Annotated[int, INTEGER]
Flag = Annotated[bool, FLAG]
