"""What an editor is given: the ids of the scenario, kept up to date, and how to read `check`."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import sim.cli
from sim.scenario import editors, new
from sim.scenario.check import check
from sim.scenario.editors import SCHEMA_NAME, renew, schema_text
from sim.scenario.load import load_scenario
from sim.scenario.source import read
from tests.play.studio import near, save


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return new.create("my-inn", kind="mixed", folder=tmp_path)


def schema_of(file: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.with_name(SCHEMA_NAME).read_text("utf-8"))
    return found


def test_a_new_scenario_names_its_schema_in_the_first_line(file: Path) -> None:
    first = file.read_text("utf-8").split("\n")[0]
    assert first == f"# yaml-language-server: $schema={SCHEMA_NAME}"
    assert schema_of(file)["$comment"] == "rapport en"


def test_its_own_ids_are_offered_wherever_they_may_be_named(file: Path) -> None:
    scenario, fields = load_scenario(file).scenario, schema_of(file)["$defs"]

    def offered(entry: str, field: str) -> Any:
        return fields[entry]["properties"][field]

    customers = list(scenario.customers)
    people = [person for each in scenario.customers.values() for person in each.people]
    assert people
    assert offered("Encounter", "who")["enum"] == [*customers, "each"]
    assert offered("Encounter", "among")["items"]["enum"] == customers
    assert set(offered("Encounter", "speaker")["enum"]) == {*people, *customers}
    assert offered("Customer", "extends")["enum"] == customers
    assert offered("Customer", "ties")["propertyNames"]["enum"] == customers
    assert offered("Event", "rival")["enum"] == list(scenario.rivals)
    assert offered("EventEffect", "wakes")["items"]["enum"] == customers
    menu = schema_of(file)["properties"]["offers"]["items"]["enum"]
    assert set(scenario.offers) | {"interview", "campaign"} <= set(menu)
    for entry, field in (("Encounter", "who"), ("Customer", "ties"), ("Action", "extends")):
        assert offered(entry, field)["description"]


def test_it_is_kept_up_to_date_in_its_own_language(tmp_path: Path) -> None:
    file = new.create("my-inn", folder=tmp_path, editor="zh")
    assert not renew(file, read(file).data)
    text = (
        file.read_text("utf-8").replace("  anna:\n", "  anja:\n").replace("who: anna", "who: anja")
    )
    file.write_text(text, encoding="utf-8")
    assert renew(file, read(file).data)
    found = schema_of(file)
    assert found["$comment"] == "rapport zh"
    assert "anja" in found["$defs"]["Encounter"]["properties"]["who"]["enum"]
    assert re.search(r"[\u4e00-\u9fff]", found["properties"]["turns"]["description"])


@pytest.mark.parametrize("content", ["{}", '{"$comment": "mine"}', "not JSON"])
def test_a_schema_of_somebody_else_stays(file: Path, content: str) -> None:
    path = file.with_name(SCHEMA_NAME)
    path.write_text(content, encoding="utf-8")
    assert not renew(file, read(file).data)
    assert path.read_text("utf-8") == content
    path.unlink()
    assert not renew(file, read(file).data)
    assert not path.exists()


def test_every_save_renews_it_even_one_with_mistakes(tmp_path: Path) -> None:
    workshop = near(tmp_path, bots=())
    workshop.settle()
    save(workshop, "\nencounters:\n", "\n  emil: {style: hapy}\n\nencounters:\n")
    workshop.settle()
    assert workshop.checked is not None
    assert not workshop.checked.sound
    assert "emil" in schema_of(workshop.file)["$defs"]["Encounter"]["properties"]["who"]["enum"]


def test_without_a_scenario_any_id_may_be_named() -> None:
    fields = json.loads(schema_text(None, "en", own=False))["$defs"]
    assert "enum" not in fields["Encounter"]["properties"]["who"]


def test_the_command_prints_or_writes_it(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sim.cli.main(["schema", "--lang", "en"]) == 0
    assert "$comment" in json.loads(capsys.readouterr().out)
    out = tmp_path / "out.json"
    assert sim.cli.main(["schema", str(file), "--out", str(out), "--lang", "en"]) == 0
    assert capsys.readouterr().out == ""
    assert json.loads(out.read_text("utf-8")) == schema_of(file)
    assert sim.cli.main(["schema", "no-such-case", "--lang", "en"]) == 1
    assert "[R04]" in capsys.readouterr().err
    assert sim.cli.main(["schema", "--out", str(tmp_path / "no" / "out.json"), "--lang", "en"]) == 1
    assert "[E92]" in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_editor_reads_what_check_prints(
    file: Path, lang: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = file.read_text("utf-8").replace("kind: mixed", "kind: mixt", 1)
    text = text.replace("chance: ", "chance: 0", 1) + "\nmarket: {}\n"
    file.write_text(text, encoding="utf-8")
    monkeypatch.chdir(file.parents[1])
    check(["my-inn"], lang)
    lines = capsys.readouterr().out.split("\n")
    (task,) = editors.tasks(file, "zh" if lang == "zh" else "en")["tasks"]
    read_ = []
    for matcher in task["problemMatcher"]:
        pattern = matcher["pattern"]
        for line in lines:
            if found := re.match(pattern["regexp"], line):
                read_.append((matcher["severity"], found[pattern["code"]]))
                assert found[pattern["file"]] == str(Path("my-inn", "scenario.yaml"))
                assert int(found[pattern["line"]]) > 0
                assert not re.match("warning|note|警告|提示", found[pattern["message"]])
    heads = [line for line in lines if line.startswith("my-inn")]
    assert len(read_) == len(heads) > 1
    assert "error" in {severity for severity, _ in read_}
    assert task["args"][-4:] == ["check", "my-inn", "--lang", lang]


def test_the_settings_are_what_the_editor_expects(file: Path) -> None:
    kept = json.loads((file.parent / ".vscode" / "settings.json").read_text("utf-8"))
    assert kept["yaml.schemas"] == {f"./{SCHEMA_NAME}": file.name}
    assert kept["yaml.schemaStore.enable"] is False
    assert json.loads((file.parent / ".vscode" / "tasks.json").read_text("utf-8"))["tasks"]
