"""A scenario goes into a workbook and comes back: values, comments and order are kept."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sim.cli import main
from sim.paths import scenarios_dir
from sim.scenario.plain import plain
from sim.scenario.sheet import tables_of
from sim.scenario.sheet_read import letter
from sim.scenario.source import parse
from sim.scenario.workbook import load, save

GOOD = Path(__file__).parent / "good"
FILES = (GOOD / "tiny.yaml", GOOD / "account.yaml")


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    code = main([str(word) for word in words])
    said = capsys.readouterr()
    return code, said.out + said.err


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A scenario of its own, with comments and a second customer."""
    file = tmp_path / "tiny.yaml"
    file.write_bytes((GOOD / "tiny.yaml").read_bytes())
    return file


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The workbook of that scenario."""
    book = tmp_path_factory.mktemp("book") / "book.xlsx"
    save(book, tables_of((GOOD / "tiny.yaml").read_text("utf-8"), "tiny.yaml"))
    return book.read_bytes()


def change(book: Path, edit: Callable[[Any], None]) -> None:
    opened = openpyxl.load_workbook(book)
    edit(opened)
    opened.save(book)


def column(sheet: Any, name: str) -> int:
    """The number of a column; a new one where there is none."""
    head = [cell.value for cell in sheet[1]]
    if name not in head:
        sheet.cell(1, len(head) + 1).value = name
        return len(head) + 1
    return head.index(name) + 1


def put(sheet: Any, row: int, **values: Any) -> None:
    for name, value in values.items():
        sheet.cell(row, column(sheet, name.replace("__", "."))).value = value


def shown(book: Path) -> dict[str, list[list[Any]]]:
    return {
        name: [[cell.value for cell in row.cells] for row in table]
        for name, table in load(book).items()
    }


def said(text: str) -> Any:
    data = parse(text, "t.yaml").data
    assert data is not None
    return plain(data)


def check_round_trip(file: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book, again = folder / "book.xlsx", folder / "again.xlsx"
    new, same = folder / "new.yaml", folder / "same.yaml"
    same.write_bytes(file.read_bytes())
    assert run(capsys, "sheet", "export", same, "--out", book)[0] == 0
    assert run(capsys, "sheet", "import", same, book, "--lang", "en") == (0, "No change.\n")
    assert same.read_bytes() == file.read_bytes()
    code, told = run(capsys, "sheet", "import", new, book, "--lang", "en")
    assert (code, told) == (0, f"Written: {new}\n")
    assert run(capsys, "sheet", "export", new, "--out", again)[0] == 0
    assert shown(book) == shown(again)


@pytest.mark.slow
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_workbook_keeps_values_comments_and_order(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check_round_trip(file, tmp_path, capsys)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["first-day", "corner-cafe", "key-account", "reps-quarter"])
def test_shipped_scenarios_come_back_the_same(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check_round_trip(scenarios_dir() / name / "scenario.yaml", tmp_path, capsys)


def test_what_is_changed_in_a_cell_is_changed_in_the_file_and_nothing_else(
    shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = shop.read_text("utf-8")
    book = tmp_path / "book.xlsx"
    run(capsys, "sheet", "export", shop, "--out", book)
    first = next(iter(said(text)["customers"]))

    def edit(opened: Any) -> None:
        put(opened["customers"], 2, trust=37, comment="Seen twice.\nIn May.")
        last = opened["customers"].max_row + 1
        put(opened["customers"], last, id="new-one", name__en="New: one", name__zh="新客")
        put(opened["customers"], last, motives__fame=2, known="style, mood", comment="added")

    change(book, edit)
    code, told = run(capsys, "sheet", "import", shop, book, "--lang", "zh")
    assert (code, told) == (0, f"已写入：{shop}\n")
    new = shop.read_text("utf-8")
    kept = [line for line in new.splitlines() if line in text.splitlines()]
    assert len(kept) >= len(text.splitlines()) - 1
    data = said(new)
    assert data["customers"][first]["trust"] == "37"
    assert data["customers"]["new-one"] == {
        "name": {"en": "New: one", "zh": "新客"},
        "motives": {"fame": "2"},
        "known": ["style", "mood"],
    }
    assert f"  # Seen twice.\n  # In May.\n  {first}:" in new
    assert "  # added\n  new-one:\n" in new


def test_a_row_that_is_gone_is_taken_out_only_when_asked_for(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = shop.read_text("utf-8")
    book = shop.with_suffix(".xlsx")
    run(capsys, "sheet", "export", shop, "--out", book)
    whole = book.read_bytes()

    def add(opened: Any) -> None:
        last = opened["customers"].max_row + 1
        put(opened["customers"], 2, potential=None)
        put(opened["customers"], last, id="new-one", name__en="New", name__zh="新客", trust=4)
        put(opened["customers"], last, comment="added")

    change(book, add)
    assert run(capsys, "sheet", "import", shop, book)[0] == 0
    assert "# added" in shop.read_text("utf-8")
    assert "new-one" in shop.read_text("utf-8")
    book.write_bytes(whole)
    code, told = run(capsys, "sheet", "import", shop, book, "--lang", "en")
    assert code == 0
    assert "note: sheet customers: 'new-one' is in the scenario but not in the sheet" in told
    assert run(capsys, "sheet", "import", shop, book, "--remove")[0] == 0
    assert said(shop.read_text("utf-8")) == said(text)
    assert "# added" not in shop.read_text("utf-8")


@pytest.mark.parametrize(
    ("edit", "en", "zh"),
    [
        (
            lambda book: put(book["customers"], 2, style="drver"),
            "sheet customers, row 2, column {style}: ",
            "工作表 customers 第 2 行第 {style} 列：",
        ),
        (
            lambda book: put(book["customers"], 2, trust=400),
            "column {trust}: 400 is above 100",
            "第 {trust} 列：",
        ),
        (
            lambda book: put(book["customers"], 2, id="Mei Lin"),
            "sheet customers, row 2, column A: an id is wanted here, not 'Mei Lin'",
            "这里要写标识，而不是 “Mei Lin”",
        ),
        (
            lambda book: put(book["customers"], 2, satisfation=3),
            "there is no field 'satisfation' (did you mean 'satisfaction'?)",
            "没有字段 “satisfation”（是否想写“satisfaction”？）",
        ),
        (
            lambda book: put(book["customers"], 2, trust="=1+1"),
            "column {trust}: a formula or its error stands here",
            "这里是公式或公式错误",
        ),
        (
            lambda book: put(book["customers"], 2, trust=__import__("datetime").date(2026, 1, 2)),
            "column {trust}: a date or time stands here",
            "这里是日期或时间",
        ),
        (
            lambda book: put(book["responses"], 2, encounter="nobody"),
            "sheet responses, row 2, column A: there is no 'nobody' that this could belong to",
            "工作表 responses 第 2 行第 A 列：没有可归入的 “nobody”",
        ),
        (
            lambda book: put(book["customers"], 1, id="ident"),
            "sheet customers: the column 'id' is missing",
            "工作表 customers：缺少 “id” 列",
        ),
        (
            lambda book: put(book["customers"], 1, mood="style"),
            "the column 'style' stands here a second time",
            "“style” 列重复出现",
        ),
        (
            lambda book: [book.remove(book[name]) for name in book.sheetnames[1:]],
            "the sheet 'customers' is missing",
            "缺少工作表 “customers”",
        ),
        (
            lambda book: put(book["scenario"], 2, field="formt"),
            "sheet scenario, column A: there is no field 'formt'",
            "工作表 scenario 第 A 列：没有字段 “formt”",
        ),
    ],
)
def test_what_is_wrong_is_told_by_sheet_row_and_column(
    shop: Path,
    exported: bytes,
    capsys: pytest.CaptureFixture[str],
    *,
    edit: Callable[[Any], None],
    en: str,
    zh: str,
) -> None:
    book = shop.with_suffix(".xlsx")
    book.write_bytes(exported)
    change(book, edit)
    opened = openpyxl.load_workbook(book)
    head = [cell.value for cell in opened["customers"][1]] if "customers" in opened else []
    columns = {str(name): letter(place) for place, name in enumerate(head, 1) if name}
    before = shop.read_bytes()
    for lang, sentence in (("en", en), ("zh", zh)):
        code, told = run(capsys, "sheet", "import", shop, book, "--lang", lang)
        assert code == 1
        assert sentence.format(**columns) in told
    assert shop.read_bytes() == before


def test_a_percentage_may_be_a_number_of_the_spreadsheet(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = shop.with_suffix(".xlsx")
    text = re.sub("(?m)^baseline_churn: .*", "baseline_churn: 2.6%", shop.read_text("utf-8"))
    shop.write_text(text, "utf-8")
    run(capsys, "sheet", "export", shop, "--out", book)
    row = next(
        number
        for number, cells in enumerate(tables_of(text, "t")["scenario"], 1)
        if cells[0] == "baseline_churn"
    )

    def retype(value: float) -> Callable[[Any], None]:
        def edit(opened: Any) -> None:
            put(opened["scenario"], row, value=value)
            opened["scenario"].cell(row, 2).number_format = "0.0%"

        return edit

    change(book, retype(0.026))
    assert run(capsys, "sheet", "import", shop, book, "--lang", "en") == (0, "No change.\n")
    change(book, retype(0.031))
    assert run(capsys, "sheet", "import", shop, book)[0] == 0
    assert shop.read_text("utf-8") == text.replace("2.6%", "3.1%")


def test_columns_have_letters() -> None:
    assert [letter(column) for column in (1, 26, 27, 52, 703)] == ["A", "Z", "AA", "AZ", "AAA"]
