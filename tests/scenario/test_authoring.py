"""The guide for authors is typed as it stands: what it says happens must happen.

Comments in docs/authoring*.md say what a block is: `type` goes to the end of the scenario,
`says: …` is what the command prints, `change: a => b` is a correction, `example` can be put in.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from sim.play import services
from sim.scenario.check import check
from sim.scenario.load import inspect_scenario

DOCS = Path(__file__).parents[2] / "docs"
GUIDES = {"en": "authoring.md", "zh": "authoring.zh.md"}
REPLACED = {"endings", "offers", "budget", "score"}  # by an example; other sections are added to

_STEP = re.compile(
    r"<!-- (type|says|change|example)(?:: ([^\n]*))? -->\n(?:```\w+\n(.*?)```\n)?", re.DOTALL
)


def _read(text: str) -> Any:
    """The YAML as libyaml reads it; PyYAML's own code trips over `{en: Why?, …}`."""
    data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return _without_norway(data)


def _without_norway(value: Any) -> Any:
    """YAML 1.1 takes the name `on` for true."""
    if isinstance(value, dict):
        return {
            "on" if name is True else name: _without_norway(each) for name, each in value.items()
        }
    return [_without_norway(each) for each in value] if isinstance(value, list) else value


class Step(NamedTuple):
    """What the guide tells its reader to do or to see."""

    kind: str
    detail: str
    block: str


def steps(lang: str) -> Iterator[Step]:
    text = (DOCS / GUIDES[lang]).read_text(encoding="utf-8")
    for found in _STEP.finditer(text):
        yield Step(found[1], found[2] or "", found[3] or "")


def typed(lang: str) -> str:
    """The scenario that a reader of the guide ends with."""
    text = ""
    for step in steps(lang):
        text = _carried_out(text, step)
    return text


def _carried_out(text: str, step: Step) -> str:
    if step.kind == "type":
        inside = not text or step.block.startswith(" ")
        return text + ("" if inside else "\n") + step.block
    if step.kind == "change":
        old, _, new = step.detail.partition(" => ")
        assert text.count(old) == 1
        return text.replace(old, new)
    return text


@pytest.mark.parametrize("lang", GUIDES)
def test_check_prints_at_every_step_what_the_guide_says(
    lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "my-bookshop"
    folder.mkdir()
    text, looks = "", 0
    for step in steps(lang):
        text = _carried_out(text, step)
        if text:
            (folder / "scenario.yaml").write_text(text, encoding="utf-8")
        if step.kind == "says":
            looks += 1
            check([step.detail.removeprefix("check ")], lang)
            assert capsys.readouterr().out == step.block
    assert looks == 5
    assert check(["my-bookshop"], lang) == 0


def test_both_guides_write_the_same_scenario() -> None:
    assert typed("en") == typed("zh")
    examples = [[step.block for step in steps(lang) if step.kind == "example"] for lang in GUIDES]
    plain = [[_read(block) for block in blocks] for blocks in examples]
    assert plain[0] == plain[1]
    assert len(plain[0]) == 17


def test_the_scenario_is_what_the_guide_promises() -> None:
    data = _read(typed("en"))
    assert [len(data[name]) for name in ("customers", "encounters", "events", "endings")] == [
        5,
        3,
        1,
        2,
    ]


def test_good_play_ends_as_the_guide_says_and_bad_play_too(tmp_path: Path) -> None:
    folder = tmp_path / "my-bookshop"
    folder.mkdir()
    (folder / "scenario.yaml").write_text(typed("en"), encoding="utf-8")
    endings = {}
    for policy in ("expert", "nothing"):
        record = services.bot_game(
            str(folder),
            policy=policy,
            seed=1,
            out=str(tmp_path / f"{policy}.json"),
            grader=lambda _case, _score: 0.0,
        )
        assert record.result is not None
        endings[policy] = record.result.ending
    assert endings == {"expert": "full_shelves", "nothing": "otherwise"}
    titles = {name: entry["title"] for name, entry in _read(typed("en"))["endings"].items()}
    for lang, name in GUIDES.items():
        text = (DOCS / name).read_text(encoding="utf-8")
        for ending in endings.values():
            assert f"“{titles[ending][lang]}”" in text


EXAMPLES = [step.block for step in steps("en") if step.kind == "example"]


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_every_example_can_be_put_into_the_scenario(number: int, tmp_path: Path) -> None:
    data = _read(typed("en"))
    for name, value in _read(EXAMPLES[number]).items():
        adds = isinstance(value, dict) and name not in REPLACED
        data[name] = {**data.get(name, {}), **value} if adds else value
    path = tmp_path / "my-bookshop" / "scenario.yaml"
    path.parent.mkdir()
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    serious = [problem for problem in inspect_scenario(path).problems if problem.severity != "note"]
    assert serious == []


@pytest.mark.parametrize("lang", GUIDES)
def test_every_link_of_the_guide_leads_somewhere(lang: str) -> None:
    text = (DOCS / GUIDES[lang]).read_text(encoding="utf-8")
    own = set(re.findall(r'<a id="([^"]+)">', text))
    for file, anchor in re.findall(r"\]\(([\w.]*)(?:#([\w-]+))?\)", text):
        known = own
        if file:
            assert (DOCS / file).is_file(), file
            known = set(re.findall(r'<a id="([^"]+)">', (DOCS / file).read_text(encoding="utf-8")))
        assert not anchor or anchor in known, anchor
