"""Options of the commands for those who write scenarios."""

import argparse

from sim.arguments.shared import LANGUAGES, Say, add_json, add_scenario, parts

KINDS = ("consumer", "account", "mixed")  # of `sim.scenario.new`


def add_new(parser: argparse.ArgumentParser, say: Say) -> None:
    """What the new scenario is like."""
    parser.add_argument(
        "name",
        metavar=say("NAME", "名字"),
        help=say(
            "of the scenario and its new folder: small letters, digits, hyphens",
            "情景及其新文件夹的名字：小写字母、数字、连字符",
        ),
    )
    parser.add_argument(
        "--kind",
        choices=KINDS,
        help=say("private customers, firms, or both", "散客、企业，或两者都有"),
    )
    parser.add_argument(
        "--language",
        choices=(*LANGUAGES, "both"),
        help=say("of the remarks that explain the format", "解释格式的注释用哪种语言"),
    )
    parser.add_argument(
        "--turns", type=int, metavar="N", help=say("how many turns it has", "共几个回合")
    )
    parser.add_argument(
        "--from",
        dest="source",
        metavar=say("SCENARIO", "情景"),
        help=say("begin from a copy of this one", "从这个情景的副本开始"),
    )


def add_schema(parser: argparse.ArgumentParser, say: Say) -> None:
    """Whose ids it knows, and where it goes."""
    parser.add_argument(
        "scenario",
        nargs="?",
        metavar=say("SCENARIO", "情景"),
        help=say(
            "the one whose own ids are to be offered; without, any id may be named",
            "要提供其自有标识的情景；不写则任何标识都可以",
        ),
    )
    parser.add_argument(
        "--out",
        metavar=say("FILE", "文件"),
        help=say("write this file instead of printing", "写进这个文件，而不是输出到屏幕"),
    )


def add_edit(parser: argparse.ArgumentParser, say: Say) -> None:
    """What is written, and where it is shown."""
    add_scenario(parser, say)
    parser.add_argument(
        "--terminal",
        action="store_true",
        help=say("show the verdict as text", "以文字显示结果"),
    )


def add_check(parser: argparse.ArgumentParser, say: Say) -> None:
    """What to check, and what to say."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar=say("PATH", "路径"),
        help=say("a scenario file or a folder of them", "情景文件，或存放它们的文件夹"),
    )
    add_json(parser, say)
    parser.add_argument(
        "--coverage",
        action="store_true",
        help=say("which scenarios teach which concepts", "哪些情景讲到哪些概念"),
    )
    parser.add_argument(
        "--explain",
        metavar=say("CODE", "代码"),
        help=say("what the code of a message means", "某条消息的代码是什么意思"),
    )


def add_texts(parser: argparse.ArgumentParser, common: argparse.ArgumentParser, say: Say) -> None:
    """To a translator and back."""
    do = parts(parser, common, say)
    out = do("export", "write the table", "导出表格")
    add_scenario(out, say)
    out.add_argument(
        "--out",
        required=True,
        metavar=say("FILE", "文件"),
        help=say("a file that ends in .csv or .xlsx", "以 .csv 或 .xlsx 结尾的文件"),
    )
    back = do("import", "put the translations in", "导入译文")
    add_scenario(back, say)
    back.add_argument(
        "file",
        metavar=say("FILE", "文件"),
        help=say("the table that came back", "译者交回的表格"),
    )
    lock = do("lock", "note that translations are current", "记下译文为最新")
    add_scenario(lock, say)
    lock.add_argument(
        "ids",
        nargs="*",
        metavar=say("ID", "标识"),
        help=say("of the texts; all if none is given", "文字的标识；不写则为全部"),
    )
    for part in (out, lock):
        part.add_argument(
            "--to",
            choices=LANGUAGES,
            default="zh",
            help=say("the language translated into", "译成的语言"),
        )


def add_sheet(parser: argparse.ArgumentParser, common: argparse.ArgumentParser, say: Say) -> None:
    """To a workbook and back."""
    do = parts(parser, common, say)
    out = do("export", "write the workbook", "导出工作簿")
    add_scenario(out, say)
    out.add_argument(
        "--out",
        required=True,
        metavar=say("FILE", "文件"),
        help=say("a file that ends in .xlsx", "以 .xlsx 结尾的文件"),
    )
    back = do("import", "put what was changed into the scenario", "把改动写回情景")
    add_scenario(back, say)
    back.add_argument(
        "file",
        metavar=say("FILE", "文件"),
        help=say("the workbook", "工作簿"),
    )
    back.add_argument(
        "--remove",
        action="store_true",
        help=say(
            "take out of the scenario what is no longer in the sheets",
            "把表中已删去的条目从情景里删掉",
        ),
    )


def add_migrate(parser: argparse.ArgumentParser, say: Say) -> None:
    """Which files, and how to compare."""
    parser.add_argument(
        "paths",
        nargs="+",
        metavar=say("PATH", "路径"),
        help=say("a scenario file or a folder of them", "情景文件，或存放它们的文件夹"),
    )
    parser.add_argument(
        "--diff", action="store_true", help=say("only show what would change", "只显示会改什么")
    )
    parser.add_argument(
        "--scores",
        metavar=say("FILE", "文件"),
        help=say(
            "bots' scores to compare with; written where there is no such file",
            "用来比较的代打得分；没有这个文件就写一个",
        ),
    )
