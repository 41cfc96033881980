"""Games on disk: whole or not at all, listed, never thrown away, replayable after changes."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.engine.step import RULES_VERSION
from sim.errors import SaveError
from sim.paths import scenarios_dir
from sim.play import saves
from sim.play.case import Case, open_case
from sim.play.session import Session, new_record

Resume = Callable[[Session], Session]


def still() -> float:
    return 0.0


def file_of(session: Session) -> Path:
    assert session.path is not None
    return session.path


def leftovers() -> list[Path]:
    return [path for path in saves.saves_dir().iterdir() if path.name.startswith(".")]


# --- writing ---


def test_every_game_gets_a_file_of_its_own(tiny: Case) -> None:
    paths = {file_of(Session.new(tiny, 5)) for _ in range(3)}
    assert len(paths) == 3
    assert all(path.parent == saves.saves_dir() for path in paths)
    assert leftovers() == []


@pytest.mark.parametrize("stage", ["write", "fsync", "replace"])
def test_a_failed_save_leaves_the_last_one_whole(
    session: Session, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    session.act("mei", "greet")
    path = file_of(session)
    before = path.read_bytes()

    def fail(*_arguments: object, **_names: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        if stage == "replace":
            broken.setattr(Path, "replace", fail)
        else:
            broken.setattr(os, {"write": "fdopen", "fsync": "fsync"}[stage], fail)
        with pytest.raises(SaveError) as refused:
            saves.write(path, new_record(session.case, 6))
    assert refused.value.code == "save/cannot-write"
    assert refused.value.data["reason"] == "No space left on device"
    assert path.read_bytes() == before
    assert leftovers() == []


def test_what_a_crash_left_behind_is_swept_up(session: Session, resume: Resume) -> None:
    path = file_of(session)
    (path.parent / f".{path.name}.abc123.tmp").write_text("{half a", encoding="utf-8")
    assert resume(session).record == session.record
    assert leftovers() == []


# --- reading ---


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(SaveError) as missing:
        saves.read(tmp_path / "none.json")
    assert missing.value.code == "save/not-found"
    with pytest.raises(SaveError) as folder:
        saves.read(tmp_path)
    assert folder.value.code == "save/cannot-read"


def test_a_damaged_game_is_set_aside_not_lost(session: Session) -> None:
    path = file_of(session)
    damaged = path.read_bytes()[:100]
    for _ in range(2):
        path.write_bytes(damaged)
        with pytest.raises(SaveError) as refused:
            Session.resume(path)
        assert refused.value.code == "save/not-json"
        kept = Path(refused.value.data["kept"])
        assert kept.read_bytes() == damaged
        assert not path.exists()
    assert len(list(path.parent.glob("*.damaged*"))) == 2


def test_a_damaged_file_elsewhere_stays_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "hand-in.json"
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(SaveError) as refused:
        Session.resume(path)
    assert refused.value.code == "save/not-a-game"
    assert path.exists()


def test_a_newer_game_is_not_damaged(session: Session) -> None:
    path = file_of(session)
    path.write_text('{"format": 99}', encoding="utf-8")
    with pytest.raises(SaveError, match="save/newer-format"):
        Session.resume(path)
    assert path.exists()


# --- the list ---


def test_the_game_written_last_comes_first(tiny: Case) -> None:
    paths = [file_of(Session.new(tiny, seed)) for seed in range(3)]
    for age, path in enumerate(paths):
        os.utime(path, (1000.0 - age, 1000.0 - age))
    paths[1].write_text("{", encoding="utf-8")
    os.utime(paths[1], (2000.0, 2000.0))
    listed = saves.saves()
    assert [save.path for save in listed] == [paths[1], paths[0], paths[2]]
    problem = listed[0].problem
    assert problem is not None
    assert problem.code == "save/not-json"
    assert [save.record.seed for save in listed if save.record] == [0, 2]


def test_without_games_the_list_is_empty() -> None:
    assert saves.saves() == ()
    assert not saves.saves_dir().exists()


# --- copies of scenarios ---


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A scenario among the user's own."""
    file = tmp_path / "home" / "scenarios" / "tiny" / "scenario.yaml"
    file.parent.mkdir(parents=True)
    shutil.copyfile(Path(__file__).parents[1] / "scenario" / "good" / "tiny.yaml", file)
    return file


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_game_goes_on_after_its_scenario_has_changed(own: Path, resume: Resume) -> None:
    session = Session.new("tiny", 5, clock=still)
    session.act("mei", "greet")
    session.end_turn()
    rewrite(own, "satisfaction: 55", "satisfaction: 25")
    assert open_case("tiny").fingerprint != session.case.fingerprint
    back = resume(session)
    assert back.case.fingerprint == session.case.fingerprint
    assert back.record == session.record


