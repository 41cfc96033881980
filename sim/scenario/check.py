"""`run.py check`: tells an author what is wrong and what is taught.

check(paths, lang, json=..., coverage=..., explain=...) -> exit code
"""

import json as encoding
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sim.errors import ScenarioError
from sim.paths import scenarios_dir
from sim.scenario import diagnostics
from sim.scenario.coverage import Coverage, places_of, table
from sim.scenario.diagnostics import Problem
from sim.scenario.explaining import explain as explain_code
from sim.scenario.explaining import repair
from sim.scenario.library import load_library
from sim.scenario.load import FILE_NAME, Inspection, inspect_scenario, is_possible, locate
from sim.scenario.locks import LANGUAGES, text_entries
from sim.scenario.messages import Language
from sim.scenario.source import read

FINE, FOUND, UNUSABLE = 0, 1, 2
_LIBRARY = "library"
TEMPLATES = "templates"  # folder of scenarios to begin from


def check(
    paths: Sequence[str | Path],
    lang: str,
    *,
    json: bool = False,
    coverage: bool = False,
    explain: str | None = None,
) -> int:
    """Looks at scenarios and prints what is found.

    Args:
        paths: names, files or folders; for coverage, none means all that are shipped.
        lang: of the reader.
        json: print one JSON value instead of text.
        coverage: which concepts are taught where, instead of problems.
        explain: a code whose meaning is wanted, instead of anything else.

    Returns:
        0 when all is well, 1 when an error or a warning was found, 2 for a code there is not.
    """
    language: Language = "zh" if lang == "zh" else "en"
    if explain:
        return _explain(explain, language)
    files = _files(paths or [scenarios_dir()])
    if coverage:
        return _coverage(files, language, as_json=json)
    looks = [_look(file) for file in files]
    problems = [problem for look in looks for problem in look.problems]
    if json:
        _print(encoding.dumps(_as_json(problems, language), ensure_ascii=False))
    else:
        _tell(looks, problems, language)
    serious = any(problem.severity != "note" for problem in problems)
    return FOUND if serious else FINE


def _as_json(problems: Sequence[Problem], lang: Language) -> list[dict[str, str | int]]:
    """All problems as plain data, each with what to do about it."""
    told = diagnostics.as_json(problems, lang)
    return [each | {"suggestion": repair(str(each["code"]), lang)} for each in told]


def _explain(code: str, lang: Language) -> int:
    text = explain_code(code.strip().upper(), lang)
    if text is None:
        none = f"There is no code {code}." if lang == "en" else f"没有代码 {code}。"
        sys.stderr.write(none + "\n")
        return UNUSABLE
    _print(text)
    return FINE


def _files(paths: Iterable[str | Path]) -> list[Path]:
    """The files meant by names and folders; what cannot be found stays as it is."""
    files: list[Path] = []
    for path in paths:
        given = Path(path)
        if is_possible(given) and given.is_dir() and not (given / FILE_NAME).is_file():
            files += _inside(given)
        else:
            files.append(locate(path) or given)
    return list(dict.fromkeys(files))


def _inside(folder: Path) -> list[Path]:
    if folder.name == _LIBRARY:
        return [folder]
    found = sorted(folder.rglob(FILE_NAME)) or sorted(folder.glob("*.yaml"))
    library = folder / _LIBRARY
    return [library, *found] if library.is_dir() else found or [folder / FILE_NAME]


def _look(file: Path) -> Inspection:
    """What is found in a file; a mistake in the library is told like one in a scenario."""
    try:
        if is_possible(file) and file.is_dir():
            load_library(file)
            return Inspection(read(file / "parameters.yaml"), ())
        return inspect_scenario(file)
    except ScenarioError as error:
        return Inspection(read(file), error.problems)


def _tell(looks: Sequence[Inspection], problems: Sequence[Problem], lang: Language) -> None:
    lines = {look.source.path: look.source.lines for look in looks}
    if problems:
        told = diagnostics.render(
            problems,
            lambda path: _lines(lines, path),
            lang,
            advice=lambda code: repair(code, lang),
        )
        _print(told)
        _print("")
    if translated := _translated(looks, problems, lang):
        _print(translated)
    _print(_summary(len(looks), problems, lang))


def _lines(known: Mapping[str, Sequence[str]], path: str) -> Sequence[str]:
    return known[path] if path in known else read(path).lines


def _summary(files: int, problems: Sequence[Problem], lang: Language) -> str:
    number = {
        severity: len([each for each in problems if each.severity == severity])
        for severity in ("error", "warning", "note")
    }
    if lang == "zh":
        return (
            f"检查了 {files} 个文件：错误 {number['error']} 个，"
            f"警告 {number['warning']} 个，提示 {number['note']} 个。"
        )
    counts = ", ".join(
        f"{count} {name}{'' if count == 1 else 's'}" for name, count in number.items()
    )
    return f"{files} file{'' if files == 1 else 's'} checked: {counts}."


def _translated(looks: Sequence[Inspection], problems: Sequence[Problem], lang: Language) -> str:
    """How many texts are in both languages and how many are stale; empty when all is well."""
    entries = [entry for look in looks for entry in text_entries(look.source.data)]
    done = [entry for entry in entries if all(entry.words.get(each) for each in LANGUAGES)]
    stale = len([problem for problem in problems if problem.code == "L70"])
    if len(done) == len(entries) and not stale:
        return ""
    share = 100 * len(done) // len(entries)
    if lang == "zh":
        return (
            f"文字 {len(entries)} 条，中英文齐全 {len(done)} 条（{share}%），译文过时 {stale} 条。"
        )
    return (
        f"{len(entries)} text{'' if len(entries) == 1 else 's'}, {len(done)} in both languages "
        f"({share}%), {stale} stale."
    )


def _coverage(files: Sequence[Path], lang: Language, *, as_json: bool) -> int:
    """Prints which scenarios teach which concepts, and where in them."""
    wanted = [file for file in files if not (file.is_dir() or _is_template(file))]
    looks = [inspect_scenario(file, advise=False) for file in wanted]
    found = Coverage(
        concepts=load_library().concepts,
        places={
            look.loaded.scenario.id: places_of(look.loaded.script)
            for look in looks
            if look.loaded is not None
        },
    )
    if as_json:
        _print(encoding.dumps(found.as_json(), ensure_ascii=False))
    else:
        _print("\n".join(table(found, lang)))
    return FOUND if any(look.loaded is None for look in looks) else FINE


def _is_template(file: Path) -> bool:
    """Whether a file is one of the shipped templates, which are to be filled and teach nothing."""
    return file.resolve().is_relative_to(scenarios_dir().resolve() / TEMPLATES)


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
