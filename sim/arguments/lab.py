"""The options of the commands that look at many games."""

import argparse
from functools import partial

from sim.arguments.shared import Say, add_html, add_json, add_scenario, whole_number

MOST_GAMES = 10_000_000
MOST_WORKERS = 1024


def add_balance(parser: argparse.ArgumentParser, say: Say) -> None:
    """`balance`."""
    add_scenario(parser, say)
    parser.add_argument(
        "--games",
        type=partial(whole_number, say, lowest=1, highest=MOST_GAMES),
        metavar=say("N", "数"),
        help=say(
            "games in all, shared out over the bots (without: 200 for each)",
            "总局数，由各机器人分摊（不写则每个机器人 200 局）",
        ),
    )
    hands = parser.add_mutually_exclusive_group()
    hands.add_argument(
        "--workers",
        type=partial(whole_number, say, lowest=1, highest=MOST_WORKERS),
        metavar=say("N", "数"),
        help=say("processes (without: one for each processor)", "进程数（不写则每个处理器一个）"),
    )
    hands.add_argument(
        "--cluster",
        metavar=say("ADDRESS", "地址"),
        help=say("let the workers of this Dask scheduler do it", "交给这个 Dask 调度器的工作进程"),
    )
    parser.add_argument(
        "--resume",
        metavar=say("FILE", "文件"),
        help=say(
            "keep what is finished in this file, and go on from it",
            "把完成的部分存进这个文件，并从它接着做",
        ),
    )
    add_html(parser, say)
    add_json(parser, say)


def add_insights(parser: argparse.ArgumentParser, say: Say) -> None:
    """`insights`."""
    add_scenario(parser, say)
    parser.add_argument(
        "games",
        nargs="+",
        metavar=say("GAMES", "对局"),
        help=say("game files, or folders of them", "对局文件，或存放它们的文件夹"),
    )
    add_html(parser, say)
    add_json(parser, say)
