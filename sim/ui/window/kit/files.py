"""Shipped pictures, fonts and sounds: found, or missed with one message that names the file."""

import sys
from pathlib import Path

from sim.paths import assets_dir

missed: list[str] = []


def asset(*parts: str) -> Path:
    """The path of a shipped asset, such as `asset("icons", "gift.svg")`."""
    return assets_dir().joinpath(*parts)


def complain(path: Path, error: Exception) -> None:
    """Says once per file that it cannot be used; the game goes on with a stand-in."""
    name = str(path)
    if name not in missed:
        missed.append(name)
        print(f"{name}: {error}", file=sys.stderr)  # noqa: T201 -- nobody else would say it
