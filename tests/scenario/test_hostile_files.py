"""Files that nobody should write: each is told in both languages, at its place, within a second.

The small ones stand in ``bad``; these are made here because of their size, their bytes, or because
they are no files at all.
"""

import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.scenario.check import check
from sim.scenario.diagnostics import Problem, headline, sentence
from sim.scenario.library import load_library
from sim.scenario.load import inspect_scenario

TINY = (Path(__file__).parent / "good" / "tiny.yaml").read_text(encoding="utf-8")
CUSTOMERS = "customers:\n"


def changed(old: str, new: str) -> str:
    assert old in TINY
    return TINY.replace(old, new, 1)


def many(pattern: str, count: int) -> str:
    return "".join(pattern.format(n=number) for number in range(count))


# name: content, the first thing told (line, column, code)
MADE: dict[str, tuple[Callable[[], str | bytes], tuple[int, int, str]]] = {
    "20,000 unknown fields": (lambda: many("x{n}: 1\n", 20_000), (1, 1, "T01")),
    "60,000 unknown effects": (
        lambda: changed("{bond: 1.5, quality: 1}", "\n" + many("      p{n}: 1\n", 45_000)),
        (35, 7, "T01"),
    ),
    "40,000 empty fields": (
        lambda: changed("{noise: 5}", "\n" + many("  p{n}:\n", 40_000)),
        (24, 3, "T23"),
    ),
    "40,000 ties": (
        lambda: changed("    ties: {tom: 50%}", "    ties:\n" + many("      p{n}: 1%\n", 40_000)),
        (66, 7, "R01"),
    ),
    "90,000 concepts": (
        lambda: changed("teaches: [satisfaction.ratio]", "teaches:\n" + "- a.b\n" * 90_000),
        (14, 1, "T18"),
    ),
    "6,000 events": (
        lambda: changed("events:\n", "events:\n" + many("  e{n}: {{when: money > 5}}\n", 6_000)),
        (117, 3, "T02"),
    ),
    "a copied thousandfold": (
        lambda: changed(
            CUSTOMERS,
            f"{CUSTOMERS}  a: {{name: {{en: A, zh: 甲}}, file: {{{many('k{n}: 1, ', 1_000)}}}}}\n"
            + many("  b{n}: {{extends: a}}\n", 4_000),
        ),
        (55, 36, "T03"),
    ),
    "brackets 2,000 deep": (
        lambda: changed(CUSTOMERS, f"deep: {'[' * 2_000}{']' * 2_000}\n{CUSTOMERS}"),
        (54, 39, "S10"),
    ),
    "50 MB": (lambda: b"a: " + b"x" * (50 << 20), (1, 1, "S04")),
    "4 MB in one text": (lambda: "a: " + "x" * (4 * 1024 * 1024 - 3), (1, 1, "T01")),
    "3,000 open quotes": (lambda: many('k{n}: "open\n', 3_000), (1, 5, "S38")),
    "three million spaces": (lambda: " " * 3_000_000 + "a: 1", (1, 3_000_001, "T01")),
    "a name of 30,000": (lambda: "k" * 30_000 + ": 1\n", (1, 1, "S12")),
    "GBK from the middle on": (
        lambda: TINY.encode() + "# 你有两位客户，时间不多。\n".encode("gbk"),
        (134, 3, "S07"),
    ),
    "UTF-16 from the middle on": (
        lambda: TINY[:900].encode() + TINY[900:].encode("utf-16-le"),
        (33, 7, "S08"),
    ),
    "a NUL in the middle": (lambda: changed("turns: 2", "tur\0ns: 2"), (14, 4, "S09")),
    "Windows line ends": (
        lambda: changed("mood: falling", "mood: fallign").replace("\n", "\r\n"),
        (61, 11, "T03"),
    ),
    "UTF-16 with its mark": (
        lambda: changed("mood: falling", "mood: fallign").encode("utf-16"),
        (61, 11, "T03"),
    ),
    "nothing but null": (lambda: re.sub(r"(?m)^( *[a-z_]+:) .*$", r"\1 null", TINY), (1, 1, "T23")),
}


