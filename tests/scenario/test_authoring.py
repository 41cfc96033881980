"""The guide for authors is typed as it stands: what it says happens must happen.

Comments in docs/authoring*.md say what a block is: `run: …` is a command with what it prints;
`put: a to b` takes the place of these sections of the scenario, `after: a` goes to the end of a
section; `change: a => b` is a correction (⏎ stands for the end of a line), which the reader is told
of in the quotation that follows; `says: …` is all that a command prints, `ends: …` the end of it;
`example` can be put in.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

import sim.cli
from sim.play import services
from sim.scenario import new
from sim.scenario.check import check
from sim.scenario.load import inspect_scenario
from tests.play.studio import NearWorkshop

DOCS = Path(__file__).parents[2] / "docs"
GUIDES = {"en": "authoring.md", "zh": "authoring.zh.md"}
REPLACED = {"endings", "offers", "budget", "score"}  # by an example; other sections are added to
LOOKS = 7  # so often the guide shows all that check prints

_STEP = re.compile(
    r"<!-- (run|put|after|says|ends|change|example)(?:: ([^\n]*))? -->\n(?:```\w+\n(.*?)```\n)?",
    re.DOTALL,
)
_KEY = re.compile(r"(\w+):")


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


# --- the hands of a reader ---


def sections(text: str) -> list[tuple[str, int, int]]:
    """Name, first line and end of each section; remarks above one belong to it, not to this."""
    lines = text.split("\n")
    starts = [(found[1], place) for place, line in enumerate(lines) if (found := _KEY.match(line))]
    found_ = []
    for number, (name, start) in enumerate(starts):
        end = starts[number + 1][1] if number + 1 < len(starts) else len(lines)
        while not lines[end - 1].strip() or lines[end - 1].startswith("#"):
            end -= 1
        found_.append((name, start, end))
    return found_


def put(text: str, span: str, block: str) -> str:
    """The text with a block in the place of these sections."""
    first, _, last = span.partition(" to ")
    spans = {name: (start, end) for name, start, end in sections(text)}
    start, end = spans[first][0], spans[last or first][1]
    lines = text.split("\n")
    return "\n".join([*lines[:start], *block.rstrip("\n").split("\n"), *lines[end:]])


def added(text: str, section: str, block: str) -> str:
    """The text with a block at the end of a section."""
    end = next(end for name, _, end in sections(text) if name == section)
    lines = text.split("\n")
    return "\n".join([*lines[:end], *block.rstrip("\n").split("\n"), *lines[end:]])


def changed(text: str, change: str) -> str:
    """The text with a correction."""
    old, _, new = change.replace("⏎", "\n").partition(" => ")
    assert text.count(old) == 1, old
    return text.replace(old, new)


def carried_out(text: str, step: Step) -> str:
    """What the file holds after a step of the guide."""
    if step.kind == "put":
        return put(text, step.detail, step.block)
    if step.kind == "after":
        return added(text, step.detail, step.block)
    return changed(text, step.detail) if step.kind == "change" else text


class Reader:
    """Somebody who follows the guide in an empty folder."""

    def __init__(self, lang: str, printed: pytest.CaptureFixture[str]) -> None:
        self.lang, self._printed = lang, printed
        self.file = Path("my-bookshop", "scenario.yaml")

    def do(self, step: Step) -> None:
        """A step that changes the file, or begins it."""
        if step.kind == "run":
            assert self.type(step.detail) == step.block
        elif self.file.exists():
            text = carried_out(self.file.read_text("utf-8"), step)
            self.file.write_text(text, encoding="utf-8", newline="\n")

    def type(self, command: str) -> str:
        """What a command prints."""
        sim.cli.main([*command.split(), "--lang", self.lang])
        return self._printed.readouterr().out.replace("\\", "/")


@pytest.fixture(params=GUIDES)
def reader(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Reader:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", None)
    return Reader(str(request.param), capsys)


def typed(lang: str, folder: Path) -> str:
    """The scenario that a reader of the guide ends with."""
    text = ""
    for step in steps(lang):
        if step.kind == "run":
            assert step.detail.startswith("new my-bookshop --kind consumer --language ")
            file = new.create("my-bookshop", language=_spoken(step), turns=8, folder=folder / lang)
            text = file.read_text("utf-8")
        text = carried_out(text, step)
    return text


def _spoken(step: Step) -> new.Spoken:
    return "zh" if "--language zh" in step.detail else "en"


def test_check_prints_at_every_step_what_the_guide_says(reader: Reader) -> None:
    looks = 0
    for step in steps(reader.lang):
        reader.do(step)
        if step.kind == "says":
            looks += 1
            assert reader.type(step.detail) == step.block
    assert looks == LOOKS
    assert check(["my-bookshop"], reader.lang) == 0


def test_the_workshop_shows_the_same(reader: Reader) -> None:
    """Beside the editor of the reader; it is never without a preview, whatever goes wrong."""
    workshop = None
    for step in steps(reader.lang):
        reader.do(step)
        if workshop is None:
            workshop = NearWorkshop(reader.file, bots=())
        if step.kind == "says":
            workshop.settle()
            assert workshop.checked is not None
            told = [each.headline.of(reader.lang) for each in workshop.checked.findings]
            shown = [line for line in step.block.split("\n") if line.startswith("my-bookshop/")]
            assert told == shown
            assert workshop.staged is not None
            assert workshop.current == workshop.checked.sound


@pytest.mark.parametrize("lang", GUIDES)
def test_a_reader_is_told_of_every_correction(lang: str) -> None:
    text = (DOCS / GUIDES[lang]).read_text(encoding="utf-8")
    corrections = list(re.finditer(r"<!-- change: ([^\n]*) -->\n", text))
    for found in corrections:
        old, _, new_ = found[1].replace("⏎", "\n").partition(" => ")
        quotation = re.search(r"(?:^>[^\n]*\n)+", text[found.end() :], re.MULTILINE)
        assert quotation
        wanted = [line.strip() for line in new_.split("\n") if line.strip() not in old]
        assert wanted
        for line in wanted:
            kept = line.removesuffix(", zh")  # of a line that is cut in the comment
            assert kept.split(": ", 1)[-1] in quotation[0], line
    assert len(corrections) == 10


def test_both_guides_write_the_same_scenario(tmp_path: Path) -> None:
    english, chinese = (_read(typed(lang, tmp_path)) for lang in GUIDES)
    assert english == chinese
    examples = [[step.block for step in steps(lang) if step.kind == "example"] for lang in GUIDES]
    plain = [[_read(block) for block in blocks] for blocks in examples]
    assert plain[0] == plain[1]
    assert len(plain[0]) == 17


def test_the_scenario_is_what_the_guide_promises(tmp_path: Path) -> None:
    data = _read(typed("en", tmp_path))
    assert [len(data[name]) for name in ("customers", "encounters", "events", "endings")] == [
        5,
        3,
        1,
        2,
    ]


def test_good_play_ends_as_the_guide_says_and_bad_play_too(tmp_path: Path) -> None:
    text = typed("en", tmp_path)
    (tmp_path / "en" / "my-bookshop" / "scenario.yaml").write_text(text, encoding="utf-8")
    endings = {}
    for policy in ("expert", "nothing"):
        record = services.bot_game(
            str(tmp_path / "en" / "my-bookshop"),
            policy=policy,
            seed=1,
            out=str(tmp_path / f"{policy}.json"),
            grader=lambda _case, _score: 0.0,
        )
        assert record.result is not None
        endings[policy] = record.result.ending
    assert endings == {"expert": "full_shelves", "nothing": "otherwise"}
    titles = {name: entry["title"] for name, entry in _read(text)["endings"].items()}
    for lang, name in GUIDES.items():
        guide = (DOCS / name).read_text(encoding="utf-8")
        for ending in endings.values():
            assert f"“{titles[ending][lang]}”" in guide


@pytest.mark.slow
def test_balance_ends_as_the_guide_says(reader: Reader) -> None:
    """First with what is out of balance, each with its line, and at last with nothing."""
    ends = []
    for step in steps(reader.lang):
        reader.do(step)
        if step.kind == "ends":
            printed = reader.type(step.detail)
            assert printed.endswith(step.block), printed[-3000:]
            ends.append(step.block)
    assert [text.count("balance/") for text in ends] == [4, 0]


EXAMPLES = [step.block for step in steps("en") if step.kind == "example"]


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_every_example_can_be_put_into_the_scenario(number: int, tmp_path: Path) -> None:
    data = _read(typed("en", tmp_path))
    for name, value in _read(EXAMPLES[number]).items():
        adds = isinstance(value, dict) and name not in REPLACED
        data[name] = {**data.get(name, {}), **value} if adds else value
    path = tmp_path / "my-bookshop" / "scenario.yaml"
    path.parent.mkdir()
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    serious = [problem for problem in inspect_scenario(path).problems if problem.severity != "note"]
    assert serious == []
