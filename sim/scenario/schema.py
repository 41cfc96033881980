"""The JSON Schema of scenario files, for editors: one for each language, with the library's ids."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from sim.scenario.library import Library
from sim.scenario.messages import Language
from sim.scenario.schema_ids import Ids, write_ids
from sim.scenario.schema_scenario import Scenario

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_KEPT = ("anyOf", "items", "additionalProperties", "prefixItems")


def json_schema(library: Library, lang: Language, ids: Ids | None = None) -> dict[str, Any]:
    """The schema of `scenario.yaml`.

    Args:
        library: gives the ids that may be named and the sentences that describe fields.
        lang: of the descriptions.
        ids: of one scenario, for which alone the schema then is; None leaves them open.
    """
    schema = Scenario.model_json_schema(by_alias=True, mode="validation")
    definitions = schema.pop("$defs")
    definitions = {name: _tidy(entry, definitions) for name, entry in definitions.items()}
    whole = {"$schema": _DIALECT, **_tidy(schema, definitions), "$defs": definitions}
    for name, entry in (("Scenario", whole), *definitions.items()):
        _describe(name, entry, library, lang)
    _add_ids(whole, library)
    if ids is not None:
        write_ids(whole, ids)
    return whole


def field_note(library: Library, model: str, field: str, lang: Language) -> str | None:
    """What a field means: the sentence for this kind of entry, its parents', or the general one."""
    for owner in (*_lineage(model), None):
        note = library.fields.get(field if owner is None else f"{owner}.{field}")
        if note is not None:
            return note.in_language(lang)
    return None


def _lineage(model: str) -> list[str]:
    """The names of a model and of those it inherits from."""
    found = models(BaseModel).get(model)
    return [each.__name__ for each in found.__mro__] if found is not None else [model]


def models(base: type[BaseModel]) -> dict[str, type[BaseModel]]:
    """All models of the scenario language that inherit from one, by name.

    Other packages give their models the same names, a web framework its `Response` for one.
    """
    names: dict[str, type[BaseModel]] = {}
    for model in base.__subclasses__():
        own = {model.__name__: model} if model.__module__.startswith("sim.scenario.") else {}
        names |= own | models(model)
    return names


def _tidy(node: Any, definitions: Mapping[str, Any]) -> Any:
    """Without what editors stumble over: titles, nulls, and fields missing that `extends` gives."""
    if isinstance(node, list):
        return [_tidy(each, definitions) for each in node]
    if not isinstance(node, dict):
        return node
    tidy = {
        key: {name: _tidy(each, definitions) for name, each in value.items()}
        if key == "properties"
        else _tidy(value, definitions)
        for key, value in node.items()
        if key not in {"title", "description"} and not (key == "default" and _says_nothing(value))
    }
    if "extends" in tidy.get("properties", {}):
        tidy.pop("required", None)
    if "propertyNames" in tidy or "patternProperties" in tidy:
        tidy.setdefault("additionalProperties", False)
    return _without_null(tidy)


def _says_nothing(default: Any) -> bool:
    """Whether a default is only that the field is left out."""
    return default is None or isinstance(default, dict | list)


def _without_null(node: dict[str, Any]) -> dict[str, Any]:
    branches = [each for each in node.get("anyOf", []) if each != {"type": "null"}]
    if "anyOf" not in node or len(branches) == len(node["anyOf"]):
        return node
    rest = {key: value for key, value in node.items() if key != "anyOf"}
    return {**rest, **branches[0]} if len(branches) == 1 else {**rest, "anyOf": branches}


def _describe(name: str, entry: dict[str, Any], library: Library, lang: Language) -> None:
    for field, described in entry.get("properties", {}).items():
        note = field_note(library, name, field, lang)
        if note is not None:
            described["description"] = note


def _add_ids(schema: dict[str, Any], library: Library) -> None:
    """Writes the ids of the library where they may be named."""
    concepts = {"enum": list(library.concepts)}
    for entry in (schema, *schema["$defs"].values()):
        fields = entry.get("properties", {})
        if "teaches" in fields:
            fields["teaches"]["items"] = concepts
        if "manner" in fields:
            fields["manner"] = {**fields["manner"], "enum": list(library.manners)}
        if "step" in fields:
            fields["step"]["propertyNames"] = {"enum": list(library.protocols)}
    parameters = schema["properties"]["parameters"]
    parameters["propertyNames"] = {"enum": list(library.parameters)}
    examples = [name for group in library.actions.values() for name in group]
    examples += [name for group in library.market_actions.values() for name in group]
    schema["properties"]["offers"]["items"]["examples"] = examples
