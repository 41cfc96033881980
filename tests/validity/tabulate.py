"""Brings `docs/rules.md` up to date with the model.

python -m tests.validity.tabulate       writes the coefficients, prints the facts as measured now
"""

from pathlib import Path

from sim.scenario.library import load_library
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

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"
START = "<!-- coefficients: written by python -m tests.validity.tabulate -->\n"
END = "<!-- end -->\n"
HEAD = (
    "| Name | Value | Range | Unit | Per | What it is | Source |\n|---|---|---|---|---|---|---|\n"
)
PER = {
    "none": "",
    "month": "month",
    "month_chance": "month",
    "month_keep": "month",
    "month_linear": "month",
    "month_compound": "month",
}
MODULES = (
    test_f01_f05,
    test_f06_f09,
    test_f10_f13,
    test_f14_f15,
    test_f16_f17,
    test_f18_f20,
    test_supplementary,
)


def coefficients() -> str:
    """Every coefficient of the library as a table, in the order of its file."""
    entries = load_library().parameters.items()
    return HEAD + "".join(_row(name, entry) for name, entry in entries)


def _row(name: str, entry: ParameterEntry) -> str:
    span = f"{entry.low:g} – {entry.high:g}"
    told = "" if entry.text is None else entry.text.en
    cells = (f"`{name}`", f"{entry.value:g}", span, str(entry.unit), PER[entry.rate], told)
    return f"| {' | '.join(cells)} | {entry.source} |\n"


def told(neutral: Values, shipped: Values) -> str:
    """The values of one fact; a second number where the shipped tables change it."""
    parts = []
    for name, value in neutral.items():
        one, other = f"{value:.2f}", f"{shipped[name]:.2f}"
        parts.append(f"{name} {one}" + (f" ({other})" if other != one else ""))
    return "; ".join(parts)


def main() -> None:
    """Writes what can be written and measures every fact on both tables."""
    before, _, rest = PAGE.read_text("utf-8").partition(START)
    after = rest.partition(END)[2]
    PAGE.write_text(before + START + coefficients() + END + after, "utf-8")
    for module in MODULES:
        for name, measure in vars(module).items():
            if name[0] in "fs" and name[1:].isdigit() and name not in {"s2", "s4"}:
                print(f"| {name.upper()} | {told(measure('neutral'), measure('shipped'))} |")


if __name__ == "__main__":
    main()
