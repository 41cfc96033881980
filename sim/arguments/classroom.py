"""Options of the command that opens a classroom."""

import argparse
from functools import partial

from sim.arguments.shared import Say, whole_number

MOST_WORKERS = 64


def add_serve(parser: argparse.ArgumentParser, say: Say) -> None:
    """What is played, and who can reach it."""
    parser.add_argument(
        "scenario",
        nargs="?",
        metavar=say("SCENARIO", "情景"),
        help=say(
            "its name or the path of its folder; opens a room, or goes on with the last one that "
            "has not ended; without it rooms are opened on the instructor's page",
            "名称，或所在文件夹的路径：新开一个房间，或继续上次没有结束的；不写就在教师页面上开",
        ),
    )
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        metavar=say("H", "地址"),
        help=say(
            "who may connect: 127.0.0.1, this computer only; 0.0.0.0, everybody in its networks",
            "允许谁连接：127.0.0.1 只有本机，0.0.0.0 是所在网络里的所有人",
        ),
    )
    parser.add_argument(
        "--port",
        type=partial(whole_number, say, lowest=0, highest=65535),
        default=8000,
        metavar=say("P", "端口"),
        help=say("8000 if not given; 0 takes a free one", "默认 8000；0 表示任选空闲端口"),
    )
    parser.add_argument(
        "--database",
        metavar="URL",
        help=say(
            "a file, or postgresql://USER:PASSWORD@HOST/NAME",
            "文件路径，或 postgresql://用户:密码@主机/库名",
        ),
    )
    parser.add_argument(
        "--workers",
        type=partial(whole_number, say, lowest=1, highest=MOST_WORKERS),
        default=1,
        metavar=say("N", "数"),
        help=say(
            "processes that answer; one serves a large class", "应答的进程数；一个已够大班使用"
        ),
    )
    parser.add_argument(
        "--new",
        action="store_true",
        help=say("open another room in any case", "不管有没有旧的，都新开一个房间"),
    )
    parser.add_argument(
        "--lti",
        metavar=say("FILE", "文件"),
        help=say(
            "learning platforms that may send people here (JSON, see docs/interop.md)",
            "可以把人送到这里的学习平台（JSON，见 docs/interop.md）",
        ),
    )
    parser.add_argument(
        "--lrs",
        metavar="URL",
        help=say(
            "a learning record store; its key and secret are read from RAPPORT_LRS_KEY and "
            "RAPPORT_LRS_SECRET",
            "学习记录库；密钥从环境变量 RAPPORT_LRS_KEY 和 RAPPORT_LRS_SECRET 读取",
        ),
    )
    parser.add_argument(
        "--name",
        action="append",
        default=[],
        metavar=say("NAME", "域名"),
        help=say(
            "a name by which browsers reach this server, such as class.school.edu; may be given "
            "more than once; addresses and names of the local network need not be",
            "浏览器访问本服务器所用的域名，如 class.school.edu，可多次给出；"
            "IP 地址和局域网内的名称不必写",
        ),
    )
    parser.add_argument(
        "--tls",
        action="store_true",
        help=say(
            "browsers come by https, through a proxy in front",
            "浏览器经前面的代理以 https 访问",
        ),
    )
