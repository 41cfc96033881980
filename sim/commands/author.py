"""The commands for those who write scenarios."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sim.arguments import choose
from sim.arguments.shared import LANGUAGES
from sim.paths import command


def new(arguments: argparse.Namespace) -> int:
    """Begins a scenario."""
    from sim.scenario import new

    lang = arguments.lang
    asks = sys.stdin is not None and sys.stdin.isatty() and not arguments.source
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
        editor=language if language in LANGUAGES else lang,
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


def edit(arguments: argparse.Namespace) -> int:
    """Follows a scenario as it is written."""
    from sim import front_end

    return front_end.edit(arguments)


def schema(arguments: argparse.Namespace) -> int:
    """Prints the schema for editors, or writes it."""
    from sim.scenario import editors

    out = Path(arguments.out) if arguments.out else None
    return editors.print_schema(arguments.scenario, arguments.lang, out)


def check(arguments: argparse.Namespace) -> int:
    """Checks scenarios."""
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


def texts(arguments: argparse.Namespace) -> int:
    """Exchanges texts with a translator."""
    from sim.scenario import translate

    if arguments.do == "export":
        return translate.export_texts(
            arguments.scenario, Path(arguments.out), arguments.to, arguments.lang
        )
    if arguments.do == "import":
        return translate.import_texts(arguments.scenario, Path(arguments.file), arguments.lang)
    return translate.lock_texts(arguments.scenario, arguments.ids, arguments.to, arguments.lang)


def sheet(arguments: argparse.Namespace) -> int:
    """Exchanges a scenario with a spreadsheet."""
    from sim.scenario import sheet

    if arguments.do == "export":
        return sheet.export_sheet(arguments.scenario, Path(arguments.out), arguments.lang)
    return sheet.import_sheet(
        arguments.scenario, Path(arguments.file), arguments.lang, remove=arguments.remove
    )


def migrate(arguments: argparse.Namespace) -> int:
    """Brings files up to date."""
    from sim.play import migrating

    wish = migrating.Wish(
        only_show=arguments.diff, scores=Path(arguments.scores) if arguments.scores else None
    )
    return migrating.migrate(arguments.paths, arguments.lang, wish)
