"""The command line: its words, options and complaints in both languages."""

import argparse
from collections.abc import Callable
from functools import partial
from gettext import gettext

import sim

LANGUAGES = ("en", "zh")
LARGEST_SEED = 2**63 - 1
KINDS = ("consumer", "account", "mixed")  # of `sim.scenario.new`
TIERS = ("instant", "standard", "deep")  # of `sim.lab.review.model`

Say = Callable[[str, str], str]

ARGPARSE_ZH = {
    "usage: ": "用法：",
    "options": "选项",
    "positional arguments": "参数",
    "show this help message and exit": "显示这份帮助并退出",
    "%(prog)s: error: %(message)s\n": "%(prog)s：错误：%(message)s\n",
    "argument %(argument_name)s: %(message)s": "参数 %(argument_name)s：%(message)s",
    "unrecognized arguments: %s": "不认识的参数：%s",
    "the following arguments are required: %s": "缺少参数：%s",
    "expected one argument": "后面要跟一个值",
    "expected at least one argument": "后面至少要跟一个值",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r，可选：%(choices)s",
    "ignored explicit argument %r": "这个选项不带值：%r",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s 有歧义：%(matches)s",
}


def build_parser(lang: str, prog: str) -> argparse.ArgumentParser:
    """The whole command line, its help and its complaints in one language.

    Args:
        lang: `en` or `zh`.
        prog: What the user typed to start the program.

    Returns:
        A parser whose result has `command` (a name) and `refuse` (ends with a message, exit 2).
    """
    _teach_argparse(lang)
    say = partial(choose, lang)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--lang",
        choices=LANGUAGES,
        default=argparse.SUPPRESS,
        help=say("language: English or Chinese", "语言：英文或中文"),
    )
    parser = argparse.ArgumentParser(
        prog=prog,
        parents=[common],
        allow_abbrev=False,
        description=say(
            "Rapport teaches managing a portfolio of customers. Without a command it plays.",
            "Rapport：在游戏中学会经营客户组合。不写命令就开始游戏。",
        ),
        epilog=say(
            "Exit code: 0 fine, 1 found problems, 2 wrong use.",
            "退出码：0 正常，1 发现问题，2 用法有误。",
        ),
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"Rapport {sim.__version__}",
        help=say("show the version and exit", "显示版本号并退出"),
    )
    commands = parser.add_subparsers(
        title=say("commands", "命令"),
        metavar=say("COMMAND", "命令"),
        dest="command",
        required=True,
    )

    def command(name: str, en: str, zh: str) -> argparse.ArgumentParser:
        line = say(en, zh)
        added: argparse.ArgumentParser = commands.add_parser(
            name, parents=[common], allow_abbrev=False, help=line, description=line
        )
        added.set_defaults(refuse=added.error)
        return added

    _add_play(command("play", "play a scenario", "玩一个情景"), say)
    verify = command(
        "verify",
        "replay games and say which do not reproduce their result",
        "重放对局，指出结果无法重现的",
    )
    verify.add_argument(
        "games", nargs="+", metavar=say("GAME", "对局文件"), help=say("game files", "对局文件")
    )
    _add_review(
        command(
            "review",
            "review a game: how good each decision was, apart from luck",
            "复盘一个对局：撇开运气，看每个决策好坏",
        ),
        say,
    )
    command("scenarios", "list the scenarios", "列出全部情景")
    command(
        "schema",
        "print the JSON Schema of scenarios, for editors",
        "输出情景文件的 JSON Schema，供编辑器使用",
    )
    _add_new(command("new", "begin a scenario of your own", "新建一个情景"), say)
    _add_check(command("check", "check scenarios for mistakes", "检查情景文件"), say)
    _add_texts(
        command("texts", "exchange texts with a translator, as a table", "以表格与译者交换文字"),
        common,
        say,
    )
    _add_sheet(
        command("sheet", "write a scenario in a spreadsheet", "用电子表格编写情景"),
        common,
        say,
    )
    _add_migrate(
        command(
            "migrate",
            "bring scenario files of older versions up to date",
            "把旧版本的情景文件转换到最新版本",
        ),
        say,
    )
    command(
        "test",
        "set up and run the test suite (all else goes to pytest)",
        "准备并运行测试（其余参数交给 pytest）",
    )
    return parser