def test_better_texts_are_taken_over(own: Path, resume: Resume) -> None:
    session = Session.new("tiny", 5, clock=still)
    rewrite(own, "The smallest game", "The tiniest game")
    back = resume(session)
    assert back.script.title.en == "The tiniest game"


def test_a_changed_scenario_without_a_copy_is_said_to_have_changed(
    own: Path, resume: Resume
) -> None:
    session = Session.new("tiny", 5, clock=still)
    session.act("mei", "greet")
    session.end_turn()
    rewrite(own, "satisfaction: 55", "satisfaction: 25")
    rewrite(own, "greet:\n    name: {en: Greet by", "wave:\n    name: {en: Wave by")
    rewrite(own, "extends: greet", "extends: wave")
    rewrite(own, "[greet,", "[wave,")
    shutil.rmtree(saves.kept_dir(session.case.fingerprint))
    with pytest.raises(SaveError) as refused:
        Session.resume(file_of(session))
    assert (refused.value.code, refused.value.data) == (
        "save/scenario-changed",
        {"scenario": "tiny"},
    )
    back = Session.resume(file_of(session), on_illegal="drop", clock=still)
    assert [dropped.code for dropped in back.dropped] == ["choice/unknown-action"]
    assert back.turn == 2
    back.act("mei", "wave")
    assert resume(session).record == back.record


def test_a_scenario_that_is_gone_is_said_to_be_gone(own: Path, resume: Resume) -> None:
    session = Session.new("tiny", 5, clock=still)
    own.unlink()
    assert resume(session).record == session.record
    shutil.rmtree(saves.kept_dir(session.case.fingerprint))
    with pytest.raises(SaveError, match="save/unknown-scenario"):
        Session.resume(file_of(session))


def test_the_copy_brings_its_library(own: Path) -> None:
    session = Session.new("tiny", 5, clock=still)
    own.unlink()
    library = saves.kept_dir(session.case.fingerprint) / "library"
    shipped = {path.name for path in (scenarios_dir() / "library").iterdir()}
    assert {path.name for path in library.iterdir()} == shipped
    shutil.rmtree(library)
    with pytest.raises(SaveError, match="save/unknown-scenario"):
        Session.resume(file_of(session))


def test_a_copy_of_older_rules_is_said_to_be_one(own: Path) -> None:
    """A library that was kept before a coefficient came is no fault in the program."""
    session = Session.new("tiny", 5, clock=still)
    own.write_text(own.read_text("utf-8").replace("satisfaction: 55", "satisfaction: 25"), "utf-8")
    parameters = saves.kept_dir(session.case.fingerprint) / "library" / "parameters.yaml"
    text = parameters.read_text("utf-8")
    gone = re.sub(r"(?ms)^  effort_weight:.*?\n(?=  [a-z_]+:)", "", text)
    assert gone != text
    parameters.chmod(0o644)
    parameters.write_text(gone, "utf-8")
    older = session.record.model_copy(update={"rules_version": RULES_VERSION - 1})
    with pytest.raises(SaveError) as told:
        saves.case_of(older)
    assert told.value.code == "save/other-rules"


def test_one_copy_serves_all_games_of_a_scenario(tiny: Case) -> None:
    for seed in range(3):
        Session.new(tiny, seed)
    assert len(list((saves.saves_dir() / "scenarios").iterdir())) == 1


def test_only_a_saved_game_can_be_deleted(session: Session, tmp_path: Path) -> None:
    file = file_of(session)
    session.save()
    other = tmp_path / "other.json"
    other.write_text("{}")
    with pytest.raises(SaveError) as refused:
        saves.delete(other)
    assert refused.value.code == "save/not-found"
    assert other.exists()
    saves.delete(file)
    assert not file.exists()
    saves.delete(file)  # gone is gone
