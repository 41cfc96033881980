"""`run.py migrate`: brings files up to date, shows what changes, and plays before and after.

A change of the language must not change a game. So the bots play some games of the file as it was
and as it will be, with the same luck; if one score differs in one bit, nothing is written. What
this program cannot play as it was is compared with scores that an older one kept (`--scores`).
"""

import difflib
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sim.engine.score import score
from sim.errors import ScenarioError
from sim.lab import runs
from sim.scenario.compile import compile_scenario
from sim.scenario.diagnostics import Place, make, render
from sim.scenario.load import FILE_NAME, inspect_source, located
from sim.scenario.messages import Language
from sim.scenario.migration import STEPS, Step, migrated
from sim.scenario.rewrite import opened, write
from sim.scenario.schema_types import FORMAT
from sim.scenario.source import parse

BOTS = ("expert", "vip", "loudest", "discount", "random", "nothing")
GAMES = 4  # of each bot
SEED = 20_260_101

FINE, FOUND = 0, 1
_PLAYED = {
    "same": ("the bots score the same", "策略代打的得分不变"),
    "kept": ("the bots' scores were kept", "策略代打的得分已存下"),
    "none": ("nothing to compare its games with", "没有可比较的对局"),
}

Scores = Mapping[str, Sequence[float]]


@dataclass(frozen=True)
class Wish:
    """What is asked for.

    Attributes:
        only_show: Write nothing.
        scores: A file of scores: compared with where it is there, else written.
        steps: Of the migration.
        target: The version wanted.
    """

    only_show: bool = False
    scores: Path | None = None
    steps: Mapping[int, Step] = field(default_factory=lambda: STEPS)
    target: int = FORMAT


def migrate(paths: Sequence[str], lang: Language, wish: Wish | None = None) -> int:
    """Brings files up to date.

    Args:
        paths: Names, files or folders.
        lang: Of what is said.
        wish: What is asked for.

    Returns:
        1 if one of the files could not be migrated, else 0.

    Raises:
        ScenarioError: There is no scenario of a name, or the file of scores cannot be read.
    """
    wish = wish or Wish()
    known = _kept(wish.scores)
    played: dict[str, Scores] = {}
    failed = False
    for path in [file for each in paths for file in _files(each)]:
        try:
            played |= _one(path, lang, wish, known)
        except ScenarioError as error:
            failed = True
            sys.stdout.write(render(error.problems, lambda _: (), lang) + "\n")
    if wish.scores and known is None:
        write(wish.scores, (json.dumps(played, indent=1) + "\n").encode())
    return FOUND if failed else FINE


def _files(path: str) -> list[Path]:
    folder = Path(path)
    if folder.is_dir() and not (folder / FILE_NAME).is_file():
        return sorted(folder.rglob(FILE_NAME))
    return [located(path)]


def _one(
    path: Path, lang: Language, wish: Wish, known: Mapping[str, Scores] | None
) -> dict[str, Scores]:
    """Migrates one file; returns its scores where they were asked for, by its id."""
    text, encode = opened(path)
    new = migrated(text, str(path), steps=wish.steps, target=wish.target)
    if new == text and not wish.scores:
        _say(lang, f"{path}: up to date.", f"{path}：已是最新版本。")
        return {}
    sys.stdout.write(_difference(path, text, new))
    after = scores_of(new, path)
    name = path.parent.name if path.name == FILE_NAME else path.stem
    references = [scores_of(text, path) if new != text else None, (known or {}).get(name)]
    compared = [_same(path, before, after) for before in references if before is not None]
    if new != text and not wish.only_show:
        write(path, encode(new))
    played = "same" if compared else "kept" if wish.scores and known is None else "none"
    _say(lang, *_told(path, changed=new != text, wrote=not wish.only_show, played=played))
    return {} if after is None else {name: after}


def scores_of(text: str, path: Path) -> Scores | None:
    """What each bot scores in each of its games; None if this program cannot play the text.

    Args:
        text: Of the scenario.
        path: Where it is, or would be.
    """
    loaded = inspect_source(parse(text, str(path)), path).loaded
    if loaded is None:
        return None
    rules = compile_scenario(loaded)
    last = {bot: runs.play(rules, bot, seed=SEED, runs=GAMES) for bot in BOTS}
    return {bot: score(rules, state).score.tolist() for bot, state in last.items()}


def _same(path: Path, before: Scores, after: Scores | None) -> bool:
    """True.

    Raises:
        ScenarioError: E61: the scores differ.
    """
    differ = [bot for bot in before if after is None or list(before[bot]) != list(after[bot])]
    if differ:
        raise ScenarioError([make("E61", Place(str(path), 1, 1), found=", ".join(differ))])
    return True


def _difference(path: Path, old: str, new: str) -> str:
    lines = difflib.unified_diff(
        old.splitlines(keepends=True), new.splitlines(keepends=True), str(path), str(path), n=1
    )
    return "".join(line if line.endswith("\n") else line + "\n" for line in lines)


def _kept(file: Path | None) -> Mapping[str, Scores] | None:
    """The scores that were kept; None where there is no such file.

    Raises:
        ScenarioError: E02: it is not what this program writes.
    """
    if file is None or not file.exists():
        return None
    try:
        found = json.loads(file.read_bytes())
        return {
            name: {bot: list(map(float, scores)) for bot, scores in each.items()}
            for name, each in found.items()
        }
    except (OSError, ValueError, AttributeError, TypeError, RecursionError) as failure:
        place = Place(str(file), 1, 1)
        raise ScenarioError([make("E02", place, reason=type(failure).__name__)]) from failure


def _told(path: Path, *, changed: bool, wrote: bool, played: str) -> tuple[str, str]:
    """What was done with a file."""
    done = ("up to date", "已是最新版本")
    if changed:
        done = ("migrated", "已转换") if wrote else ("would be migrated", "可以转换")
    en, zh = _PLAYED[played]
    return f"{path}: {done[0]}; {en}.", f"{path}：{done[1]}；{zh}。"


def _say(lang: Language, en: str, zh: str) -> None:
    sys.stdout.write((zh if lang == "zh" else en) + "\n")
