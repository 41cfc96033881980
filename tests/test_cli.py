"""The command line: both languages, exit codes, quick starts, and no traceback for anybody."""

import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest

import sim.cli
from sim.arguments import build_parser
from sim.errors import IllegalChoiceError, SaveError, ScenarioError, SimError
from sim.game import TurnRecord, to_json
from sim.paths import assets_dir, scenarios_dir, user_dir
from sim.play.case import open_case
from sim.play.saves import keep_case
from sim.play.session import new_record

HEAVY = ("pygame", "numpy", "pydantic", "yaml", "fontTools", "fastapi", "starlette", "distributed")


def test_importing_it_pulls_in_nothing_heavy() -> None:
    code = f"import sys, sim.cli; print(*[n for n in {HEAVY!r} if n in sys.modules])"
    ended = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ended.stdout.strip() == ""


@pytest.mark.parametrize("command", [[], *([name] for name in sim.cli.COMMANDS)])
def test_help_is_in_the_language_asked_for(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert sim.cli.main([*command, "--help", "--lang", "en"]) == 0
    assert capsys.readouterr().out.isascii()
    assert sim.cli.main([*command, "--help", "--lang", "zh"]) == 0
    chinese = capsys.readouterr().out
    for english in ("usage", "options", "positional", "show this", "commands", "COMMAND"):
        assert english not in chinese
    assert "用法：run.py" in chinese


def test_every_command_of_the_help_exists() -> None:
    for name in sim.cli.COMMANDS:
        words = {
            "balance": ["corner-cafe"],
            "edit": ["corner-cafe"],
            "insights": ["corner-cafe", "game.json"],
            "new": ["my-case"],
            "verify": ["game.json"],
            "review": ["game.json"],
            "migrate": ["corner-cafe"],
            "sheet": ["import", "corner-cafe", "book.xlsx"],
            "texts": ["import", "corner-cafe", "texts.csv"],
        }.get(name, [])
        assert build_parser("en", "run.py").parse_args([name, *words]).command == name


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["paly"], "invalid choice: 'paly'"),
        (["--lang", "fr"], "invalid choice: 'fr'"),
        (["play", "--seed", "-1"], "'-1' is not a whole number from 0"),
        (["play", "--seed", "²"], "is not a whole number from 0"),
        (["--seed", str(2**64)], "is not a whole number from 0"),
        (["play", "--see", "1"], "unrecognized arguments: --see"),
        (["play", "corner-cafe", "--bot", "expert"], "--bot and --out go together"),
        (["play", "corner-cafe", "--resume", "game.json"], "--resume brings its own"),
        (["play", "corner-cafe", "--join", "class.lan", "ABC234"], "has its own scenario"),
        (["play", "corner-cafe", "--name", "Ada"], "--name goes with --join"),
        (["verify"], "the following arguments are required: GAME"),
        (["check"], "a PATH is needed"),
        (["test"], "python3 run.py test"),
    ],
)
def test_wrong_use_ends_with_2_and_a_sentence(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sim.cli.main(words) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["paly"], "没有 'paly'，可选："),
        (["play", "--seed"], "后面要跟一个值"),
        (["play", "--see"], "不认识的参数：--see"),
        (["verify"], "缺少参数：对局文件"),
        (["play", "--terminal=1"], "这个选项不带值"),
    ],
)
def test_complaints_in_chinese(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sim.cli.main(["--lang", "zh", *words]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert "错误" in error


@pytest.mark.parametrize("words", [[], ["--terminal"], ["--lang", "zh"], ["--lang=zh", "play"]])
def test_without_a_command_it_plays(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sim.cli.COMMANDS, "play", lambda _arguments: 7)
    assert sim.cli.main(words) == 7


def end_with(error: BaseException, monkeypatch: pytest.MonkeyPatch, lang: str) -> int:
    def fail(_arguments: object) -> int:
        raise error

    monkeypatch.setitem(sim.cli.COMMANDS, "scenarios", fail)
    return sim.cli.main(["scenarios", "--lang", lang])


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (SimError("x/y"), 2),
        (SaveError("save/checksum", path="a.json"), 2),
        (IllegalChoiceError("choice/too-expensive", cost=3), 2),
        (ScenarioError([]), 1),
        (KeyboardInterrupt(), 130),
    ],
)
def test_errors_become_exit_codes(
    error: BaseException, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert end_with(error, monkeypatch, "en") == code


def game_file(path: Path, **changes: object) -> Path:
    """A game of the smallest scenario that somebody has tampered with, but that adds up."""
    case = open_case(Path(__file__).parent / "scenario" / "good" / "tiny.yaml")
    keep_case(case)
    record = new_record(case, 1).model_copy(update=changes)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(to_json(record), encoding="utf-8")
    return path


def turn_of(**choices: object) -> TurnRecord:
    return TurnRecord.model_validate(choices)


DEEDS = [{"customer": name, "action": "remember"} for name in ("mei", "tom")]
MANY = [*DEEDS, *({"customer": name, "action": "greet"} for name in ("mei", "tom"))]
TAMPERED = [
    ({"turns": (turn_of(choices=MANY),)}, "takes more hours than it has", "用的工时超过了限额"),
    ({"turns": (turn_of(market=["leaflet"]),) * 2}, "repeated too soon", "还没歇够就又用了"),
    ({"turns": (turn_of(choices=[*DEEDS, DEEDS[0]]),)}, "already planned", "已经"),
    ({"turns": (turn_of(market=["nothing"]),)}, "no action nothing for the firm", "nothing"),
    ({"turns": (turn_of(),) * 3}, "This game has 3 turns", "这个对局有 3 回合"),
    ({"rules_version": 999}, "was played by other rules", "另一版规则"),
]


@pytest.mark.parametrize(("changes", "english", "chinese"), TAMPERED)
def test_what_is_wrong_with_a_game_is_said_in_words(
    changes: dict[str, object], english: str, chinese: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = game_file(user_dir() / "game.json", **changes)
    for lang, words in (("en", english), ("zh", chinese)):
        said = refusal(file, lang, capsys)
        assert words in said
        assert not re.search(r"[a-z]+/[a-z-]+", said)


def refusal(file: Path, lang: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Why a game cannot be gone on with, without the name of its file."""
    assert sim.cli.main(["play", "--terminal", "--resume", str(file), "--lang", lang]) == 2
    return capsys.readouterr().err.replace(str(file), "FILE")


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        (None, "There is no game file", "找不到对局文件"),
        ("", "is empty", "是空的"),
        ("{", "damaged at line 1, column 2", "第 1 行第 2 列损坏"),
        ("[]", "not a game", "不是对局"),
        ('{"format": 1}', "lacks", "缺少"),
        ('{"format": 99}', "newer version", "更新的程序版本"),
    ],
)
def test_a_file_that_is_no_game_is_refused_in_words(
    text: str | None, english: str, chinese: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = user_dir() / "game.json"
    if text is not None:
        file.parent.mkdir(parents=True)
        file.write_text(text, encoding="utf-8")
    for lang, words in (("en", english), ("zh", chinese)):
        said = refusal(file, lang, capsys)
        assert words in said
        assert "save/" not in said


def test_a_choice_is_explained_with_its_turn(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    end_with(IllegalChoiceError("choice/too-many-hours", place=(0,), turn=3), monkeypatch, "en")
    assert capsys.readouterr().err == "error: turn 3: This turn takes more hours than it has.\n"


def test_a_fault_is_kept_in_a_file_and_told_in_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert end_with(ZeroDivisionError("by 客户"), monkeypatch, "zh") == 2
    (report,) = (user_dir() / "reports").iterdir()
    (line,) = capsys.readouterr().err.splitlines()
    assert str(report) in line
    assert line.startswith("程序内部出错")
    text = report.read_text(encoding="utf-8")
    assert "Traceback" in text
    assert "by 客户" in text


def test_a_fault_is_told_even_where_nothing_can_be_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    monkeypatch.setenv("RAPPORT_HOME", str(blocked))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert end_with(ZeroDivisionError(), monkeypatch, "en") == 2
    assert str(tmp_path / "fault-") in capsys.readouterr().err


def test_a_reader_that_stops_early_is_no_fault() -> None:
    code = "import sys, sim.cli; sys.argv = ['run.py', '--help']; sys.exit(sim.cli.main())"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        said = process.stderr.read()
    assert said == b""


@pytest.mark.parametrize(
    "error",
    [SaveError("save/checksum", path="a.json"), ScenarioError(["one", "two"]), SimError("a/b")],
)
def test_errors_cross_a_process_border_whole(error: SimError) -> None:
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 -- our own bytes
    assert type(copy) is type(error)
    assert (copy.code, copy.data, str(copy)) == (error.code, error.data, str(error))


def test_shipped_folders_are_found() -> None:
    assert (scenarios_dir() / "library").is_dir()
    assert (assets_dir() / "LICENSES.md").is_file()


def test_the_users_folder_follows_its_variable_then_the_custom(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert user_dir() == tmp_path / "home"
    monkeypatch.delenv("RAPPORT_HOME")
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert user_dir() == tmp_path / "rapport"
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    assert user_dir() == Path.home() / ".local" / "share" / "rapport"
