"""An author in Visual Studio Code: completion, explanations and live errors, in both languages."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sim.scenario import new
from sim.scenario.editors import renew
from sim.scenario.messages import Language
from sim.scenario.source import read
from tests.scenario.language_server import PATIENCE, LanguageServer, installed

LOCALES = {"en": "en", "zh": "zh-cn"}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def script() -> Path:
    found = installed()
    if found is None:
        pytest.skip("needs npm")
    return found


class Editor:
    """A scenario that was begun with `new`, open in an editor."""

    def __init__(self, script_: Path, folder: Path, lang: Language) -> None:
        self.lang = lang
        self.file = new.create("my-inn", folder=folder, editor=lang)
        self.server = LanguageServer(script_, self.file.parent, LOCALES[lang])

    def change(self, *changes: tuple[str, str]) -> None:
        """Changes the file before it is opened; `edit` renews the schema meanwhile."""
        text = self.file.read_text("utf-8")
        for old, new_ in changes:
            assert text.count(old) >= 1, old
            text = text.replace(old, new_, 1)
        self.file.write_text(text, encoding="utf-8")
        renew(self.file, read(self.file).data)

    def position(self, words: str) -> tuple[int, int]:
        """Where some words begin, from 0."""
        lines = self.file.read_text("utf-8").split("\n")
        line = next(place for place, text in enumerate(lines) if words in text)
        return line, lines[line].index(words)

    def offered(self, words: str, behind: str) -> set[str]:
        """What can be chosen behind the beginning of a line."""
        line, column = self.position(words)
        found: Any = self.server.at("completion", self.file, line, column + len(behind))
        items = found["items"] if isinstance(found, dict) else found
        return {item["label"] for item in items}

    def explained(self, words: str) -> str:
        """What the pointer over some words shows."""
        line, column = self.position(words)
        found: Any = self.server.at("hover", self.file, line, column + 1)
        return str(found["contents"]["value"])


@pytest.fixture(params=LOCALES)
def editor(request: pytest.FixtureRequest, script: Path, tmp_path: Path) -> Iterator[Editor]:
    opened = Editor(script, tmp_path, request.param)
    watchdog = threading.Timer(PATIENCE, opened.server.process.kill)  # rather than wait for ever
    watchdog.start()
    yield opened
    watchdog.cancel()
    opened.server.close()


def test_a_new_scenario_has_nothing_underlined(editor: Editor) -> None:
    editor.server.open(editor.file)
    assert editor.server.problems(editor.file) == []


def test_words_and_the_ids_of_the_scenario_are_offered(editor: Editor) -> None:
    editor.change(
        ("who: anna", "who: "),
        ("ties: {dora: 30%}", "ties: {}"),
        ("rival: next_door", "rival: "),
        ("style: driver\n    mood", "style: \n    mood"),
        ("offers: [interview,", "offers: [, interview,"),
    )
    editor.server.open(editor.file)
    customers = {"anna", "bruno", "clara", "dora"}
    assert customers | {"each"} <= editor.offered("    who: ", "    who: ")
    assert customers <= editor.offered("ties: {}", "ties: {")
    assert {"next_door"} <= editor.offered("rival: ", "rival: ")
    styles = {"driver", "analytical", "expressive", "amiable"}
    assert styles <= editor.offered("    style: ", "    style: ")
    assert {"small_talk", "campaign"} <= editor.offered("offers: [, interview", "offers: [")


def test_every_field_is_explained_in_the_language_of_the_author(editor: Editor) -> None:
    editor.server.open(editor.file)
    for words in ("turns: 8", "potential: 1.6", "clue:", "baseline_churn"):
        text = editor.explained(words)
        assert len(text) > 5, words
        assert bool(re.search(r"[\u4e00-\u9fff]", text)) == (editor.lang == "zh"), text


def test_mistakes_are_underlined_where_they_stand(editor: Editor) -> None:
    mistakes = (
        ("mood: calm", "mood: hapy"),
        ("who: anna", "who: ana"),
        ("turns: 8", "turns: many"),
        ("potential: 1.1", "potentiel: 1.1"),
        ("rival: next_door", "rival: nextdoor"),
        ("ties: {dora: 30%}", "ties: {doro: 30%}"),
        ("chance: 60%", "chance: 160"),
        ("family: recovery", "family: recovry"),
        ("satisfaction: 58", "satisfaction: 580"),
        ("teaches: [recovery.steps]", "teaches: [recovery.stepps]"),
    )
    editor.change(*mistakes)
    editor.server.open(editor.file)
    told = {problem["range"]["start"]["line"] for problem in editor.server.problems(editor.file)}
    wanted = {editor.position(wrong)[0] for _, wrong in mistakes}
    assert told == wanted
