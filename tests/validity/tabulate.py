"""Brings `docs/rules.md` and `docs/rules.zh.md` up to date with the model.

python -m tests.validity.tabulate       writes the coefficients, prints the facts as measured now

What a coefficient is stands in both languages in the library. Its unit and its source are English
there; `coefficients_zh.json` holds the words for them, and names of authors stay as they are.
"""

import json
import re
from pathlib import Path

from sim.scenario.library import load_library
from sim.scenario.locks import Lang
from sim.scenario.schema_library import ParameterEntry
from tests.validity import (
    test_f01_f05,
    test_f06_f09,
    test_f10_f13,
    test_f14_f15,
    test_f16_f17,
    test_f18_f20,
    test_supplementary,
)
from tests.validity.experiment import Values

DOCS = Path(__file__).parents[2] / "docs"
PAGES: dict[Lang, Path] = {"en": DOCS / "rules.md", "zh": DOCS / "rules.zh.md"}
START = "<!-- coefficients: written by python -m tests.validity.tabulate -->\n"
END = "<!-- end -->\n"
RULE = "|---|---|---|---|---|---|---|\n"
HEADS = {
    "en": "| Name | Value | Range | Unit | Per | What it is | Source |\n",
    "zh": "| 名称 | 数值 | 范围 | 单位 | 按 | 是什么 | 出处 |\n",
}
MONTH = {"en": "month", "zh": "月"}
WORDS = json.loads((Path(__file__).parent / "coefficients_zh.json").read_text("utf-8"))
MARKS = {"; ": "；", " (": "（", ")": "）"}
CITATION = re.compile(r"(?:(?:[A-Z][\w-]*|de|den|van|et|al\.|&),? )+\d{4}")
MODULES = (
    test_f01_f05,
    test_f06_f09,
    test_f10_f13,
    test_f14_f15,
    test_f16_f17,
    test_f18_f20,
    test_supplementary,
)


def coefficients(lang: Lang) -> str:
    """Every coefficient of the library as a table, in the order of its file.

    Raises:
        KeyError: A unit or a source has no Chinese words yet.
    """
    entries = load_library().parameters.items()
    return HEADS[lang] + RULE + "".join(_row(name, entry, lang) for name, entry in entries)


def _row(name: str, entry: ParameterEntry, lang: Lang) -> str:
    span = f"{entry.low:g} – {entry.high:g}"
    told = "" if entry.text is None else getattr(entry.text, lang)
    unit, source = str(entry.unit), str(entry.source)
    if lang == "zh":
        unit, source = WORDS["units"][unit], _in_chinese(source)
    per = "" if entry.rate == "none" else MONTH[lang]
    return f"| `{name}` | {entry.value:g} | {span} | {unit} | {per} | {told} | {source} |\n"


def _in_chinese(source: str) -> str:
    parts = re.split(r"(; | \(|\))", source)
    return "".join(
        MARKS.get(part) or (part if CITATION.fullmatch(part) else WORDS["sources"][part])
        for part in parts
        if part
    )


def told(neutral: Values, shipped: Values) -> str:
    """The values of one fact; a second number where the shipped tables change it."""
    parts = []
    for name, value in neutral.items():
        one, other = f"{value:.2f}", f"{shipped[name]:.2f}"
        parts.append(f"{name} {one}" + (f" ({other})" if other != one else ""))
    return "; ".join(parts)


def main() -> None:
    """Writes what can be written and measures every fact on both tables."""
    for lang, page in PAGES.items():
        before, _, rest = page.read_text("utf-8").partition(START)
        after = rest.partition(END)[2]
        page.write_text(before + START + coefficients(lang) + END + after, "utf-8")
    for module in MODULES:
        for name, measure in vars(module).items():
            if name[0] in "fs" and name[1:].isdigit() and name not in {"s2", "s4"}:
                print(f"| {name.upper()} | {told(measure('neutral'), measure('shipped'))} |")


if __name__ == "__main__":
    main()
