"""The reference of the scenario language, made from what the program itself goes by.

    python -m sim.scenario.reference            prints it (--lang en|zh)
    python -m sim.scenario.reference --write    writes docs/reference.md and docs/reference.zh.md

A test compares the files with what this makes, so that no field, word, action or code is missing.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sim.paths import PACKAGE
from sim.scenario.library import Library, load_library
from sim.scenario.messages import Language
from sim.scenario.reference_fields import field_tables
from sim.scenario.reference_words import (
    action_tables,
    code_table,
    concept_table,
    condition_tables,
    parameter_table,
    step_tables,
    words_tables,
)

FILES: dict[Language, str] = {"en": "reference.md", "zh": "reference.zh.md"}

_HEAD = {
    "en": """# Reference of the scenario language

*[中文](reference.zh.md)* · How to write a scenario is told in [authoring.md](authoring.md).

This file is made by `python -m sim.scenario.reference --write` from the program itself. It lists
[fields](#fields), [words](#words), [names in conditions](#conditions),
[orders of steps](#steps), [actions](#actions), [parameters](#parameter-words),
[concepts](#concept-words) and [what `check` may say](#codes).

ID stands for an id of your own choice: small letters, digits, `-` and `_`, beginning with a letter.
A share is written `40%` or `0.4`. Points run from 0 to 100. Logits are steps of log-odds: +1 turns
a chance of 50% into one of 73%. A number in brackets does not itself belong to its range.
""",
    "zh": """# 情景语言参考

*[English](reference.md)* · 怎样编写情景，见 [authoring.zh.md](authoring.zh.md)。

本文件由 `python -m sim.scenario.reference --write` 根据程序自身生成，列出[字段](#fields)、
[词语](#words)、[条件中的名称](#conditions)、[步骤流程](#steps)、[行动](#actions)、[参数](#parameter-words)、
[概念](#concept-words)和 [`check` 的全部消息](#codes)。

ID 表示自取的标识：小写字母、数字、`-` 和 `_`，以字母开头。比例写成 `40%` 或 `0.4`。
分数从 0 到 100。对数几率是可能性的一种刻度：加 1 会把 50% 变成 73%。
范围中带括号的数本身不在范围内。
""",
}
_SECTIONS = {
    "fields": ("Fields", "字段"),
    "words": ("Words", "词语"),
    "conditions": ("Names in conditions", "条件中的名称"),
    "steps": ("Orders of steps", "步骤流程"),
    "actions": ("Actions of the library", "库中的行动"),
    "parameter-words": ("Parameters", "参数"),
    "concept-words": ("Concepts", "概念"),
    "codes": ("What check may say", "check 的全部消息"),
}


def reference(library: Library, lang: Language) -> str:
    """The whole reference in one language, Markdown."""
    bodies = (
        field_tables(library, lang),
        words_tables(library, lang),
        condition_tables(lang),
        step_tables(library, lang),
        action_tables(library, lang),
        parameter_table(library, lang),
        concept_table(library, lang),
        code_table(lang),
    )
    parts = [_HEAD[lang]]
    for (anchor, titles), body in zip(_SECTIONS.items(), bodies, strict=True):
        parts.append(f'<a id="{anchor}"></a>\n\n## {titles[lang == "zh"]}\n\n{body}\n')
    return "\n".join(parts)


def main(words: Sequence[str] | None = None) -> int:
    """Prints the reference, or writes it to `docs/`."""
    parser = argparse.ArgumentParser(prog="python -m sim.scenario.reference")
    parser.add_argument("--lang", choices=tuple(FILES), default="en")
    parser.add_argument("--write", action="store_true", help="write docs/reference*.md instead")
    asked = parser.parse_args(words)
    library = load_library()
    if not asked.write:
        sys.stdout.write(reference(library, asked.lang))
        return 0
    for lang, name in FILES.items():
        docs: Path = PACKAGE.parent / "docs"
        (docs / name).write_text(reference(library, lang), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
