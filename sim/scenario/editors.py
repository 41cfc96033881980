"""What an editor needs to help an author: a schema beside the scenario, and how to use it.

equip(folder, lang)        writes both; `run.py new` does
renew(scenario, data)      brings the ids in the schema up to date; `run.py edit` does
"""

import json
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from sim.errors import ScenarioError
from sim.paths import PACKAGE, command
from sim.scenario.library import load_library
from sim.scenario.load import located
from sim.scenario.messages import Language
from sim.scenario.rewrite import write
from sim.scenario.schema import json_schema
from sim.scenario.schema_ids import ids_of
from sim.scenario.source import read

SCHEMA_NAME = "scenario.schema.json"
MODELINE = f"# yaml-language-server: $schema={SCHEMA_NAME}\n"
_MADE_BY = "rapport"  # and the language, in the comment of a schema that may be written over
_LEVELS = {
    "error": (r"(?!warning: |note: |警告：|提示：)", "error"),
    "warning": (r"(?:warning: |警告：)", "warning"),
    "note": (r"(?:note: |提示：)", "info"),
}


def schema_text(data: Any, lang: Language, *, own: bool = True) -> str:
    """The JSON Schema of scenario files as text.

    Args:
        data: A file as read, whose ids are to be offered.
        lang: Of the descriptions.
        own: Whether there is such a file; without, any id may be named.
    """
    library = load_library()
    schema = json_schema(library, lang, ids_of(data, library) if own else None)
    comment = {"$comment": f"{_MADE_BY} {lang}"}
    return json.dumps({**comment, **schema}, ensure_ascii=False, indent=1) + "\n"


def print_schema(scenario: str | None, lang: str, out: Path | None = None) -> int:
    """What `run.py schema` does.

    Args:
        scenario: Name or path of the one whose ids are to be offered; None leaves them open.
        lang: Of the descriptions.
        out: The file to write; None prints.

    Returns:
        The exit code: 0.

    Raises:
        ScenarioError: There is no such scenario, or the file cannot be written (E92).
    """
    language: Language = "zh" if lang == "zh" else "en"
    data = None if scenario is None else read(located(scenario)).data
    text = schema_text(data, language, own=scenario is not None)
    if out is None:
        sys.stdout.write(text)
    else:
        write(out, text.encode())
    return 0


def renew(scenario: Path, data: Any) -> bool:
    """Brings the schema beside a scenario up to date, if there is one that this program made.

    Args:
        scenario: The scenario's file.
        data: As it was read.

    Returns:
        Whether the schema was changed. One that cannot be written stays as it is.
    """
    path = scenario.with_name(SCHEMA_NAME)
    lang = _language_of(path)
    if lang is None:
        return False
    text = schema_text(data, lang)
    with suppress(OSError, ScenarioError):
        if path.read_text(encoding="utf-8") != text:
            write(path, text.encode())
            return True
    return False


def _language_of(path: Path) -> Language | None:
    """The language of a schema that this program made; None for any other file, and for none."""
    try:
        with path.open(encoding="utf-8") as stream:
            head = stream.read(200)
    except (OSError, ValueError):
        return None
    for lang in ("en", "zh"):
        if f'"$comment": "{_MADE_BY} {lang}"' in head:
            return "zh" if lang == "zh" else "en"
    return None


def equip(scenario: Path, lang: Language) -> None:
    """Writes the schema and the settings of Visual Studio Code beside a new scenario.

    Args:
        scenario: The scenario's file.
        lang: Of what the editor says.

    Raises:
        OSError: It cannot be written.
    """
    text = schema_text(read(scenario).data, lang)
    _put(scenario.with_name(SCHEMA_NAME), text)
    folder = scenario.parent / ".vscode"
    folder.mkdir(exist_ok=True)
    _put(folder / "settings.json", _text(settings()))
    _put(folder / "tasks.json", _text(tasks(scenario, lang)))


def settings() -> dict[str, Any]:
    """Settings of the editor for the folder: nothing is looked up in the network."""
    return {
        "yaml.schemaStore.enable": False,
        "yaml.schemas": {f"./{SCHEMA_NAME}": "scenario.yaml"},
        "files.encoding": "utf8",
        "[yaml]": {
            "editor.insertSpaces": True,
            "editor.tabSize": 2,
            "editor.quickSuggestions": {"other": True, "comments": False, "strings": True},
        },
    }


def tasks(scenario: Path, lang: Language) -> dict[str, Any]:
    """The task that checks the scenario and puts what it says into the editor's list of problems.

    Args:
        scenario: The scenario's file.
        lang: Of the messages.
    """
    installed = command() == "rapport"
    start = ["rapport"] if installed else [sys.executable, str(PACKAGE.parent / "run.py")]
    words = ["check", scenario.parent.name, "--lang", lang]
    return {
        "version": "2.0.0",
        "tasks": [
            {
                "label": "check",
                "type": "process",
                "command": start[0],
                "args": [*start[1:], *words],
                "options": {"cwd": "${workspaceFolder}/.."},
                "group": {"kind": "build", "isDefault": True},
                "presentation": {"reveal": "silent", "clear": True},
                "problemMatcher": [_matcher(level) for level in _LEVELS],
            }
        ],
    }


def _matcher(level: str) -> dict[str, Any]:
    """How the editor reads the lines of `check` of one severity."""
    sign, severity = _LEVELS[level]
    return {
        "owner": f"rapport-{level}",
        "fileLocation": ["relative", "${workspaceFolder}/.."],
        "severity": severity,
        "pattern": {
            "regexp": rf"^(\S.*?):(\d+):(\d+): {sign}(.*?)(?: \[(\w+)\])?$",
            "file": 1,
            "line": 2,
            "column": 3,
            "message": 4,
            "code": 5,
        },
    }


def _text(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
