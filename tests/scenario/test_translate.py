"""Texts go to a translator as a table and come back into the same bytes."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sim.cli import main
from sim.errors import ScenarioError
from sim.paths import scenarios_dir
from sim.scenario.diagnostics import sentence
from sim.scenario.load import inspect_scenario, load_scenario
from sim.scenario.locks import Locks, TextEntry, locks_path, read_locks, text_entries
from sim.scenario.source import read
from sim.scenario.workbook import load, save

AWKWARD = (
    "=1+1",
    "+1",
    "-",
    "@x",
    "'quoted'",
    '"double"',
    "a, b; c",
    "a: b",
    "#1 a #2",
    "[x]",
    "null",
    "~",
    "007",
    "1e3",
    "true",
    " space around ",
    "全角：“引号”，。",
    "😀👩‍👩‍👧",
    "\\n",
    "很长" * 200,
)
TEXTS = {
    "title": 'title: {en: "The usual?", zh: 老样子？}   # shown first',
    "briefing": "briefing:\n  en: |\n    One.\n\n    Two.\n  zh: |\n    一。\n\n    二。",
    "name": "    name: {en: Mei, zh: 梅}",
}
FILE = f"""\
# remarks stay
format: 1
{TEXTS["title"]}
{TEXTS["briefing"]}
customers:
  mei:
{TEXTS["name"]}
    about:
      en: "{{name}}: \\"drinks\\" tea"   # new
encounters:
  late: {{text: {{en: "{{name}} waits, long."}}}}
