"""What the player has set: read and written as one small file, never a reason not to start."""

import contextlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import pygame

from sim.paths import user_dir

TEXT_SIZES = (1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
LANGUAGES = ("en", "zh")
THEMES = ("light", "contrast")

# Actions that have a key of their own everywhere; the names are pygame's own for keys.
KEYS = {
    "end_turn": "e",
    "undo": "u",
    "redo": "r",
    "inbox": "i",
    "customers": "c",
    "glossary": "g",
    "numbers": "n",
    "settings": "s",
    "saves": "f5",
    "help": "f1",
    "language": "l",
}


@dataclass(frozen=True)
class Settings:
    """Everything that can be set.

    Attributes:
        language: `en` or `zh`.
        text: Size of text against the design, one of `TEXT_SIZES`.
        theme: `light` or `contrast`.
        still: Whether nothing may move.
        sound: Whether sounds are heard.
        volume: 0..1.
        keys: Name of the key of each action.
        size: Of the window in pixels.
    """

    language: str = "en"
    text: float = 1.0
    theme: str = "light"
    still: bool = False
    sound: bool = True
    volume: float = 0.6
    keys: Mapping[str, str] = field(default_factory=lambda: dict(KEYS))
    size: tuple[int, int] = (1280, 720)


def settings_path() -> Path:
    """Where they are kept."""
    return user_dir() / "window.json"


def load(language: str = "en") -> Settings:
    """The settings as last saved; whatever cannot be understood keeps its default."""
    try:
        found = json.loads(settings_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = {}
    return decode(found if isinstance(found, dict) else {}, language)


def decode(found: Mapping[str, Any], language: str) -> Settings:
    """Settings from the values of a file."""
    first = Settings(language=language)
    values: dict[str, Any] = {
        "language": _one_of(found.get("language"), LANGUAGES, first.language),
        "text": _one_of(found.get("text"), TEXT_SIZES, first.text),
        "theme": _one_of(found.get("theme"), THEMES, first.theme),
        "still": _one_of(found.get("still"), (True, False), first.still),
        "sound": _one_of(found.get("sound"), (True, False), first.sound),
        "volume": _number(found.get("volume"), first.volume),
        "keys": _keys(found.get("keys")),
        "size": _size(found.get("size"), first.size),
    }
    return replace(first, **values)


def _one_of(value: Any, allowed: tuple[Any, ...], default: Any) -> Any:
    return value if value in allowed else default


def _number(value: Any, default: float) -> float:
    fits = isinstance(value, (int, float)) and 0 <= value <= 1
    return float(value) if fits else default


def _keys(value: Any) -> dict[str, str]:
    """The key map; a key that is unknown or given twice falls back to the default map."""
    keys = dict(KEYS)
    if isinstance(value, dict):
        keys |= {
            action: str(name)
            for action, name in value.items()
            if action in KEYS and code_of(str(name))
        }
    return keys if len(set(keys.values())) == len(keys) else dict(KEYS)


def _size(value: Any, default: tuple[int, int]) -> tuple[int, int]:
    if isinstance(value, list) and len(value) == 2 and all(isinstance(n, int) for n in value):
        return (min(7680, max(640, value[0])), min(4320, max(480, value[1])))
    return default


def save(settings: Settings) -> None:
    """Keeps them; a full disk or a locked folder is no reason to stop a game."""
    path = settings_path()
    text = json.dumps(asdict(settings), ensure_ascii=False, indent=1)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_text(text, encoding="utf-8")
        os.replace(part, path)  # noqa: PTH105 -- replaces on Windows too, atomically


def code_of(name: str) -> int:
    """The code in pygame of a key by its name (`e`, `f5`); 0 if no action may have it.

    Digits answer encounters, and the keys that move the focus are never free.
    """
    free = re.fullmatch(r"[a-z]|f\d\d?", name) is not None
    return int(getattr(pygame, f"K_{name if len(name) == 1 else name.upper()}", 0)) if free else 0


def label_of(name: str) -> str:
    """What stands on the key."""
    return name.upper() if len(name) <= 3 else name.capitalize()


def key_labels(settings: Settings) -> tuple[tuple[str, str], ...]:
    """Label of the key of each action, for hints."""
    return tuple((action, label_of(name)) for action, name in settings.keys.items())
