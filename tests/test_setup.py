"""run.py: what it needs, what it installs when, and that nothing half done counts as done."""

import ast
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

import sim.cli

ROOT = Path(__file__).parent.parent
SOURCE = (ROOT / "run.py").read_text(encoding="utf-8")


def tree_copy(folder: Path) -> Path:
    """The source tree without anything that was made in it, in `folder`."""
    made = shutil.ignore_patterns(".git", ".venv", ".rapport-setup.lock", "__pycache__", ".*_cache")
    shutil.copytree(ROOT, folder, ignore=made)
    return folder


@pytest.fixture
def run(tmp_path: Path) -> ModuleType:
    """run.py in a folder of its own, with a made-up environment that looks installed."""
    for name in ("run.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    spec = importlib.util.spec_from_file_location("run_copy", tmp_path / "run.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    python = Path(module.PYTHON)
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    site = tmp_path / ".venv" / "lib" / "python3.11" / "site-packages"
    for name in ("pip", "numpy", "numpy-2.0.dist-info"):
        (site / name).mkdir(parents=True)
    module.write_stamp({"dev"})
    return module


@pytest.fixture
def installs(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Every command that run.py gives to an installer, instead of running it."""
    commands: list[list[str]] = []

    def pretend(command: list[str], _key: str) -> None:
        commands.append(command)
        Path(run.VENV).mkdir(exist_ok=True)

    monkeypatch.setattr(run, "run_or_raise", pretend)
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    return commands


def test_it_needs_the_standard_library_only() -> None:
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(SOURCE))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= sys.stdlib_module_names


def test_an_old_python_can_read_it() -> None:
    ast.parse(SOURCE, feature_version=(3, 7))
    # These would parse, and then stop with a traceback where annotations are evaluated.
    assert "from __future__" not in SOURCE
    plain = [
        node.annotation
        for node in ast.walk(ast.parse(SOURCE))
        if isinstance(node, ast.arg) and isinstance(node.annotation, ast.Subscript | ast.BinOp)
    ]
    assert plain == []


def test_every_text_exists_in_both_languages(run: ModuleType) -> None:
    for english, chinese in run.TEXTS.values():
        assert english.isascii()
        assert not chinese.isascii()


@pytest.mark.parametrize(
    ("arguments", "groups"),
    [
        ([], set()),
        (["play", "corner-cafe"], set()),
        (["--help"], set()),
        (["test", "-k", "sheet"], {"dev"}),
        (["sheet", "export", "first-day"], {"sheet"}),
        (["texts", "import", "first-day", "texts.csv"], set()),
        (["texts", "import", "first-day", "texts.XLSX"], {"sheet"}),
        (["serve", "corner-cafe"], {"class"}),
        (["serve", "--database", "postgresql://host/name"], {"class", "postgres"}),
        (["serve", "--database=postgres://host/name"], {"class", "postgres"}),
        (["serve", "--lti", "platforms.json"], {"class", "lti"}),
        (["serve", "--lti=platforms.json"], {"class", "lti"}),
        (["lab", "run", "--cluster", "tcp://host:8786"], {"cluster"}),
        (["lab", "run", "--cluster=tcp://host:8786"], {"cluster"}),
        (["setup", "dev", "class"], {"dev", "class"}),
    ],
)
def test_groups_of_a_command(run: ModuleType, arguments: list[str], groups: set[str]) -> None:
    assert run.needed_groups(arguments) == groups


def test_every_group_it_may_ask_for_is_declared(run: ModuleType) -> None:
    assert {*run.GROUP_OF.values()} <= run.declared_groups()


@pytest.mark.parametrize(
    ("words", "environ", "expected"),
    [
        ([], {}, "en"),
        (["--lang", "zh"], {"LANG": "en_GB.UTF-8"}, "zh"),
        (["play", "--lang=en"], {"LANG": "zh_CN.UTF-8"}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ([], {"RAPPORT_LANG": "zh", "LC_ALL": "C"}, "zh"),
        (["--lang"], {"LANG": "zh_CN"}, "en"),
    ],
)
def test_it_speaks_the_language_that_the_program_will(
    run: ModuleType, words: list[str], environ: dict[str, str], expected: str
) -> None:
    assert run.language(words, environ) == sim.cli.guess_language(words, environ) == expected


def test_what_is_installed_is_not_installed_again(
    run: ModuleType, installs: list[list[str]]
) -> None:
    run.prepare({"dev"}, "en")
    run.prepare(set(), "en")
    assert installs == []


def test_a_group_is_added_to_those_that_are_there(
    run: ModuleType, installs: list[list[str]]
) -> None:
    run.prepare({"class"}, "en")
    assert [command[-2:] for command in installs] == [["-e", ".[class,dev]"]]
    assert run.is_ready({"class", "dev"})


def test_other_requirements_are_installed_and_other_settings_are_not(
    run: ModuleType, installs: list[list[str]]
) -> None:
    project = Path(run.PROJECT)
    text = project.read_text(encoding="utf-8")
    project.write_text(text.replace("line-length = 100", "line-length = 99"), encoding="utf-8")
    run.prepare({"dev"}, "en")
    assert installs == []
    project.write_text(text.replace("numpy>=1.26", "numpy>=2.0"), encoding="utf-8")
    run.prepare({"dev"}, "en")
    assert [command[-1] for command in installs] == [".[dev]"]


def without_python(run: ModuleType) -> None:
    Path(run.PYTHON).unlink()


def with_python_gone(run: ModuleType) -> None:
    Path(run.PYTHON).unlink()
    Path(run.PYTHON).symlink_to("/nowhere/python")


def without_a_package(run: ModuleType) -> None:
    (Path(run.site_packages()) / "numpy").rmdir()


def killed_while_installing(run: ModuleType) -> None:
    Path(run.LOCK).write_text(run.INSTALLING, encoding="utf-8")


def moved(run: ModuleType) -> None:
    stamp = json.loads(Path(run.STAMP).read_text(encoding="utf-8"))
    Path(run.STAMP).write_text(json.dumps({**stamp, "root": "/elsewhere"}), encoding="utf-8")


@pytest.mark.parametrize(
    "damage",
    [without_python, with_python_gone, without_a_package, killed_while_installing, moved],
)
def test_a_damaged_environment_is_made_anew(
    run: ModuleType, installs: list[list[str]], damage: Callable[[ModuleType], None]
) -> None:
    damage(run)
    run.prepare(set(), "en")
    assert installs[0][1:] == ["-m", "venv", run.VENV]
    assert installs[-1][-2:] == ["-e", ".[dev]"]
    assert not (Path(run.VENV) / "lib").exists()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"groups": 3}', "\0\0"])
def test_a_stamp_that_says_nothing_counts_for_nothing(run: ModuleType, content: str) -> None:
    Path(run.STAMP).write_text(content, encoding="utf-8")
    assert not run.is_ready(set())


def test_a_failed_installation_leaves_what_was_there_usable(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failing = [sys.executable, "-c", "print('no route to host'); raise SystemExit(1)"]
    monkeypatch.setattr(run, "install", lambda *_arguments: run.run_or_raise(failing, "no-install"))
    monkeypatch.setattr(run, "hand_over", lambda _arguments: 0)
    assert run.main(["setup", "class", "--lang", "zh"]) == 2
    said = capsys.readouterr().err
    assert "no route to host" in said
    assert run.TEXTS["no-install"][1] in said
    assert run.is_ready({"dev"})
    assert run.main(["play"]) == 0


def test_an_interrupted_installation_is_not_taken_for_done(
    run: ModuleType, installs: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as interrupted:

        def stop(*_arguments: object) -> None:
            raise KeyboardInterrupt

        interrupted.setattr(run, "install", stop)
        assert run.main(["setup", "class"]) == 130
    assert not run.is_ready({"dev"})
    run.prepare(set(), "en")
    assert installs[0][1:] == ["-m", "venv", run.VENV]


def test_an_old_python_is_told_so(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    without_python(run)
    monkeypatch.setattr(run, "MINIMUM", (99, 0))
    assert run.main(["play"]) == 2
    assert "Rapport needs Python 99.0 or newer" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ["-m", "not slow"]),
        (["-m", "slow"], ["-m", "slow"]),
        (["tests/a.py", "-x"], ["-m", "not slow", "tests/a.py", "-x"]),
    ],
)
def test_quick_tests_unless_others_are_named(
    run: ModuleType, arguments: list[str], expected: list[str]
) -> None:
    assert run.test_arguments(arguments)[-len(expected) :] == expected
    assert run.test_arguments(arguments)[:4] == ["-m", "pytest", "-n", "auto"]
    assert "auto" not in run.test_arguments(["-n", "0", *arguments])


@pytest.mark.slow
def test_from_nothing_to_help_and_again(tmp_path: Path) -> None:
    tree = tree_copy(tmp_path / "客户 组合")
    environ = {**os.environ, "RAPPORT_LANG": "", "LC_ALL": "", "LANG": "zh_CN.UTF-8"}

    def start() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(tree / "run.py"), "--help"]
        return subprocess.run(
            command, cwd=tmp_path, env=environ, check=True, capture_output=True, encoding="utf-8"
        )

    first, second = start(), start()
    assert "准备好了" in first.stderr
    assert "用法：run.py" in first.stdout
    assert (second.stdout, second.stderr) == (first.stdout, "")


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="kills as POSIX does")
def test_killed_in_the_middle_it_starts_anew(tmp_path: Path) -> None:
    tree = tree_copy(tmp_path / "tree")
    command = [sys.executable, str(tree / "run.py"), "--version"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True) as process:
        while not list(tree.glob(".venv/lib/*/site-packages/pip*")):
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGKILL)
    again = subprocess.run(command, check=True, capture_output=True, text=True)
    assert "interrupted" in again.stderr
    assert again.stdout.startswith("Rapport ")
