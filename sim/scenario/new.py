"""A scenario to begin with: a blank that can be played, under its author's name.

create("my-case", kind="consumer") -> Path      raises SimError
"""

import re
from pathlib import Path
from typing import Any, Final, Literal

from sim.errors import SimError
from sim.paths import scenarios_dir
from sim.scenario.edit import Draft
from sim.scenario.editors import MODELINE, equip
from sim.scenario.load import FILE_NAME, load_scenario
from sim.scenario.messages import Language

Kind = Literal["consumer", "account", "mixed"]
Spoken = Literal["en", "zh", "both"]
KINDS: Final[tuple[Kind, ...]] = ("consumer", "account", "mixed")
SPOKEN: Final[tuple[Spoken, ...]] = ("en", "zh", "both")
LEAST_TURNS, MOST_TURNS = 3, 24

_NAME = re.compile(r"[a-z][a-z0-9-]{0,59}")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_STAND_IN = "my-case"  # the name in the commands of a blank
_BETWEEN = " · "  # English stands before it in a remark of a blank, Chinese behind
# What precedes the words of a remark: the value, the mark, a command to type and a wide gap.
_LEAD = re.compile(r"^(.*?#\s(?:.*\S {2,})?)(.*)$")


def create(
    name: str,
    *,
    kind: Kind = "consumer",
    language: Spoken = "both",
    turns: int | None = None,
    source: str | None = None,
    folder: Path | None = None,
    editor: Language = "en",
) -> Path:
    """Write `NAME/scenario.yaml`, which `check` finds clean and `play` plays.

    Beside it go a schema and the settings of an editor that reads it.

    Args:
        name: of the scenario and its folder: small letters, digits and hyphens.
        kind: of the customers; decides which blank is taken.
        language: of the remarks that explain the format; texts are always in both.
        turns: how many; the blank's own number if None. What is scheduled moves along.
        source: name or path of a scenario to copy instead of a blank; its remarks stay.
        folder: where the new folder goes; the current one by default.
        editor: language in which an editor explains the fields.

    Returns:
        The new file.

    Raises:
        SimError: `new/bad-name`, `new/bad-length`, `new/exists`, `new/cannot-write`.
        ScenarioError: `source` cannot be found or has errors.
    """
    if not _NAME.fullmatch(name):
        raise SimError("new/bad-name", name=name)
    if turns is not None and not LEAST_TURNS <= turns <= MOST_TURNS:
        raise SimError("new/bad-length", turns=turns, least=LEAST_TURNS, most=MOST_TURNS)
    blank = source or scenarios_dir() / "templates" / kind
    draft = Draft(load_scenario(blank).source.text)
    draft.replace(("id",), name)
    if turns is not None:
        _stretch(draft, turns)
    text = draft.finish()
    if source is None:
        text = in_language(text.replace(_STAND_IN, name), language)
    return _write((folder or Path()) / name, MODELINE + text.removeprefix(MODELINE), editor)


def _stretch(draft: Draft, turns: int) -> None:
    """Change the length; what is scheduled keeps its place in the whole."""
    old = int(draft.data["turns"])
    draft.replace(("turns",), turns)
    for section in ("encounters", "events"):
        entries: dict[str, Any] = draft.data.get(section) or {}
        for name, entry in list(entries.items()):
            if entry.get("turn") is not None:
                moved = max(1, round(int(entry["turn"]) * turns / old))
                draft.replace((section, name, "turn"), moved)


def in_language(text: str, language: Spoken) -> str:
    """The text of a blank with its remarks in one language, or as they are.

    A remark holds both, divided by ` · `; or its lines alternate, each in one language.
    """
    if language == "both":
        return text
    kept = (_line(line, language) for line in text.split("\n"))
    return "\n".join(line for line in kept if line is not None)


def _line(line: str, language: Spoken) -> str | None:
    before, mark, chinese = line.partition(_BETWEEN)
    if mark and "#" in before:
        if language == "en":
            return before
        lead = _LEAD.match(before)
        assert lead is not None
        return lead[1] + chinese
    if line.lstrip().startswith("#") and " {" not in line:
        return line if bool(_CHINESE.search(line)) == (language == "zh") else None
    return line


def _write(folder: Path, text: str, editor: Language) -> Path:
    path = folder / FILE_NAME
    try:
        folder.mkdir(parents=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        equip(path, editor)
    except FileExistsError as error:
        raise SimError("new/exists", path=str(folder)) from error
    except OSError as error:
        raise SimError("new/cannot-write", path=str(folder)) from error
    return path
