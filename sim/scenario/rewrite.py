"""Reads and replaces a file as text, in the encoding that it has.

opened(path) -> text, encode      write(path, encode(new))      update(path, change)
"""

import codecs
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sim.errors import ScenarioError
from sim.scenario.decode import decode, read_bytes
from sim.scenario.diagnostics import Place, Problem, make

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def update(path: Path, change: Callable[[str], str], name: str | None = None) -> bool:
    """Rewrites a file in its own encoding, all of it or nothing.

    Args:
        path: Of the file.
        change: From its text to the new one.
        name: What to call it in problems.

    Returns:
        Whether anything has changed.

    Raises:
        ScenarioError: It cannot be read, or not be written (E92).
    """
    text, encode = opened(path, name)
    new = change(text)
    if new == text:
        return False
    write(path, encode(new))
    return True


def opened(path: Path, name: str | None = None) -> tuple[str, Callable[[str], bytes]]:
    """The text of a file and what turns a text into bytes of the same encoding.

    Raises:
        ScenarioError: It cannot be read.
    """
    name = str(path) if name is None else name
    data = read_bytes(path, name)
    if isinstance(data, Problem):
        raise ScenarioError([data])
    decoded = decode(data, name)
    if any(problem.severity == "error" for problem in decoded.problems):
        raise ScenarioError(decoded.problems)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return decoded.text, partial(_marked, mark, encoding)
    return decoded.text, str.encode


def write(path: Path, data: bytes) -> None:
    """Replaces a file in one step, so that a full disk cannot leave half of it.

    Raises:
        ScenarioError: E92: it cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        os.replace(part, path)  # noqa: PTH105 -- replaces on Windows too, atomically
    except OSError as failure:
        part.unlink(missing_ok=True)
        raise ScenarioError([make("E92", Place(str(path), 1, 1))]) from failure


def _marked(mark: bytes, encoding: str, text: str) -> bytes:
    return mark + text.encode(encoding)
