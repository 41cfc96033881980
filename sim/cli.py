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

import sim
from sim.arguments import build_parser, choose
from sim.errors import ScenarioError, SimError
from sim.paths import command

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
        print(_report(error, lang), file=sys.stderr)
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
    from sim.view import words

    turn = error.data.get("turn")  # a whole game was checked, and this is where it goes wrong
    place = choose(lang, f"turn {turn}: ", f"第 {turn} 回合：") if turn else ""
    return choose(lang, "error: ", "错误：") + place + words.explain(error, lang)


def _lines(path: str) -> list[str]:
    """The lines of a file that a problem points into; none if it cannot be read."""
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _report(error: Exception, lang: str) -> str:
    """Saves the traceback of a fault in the program; returns the line that says where."""
    import tempfile
    import time
    import traceback

    from sim.paths import user_dir

    text = f"rapport {sim.__version__}, Python {sys.version}, {sys.platform}\n{sys.argv}\n\n"
    text += "".join(traceback.format_exception(error))
    name = time.strftime(f"fault-%Y%m%d-%H%M%S-{os.getpid()}.txt")
    try:
        path = user_dir() / "reports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError:  # no home, a full disk: the second best place
        path = Path(tempfile.gettempdir()) / name
        path.write_text(text, encoding="utf-8")
    kind = type(error).__name__
    if lang == "zh":
        return f"程序内部出错（{kind}）。详情已存到 {path}，报告问题时请附上它。"
    return f"A fault in the program ({kind}). Please report it with this file: {path}"


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


# --- the commands: each imports what it needs when it runs ----------------------------------------


def _play(arguments: argparse.Namespace) -> int:
    lang = arguments.lang
    if bool(arguments.bot) != bool(arguments.out):
        arguments.refuse(choose(lang, "--bot and --out go together", "--bot 和 --out 要一起用"))
    if arguments.bot and not arguments.scenario:
        arguments.refuse(choose(lang, "--bot needs a SCENARIO", "--bot 要给出情景"))
    if arguments.resume and (arguments.scenario or arguments.seed is not None or arguments.bot):
        arguments.refuse(
            choose(
                lang, "--resume brings its own scenario and seed", "--resume 的对局自带情景和种子"
            )
        )
    if arguments.bot:
        from sim.play import services

        services.bot_game(
            arguments.scenario, policy=arguments.bot, seed=arguments.seed, out=arguments.out
        )
        return 0
    from sim import front_end

    return front_end.play(arguments)


def _verify(arguments: argparse.Namespace) -> int:
    from sim.play import services
    from sim.view import words

    verdicts = services.verify(arguments.games)
    for verdict in verdicts:
        turn = verdict.data.get("turn")
        place = choose(arguments.lang, f"turn {turn}: ", f"第 {turn} 回合：") if turn else ""
        said = words.explain(SimError(verdict.code, **verdict.data), arguments.lang)
        print(f"{verdict.path}: {place}{said}")
    return max(verdict.exit_code for verdict in verdicts)


def _review(arguments: argparse.Namespace) -> int:
    from sim.lab.review.model import to_json
    from sim.play import reviews
    from sim.view.review import open_past, review_view, turn_ledgers

    case, record = reviews.open_game(arguments.game)
    found = None
    for step in reviews.stream(case, record, arguments.tier):
        found = step.review
        _tell_progress(arguments.lang, step.done)
    assert found is not None  # a stream has at least one step
    past = open_past(case, record)
    view = review_view(past, found, arguments.lang)
    if arguments.html:
        from sim.ui.report.file import write_report

        ledgers = turn_ledgers(past, view, arguments.lang)
        write_report(view, ledgers, arguments.lang, Path(arguments.html))
        print(choose(arguments.lang, "written: ", "已写入："), arguments.html, file=sys.stderr)
    if arguments.json:
        print(to_json(found), end="")
    elif not arguments.html:
        from sim.ui.terminal.render_review import review_text

        print(review_text(view, arguments.lang))
    return 0


