#!/usr/bin/env python3
"""Starts Rapport: prepares `.venv` beside this file where needed, then hands over to `sim.cli`.

Standard library only, and grammar of Python 3.6 only: on an old Python it must still be able to say
that Python is too old. What it says goes to stderr, so that `--json` keeps stdout to itself.
"""

import hashlib
import json
import os
import sys

ROOT = os.path.dirname(os.path.realpath(__file__))
PROJECT = os.path.join(ROOT, "pyproject.toml")
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))
STAMP = os.path.join(VENV, "rapport-setup.json")
LOCK = os.path.join(ROOT, ".rapport-setup.lock")
MINIMUM = (3, 11)
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
GROUP_OF = {"test": "dev", "serve": "class", "sheet": "sheet", "cluster": "cluster", "lti": "lti"}
INSTALLING = "installing"

TEXTS = {
    "first": (
        "Rapport is getting ready. This happens only once and takes a minute or two.",
        "Rapport 正在做准备。只需这一次，大约一两分钟。",
    ),
    "again": (
        "Rapport needs a few more packages; they are added now.",
        "Rapport 还需要几个软件包，现在补装。",
    ),
    "repair": (
        "The folder .venv is incomplete or was interrupted; it is made anew.",
        ".venv 文件夹不完整，或上次准备被中断，现在重新建立。",
    ),
    "create": (
        "  1. making a private Python environment in {venv}",
        "  1. 在 {venv} 建立专用的 Python 环境",
    ),
    "install": ("  2. downloading and installing with {tool}:", "  2. 用 {tool} 下载并安装："),
    "ready": ("Ready.", "准备好了。"),
    "waiting": (
        "Another start is preparing Rapport at this moment; waiting for it.",
        "另一个窗口正在准备 Rapport，请稍候。",
    ),
    "interrupted": (
        "Interrupted. The next start begins the preparation anew.",
        "已中断。下次启动会重新准备。",
    ),
    "old": (
        "Rapport needs Python {minimum} or newer, and this is {found}: see python.org.",
        "Rapport 需要 Python {minimum} 或更新的版本，现在用的是 {found}：请到 python.org 下载。",
    ),
    "no-venv": (
        "No Python environment could be made. On Debian or Ubuntu: sudo apt install python3-venv",
        "无法建立 Python 环境。在 Debian 或 Ubuntu 上请运行：sudo apt install python3-venv",
    ),
    "no-install": (
        "The packages could not be installed. Is this computer online? Then just start again.",
        "软件包没有装上。电脑联网了吗？联网后再启动一次即可。",
    ),
    "disk": (
        "A file could not be read or written while getting ready: {problem}",
        "准备时有文件无法读写：{problem}",
    ),
}


class SetupError(Exception):
    """The environment cannot be prepared: a key of `TEXTS`, and what fills its blanks."""


