"""New scenarios for those who edit one: written once, then copied, which takes no time."""

import tempfile
from functools import cache
from pathlib import Path

from sim.scenario import new

NAME = "my-inn"


@cache
def _files(source: str | None) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        made = new.create(NAME, source=source, folder=Path(folder)).parent
        return {
            path.relative_to(made).as_posix(): path.read_bytes()
            for path in made.rglob("*")
            if path.is_file()
        }


def drafted(folder: Path, source: str | None = None) -> Path:
    """The file of a new scenario `my-inn` in `folder`, as `new.create` writes it.

    Args:
        folder: where its own folder goes.
        source: name of a scenario to copy instead of a blank.
    """
    for name, content in _files(source).items():
        file = folder / NAME / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder / NAME / "scenario.yaml"