"""


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    file = tmp_path / "shop" / "scenario.yaml"
    file.parent.mkdir()
    file.write_bytes(FILE.encode())
    return file


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    code = main([str(word) for word in words])
    said = capsys.readouterr()
    return code, said.out + said.err


def rows_of(table: Path) -> list[list[str]]:
    if table.suffix == ".csv":
        return list(csv.reader(io.StringIO(table.read_text("utf-8-sig"), newline="")))
    sheet = openpyxl.load_workbook(table)["texts"]
    return [[str(each.value or "") for each in row] for row in sheet.iter_rows()]


def change(table: Path, edit: Callable[[list[list[str]]], None]) -> None:
    rows = rows_of(table)
    edit(rows)
    save(table, {"texts": rows})


def fill(rows: list[list[str]], **translations: str) -> None:
    for row in rows:
        row[2] = translations.get(row[0].replace(".", "_"), row[2])


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_that_comes_back_unchanged_changes_nothing(
    scenario: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    table = scenario.parent / f"t.{kind}"
    code, said = run(capsys, "texts", "export", scenario, "--out", table, "--lang", "en")
    assert (code, said) == (0, f"5 texts written to {table}; 3 have a translation.\n")
    head, *rows = rows_of(table)
    assert head == ["id", "source:en", "translation:zh", "lock", "note"]
    assert [row[0] for row in rows] == [
        "title",
        "briefing",
        "customers.mei.name",
        "customers.mei.about",
        "encounters.late.text",
    ]
    assert rows[3][1:3] == ['{name}: "drinks" tea', ""]
    assert rows[3][4].startswith("not translated yet; ")
    code, said = run(capsys, "texts", "import", scenario, table, "--lang", "en")
    assert (code, said) == (0, "0 applied, 3 unchanged, 2 empty, 0 stale, 0 refused.\n")
    assert scenario.read_bytes() == FILE.encode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_translations_are_put_in_byte_for_byte(
    scenario: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    table = scenario.parent / f"t.{kind}"
    run(capsys, "texts", "export", scenario, "--out", table, "--to", "zh")
    change(
        table,
        lambda rows: fill(
            rows,
            title="=老样子, 对吧: #1",
            briefing="一。\n\n二二。",
            customers_mei_about="{name}：“喝”茶",
            encounters_late_text="{name}在等，等了很久。",
        ),
    )
    code, said = run(capsys, "texts", "import", scenario, table, "--lang", "zh")
    assert (code, said) == (0, "采用 4 条，未变 1 条，空白 0 条，过时 0 条，拒绝 0 条。\n")
    assert scenario.read_text("utf-8") == FILE.replace(
        "zh: 老样子？", 'zh: "=老样子, 对吧: #1"'
    ).replace("    二。", "    二二。").replace(
        "# new\n", '# new\n      zh: "{name}：“喝”茶"\n'
    ).replace('long."', 'long.", zh: "{name}在等，等了很久。"')
    assert set(read_locks(scenario).entries) == {e.id for e in text_entries(read(scenario).data)}


def test_what_changed_meanwhile_is_named_and_not_applied(
    scenario: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = scenario.parent / "t.csv"
    run(capsys, "texts", "export", scenario, "--out", table)
    corrected = FILE.replace("The usual?", "As usual?")
    scenario.write_bytes(corrected.encode())

    def answer(rows: list[list[str]]) -> None:
        fill(rows, title="照旧？", customers_mei_name="美", encounters_late_text="{nam}在等。")
        rows.append(["customers.meo.name", "Meo", "喵", "", ""])
        rows.append([*rows[3]])

    change(table, answer)
    code, said = run(capsys, "texts", "import", scenario, table, "--lang", "en")
    assert code == 1
    assert "t.csv:2:1: warning: stale: the source of 'title' was changed" in said
    assert "there is no text 'customers.meo.name'" in said
    assert "did you mean 'customers.mei.name'?" in said
    assert "'customers.mei.name' stands in the table twice" in said
    assert "the placeholders of" in said
    assert "1 applied, 1 unchanged, 1 empty, 1 stale, 3 refused.\n" in said
    assert scenario.read_bytes() == corrected.replace("zh: 梅", "zh: 美").encode()


def test_a_translator_may_work_the_other_way(
    scenario: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = scenario.parent / "t.csv"
    run(capsys, "texts", "export", scenario, "--out", table, "--to", "en")
    assert rows_of(table)[0][1:3] == ["source:zh", "translation:en"]
    change(table, lambda rows: fill(rows, customers_mei_name="May"))
    assert run(capsys, "texts", "import", scenario, table)[0] == 0
    assert scenario.read_bytes() == FILE.replace("en: Mei", "en: May").encode()
    assert (
        read_locks(scenario).stale(
            TextEntry(("customers", "mei", "name"), {"en": "May", "zh": "另一个"})
        )
        == "en"
    )


def test_other_spreadsheets_separate_by_semicolons_and_need_no_lock(
    scenario: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = scenario.parent / "t.csv"
    table.write_bytes("id;source:en;translation:zh\ncustomers.mei.name;Mei;美\n".encode("utf-16"))
    assert run(capsys, "texts", "import", scenario, table)[0] == 0
    assert "zh: 美}" in scenario.read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "content", "code"),  # the file, its bytes, what is told
    [
        ("t.csv", b"id,text\n1,2\n", "E01"),
        ("t.csv", b"", "S05"),
        ("t.csv", "id,翻译\n".encode("gbk"), "S07"),
        ("t.xlsx", b"PK\x03\x04 no", "E02"),
        ("t.ods", b"", "E07"),
        ("none.csv", None, "S01"),
    ],
)
def test_what_is_no_table_is_told(
    scenario: Path,
    capsys: pytest.CaptureFixture[str],
    *,
    name: str,
    content: bytes | None,
    code: str,
) -> None:
    table = scenario.parent / name
    if content is not None:
        table.write_bytes(content)
    for lang in ("en", "zh"):
        exit_code, said = run(capsys, "texts", "import", scenario, table, "--lang", lang)
        assert exit_code == 1
        assert f"[{code}]" in said
    assert scenario.read_bytes() == FILE.encode()


def test_the_words_for_what_is_missing(scenario: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "[R04]" in run(capsys, "texts", "export", "no-such", "--out", "t.csv")[1]
    assert "[E03]" in run(capsys, "texts", "lock", scenario, "no.such")[1]
    assert "[E92]" in run(capsys, "texts", "export", scenario, "--out", "/none/t.csv")[1]
    locks_path(scenario).write_text("{}")
    assert "[L71]" in run(capsys, "texts", "lock", scenario)[1]


@pytest.fixture
def fine(tmp_path: Path) -> Path:
    """A scenario without a fault."""
    file = tmp_path / "tiny.yaml"
    file.write_bytes((Path(__file__).parent / "good" / "tiny.yaml").read_bytes())
    return file


def codes(file: Path) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in inspect_scenario(file).problems]


def test_check_marks_what_is_stale_until_it_is_seen_to(
    fine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    original = fine.read_text("utf-8")
    assert run(capsys, "texts", "lock", fine)[0] == 0
    assert codes(fine) == []
    fine.write_text(original.replace("smallest", "least", 1), "utf-8")
    assert codes(fine) == [("L70", "title.zh")]
    code, said = run(capsys, "check", fine, "--lang", "en")
    assert code == 1
    assert "in both languages (100%), 1 stale." in said
    table = fine.parent / "t.csv"
    run(capsys, "texts", "export", fine, "--out", table, "--lang", "zh")
    assert rows_of(table)[1][4].startswith("译后原文改过；")
    assert run(capsys, "texts", "lock", fine, "title")[0] == 0
    assert codes(fine) == []
    load_scenario(fine)
    fine.write_text(original, "utf-8")
    assert codes(fine) == [("L70", "title.zh")]
    run(capsys, "texts", "export", fine, "--out", table)
    assert run(capsys, "texts", "import", fine, table)[0] == 0
    assert codes(fine) == []
    locks_path(fine).write_text('{"locks": {"title": "en:1"}}')
    assert [code for code, _ in codes(fine)] == ["L71"]


def test_check_counts_what_is_not_translated(
    scenario: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        "5 texts, 3 in both languages (60%), 0 stale."
        in run(capsys, "check", scenario, "--lang", "en")[1]
    )
    assert (
        "文字 5 条，中英文齐全 3 条（60%），译文过时 0 条。"
        in run(capsys, "check", scenario, "--lang", "zh")[1]
    )


def test_both_changed_is_not_stale() -> None:
    entry = TextEntry(("a",), {"en": "One", "zh": "一"})
    locks = Locks()
    locks.close(entry, "en")
    assert locks.stale(entry) is None
    assert locks.stale(TextEntry(("a",), {"en": "Two", "zh": "二"})) is None
    assert locks.stale(TextEntry(("a",), {"en": "One", "zh": "壹"})) is None
    assert locks.stale(TextEntry(("a",), {"en": "Two", "zh": "一"})) == "zh"
    assert locks.stale(TextEntry(("a",), {"en": "Two"})) is None
    assert locks.stale(TextEntry(("b",), {"en": "Two", "zh": "二"})) is None


def test_without_openpyxl_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr("importlib.import_module", absent)
    with pytest.raises(ScenarioError) as told:
        save(tmp_path / "t.xlsx", {"texts": []})
    assert "pip install openpyxl" in sentence(told.value.problems[0], "zh")


def test_cells_of_a_spreadsheet_keep_their_kinds(tmp_path: Path) -> None:
    table = tmp_path / "t.xlsx"
    save(table, {"a": [["head"], ["=1+1", 2.5, True], [], ["x\x07"]], "b": []})
    rows = load(table)["a"]
    assert [row.line for row in rows] == [1, 2, 4]
    assert [(cell.value, cell.formula) for cell in rows[1].cells] == [
        ("=1+1", False),
        (2.5, False),
        (True, False),
    ]
    assert rows[2].cells[0].text == "x\ufffd"


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["corner-cafe", "reps-quarter"])
def test_every_text_of_a_real_file_takes_any_translation(
    name: str, kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, table = tmp_path / "scenario.yaml", tmp_path / f"t.{kind}"
    file.write_bytes((scenarios_dir() / name / "scenario.yaml").read_bytes())
    before = {entry.id: entry.words for entry in text_entries(read(file).data)}
    run(capsys, "texts", "export", file, "--out", table)
    words = [word for word in AWKWARD if word.strip() and word.isprintable() and "{" not in word]
    words += ["a\nb", "一\n\n  二"]
    sent: dict[str, str] = {}

    def answer(rows: list[list[str]]) -> None:
        for number, row in enumerate(rows[1:]):
            if "{" not in row[1]:
                row[2] = sent[row[0]] = words[number % len(words)]

    change(table, answer)
    assert run(capsys, "texts", "import", file, table)[0] == 0
    for entry in text_entries(read(file).data):
        assert entry.words["en"] == before[entry.id]["en"]
        if entry.id in sent:
            assert entry.words["zh"].rstrip("\n") == sent[entry.id]
