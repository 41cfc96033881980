"""Which front end a game opens in: the window where there is a display, else the terminal."""

import argparse
import os
import stat
import sys
from collections.abc import Mapping
from typing import TextIO

from sim.arguments import choose
from sim.errors import SimError
from sim.paths import command

UNUSABLE = 2
# SDL_VIDEODRIVER is how somebody names a display of their own, such as KMS or none that is seen.
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")


def play(arguments: argparse.Namespace) -> int:
    """Lets the player play, in a window if that is possible and no text was asked for.

    Args:
        arguments: Of the command `play`; `lang_asked` tells whether the user named the language.

    Returns:
        The exit code; 2 where there is neither a display nor anybody who could type.
    """
    if arguments.terminal:
        return _in_terminal(arguments)
    if not has_display(os.environ, sys.platform):
        return _without_display(arguments)
    try:
        return _in_window(arguments)
    except ImportError as error:
        if (error.name or "").startswith("sim"):
            raise
        trouble = SimError("window/no-pygame", reason=str(error))
    except SimError as error:
        if not error.code.startswith("window/"):
            raise
        trouble = error
    return _instead_of_window(arguments, trouble)


def edit(arguments: argparse.Namespace) -> int:
    """Follows a scenario as it is written, in a window if there can be one, else as text.

    Args:
        arguments: Of the command `edit`; `lang_asked` tells whether the user named the language.

    Returns:
        The exit code.
    """
    if arguments.terminal or not has_display(os.environ, sys.platform):
        return _edit_in_terminal(arguments)
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    try:
        from sim.ui.window import workshop

        return workshop.run(
            arguments.scenario,
            language=arguments.lang if arguments.lang_asked else None,
            system=arguments.lang,
        )
    except ImportError as error:
        if (error.name or "").startswith("sim"):
            raise
    except SimError as error:
        if not error.code.startswith("window/"):
            raise
    return _edit_in_terminal(arguments)


def _edit_in_terminal(arguments: argparse.Namespace) -> int:
    from sim.ui.terminal import workshop

    return workshop.run(arguments.scenario, language=arguments.lang)


def has_display(environ: Mapping[str, str], platform: str) -> bool:
    """Whether there may be a display: always on Windows and macOS, elsewhere where one is named."""
    return platform in {"win32", "darwin"} or any(environ.get(name) for name in DISPLAYS)


def can_answer(stdin: TextIO | None) -> bool:
    """Whether answers can come from there: a terminal, a pipe or a file, but not the void."""
    if stdin is None or stdin.closed:
        return False
    if stdin.isatty():
        return True
    try:
        return not stat.S_ISCHR(os.fstat(stdin.fileno()).st_mode)
    except OSError:  # it has no descriptor
        return False


def _in_window(arguments: argparse.Namespace) -> int:
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    from sim.ui.window import app

    return app.run(
        arguments.scenario,
        seed=arguments.seed,
        language=arguments.lang if arguments.lang_asked else None,
        resume=arguments.resume,
        join=arguments.join,
        name=arguments.name or "",
        system=arguments.lang,
    )


def _in_terminal(arguments: argparse.Namespace) -> int:
    """The game as text, for anybody who can type; how to start it for anybody else."""
    lang = arguments.lang
    if sys.stdin is None or sys.stdout is None:
        why = choose(lang, "Nobody can type here.", "这里无法输入。")
        return _refuse(why, lang)
    from sim.ui import terminal

    return terminal.run(
        arguments.scenario,
        seed=arguments.seed,
        language=lang,
        resume=arguments.resume,
        join=arguments.join,
        name=arguments.name or "",
    )


def _without_display(arguments: argparse.Namespace) -> int:
    lang = arguments.lang
    if not can_answer(sys.stdin):
        why = choose(
            lang,
            "There is no display for a window, and nobody can type here.",
            "没有可以显示窗口的屏幕，这里也无法输入。",
        )
        return _refuse(why, lang)
    said = choose(
        lang,
        "There is no display for a window, so the game is played as text.",
        "没有可以显示窗口的屏幕，游戏以文字进行。",
    )
    print(said + "\n", file=sys.stderr, flush=True)
    return _in_terminal(arguments)


def _instead_of_window(arguments: argparse.Namespace, trouble: SimError) -> int:
    """Offers the game as text after the window has failed."""
    from sim.view import words

    lang = arguments.lang
    why = words.explain(trouble, lang)
    if sys.stdin is None or not sys.stdin.isatty():
        return _refuse(why, lang)
    question = choose(
        lang,
        "Press Enter to play here as text, or type n to leave: ",
        "按回车键在这里以文字进行，输入 n 离开：",
    )
    print(why, file=sys.stderr)
    print(question, end="", file=sys.stderr, flush=True)
    answer = sys.stdin.readline()
    if not answer or answer.strip():
        return UNUSABLE
    return _in_terminal(arguments)


def _refuse(why: str, lang: str) -> int:
    """Says why nothing can be played here, and how it can."""
    how = choose(
        lang,
        "  on a desktop, in a window:      {command}\n"
        "  in a terminal, as text:         {command} --terminal\n"
        "  with answers from a file:       {command} --terminal < ANSWERS",
        "  在桌面环境里，用窗口：    {command}\n"
        "  在终端里，用文字：        {command} --terminal\n"
        "  从文件读取回答：          {command} --terminal < 回答文件",
    )
    print(why, how.format(command=command()), sep="\n", file=sys.stderr)
    return UNUSABLE
