"""Which translations are current: the texts of a file, and what they said when last compared.

A text is known by the path of its field, which no correction of its words changes. Beside
`scenario.yaml` lies `scenario.locks.json`, written by `run.py texts`. It holds for each text a
fingerprint of the source and one of its translation, the source first:

    "customers.mei.name": "en:1f3870be zh:9b74c989"

A translation is *stale* when its source has changed since and it has not. If both have changed,
whoever wrote them has seen them together. A text without a lock is never called stale.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from sim.scenario.lint_context import joined
from sim.scenario.marked import MarkedDict, MarkedList
from sim.scenario.pruning import Keys
from sim.scenario.rewrite import write

Lang = Literal["en", "zh"]
LANGUAGES: tuple[Lang, Lang] = ("en", "zh")
_LENGTH = 8  # of a fingerprint, in hexadecimal digits


@dataclass(frozen=True)
class TextEntry:
    """A text of a file.

    Attributes:
        keys: Its path.
        words: By language; a language may be missing.
    """

    keys: Keys
    words: Mapping[str, str]

    @property
    def id(self) -> str:
        """The path as authors write it."""
        return joined(self.keys)


class UnreadableLocksError(ValueError):
    """The file of the locks is not what this program writes."""


@dataclass
class Locks:
    """The locks of a scenario, by id of the text: languages and fingerprints, source first."""

    entries: dict[str, dict[str, str]] = field(default_factory=dict)

    def close(self, entry: TextEntry, source: Lang) -> None:
        """Notes that a text and its translation say the same."""
        target = other(source)
        if entry.words.get(source) and entry.words.get(target):
            self.entries[entry.id] = {
                lang: fingerprint(entry.words[lang]) for lang in (source, target)
            }

    def stale(self, entry: TextEntry) -> Lang | None:
        """The language in which a text no longer says what its source says."""
        lock = self.entries.get(entry.id)
        if lock is None or not all(entry.words.get(lang) for lang in LANGUAGES):
            return None
        source, target = lock
        changed: dict[str, bool] = {
            lang: fingerprint(entry.words[lang]) != lock[lang] for lang in LANGUAGES
        }
        found: Lang = "en" if target == "en" else "zh"
        return found if changed[source] and not changed[target] else None


def other(lang: str) -> Lang:
    """The other language."""
    return "zh" if lang == "en" else "en"


def fingerprint(text: str) -> str:
    """Changes when the text does; spaces around it do not count."""
    return hashlib.sha256(text.strip().encode()).hexdigest()[:_LENGTH]


def text_entries(data: Any, keys: Keys = ()) -> Iterator[TextEntry]:
    """Every text in two languages of a file, in its order; one of them may be missing."""
    if isinstance(data, MarkedDict):
        if data and set(data) <= set(LANGUAGES):
            words = {lang: str(text) for lang, text in data.items() if isinstance(text, str)}
            yield TextEntry(keys, words)
            return
        for key, inner in data.items():
            yield from text_entries(inner, (*keys, key))
    elif isinstance(data, MarkedList):
        for index, inner in enumerate(data):
            yield from text_entries(inner, (*keys, index))


def locks_path(scenario: Path) -> Path:
    """The file of the locks of a scenario."""
    return scenario.with_name(f"{scenario.stem}.locks.json")


def read_locks(scenario: Path) -> Locks:
    """The locks beside a scenario; none where there is no file.

    Raises:
        UnreadableLocksError: it is not what this program writes.
    """
    try:
        data = json.loads(locks_path(scenario).read_bytes())
        return Locks({name: _pair(lock) for name, lock in data["locks"].items()})
    except FileNotFoundError:
        return Locks()
    except (OSError, ValueError, KeyError, AttributeError, TypeError, RecursionError) as failure:
        raise UnreadableLocksError from failure


def _pair(lock: str) -> dict[str, str]:
    pair = dict(part.split(":") for part in lock.split(" "))
    if set(pair) != set(LANGUAGES):
        raise ValueError(lock)
    return pair


def write_locks(scenario: Path, locks: Locks, data: Any) -> None:
    """Writes the locks of the texts that there still are, one line each.

    Raises:
        ScenarioError: E92.
    """
    known = [entry.id for entry in text_entries(data) if entry.id in locks.entries]
    lines = {
        name: " ".join(f"{lang}:{mark}" for lang, mark in locks.entries[name].items())
        for name in known
    }
    text = json.dumps({"locks": lines}, ensure_ascii=False, indent=1)
    write(locks_path(scenario), (text + "\n").encode())
