"""Arguments in, exit code out: the one place that turns an error into a message.

Exit codes: 0 fine, 1 found problems, 2 wrong use or cannot. Nothing heavy is imported before a
command needs it, so that `--help` and a mistyped command answer at once.
"""

import argparse
import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from sim.arguments import build_parser, choose
from sim.commands import author, classroom, faults, lab, play
from sim.errors import ScenarioError, SimError

UNUSABLE = 2
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command.

    Args:
        argv: The words after the program's name; those of the process if None.

    Returns:
        The exit code; a message has been printed on stderr unless it is 0.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    lang = guess_language(words, os.environ)
    _bear_any_text(sys.stdout, sys.stderr)
    try:
        code = _run(words, lang)
        sys.stdout.flush()
    except SystemExit as stop:  # argparse has said why
        code = stop.code if isinstance(stop.code, int) else UNUSABLE
    except KeyboardInterrupt:
        code = INTERRUPTED
    except BrokenPipeError:  # the reader, `head` for one, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = UNUSABLE
    except Exception as error:  # noqa: BLE001 -- the last place where a traceback can be kept from a user
        print(faults.report(error, lang), file=sys.stderr)
        code = UNUSABLE
    return code


def guess_language(words: Sequence[str], environ: Mapping[str, str]) -> str:
    """`en` or `zh`: what `--lang` says, else the environment, else the system (as in run.py)."""
    for position, word in enumerate(words):
        name, _, value = word.partition("=")
        if name == "--lang":
            value = value or "".join(words[position + 1 : position + 2])
            return "zh" if value.startswith("zh") else "en"
    for name in ("RAPPORT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name, ""):
            return "zh" if value.startswith("zh") else "en"
    if sys.platform == "win32":
        import ctypes

        chinese = ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == 4
        return "zh" if chinese else "en"
    return "en"


def explain(error: SimError, lang: str) -> str:
    """What is wrong, for a reader of this language; a scenario's problems one below the other."""
    if isinstance(error, ScenarioError):
        from sim.scenario import diagnostics

        return diagnostics.render(error.problems, _lines, "zh" if lang == "zh" else "en")
    from sim.view import join_words

    turn = error.data.get("turn")  # a whole game was checked, and this is where it goes wrong
    place = choose(lang, f"turn {turn}: ", f"第 {turn} 回合：") if turn else ""
    return choose(lang, "error: ", "错误：") + place + join_words.explain(error, lang)


def _lines(path: str) -> list[str]:
    """The lines of a file that a problem points into; none if it cannot be read."""
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _bear_any_text(*streams: object) -> None:
    """Lets a terminal that knows no Chinese show escapes instead of stopping the program."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _run(words: Sequence[str], lang: str) -> int:
    prog = "rapport" if Path(sys.argv[0]).stem == "rapport" else "run.py"
    arguments = build_parser(lang, prog).parse_args(_with_command(words))
    arguments.lang_asked = "lang" in arguments
    arguments.lang = lang
    try:
        return COMMANDS[arguments.command](arguments)
    except SimError as error:
        print(explain(error, lang), file=sys.stderr)
        return 1 if isinstance(error, ScenarioError) else UNUSABLE


def _with_command(words: Sequence[str]) -> list[str]:
    """The words, with `play` in front where only options stand."""
    rest = list(words)
    while "--lang" in rest:
        place = rest.index("--lang")
        del rest[place : place + 2]
    rest = [word for word in rest if not word.startswith("--lang=")]
    named = bool(rest) and (not rest[0].startswith("-") or rest[0] in {"-h", "--help", "--version"})
    return list(words) if named else ["play", *words]


def _test(arguments: argparse.Namespace) -> int:
    arguments.refuse(
        choose(
            arguments.lang,
            "the tests are in the source tree, started by: python3 run.py test",
            "测试在源代码目录里，用 python3 run.py test 运行",
        )
    )
    return UNUSABLE


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "play": play.play,
    "verify": play.verify,
    "review": play.review,
    "scenarios": play.scenarios,
    "new": author.new,
    "edit": author.edit,
    "schema": author.schema,
    "check": author.check,
    "balance": lab.balance,
    "insights": lab.insights,
    "texts": author.texts,
    "sheet": author.sheet,
    "migrate": author.migrate,
    "serve": classroom.serve,
    "test": _test,
}


if __name__ == "__main__":
    sys.exit(main())
