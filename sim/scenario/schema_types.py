"""The kinds of value a field of the scenario language can hold, with their ranges."""

from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from sim.scenario.scalars import FLAG, INTEGER, NUMBER, SHARE, fail, read_integer

MoodName = Literal["rising", "falling", "calm", "complacent"]
StyleName = Literal["driver", "analytical", "expressive", "amiable"]
StatusName = Literal["unborn", "prospect", "active", "lapsed", "released"]
GroupName = Literal[
    "prospecting",
    "contact",
    "discovery",
    "service",
    "value",
    "earned",
    "coercive",
    "recovery",
    "growth",
    "portfolio",
]

MOODS: tuple[str, ...] = get_args(MoodName)
STYLES: tuple[str, ...] = get_args(StyleName)
STATUSES: tuple[str, ...] = get_args(StatusName)


def _listed(value: Any) -> Any:
    """A single value where a list may stand is a list of one."""
    return value if isinstance(value, list) or value is None else [value]


def _one_or_more(item: dict[str, Any]) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [item, {"type": "array", "items": item}]})


def _format(value: Any) -> Any:
    """The version of the language: a newer one wants a newer program."""
    version = read_integer(value)
    if isinstance(version, int) and version > FORMAT:
        raise fail("L61", value=value, limit=FORMAT)
    return version


_read_list = BeforeValidator(_listed)
FORMAT = 1

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$", max_length=40)]
ConceptId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.]*$", max_length=60)]
Concepts = Annotated[list[ConceptId], Field(max_length=100)]
Condition = Annotated[str, Field(json_schema_extra={"format": "condition"})]  # X01: its length
Line = Annotated[str, Field(min_length=1, max_length=4000)]

Number = Annotated[float, NUMBER]
ShareNumber = Annotated[float, SHARE]
Shift = Annotated[float, Field(ge=-100, le=100), NUMBER]
Points = Annotated[float, Field(ge=0, le=100), NUMBER]
Felt = Annotated[float, Field(ge=5, le=98), NUMBER]
Logits = Annotated[float, Field(ge=-10, le=10), NUMBER]
Amount = Annotated[float, Field(ge=0, le=1_000_000), NUMBER]
Factor = Annotated[float, Field(ge=0, le=10), SHARE]
Share = Annotated[float, Field(ge=0, le=1), SHARE]
ShareShift = Annotated[float, Field(ge=-1, le=1), SHARE]
Axis = Annotated[float, Field(ge=-2, le=2), NUMBER]
Turns = Annotated[int, Field(ge=0, le=999), INTEGER]
Count = Annotated[int, Field(ge=0, le=999), INTEGER]
Turn = Annotated[int, Field(ge=1, le=200), INTEGER]
HoursPerTurn = Annotated[list[Amount], _read_list, _one_or_more({"type": "number", "minimum": 0})]
MoneyPerTurn = Annotated[list[Number], _read_list, _one_or_more({"type": "number"})]
Step = Annotated[str, WithJsonSchema({"type": ["string", "integer"]})]
Format = Annotated[Literal[1], BeforeValidator(_format)]
Flag = Annotated[bool, FLAG]


def _is_empty(text: Any) -> bool:
    return text is None or text == ""


class Model(BaseModel):
    """A mapping with known fields; unknown ones are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Text(Model):
    """A text in both languages."""

    en: Line
    zh: Line

    @model_validator(mode="before")
    @classmethod
    def _both_languages(cls, value: Any) -> Any:
        """Says which language is missing, rather than that a field is."""
        if value is None or isinstance(value, str):
            raise fail("L01", value=value)
        if isinstance(value, dict):
            missing = [
                lang for lang in ("en", "zh") if value.get(lang) is None or value[lang] == ""
            ]
            if missing:
                raise fail("L02" if missing == ["zh"] else "L03")
        return value

    def in_language(self, lang: str) -> str:
        """The text in one language, `en` or `zh`."""
        return self.zh if lang == "zh" else self.en


class Named(Model):
    """Something that only has a name and one sentence."""

    name: Text
    text: Text | None = None
