"""Brings files of older versions of the language up to date, byte for byte around what changes.

    version_of(text, name) -> int             the version that a file is written in
    migrated(text, name, steps=...) -> str    the file in the present version

`format:` names the version. There is one step for each older one, from it to the next, and none is
ever removed or changed, so that the oldest file can still be read. Version 0 are the drafts from
before versions were counted: they have no `format:`, and otherwise the fields of version 1.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sim.errors import ScenarioError
from sim.scenario.diagnostics import Place, Problem, make
from sim.scenario.edit import Draft
from sim.scenario.schema_types import FORMAT

Step = Callable[[Draft], str]


def _from_drafts(draft: Draft) -> str:
    """0 to 1: the version is named, on the first line behind the comments at the top."""
    root = draft.node(())
    assert root is not None
    if "format" in draft.data:
        draft.replace(("format",), 1)
        return draft.finish()
    if root.flow:
        draft.add(("format",), 1)
        return draft.finish()
    end = "\r\n" if "\r\n" in draft.text else "\n"
    return f"{draft.text[: root.start]}format: 1{end}{draft.text[root.start :]}"


STEPS: Mapping[int, Step] = MappingProxyType({0: _from_drafts})


def version_of(text: str, name: str) -> int:
    """The version that a file is written in; 0 where it does not say.

    Raises:
        ScenarioError: It has syntax errors, or its version is no whole number (T05).
    """
    return _version(Draft(text, name), name)


def _version(draft: Draft, name: str) -> int:
    said = draft.data.get("format")
    if said is None:
        return 0
    if isinstance(said, str) and said.isascii() and said.isdecimal():
        return int(said)
    raise ScenarioError([_problem("T05", draft, name, value=said)])


def migrated(
    text: str, name: str, *, steps: Mapping[int, Step] = STEPS, target: int = FORMAT
) -> str:
    """The same scenario in the present version; the same text if it is in that already.

    Args:
        text: Of the file.
        name: What to call it in problems.
        steps: From each version to the next.
        target: The version wanted.

    Raises:
        ScenarioError: It has syntax errors; it is newer than this program (L61); or there is no
            step from its version (E60).
    """
    draft = Draft(text, name)
    version = _version(draft, name)
    if version > target:
        raise ScenarioError([_problem("L61", draft, name, value=version, limit=target)])
    while version < target:
        if version not in steps:
            raise ScenarioError([_problem("E60", draft, name, value=version, limit=target)])
        draft = Draft(steps[version](draft), name)
        version += 1
    return draft.text


def _problem(code: str, draft: Draft, name: str, **data: object) -> Problem:
    node = draft.node(("format",))
    line = draft.text.count("\n", 0, node.start) + 1 if node else 1
    return make(code, Place(name, line, 1), "format", **data)
