"""The files of a scenario while its author is writing them.

    stamp(files_of(path))       what is compared between two looks: it changes with every save

Asking the system for a dozen files takes some microseconds, works on every system and on network
drives, and needs no package; so they are asked for again and again.
"""

from collections.abc import Iterable
from pathlib import Path

from sim.paths import scenarios_dir
from sim.scenario.locks import locks_path

# When a file was written, its size and its number; None where there is none that can be read.
Mark = tuple[int, int, int] | None
Stamp = tuple[tuple[str, Mark], ...]


def files_of(scenario: Path) -> tuple[Path, ...]:
    """All files that what `check` says of a scenario depends on, whether they exist or not.

    Args:
        scenario: the file of the scenario.
    """
    return (scenario, locks_path(scenario), *library_files())


def library_files() -> tuple[Path, ...]:
    """The files of the library that all scenarios share, as far as there are any."""
    return tuple(sorted((scenarios_dir() / "library").glob("*.yaml")))


def stamp(files: Iterable[Path]) -> Stamp:
    """How files stand now; a save changes it, also one that puts a new file in the old one's place.

    Args:
        files: may be missing, and may come and go.
    """
    return tuple((str(file), _mark(file)) for file in files)


def _mark(file: Path) -> Mark:
    try:
        found = file.stat()
    except (OSError, ValueError):  # not there, not to be read, or no possible name
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
