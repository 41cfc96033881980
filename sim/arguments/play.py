"""Options of the commands for those who play: play, verify, review."""

import argparse
from functools import partial

from sim.arguments.shared import Say, add_html, add_json, whole_number

LARGEST_SEED = 2**63 - 1
TIERS = ("instant", "standard", "deep")  # of `sim.lab.review.model`


def add_play(parser: argparse.ArgumentParser, say: Say) -> None:
    """Which game, and how."""
    parser.add_argument(
        "scenario",
        nargs="?",
        metavar=say("SCENARIO", "情景"),
        help=say("its name, or the path of its folder", "名称，或所在文件夹的路径"),
    )
    parser.add_argument(
        "--seed",
        type=partial(whole_number, say, lowest=0, highest=LARGEST_SEED),
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
        "--join",
        nargs=2,
        metavar=(say("ADDRESS", "地址"), say("CODE", "代码")),
        help=say(
            "play with a class: address and code stand on the projector",
            "加入课堂：地址和代码见投影",
        ),
    )
    parser.add_argument(
        "--name",
        metavar=say("NAME", "姓名"),
        help=say(
            "name, pseudonym or number on the name list for --join, instead of being asked for it",
            "--join 时用的姓名、化名或名单上的编号，不再询问",
        ),
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


def add_verify(parser: argparse.ArgumentParser, say: Say) -> None:
    """Which games."""
    parser.add_argument(
        "games", nargs="+", metavar=say("GAME", "对局文件"), help=say("game files", "对局文件")
    )


def add_review(parser: argparse.ArgumentParser, say: Say) -> None:
    """Which game, how thoroughly, and written how."""
    parser.add_argument(
        "game", metavar=say("GAME", "对局文件"), help=say("a game file", "对局文件")
    )
    add_html(parser, say)
    add_json(parser, say)
    parser.add_argument(
        "--tier",
        choices=TIERS,
        default="standard",
        help=say(
            "how thorough: instant shows values only, deep takes longest",
            "深浅：instant 只有数值，deep 最慢",
        ),
    )
