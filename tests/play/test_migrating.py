"""Old files are brought up to date with every comment, and play the same game as before."""

import json
from pathlib import Path

import pytest

from sim.cli import main
from sim.errors import ScenarioError
from sim.play.migrating import BOTS, GAMES, Wish, migrate, scores_of
from sim.scenario.edit import Draft
from sim.scenario.load import load_scenario
from sim.scenario.migration import STEPS, migrated, version_of
from sim.scenario.schema_types import FORMAT

TINY = Path(__file__).parents[1] / "scenario" / "good" / "tiny.yaml"
DRAFT = "# about\n\nid: shop   # its name\ntitle: {en: Shop, zh: 店}\n"


@pytest.fixture
def text() -> str:
    return TINY.read_text("utf-8")


@pytest.fixture
def draft(tmp_path: Path, text: str) -> Path:
    """A file from before versions were counted."""
    file = tmp_path / "tiny.yaml"
    file.write_text(text.replace("format: 1\n", ""), "utf-8")
    return file


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    code = main([str(word) for word in words])
    said = capsys.readouterr()
    return code, said.out + said.err


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (DRAFT, DRAFT.replace("id:", "format: 1\nid:")),
        (DRAFT.replace("\n", "\r\n"), DRAFT.replace("id:", "format: 1\nid:").replace("\n", "\r\n")),
        ("format: 0   # old\nid: x\n", "format: 1   # old\nid: x\n"),
        ("{id: x}\n", "{id: x, format: 1}\n"),
    ],
)
def test_a_draft_gets_its_version_and_keeps_the_rest(old: str, new: str) -> None:
    assert version_of(old, "t") == 0
    assert migrated(old, "t") == new
    assert version_of(new, "t") == FORMAT
    assert migrated(new, "t") == new


def test_there_is_a_step_from_every_older_version() -> None:
    assert set(STEPS) == set(range(FORMAT))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("format: 99\n", "L61"),
        ("format: one\n", "T05"),
        ("format: -1\n", "T05"),
        ("format: [1]\n", "T05"),
        ("format: 1\nid: [\n", "S"),
    ],
)
def test_what_cannot_be_migrated_is_told(text: str, code: str) -> None:
    with pytest.raises(ScenarioError) as told:
        migrated(text, "t.yaml")
    assert told.value.problems[0].code.startswith(code)


def test_a_missing_step_is_told() -> None:
    with pytest.raises(ScenarioError) as told:
        migrated("format: 1\n", "t.yaml", target=3)
    assert told.value.problems[0].code == "E60"


def test_the_command_shows_what_it_changes(
    draft: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = draft.read_bytes()
    code, said = run(capsys, "migrate", draft, "--diff", "--lang", "en")
    assert code == 0
    assert "\n+format: 1\n" in said
    assert f"{draft}: would be migrated; nothing to compare its games with.\n" in said
    assert draft.read_bytes() == before
    assert run(capsys, "migrate", draft.parent / "tiny.yaml")[0] == 0
    load_scenario(draft)
    assert sorted(draft.read_text("utf-8").splitlines()) == sorted(text.splitlines())
    code, said = run(capsys, "migrate", draft, "--lang", "zh")
    assert (code, said) == (0, f"{draft}：已是最新版本。\n")


def test_newer_files_and_unknown_names_end_with_a_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "scenario.yaml").write_text("format: 2\nid: x\n")
    for lang in ("en", "zh"):
        code, said = run(capsys, "migrate", tmp_path, "--lang", lang)
        assert code == 1
        assert "[L61]" in said
    assert "[R04]" in run(capsys, "migrate", "no-such-scenario")[1]


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer games, since only that they are compared is looked at here."""
    monkeypatch.setattr("sim.play.migrating.BOTS", ("vip", "nothing"))


def rewritten(**fields: object) -> Wish:
    """A step that changes some fields of the first version and leaves the version as it is."""

    def step(draft: Draft) -> str:
        for name, value in fields.items():
            draft.replace((name,), value)
        return draft.finish()

    return Wish(steps={1: step}, target=2)


@pytest.mark.usefixtures("next_version")
def test_a_change_that_plays_the_same_is_written(
    tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "tiny.yaml"
    file.write_text(text, "utf-8")
    assert migrate([str(file)], "en", rewritten(baseline_churn="2.0%")) == 0
    assert "migrated; the bots score the same." in capsys.readouterr().out
    assert file.read_text("utf-8") == text.replace("baseline_churn: 2%", "baseline_churn: 2.0%")


@pytest.mark.usefixtures("next_version")
def test_a_change_of_the_game_is_not_written(
    tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "tiny.yaml"
    file.write_text(text, "utf-8")
    assert migrate([str(file)], "en", rewritten(baseline_churn="20%")) == 1
    said = capsys.readouterr().out
    assert "-baseline_churn: 2%" in said
    assert "the bots' scores differ before and after: vip, nothing; nothing was written" in said
    assert file.read_text("utf-8") == text


@pytest.mark.usefixtures("next_version")
def test_scores_are_kept_for_a_later_program(
    tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file, kept = tmp_path / "tiny.yaml", tmp_path / "scores.json"
    file.write_text(text, "utf-8")
    code, said = run(capsys, "migrate", file, "--scores", kept, "--lang", "en")
    assert (code, said) == (0, f"{file}: up to date; the bots' scores were kept.\n")
    scores = json.loads(kept.read_text())
    assert set(scores["tiny"]) == {"vip", "nothing"}
    code, said = run(capsys, "migrate", file, "--scores", kept, "--lang", "en")
    assert (code, said) == (0, f"{file}: up to date; the bots score the same.\n")
    scores["tiny"]["vip"][0] += 1e-9
    kept.write_text(json.dumps(scores))
    code, said = run(capsys, "migrate", file, "--scores", kept, "--lang", "en")
    assert code == 1
    assert "differ before and after: vip; nothing was written [E61]" in said
    kept.write_text("[]")
    assert "[E02]" in run(capsys, "migrate", file, "--scores", kept)[1]


@pytest.mark.slow
def test_all_bots_are_played(text: str) -> None:
    scores = scores_of(text, TINY)
    assert scores is not None
    assert set(scores) == set(BOTS)
    assert all(len(games) == GAMES for games in scores.values())
    assert scores_of("id: x\n", TINY) is None
