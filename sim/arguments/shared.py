"""What the options of several commands share."""

import argparse
from collections.abc import Callable

LANGUAGES = ("en", "zh")

Say = Callable[[str, str], str]


def choose(lang: str, en: str, zh: str) -> str:
    """The one of two wordings that this reader understands."""
    return zh if lang == "zh" else en


def parts(
    parser: argparse.ArgumentParser, common: argparse.ArgumentParser, say: Say
) -> Callable[[str, str, str], argparse.ArgumentParser]:
    """What makes the commands below a command; the one chosen is `do` of the result."""
    parts = parser.add_subparsers(
        title=say("commands", "命令"), metavar=say("COMMAND", "命令"), dest="do", required=True
    )

    def part(name: str, en: str, zh: str) -> argparse.ArgumentParser:
        line = say(en, zh)
        added: argparse.ArgumentParser = parts.add_parser(
            name, parents=[common], allow_abbrev=False, help=line, description=line
        )
        added.set_defaults(refuse=added.error)
        return added

    return part


def add_scenario(parser: argparse.ArgumentParser, say: Say) -> None:
    """The scenario a command is about."""
    parser.add_argument(
        "scenario",
        metavar=say("SCENARIO", "情景"),
        help=say("its name, or the path of its folder", "名称，或所在文件夹的路径"),
    )


def add_json(parser: argparse.ArgumentParser, say: Say) -> None:
    """`--json`: one JSON value on standard output and nothing else."""
    parser.add_argument(
        "--json", action="store_true", help=say("print one JSON value", "只输出一个 JSON 值")
    )


def add_html(parser: argparse.ArgumentParser, say: Say) -> None:
    """`--html`: a page beside the text."""
    parser.add_argument(
        "--html",
        metavar=say("FILE", "文件"),
        help=say(
            "write a page that needs neither network nor script",
            "写成一个网页文件，不需要网络，也不含脚本",
        ),
    )


def whole_number(say: Say, text: str, *, lowest: int, highest: int) -> int:
    """What an option takes that wants a number of things.

    Raises:
        ArgumentTypeError: it is no whole number from `lowest` to `highest`.
    """
    if text.isdecimal() and lowest <= int(text) <= highest:
        return int(text)
    raise argparse.ArgumentTypeError(
        say(
            f"{text!r} is not a whole number from {lowest} to {highest}",
            f"{text!r} 不是 {lowest} 到 {highest} 之间的整数",
        )
    )
