"""What tests of the library's texts share: its files as they are read, and the rules of prose."""

import re
from typing import Any

from sim.paths import scenarios_dir
from sim.scenario.source import read

HANZI = re.compile(r"[\u4e00-\u9fff]")
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,.?!;:()]|[,.?!;:()][\u4e00-\u9fff]")
SENTENCE_END = re.compile(r"[.!?][\"')]*(?=\s|$)")


def library_file(name: str) -> Any:
    """`scenarios/library/NAME.yaml` as it is written."""
    source = read(scenarios_dir() / "library" / f"{name}.yaml")
    assert source.problems == ()
    return source.data
