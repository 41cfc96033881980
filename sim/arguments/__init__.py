"""The command line: its words, options and complaints in both languages."""

import argparse
from functools import partial
from gettext import gettext

import sim
from sim.arguments import author, classroom, lab, play
from sim.arguments.play import LARGEST_SEED
from sim.arguments.shared import LANGUAGES, choose

__all__ = ["LARGEST_SEED", "build_parser", "choose"]

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

    play.add_play(command("play", "play a scenario", "玩一个情景"), say)
    play.add_verify(
        command(
            "verify",
            "replay games and say which do not reproduce their result",
            "重放对局，指出结果无法重现的",
        ),
        say,
    )
    play.add_review(
        command(
            "review",
            "review a game: how good each decision was, apart from luck",
            "复盘一个对局：撇开运气，看每个决策好坏",
        ),
        say,
    )
    command("scenarios", "list the scenarios", "列出全部情景")
    author.add_schema(
        command(
            "schema",
            "print the JSON Schema of scenarios, for editors",
            "输出情景文件的 JSON Schema，供编辑器使用",
        ),
        say,
    )
    author.add_new(command("new", "begin a scenario of your own", "新建一个情景"), say)
    author.add_edit(
        command(
            "edit",
            "watch a scenario while you write it: anew after every save",
            "边写边看情景：每次保存都重新显示",
        ),
        say,
    )
    author.add_check(command("check", "check scenarios for mistakes", "检查情景文件"), say)
    lab.add_balance(
        command(
            "balance",
            "let bots play thousands of games and say what is out of balance",
            "让机器人玩几千局，找出情景失衡之处",
        ),
        say,
    )
    lab.add_insights(
        command(
            "insights",
            "what games that were handed in tell about a scenario's choices",
            "从交上来的对局看情景里的选择出得好不好",
        ),
        say,
    )
    author.add_texts(
        command("texts", "exchange texts with a translator, as a table", "以表格与译者交换文字"),
        common,
        say,
    )
    author.add_sheet(
        command("sheet", "write a scenario in a spreadsheet", "用电子表格编写情景"),
        common,
        say,
    )
    author.add_migrate(
        command(
            "migrate",
            "bring scenario files of older versions up to date",
            "把旧版本的情景文件转换到最新版本",
        ),
        say,
    )
    classroom.add_serve(
        command(
            "serve",
            "open a classroom: a class plays in browsers",
            "开一间教室：全班在浏览器里玩",
        ),
        say,
    )
    command(
        "test",
        "set up and run the test suite (all else goes to pytest)",
        "准备并运行测试（其余参数交给 pytest）",
    )
    return parser


def _teach_argparse(lang: str) -> None:
    """Gives argparse its own sentences in Chinese; it asks a module-level gettext for them."""
    words = ARGPARSE_ZH if lang == "zh" else {}
    vars(argparse)["_"] = lambda text: words.get(text, gettext(text))