def within_a_second(path: Path) -> tuple[Problem, ...]:
    """What is wrong with a file; a busy machine has a second and a third try."""
    times = []
    for _ in range(3):
        start = time.process_time()
        problems = inspect_scenario(path).problems
        times.append(time.process_time() - start)
        if times[-1] < 1.0:
            return problems
    raise AssertionError(times)


@pytest.mark.parametrize("name", MADE)
def test_it_is_told_at_its_place_within_a_second(name: str, tmp_path: Path) -> None:
    load_library()
    make, first = MADE[name]
    content = make()
    path = tmp_path / "x.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    problems = within_a_second(path)
    assert (problems[0].line, problems[0].column, problems[0].code) == first
    for problem in problems[:50]:
        assert "None" not in headline(problem, "en") + headline(problem, "zh")


def test_a_long_chain_of_entries_is_refused(tmp_path: Path) -> None:
    links = many("  z{n}: {{extends: z{n}-}}\n", 3_000)
    links = re.sub(r"z(\d+)-", lambda found: f"z{int(found[1]) + 1}", links)
    path = tmp_path / "x.yaml"
    path.write_text(changed(CUSTOMERS, CUSTOMERS + links), encoding="utf-8")
    codes = {problem.code for problem in inspect_scenario(path).problems}
    assert "R05" in codes


def test_entries_that_are_too_many_are_told_along_with_what_is_wrong_in_them(
    tmp_path: Path,
) -> None:
    path = tmp_path / "x.yaml"
    rows = many("  c{n}: {{name: {{en: C{n}, zh: 客{n}}}, mood: hapy}}\n", 50)
    path.write_text(changed(CUSTOMERS, CUSTOMERS + rows), encoding="utf-8")
    codes = [problem.code for problem in inspect_scenario(path).problems]
    assert codes.count("T03") == 50
    assert codes.count("T18") == 1


def test_what_is_no_file_is_told_with_a_reason_in_both_languages(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to(tmp_path / "b.yaml")
    (tmp_path / "b.yaml").symlink_to(tmp_path / "a.yaml")
    (tmp_path / "c.yaml").write_text("", encoding="utf-8")
    os.mkfifo(tmp_path / "d.yaml")
    told = {
        tmp_path / "a.yaml": ("S03", "a link that leads back", "指回自身的链接"),
        tmp_path / "c.yaml" / "x.yaml": ("S03", "no folder", "不是文件夹"),
        tmp_path / "d.yaml": ("S03", "a device or a pipe", "设备或管道"),
        tmp_path / ("x" * 300): ("S03", "too long", "太长"),
        tmp_path / "e.yaml": ("S01", "no such file", "没有这个文件"),
        tmp_path / "f": ("R04", "no scenario", "没有情景"),
    }
    for path, (code, en, zh) in told.items():
        (problem,) = inspect_scenario(path).problems
        assert problem.code == code
        assert en in sentence(problem, "en")
        assert zh in sentence(problem, "zh")


def test_a_file_that_may_not_be_read_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(TINY, encoding="utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (problem,) = inspect_scenario(path).problems
    assert "没有读取它的权限" in sentence(problem, "zh")


def test_the_command_bears_every_one_of_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    odd = [tmp_path / "no" / "x.yaml", tmp_path / ("y" * 300), Path("/dev/null"), tmp_path]
    for lang in ("en", "zh"):
        assert check(odd, lang) == 1
        lines = capsys.readouterr().out.splitlines()
        told = [line for line in lines if not line.startswith("    → ")]
        assert len(told) == len(odd) + 2


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("a: *", "S36"),
        ("a: >x", "S46"),
        ("a: |0", "S30"),
        ("a: {b: c} }", "S45"),
        ('a: "\\xzz"', "S30"),
        ("a: @", "S36"),
    ],
)
def test_no_complaint_of_the_parser_stays_in_english(line: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(f"format: 1\n{line}\n", encoding="utf-8")
    (problem,) = [each for each in inspect_scenario(path).problems if each.code[0] == "S"]
    assert problem.code == code
    assert not re.search(r"[a-z]{4,} [a-z]{2,}", sentence(problem, "zh"))