def language(argv: "list[str]", environ: "dict[str, str]") -> str:
    """`en` or `zh`: what `--lang` says, else the environment, else the system (as in sim.cli)."""
    for position, argument in enumerate(argv):
        name, _, value = argument.partition("=")
        if name == "--lang":
            value = value or "".join(argv[position + 1 : position + 2])
            return "zh" if value.startswith("zh") else "en"
    for name in ("RAPPORT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return "zh" if environ[name].startswith("zh") else "en"
    if sys.platform == "win32":
        import ctypes

        return "zh" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == 4 else "en"
    return "en"


def say(lang: str, key: str, **data: str) -> None:
    """Prints one of `TEXTS` on stderr; in English where the terminal knows no Chinese."""
    english, chinese = (text.format(**data) for text in TEXTS[key])
    encoding = getattr(sys.stderr, "encoding", None) or "ascii"
    knows = chinese.encode(encoding, "replace").decode(encoding) == chinese
    sys.stderr.write((chinese if lang == "zh" and knows else english) + "\n")
    sys.stderr.flush()


def without_lang(argv: "list[str]") -> "list[str]":
    """The arguments without `--lang`, so that the command is the first that is no option."""
    kept = list(argv)
    while "--lang" in kept:
        position = kept.index("--lang")
        del kept[position : position + 2]
    return [argument for argument in kept if not argument.startswith("--lang=")]


def needed_groups(arguments: "list[str]") -> "set[str]":
    """The dependency groups of pyproject.toml that a command needs; none for play."""
    words = [argument for argument in arguments if not argument.startswith("-")]
    if words[:1] == ["setup"]:
        return set(words[1:])
    options = [argument.partition("=")[0][2:] for argument in arguments if argument[:2] == "--"]
    groups = {GROUP_OF[name] for name in words[:1] + options if name in GROUP_OF}
    if any("postgresql://" in argument or "postgres://" in argument for argument in arguments):
        groups.add("postgres")
    if any(argument.lower().endswith(".xlsx") for argument in arguments):
        groups.add("sheet")
    return groups


def fingerprint() -> str:
    """Changes when what is to be installed changes, not with the settings of tools below it."""
    with open(PROJECT, "rb") as file:
        head = file.read().partition(b"\n[tool.")[0]
    return hashlib.sha256(head).hexdigest()


def site_packages() -> str:
    """Where the environment keeps its packages, or an empty string where there is none."""
    library = os.path.join(VENV, "Lib" if os.name == "nt" else "lib")
    versions = sorted(os.listdir(library)) if os.path.isdir(library) else []
    places = [os.path.join(library, name, "site-packages") for name in ("", *versions)]
    return next((place for place in places if os.path.isdir(place)), "")


def installed() -> "list[str]":
    """Names of everything installed; a later start sees by them whether something is missing."""
    place = site_packages()
    return sorted(name for name in os.listdir(place) if name != "__pycache__") if place else []


def read_stamp() -> "dict[str, object]":
    """What the last finished set-up wrote; empty where none finished."""
    try:
        with open(STAMP, encoding="utf-8") as file:
            stamp = json.load(file)
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(groups: "set[str]") -> None:
    """Says that everything is installed; whole or not at all."""
    stamp = {
        "fingerprint": fingerprint(),
        "groups": sorted(groups),
        "installed": installed(),
        "root": ROOT,
    }
    with open(STAMP + ".new", "w", encoding="utf-8") as file:
        json.dump(stamp, file)
    os.replace(STAMP + ".new", STAMP)


def stamped(stamp: "dict[str, object]", name: str) -> "set[str]":
    """A list of the stamp as a set; empty where it is missing or damaged."""
    value = stamp.get(name)
    return {str(item) for item in value} if isinstance(value, list) else set()


def is_whole(stamp: "dict[str, object]") -> bool:
    """Whether what the stamp speaks of is still there, in the place it was made for."""
    at_home = stamp.get("root") == ROOT and os.path.exists(PYTHON)
    return at_home and stamped(stamp, "installed") <= set(installed())


def was_interrupted() -> bool:
    """Whether a set-up began and never ended, or is at work at this moment."""
    try:
        with open(LOCK, encoding="utf-8") as file:
            return file.read() == INSTALLING
    except OSError:
        return False


def is_ready(groups: "set[str]") -> bool:
    """Whether a command that needs these groups can start at once."""
    stamp = read_stamp()
    fresh = stamp.get("fingerprint") == fingerprint() and groups <= stamped(stamp, "groups")
    return fresh and is_whole(stamp) and not was_interrupted()


def prepare(groups: "set[str]", lang: str) -> None:
    """Installs what is missing; one start at a time, and an interrupted one counts for nothing."""
    if is_ready(groups):
        return
    with open(LOCK, "a", encoding="utf-8") as lock:
        hold(lock.fileno(), lang)
        if is_ready(groups):
            return
        interrupted = was_interrupted()
        lock.truncate(0)
        lock.write(INSTALLING)
        lock.flush()
        try:
            set_up(groups, lang, interrupted=interrupted)
        except (SetupError, OSError):
            lock.truncate(0)  # it failed in good order: installers fetch all before they change any
            raise
        lock.truncate(0)


def hold(descriptor: int, lang: str) -> None:
    """Locks the file until the process ends, however it ends."""
    import time

    told = False
    while not lock_at_once(descriptor):
        if not told:
            say(lang, "waiting")
        told = True
        time.sleep(0.5)


def lock_at_once(descriptor: int) -> bool:
    """Locks if nobody else has; a file system without locks is better unguarded than unusable."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, 4096, os.SEEK_SET)  # Windows forbids reading a locked place
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return not isinstance(error, (BlockingIOError, PermissionError))
    return True


def set_up(groups: "set[str]", lang: str, *, interrupted: bool) -> None:
    """Makes or completes the environment, and stamps it when everything is in."""
    import shutil

    uv = shutil.which("uv")
    stamp = read_stamp()
    damaged = interrupted or not works(PYTHON) or bool(stamp and not is_whole(stamp))
    python = find_python() if damaged else ""
    say(lang, "repair" if damaged and os.path.lexists(VENV) else "again" if stamp else "first")
    if damaged:
        create(uv, python, lang)
    groups = groups | (stamped(stamp, "groups") & declared_groups())
    install(uv, groups, lang)
    write_stamp(groups)
    say(lang, "ready")


def declared_groups() -> "set[str]":
    """Every group that pyproject.toml has by now; a plain search, for tomllib is not everywhere."""
    with open(PROJECT, encoding="utf-8") as file:
        section = file.read().partition("[project.optional-dependencies]\n")[2].partition("\n[")[0]
    pairs = (line.partition("=") for line in section.splitlines() if line[:1].isalpha())
    return {name.strip() for name, _, _ in pairs}


def works(python: str) -> bool:
    """Whether this interpreter starts and is new enough."""
    import subprocess

    check = "import sys; sys.exit(sys.version_info < {!r})".format(MINIMUM)
    try:
        return subprocess.call([python, "-c", check], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def find_python() -> str:
    """An interpreter that is new enough: this one, else one by its usual name."""
    import shutil

    if sys.version_info >= MINIMUM:
        # The one below a virtual environment: ours may be about to be removed.
        return str(getattr(sys, "_base_executable", None) or sys.executable)
    for name in NEWER:
        path = shutil.which(name)
        if path and works(path):
            return path
    found, minimum = (".".join(map(str, version[:3])) for version in (sys.version_info, MINIMUM))
    raise SetupError("old", {"found": found, "minimum": minimum})


def create(uv: "str | None", python: str, lang: str) -> None:
    """Makes an empty environment where `.venv` is to be."""
    import shutil

    say(lang, "create", venv=VENV)
    if os.path.isdir(VENV) and not os.path.islink(VENV):
        shutil.rmtree(VENV)
    elif os.path.lexists(VENV):
        os.remove(VENV)
    command = [uv, "venv", "--python", python, VENV] if uv else [python, "-m", "venv", VENV]
    run_or_raise(command, "no-venv")


def install(uv: "str | None", groups: "set[str]", lang: str) -> None:
    """Installs the project, editable, with these groups."""
    say(lang, "install", tool="uv" if uv else "pip")
    project = ".[" + ",".join(sorted(groups)) + "]" if groups else "."
    if uv:
        command = [uv, "pip", "install", "--python", PYTHON]
    else:
        if not os.path.isdir(os.path.join(site_packages(), "pip")):  # uv made it, and is gone
            run_or_raise([PYTHON, "-m", "ensurepip"], "no-venv")
        command = [PYTHON, "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    run_or_raise([*command, "-e", project], "no-install")


def run_or_raise(command: "list[str]", key: str) -> None:
    """Runs an installer; names the packages as they come, shows its last lines if it fails."""
    import re
    import subprocess

    lines = []
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=dict(os.environ, PIP_USER="0", PYTHONUTF8="1"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        for raw in process.stdout or ():
            line = raw.decode("utf-8", "replace").rstrip()
            lines.append(line)
            if line.startswith("Collecting "):
                name = re.split("[^A-Za-z0-9._-]", line.split()[1])[0]
                sys.stderr.write("     " + name + "\n")
                sys.stderr.flush()
    if process.returncode:
        sys.stderr.write("".join("  | " + line + "\n" for line in lines[-8:]))
        raise SetupError(key, {})


def test_arguments(arguments: "list[str]") -> "list[str]":
    """The command line of pytest: quick tests on all cores, unless the caller says otherwise."""
    marked = any(argument == "-m" or argument.startswith("-m=") for argument in arguments)
    spread = any(argument.startswith(("-n", "--numprocesses")) for argument in arguments)
    return [
        *["-m", "pytest"],
        *([] if spread else ["-n", "auto", "--maxprocesses", "4", "--dist", "worksteal"]),
        *([] if marked else ["-m", "not slow"]),
        *arguments,
    ]


def hand_over(arguments: "list[str]") -> int:
    """Goes on as the environment's own Python; on Windows, waits for it."""
    # -P: a folder `sim` where the user happens to stand is not ours.
    command = [PYTHON, "-P", *arguments]
    environ = dict(os.environ, PYTHONUTF8="1")
    if os.name != "nt":
        os.execve(PYTHON, command, environ)  # noqa: S606 -- no shell is the point
    import subprocess

    with subprocess.Popen(command, env=environ) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:  # the program itself decides what that means
                continue


def main(argv: "list[str]") -> int:
    """Prepares, then plays, tests or whatever the command is; returns its exit code."""
    lang = language(argv, dict(os.environ))
    arguments = without_lang(argv)
    try:
        prepare(needed_groups(arguments), lang)
    except SetupError as error:
        say(lang, error.args[0], **error.args[1])
        return 2
    except OSError as error:
        say(lang, "disk", problem=str(error))
        return 2
    except KeyboardInterrupt:
        say(lang, "interrupted")
        return 130
    if arguments[:1] == ["setup"]:
        return 0
    if arguments[:1] == ["test"]:
        os.chdir(ROOT)
        return hand_over(test_arguments(arguments[1:]))
    return hand_over(["-m", "sim.cli", *argv])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
