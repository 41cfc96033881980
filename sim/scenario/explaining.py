"""Why a code is told, with an example, and what to do about it; in both languages.

    explain(code, lang)   what `run.py check --explain CODE` prints
    advice(code, lang)    why and what to do, where there is room for two sentences
    repair(code, lang)    what to do, in one

The words stand in `messages/why/*.yaml`, one entry for every code. The examples are parts of a
scenario that a test lays over a sound one: the wrong one must be told with just this code, the
right one must pass.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sim.scenario.diagnostics import pattern
from sim.scenario.messages import MESSAGES, Language
from sim.scenario.source import read

FOLDER = Path(__file__).parent / "messages" / "why"

_SEVERITIES: Mapping[str, tuple[str, str]] = {
    "error": ("error", "错误"),
    "warning": ("warning", "警告"),
    "note": ("note", "提示"),
}
_HEADINGS: Mapping[str, tuple[str, str]] = {
    "why": ("Why: ", "原因："),
    "wrong": ("For example:", "例如："),
    "right": ("Rather:", "应为："),
    "repair": ("What to do: ", "怎么办："),
}


@dataclass(frozen=True)
class Explanation:
    """What lies behind a code.

    Attributes:
        why: The reason, by language.
        repair: The advice, by language.
        wrong: Lines that bring the message about.
        right: The same lines without the mistake.
    """

    why: Mapping[str, str]
    repair: Mapping[str, str]
    wrong: str
    right: str


@cache
def explanations() -> Mapping[str, Explanation]:
    """All of them, by code."""
    found: dict[str, Explanation] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        source = read(path)
        assert source.data is not None, source.problems
        found |= {code: Explanation(**entry) for code, entry in source.data.items()}
    return found


def repair(code: str, lang: Language) -> str:
    """What to do about a problem, in one sentence; empty when there is no such code."""
    known = explanations().get(code)
    return known.repair[lang] if known is not None else ""


def advice(code: str, lang: Language) -> str:
    """Why a problem is one and what to do, in two sentences; empty when there is no such code."""
    known = explanations().get(code)
    if known is None:
        return ""
    return known.why[lang] + ("" if lang == "zh" else " ") + known.repair[lang]


def explain(code: str, lang: Language) -> str | None:
    """What a code stands for, why, an example and what to do; None when there is no such code."""
    known = explanations().get(code)
    if code not in MESSAGES or known is None:
        return None
    zh = lang == "zh"
    heading = {name: words[zh] for name, words in _HEADINGS.items()}
    severity = _SEVERITIES[MESSAGES[code].severity][zh]
    colon = "：" if zh else ": "
    return "\n".join(
        [
            f"{code} {severity}{colon}{pattern(code, lang)}",
            heading["why"] + known.why[lang],
            heading["wrong"],
            *_indented(known.wrong),
            heading["right"],
            *_indented(known.right),
            heading["repair"] + known.repair[lang],
        ]
    )


def _indented(example: str) -> list[str]:
    return [f"    {line}".rstrip() for line in example.rstrip("\n").split("\n")]
