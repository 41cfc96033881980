"""Prints the balance of a scenario as the Markdown of the instructor's pages.

.venv/bin/python docs/scenarios/table.py corner-cafe
.venv/bin/python docs/scenarios/table.py corner-cafe --lang zh
.venv/bin/python docs/scenarios/table.py my-bookshop/scenario.yaml --brief
.venv/bin/python docs/scenarios/table.py corner-cafe --write

First what the bots reach, then how they end, then how often the expert takes what is on offer,
at last what is out of balance. `--brief` leaves out the third, the longest part. `--write` puts the
first two and the actions of the third into the instructor's pages, in both languages; the words
around them, which quote some of the figures, want reading again.
"""

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sim.lab.balance.balance import Balance, balance
from sim.lab.balance.faults import faults
from sim.lab.balance.reached import Reached, best
from sim.scenario.load import load_scenario
from sim.view.balance import sentence
from sim.view.balance_words import say

_HEADS = {
    "en": ("bot", "mean score", "95 % interval", "grade of the mean", "grades P10–P90"),
    "zh": ("机器人", "平均分", "95% 置信区间", "均分对应的成绩", "成绩 P10–P90"),
}
_ONE = {"en": "best single action: {name}", "zh": "只用一招，最好的一招：{name}"}
_USES = {
    "en": ("on offer", "opportunities", "taken by the expert", "meant"),
    "zh": ("选项", "机会", "专家选用", "是否有意"),
}
_KINDS = {
    "en": {"action": "action", "market": "firm", "response": "response"},
    "zh": {"action": "行动", "market": "企业", "response": "回应"},
}


def row(reached: Reached) -> tuple[str, ...]:
    """Mean score, its normal 95 % interval, the grade of the mean, and the spread of grades."""
    (low, high), (tenth, ninetieth) = reached.interval, reached.tenths
    mark = min(max(reached.grade, 0.0), 100.0)
    mean = f"{reached.mean:.1f}"
    return mean, f"{low:.1f}–{high:.1f}", f"{mark:.0f}", f"{tenth:.0f}–{ninetieth:.0f}"


def shown(found: Balance, lang: str) -> list[tuple[str, Reached]]:
    """The bots with a name, and the best of those that know one action only."""
    named = [(bot.name, bot) for bot in found.bots if not bot.name.startswith("only:")]
    single = best(found.singles)
    return [*named, (_ONE[lang].format(name=single.name), single)]


def tables(found: Balance, lang: str, *, brief: bool = False) -> Iterator[str]:
    """The lines of all parts."""
    bots = shown(found, lang)
    yield from _table(_HEADS[lang], [(name, *row(reached)) for name, reached in bots])
    yield ""
    heads = (_HEADS[lang][0], *(f"`{each}`" for each in found.endings))
    yield from _table(
        heads,
        [
            (name, *(f"{100 * reached.share(end):.0f} %" for end in found.endings))
            for name, reached in bots
        ],
    )
    if not brief:
        yield ""
        yield from _table(_USES[lang], _uses(found, lang))
    yield ""
    wrong = faults(found)
    yield from (f"- {sentence(fault, f'`{fault.subject}`', lang)}" for fault in wrong)
    if not wrong:
        yield say(lang, "balance.fine")


def _uses(found: Balance, lang: str) -> Iterator[tuple[str, ...]]:
    for use in found.uses:
        said = found.deliberate.get(use.path)
        yield (
            f"{_KINDS[lang][use.kind]} `{use.name}`",
            str(use.chances),
            f"{100 * use.share:.1f} %",
            "" if said is None else said.because.in_language("zh" if lang == "zh" else "en"),
        )


def write(found: Balance) -> None:
    """Renew the tables of the instructor's pages, and say which."""
    for lang, name in (("en", f"{found.scenario}.md"), ("zh", f"{found.scenario}.zh.md")):
        page = Path(__file__).parent / name
        text = page.read_text(encoding="utf-8")
        for table in _of_page(found, lang):
            text = _renewed(text, table)
        page.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{page}\n")


def _of_page(found: Balance, lang: str) -> Iterator[str]:
    """The tables of a page: bots, endings, and the actions on offer without what is meant."""
    bots, endings, *_ = "\n".join(tables(found, lang, brief=True)).split("\n\n")
    yield bots
    yield endings
    offers = [
        cells[:3]
        for cells, use in zip(_uses(found, lang), found.uses, strict=True)
        if use.kind != "response"
    ]
    yield "\n".join(_table(_USES[lang][:3], offers))


def _renewed(text: str, table: str) -> str:
    """A page in which the table that begins with the same two heads is replaced, if it has one."""
    begin = "|".join(table.split("|")[:3])
    for found in re.finditer(r"(?:^\|.*\n)+", text, re.MULTILINE):
        if found[0].startswith(begin):
            return text[: found.start()] + table + "\n" + text[found.end() :]
    sys.stderr.write(f"{begin} |: not on this page\n")
    return text


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "|---|" + "---:|" * (len(heads) - 1)
    for cells in rows:
        yield f"| {' | '.join(cells)} |"


def main() -> None:
    """Print the tables of the scenario that is named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("scenario", help="its name, or the path of its folder or file")
    parser.add_argument("--lang", choices=sorted(_HEADS), default="en")
    parser.add_argument("--brief", action="store_true", help="without the table of what is taken")
    parser.add_argument("--write", action="store_true", help="renew the instructor's pages")
    given = parser.parse_args()
    found = balance(load_scenario(given.scenario), forked=0)
    for line in tables(found, given.lang, brief=given.brief):
        sys.stdout.write(f"{line}\n")
    if given.write:
        write(found)


if __name__ == "__main__":
    main()
