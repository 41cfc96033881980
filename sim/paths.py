"""Where things lie on disk: what is shipped (read only) and what the user keeps."""

import os
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def command() -> str:
    """What a user types to start the program: installed, or from the source tree."""
    return "rapport" if (PACKAGE / "_data").is_dir() else "python3 run.py"


def _shipped(name: str) -> Path:
    """The folder `name`: inside the package in a wheel, beside it in a checkout."""
    packed = PACKAGE / "_data" / name
    return packed if packed.is_dir() else PACKAGE.parent / name


def scenarios_dir() -> Path:
    """The shipped scenarios, one folder each, and `library/`."""
    return _shipped("scenarios")


def assets_dir() -> Path:
    """Fonts, portraits, icons and their licences."""
    return _shipped("assets")


def user_dir() -> Path:
    """Where saves, caches and crash reports go; not created here.

    `RAPPORT_HOME` decides if it is set; otherwise the custom of the system.
    """
    chosen = os.environ.get("RAPPORT_HOME")
    return Path(chosen).expanduser().absolute() if chosen else _customary_dir()


def _customary_dir() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / "Rapport"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Rapport"
    # The XDG specification says that a relative path there is to be ignored.
    base = Path(os.environ.get("XDG_DATA_HOME", ""))
    return (base if base.is_absolute() else Path.home() / ".local" / "share") / "rapport"
