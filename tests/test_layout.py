"""The shape of the source tree: sizes, names, and a reason for everything it depends on."""

import re
import tokenize
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
MODULES = sorted(
    path
    for folder in ("sim", "tests", "benchmarks")
    for path in (ROOT / folder).rglob("*.py")
    if "__pycache__" not in path.parts
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LONGEST_MODULE = 400
_BEFORE = {tokenize.ENCODING, tokenize.COMMENT, tokenize.NL}  # what may stand before anything
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def says_its_job(path: Path) -> bool:
    """Whether a module begins with a text: what it is there for."""
    with path.open("rb") as file:
        tokens = tokenize.tokenize(file.readline)
        return next(token for token in tokens if token.type not in _BEFORE).type == tokenize.STRING


def test_modules_are_short_and_say_their_job() -> None:
    modules = [ROOT / "run.py", *MODULES]
    assert len(modules) > 500
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules}
    assert [name_of(path) for path in modules if lengths[path] > LONGEST_MODULE] == []
    assert [name_of(path) for path in modules if not says_its_job(path)] == []


def test_modules_have_names_that_mean_something() -> None:
    named = {path: {path.stem, *path.parent.relative_to(ROOT).parts} for path in MODULES}
    assert [name_of(path) for path, parts in named.items() if VAGUE & parts] == []


def test_every_folder_of_the_package_is_a_package() -> None:
    folders = {path.parent for path in MODULES if path.is_relative_to(ROOT / "sim")}
    missing = [name_of(folder) for folder in folders if not (folder / "__init__.py").exists()]
    assert missing == []


def distribution(requirement: str) -> str:
    """`psycopg[binary]>=3.2` is about psycopg."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return found.group().lower()


def declared() -> set[tuple[str, str]]:
    groups = {"base": PROJECT["dependencies"], **PROJECT["optional-dependencies"]}
    return {(distribution(text), group) for group, texts in groups.items() for text in texts}


def reasoned() -> set[tuple[str, str]]:
    page = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([\w.-]+) \| (\w+) \| \S.{10,} \|$", page, flags=re.MULTILINE)
    return {(name.lower(), group) for name, group in rows}


def test_every_dependency_has_its_reason() -> None:
    assert {(name, group) for name, group in declared() if name != "rapport"} == reasoned()


def test_every_dependency_has_a_lower_bound() -> None:
    groups = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
    texts = [text for group in groups for text in group if distribution(text) != "rapport"]
    assert [text for text in texts if not re.search(r"(>=|==)\d", text)] == []