def _add_play(parser: argparse.ArgumentParser, say: Say) -> None:
    parser.add_argument(
        "scenario",
        nargs="?",
        metavar=say("SCENARIO", "情景"),
        help=say("its name, or the path of its folder", "名称，或所在文件夹的路径"),
    )
    parser.add_argument(
        "--seed",
        type=partial(_seed, say),
        metavar=say("N", "数"),
        help=say("the same seed brings the same luck", "种子相同，运气也相同"),
    )
    parser.add_argument(
        "--terminal", action="store_true", help=say("play as text", "在终端里以文字进行")
    )
    parser.add_argument(
        "--resume",
        metavar=say("GAME", "对局文件"),
        help=say("go on with this game", "继续这个对局"),
    )
    parser.add_argument(
        "--bot",
        metavar=say("POLICY", "策略"),
        help=say(
            "let a policy play: expert, noisy-expert, vip, loudest, discount, visits, coerce, "
            "random, nothing, oracle, only:ACTION",
            "让策略代打：expert、noisy-expert、vip、loudest、discount、visits、coerce、"
            "random、nothing、oracle、only:行动",
        ),
    )
    parser.add_argument(
        "--out",
        metavar=say("GAME", "对局文件"),
        help=say("where --bot saves its game", "--bot 的对局存到哪里"),
    )


def _add_review(parser: argparse.ArgumentParser, say: Say) -> None:
    parser.add_argument(
        "game", metavar=say("GAME", "对局文件"), help=say("a game file", "对局文件")
    )
    parser.add_argument(
        "--html",
        metavar=say("FILE", "文件"),
        help=say(
            "write a page that needs neither network nor script",
            "写成一个网页文件，不需要网络，也不含脚本",
        ),
    )
    parser.add_argument(
        "--json", action="store_true", help=say("print one JSON value", "只输出一个 JSON 值")
    )
    parser.add_argument(
        "--tier",
        choices=TIERS,
        default="standard",
        help=say(
            "how thorough: instant shows values only, deep takes longest",
            "深浅：instant 只有数值，deep 最慢",
        ),
    )


def _add_new(parser: argparse.ArgumentParser, say: Say) -> None:
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


def _add_check(parser: argparse.ArgumentParser, say: Say) -> None:
    parser.add_argument(
        "paths",
        nargs="*",
        metavar=say("PATH", "路径"),
        help=say("a scenario file or a folder of them", "情景文件，或存放它们的文件夹"),
    )
    parser.add_argument(
        "--json", action="store_true", help=say("print one JSON value", "只输出一个 JSON 值")
    )
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


def _add_texts(parser: argparse.ArgumentParser, common: argparse.ArgumentParser, say: Say) -> None:
    do = _parts(parser, common, say)
    out = do("export", "write the table", "导出表格")
    _add_scenario(out, say)
    out.add_argument(
        "--out",
        required=True,
        metavar=say("FILE", "文件"),
        help=say("a file that ends in .csv or .xlsx", "以 .csv 或 .xlsx 结尾的文件"),
    )
    back = do("import", "put the translations in", "导入译文")
    _add_scenario(back, say)
    back.add_argument(
        "file",
        metavar=say("FILE", "文件"),
        help=say("the table that came back", "译者交回的表格"),
    )
    lock = do("lock", "note that translations are current", "记下译文为最新")
    _add_scenario(lock, say)
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


def _add_sheet(parser: argparse.ArgumentParser, common: argparse.ArgumentParser, say: Say) -> None:
    do = _parts(parser, common, say)
    out = do("export", "write the workbook", "导出工作簿")
    _add_scenario(out, say)
    out.add_argument(
        "--out",
        required=True,
        metavar=say("FILE", "文件"),
        help=say("a file that ends in .xlsx", "以 .xlsx 结尾的文件"),
    )
    back = do("import", "put what was changed into the scenario", "把改动写回情景")
    _add_scenario(back, say)
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


def _add_migrate(parser: argparse.ArgumentParser, say: Say) -> None:
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


def _parts(
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


def _add_scenario(parser: argparse.ArgumentParser, say: Say) -> None:
    parser.add_argument(
        "scenario",
        metavar=say("SCENARIO", "情景"),
        help=say("its name, or the path of its folder", "名称，或所在文件夹的路径"),
    )


def choose(lang: str, en: str, zh: str) -> str:
    """The one of two wordings that this reader understands."""
    return zh if lang == "zh" else en


def _seed(say: Say, text: str) -> int:
    if text.isdecimal() and int(text) <= LARGEST_SEED:
        return int(text)
    raise argparse.ArgumentTypeError(
        say(
            f"{text!r} is not a whole number from 0 to {LARGEST_SEED}",
            f"{text!r} 不是 0 到 {LARGEST_SEED} 之间的整数",
        )
    )


def _teach_argparse(lang: str) -> None:
    """Gives argparse its own sentences in Chinese; it asks a module-level gettext for them."""
    words = ARGPARSE_ZH if lang == "zh" else {}
    vars(argparse)["_"] = lambda text: words.get(text, gettext(text))