def _tell_progress(lang: str, done: float) -> None:
    """How far it is, on one line of a terminal, else on a line each."""
    text = choose(lang, f"reviewing: {done:.0%}", f"复盘中：{done:.0%}")
    if sys.stderr.isatty():
        end = "\n" if done == 1.0 else ""
        print(f"\r{text}", end=end, file=sys.stderr, flush=True)
    else:
        print(text, file=sys.stderr, flush=True)


def _scenarios(arguments: argparse.Namespace) -> int:
    from sim.play import services

    for name, title in services.list_scenarios(arguments.lang):
        print(f"{name:24} {title}")
    return 0


def _new(arguments: argparse.Namespace) -> int:
    from sim.scenario import new

    lang = arguments.lang
    asks = sys.stdin.isatty() and not arguments.source
    kind, language, turns = arguments.kind, arguments.language, arguments.turns
    if asks and kind is None:
        kind = _ask(choose(lang, "Customers", "客户类型"), new.KINDS, "consumer")
    if asks and language is None:
        language = _ask(choose(lang, "Remarks in", "注释语言"), new.SPOKEN, lang)
    if asks and turns is None:
        lengths = tuple(str(each) for each in range(new.LEAST_TURNS, new.MOST_TURNS + 1))
        turns = int(_ask(choose(lang, "Turns", "回合数"), lengths, "8"))
    path = new.create(
        arguments.name,
        kind=kind or "consumer",
        language=language or "both",
        turns=turns,
        source=arguments.source,
    )
    typed = f"{command()} play {arguments.name}"
    print(choose(lang, f"{path} is written. Try it: {typed}", f"已写好 {path}。试玩：{typed}"))
    return 0


def _ask(question: str, answers: Sequence[str], usual: str) -> str:
    """One of some answers, asked again until it is one; the usual one for none."""
    shown = f"{answers[0]}–{answers[-1]}" if len(answers) > 4 else ", ".join(answers)
    while True:
        try:
            said = input(f"{question} ({shown}) [{usual}]: ").strip() or usual
        except EOFError:
            return usual
        if said in answers:
            return said


def _schema(arguments: argparse.Namespace) -> int:
    from sim.scenario import check

    print(check.schema(arguments.lang))
    return 0


def _check(arguments: argparse.Namespace) -> int:
    if not (arguments.paths or arguments.coverage or arguments.explain):
        arguments.refuse(choose(arguments.lang, "a PATH is needed", "要给出路径"))
    from sim.scenario import check

    return check.check(
        arguments.paths,
        arguments.lang,
        json=arguments.json,
        coverage=arguments.coverage,
        explain=arguments.explain,
    )


def _texts(arguments: argparse.Namespace) -> int:
    from sim.scenario import translate

    if arguments.do == "export":
        return translate.export_texts(
            arguments.scenario, Path(arguments.out), arguments.to, arguments.lang
        )
    if arguments.do == "import":
        return translate.import_texts(arguments.scenario, Path(arguments.file), arguments.lang)
    return translate.lock_texts(arguments.scenario, arguments.ids, arguments.to, arguments.lang)


def _sheet(arguments: argparse.Namespace) -> int:
    from sim.scenario import sheet

    if arguments.do == "export":
        return sheet.export_sheet(arguments.scenario, Path(arguments.out), arguments.lang)
    return sheet.import_sheet(
        arguments.scenario, Path(arguments.file), arguments.lang, remove=arguments.remove
    )


def _migrate(arguments: argparse.Namespace) -> int:
    from sim.play import migrating

    wish = migrating.Wish(
        only_show=arguments.diff, scores=Path(arguments.scores) if arguments.scores else None
    )
    return migrating.migrate(arguments.paths, arguments.lang, wish)


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
    "play": _play,
    "verify": _verify,
    "review": _review,
    "scenarios": _scenarios,
    "new": _new,
    "schema": _schema,
    "check": _check,
    "texts": _texts,
    "sheet": _sheet,
    "migrate": _migrate,
    "test": _test,
}


if __name__ == "__main__":
    sys.exit(main())
