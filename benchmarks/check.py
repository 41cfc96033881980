"""How long `check` takes: `python -m benchmarks.check [CUSTOMERS]`, 2,000 by default.

A scenario of so many customers is made up and looked at as `check` does: read with positions, held
against the schema, and given to every check across fields. Forty customers are the most that can be
played, so that is told as well; the others are looked at all the same. Beside it, in turn within
one process, stands what is the least anybody could do: PyYAML's own reading of the text, and the
schema. The shipped scenarios follow.
"""

import argparse
import gc
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import yaml
from pydantic import ValidationError

from benchmarks.clock import Timed, table
from sim.paths import scenarios_dir
from sim.scenario.load import Inspection, inspect_source
from sim.scenario.schema_scenario import Scenario
from sim.scenario.source import parse

CAFE = scenarios_dir() / "corner-cafe" / "scenario.yaml"
ROUNDS = 5

_STYLES = ("driver", "analytical", "expressive", "amiable")
_MOODS = ("rising", "falling", "calm", "complacent")
_CUSTOMER = """\
  guest-{n}:
    name: {{en: Guest {n}, zh: 客人{n}}}
    about:
      en: Comes at {hour} and takes seat {n}, whatever stands on the board by the door.
      zh: {hour}点来，坐{n}号位，不管门口黑板上写了什么。
    style: {style}
    mood: {mood}
    potential: 1.{digit}
    satisfaction: 5{digit}
    trust: 4{digit}
    motives: {{respect: 3, convenience: 2}}
    ties: {{guest-{friend}: 20%}}
    file:
      preference: {{en: The usual at {hour}., zh: {hour}点的老样子。}}
"""


def crowd(customers: int) -> str:
    """The text of a scenario with so many customers, otherwise that of the café by the corner."""
    text = CAFE.read_text(encoding="utf-8")
    begin = text.index("\ncustomers:\n") + len("\ncustomers:\n")
    more = "".join(
        _CUSTOMER.format(
            n=number,
            hour=7 + number % 12,
            digit=number % 10,
            style=_STYLES[number % 4],
            mood=_MOODS[number // 4 % 4],
            friend=(number + 1) % customers,
        )
        for number in range(customers)
    )
    return text[:begin] + more + text[begin:]


def raw(text: str) -> None:
    """What anybody has to do: read YAML without positions, and hold it against the schema.

    What extends another entry lacks a field or two without it; the schema says so and goes on.
    """
    gc.disable()  # as the program's own reading does
    try:
        with suppress(ValidationError):
            Scenario.model_validate(yaml.load(text, Loader=yaml.CBaseLoader))  # noqa: S506
    finally:
        gc.enable()


def whole(text: str, path: Path) -> Inspection:
    """What `check` does."""
    return inspect_source(parse(text, str(path)), path)


def measured(text: str, path: Path, *, least: bool) -> Timed:
    """Both, in turn."""
    timed = Timed()
    whole(text, path)  # the library is read once
    for _ in range(ROUNDS):
        if least:
            timed.call("raw", lambda: raw(text))
        timed.call("parse", lambda: parse(text, str(path)))
        timed.call("check", lambda: whole(text, path))
    return timed


def lines(customers: int) -> Iterator[list[str]]:
    """One line for the crowd, and one for each shipped scenario."""
    text = crowd(customers)
    timed = measured(text, CAFE, least=True)
    yield [
        f"{customers} customers",
        f"{text.count(chr(10))}",
        _ms(timed.middle("raw")),
        _ms(timed.middle("parse")),
        _ms(timed.middle("check")),
        f"{timed.ratio('check', 'raw'):.2f} x",
    ]
    for path in sorted(scenarios_dir().glob("*/scenario.yaml")):
        text = path.read_text(encoding="utf-8")
        timed = measured(text, path, least=False)
        shown = [_ms(timed.middle(name)) for name in ("parse", "check")]
        yield [path.parent.name, f"{text.count(chr(10))}", "", *shown, ""]


def _ms(nanoseconds: float) -> str:
    return f"{nanoseconds / 1e6:.0f} ms"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.check", description=__doc__)
    parser.add_argument("customers", nargs="?", type=int, default=2_000)
    asked = parser.parse_args()
    heads = ["", "lines", "YAML and schema", "read", "check", "check/YAML and schema"]
    print(table("Checking a scenario, processor time", heads, lines(asked.customers)))


if __name__ == "__main__":
    main()
