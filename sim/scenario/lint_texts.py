"""Texts in two languages: the same placeholders, different words, names that can be told apart."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from sim.scenario.diagnostics import Place, make
from sim.scenario.lint_context import Context
from sim.scenario.locks import UnreadableLocksError, locks_path, read_locks, text_entries
from sim.scenario.pruning import Keys
from sim.scenario.schema_types import Text

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_WORDS = re.compile(r"[A-Za-z]{2,}[ ,.]+[A-Za-z]{2,}|[\u4e00-\u9fff]")
_SPEAKER = ("name",)


def check_texts(context: Context) -> None:
    """Reports texts that do not fit together."""
    for keys, text in texts_of((), context.scenario):
        _check_same(context, keys, text)
        _check_placeholders(context, keys, text)
    scenario = context.scenario
    for section in ("customers", "actions", "market_actions", "rivals", "endings"):
        _check_names(context, (section,), getattr(scenario, section))
    for name, customer in scenario.customers.items():
        _check_names(context, ("customers", name, "people"), customer.people)
    _check_locks(context)


def texts_of(keys: Keys, value: object) -> Iterator[tuple[Keys, Text]]:
    """Every text below a value, with its path."""
    if isinstance(value, Text):
        yield keys, value
    elif isinstance(value, BaseModel):
        said = value.model_fields_set  # no default has words
        for name, alias in _wordy(type(value)):
            if name in said:
                yield from texts_of((*keys, alias), getattr(value, name))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts_of((*keys, key), inner)


@cache
def _wordy(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """The fields of a model below which there may be texts, with their names in the file."""
    return tuple(
        (name, info.alias or name)
        for name, info in model.model_fields.items()
        if _may_hold(info.annotation, (model,))
    )


def _may_hold(annotation: Any, above: tuple[type[BaseModel], ...]) -> bool:
    """Whether a value of a type may have a text in it."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation is Text or annotation in above:
            return True
        fields = annotation.model_fields.values()
        return any(_may_hold(info.annotation, (*above, annotation)) for info in fields)
    return any(_may_hold(inner, above) for inner in get_args(annotation))


def _check_same(context: Context, keys: Keys, text: Text) -> None:
    if text.en.strip() == text.zh.strip() and _WORDS.search(text.en):
        context.report("L04", (*keys, "zh"))


def _check_placeholders(context: Context, keys: Keys, text: Text) -> None:
    used = {lang: _PLACEHOLDER.findall(text.in_language(lang)) for lang in ("en", "zh")}
    if set(used["en"]) != set(used["zh"]):
        shown = {lang: ", ".join(sorted(set(names))) or "–" for lang, names in used.items()}
        context.report("L05", keys, at_key=True, **shown)
    allowed = _SPEAKER if keys[0] == "encounters" else ()
    for lang, names in used.items():
        for name in names:
            if name not in allowed:
                context.report("L06", (*keys, lang), value=name, choices=allowed)


def _check_names(context: Context, section: Keys, entries: Mapping[str, BaseModel]) -> None:
    """Two entries that a player could not tell apart."""
    seen: dict[tuple[str, str], str] = {}
    for ident, entry in entries.items():
        field = "title" if section == ("endings",) else "name"
        name: Text = getattr(entry, field)
        for lang in ("en", "zh"):
            words = name.in_language(lang)
            other = seen.setdefault((lang, words), ident)
            if other != ident:
                keys = (*section, ident, field, lang)
                context.report("L07", keys, value=words, other=other)


def _check_locks(context: Context) -> None:
    """Translations whose source was changed after they were made."""
    file = locks_path(context.path)
    try:
        locks = read_locks(context.path)
    except UnreadableLocksError:
        context.problems.append(make("L71", Place(str(file), 1, 1), value=file.name))
        return
    if not locks.entries:
        return
    for entry in text_entries(context.source.data):
        lang = locks.stale(entry)
        if lang is not None:
            context.report("L70", (*entry.keys, lang))
