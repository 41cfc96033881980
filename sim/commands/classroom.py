"""The command that opens a classroom: `serve`."""

import argparse
import signal
import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.arguments import choose

if TYPE_CHECKING:
    from sim.classroom.model import RoomInfo
    from sim.classroom.rooms import Rooms

_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 -- asked whether, not bound

_PACKAGES = ("fastapi", "httptools", "jinja2", "python_multipart", "segno", "uvicorn")


@dataclass(frozen=True)
class Place:
    """What a server needs to know to answer; the same for all its workers."""

    database: str
    workers: int
    host: str
    tls: bool
    lang: str
    names: tuple[str, ...] = ()
    lti: str | None = None
    lrs: str | None = None

    @property
    def shared(self) -> bool:
        """Whether several answer from one store."""
        return self.workers > 1


def serve(arguments: argparse.Namespace) -> int:
    """Opens a classroom and answers until it is interrupted."""
    _expect_packages()
    from sim.paths import user_dir
    from sim.ui.web.serve import listening

    database = arguments.database or str(user_dir() / "classroom" / "rooms.db")
    lang, workers = arguments.lang, arguments.workers
    place = Place(
        database,
        workers,
        host=arguments.host,
        tls=arguments.tls,
        lang=lang,
        names=tuple(arguments.name),
        lti=arguments.lti,
        lrs=arguments.lrs,
    )
    _beside(place)  # what is wrong with the options is said before anybody can connect
    signal.signal(signal.SIGTERM, _interrupt)
    with listening(arguments.host, arguments.port) as sock:
        rooms = _rooms(place)
        try:
            room = _room(rooms, arguments)
            _say_where(lang, rooms, room, host=arguments.host, port=sock.getsockname()[1])
            if workers == 1:
                _answer(place, rooms, sock)
        except KeyboardInterrupt:
            workers = 1
        finally:
            rooms.close()
        if workers > 1:
            _supervise(place, workers, sock)
    _print(
        lang,
        "Stopped. Rooms that are open go on at the next start.",
        "已停止。未结束的房间下次启动时继续。",
    )
    return 0


def _expect_packages() -> None:
    """Says so before anything begins if what is only needed for a class is missing.

    Raises:
        SimError: `class/no-package`.
    """
    from importlib.util import find_spec

    from sim.errors import SimError

    if any(find_spec(name) is None for name in _PACKAGES):
        raise SimError("class/no-package")


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _rooms(place: Place) -> "Rooms":
    from sim.classroom.rooms import Rooms
    from sim.classroom.stores import open_store

    return Rooms(open_store(place.database, shared=place.shared), prepare=not place.shared)


def _room(rooms: "Rooms", arguments: argparse.Namespace) -> "RoomInfo | None":
    """The last room of this scenario if it has not ended, else a new one."""
    from sim.classroom.model import Settings

    if arguments.scenario is None:
        return None
    name = Path(arguments.scenario).name
    open_ones = [each for each in rooms.rooms() if each.state != "ended"]
    same = [each for each in open_ones if each.scenario == name]
    if same and not arguments.new:
        _print(
            arguments.lang, "Going on with a room that had not ended.", "继续上次没有结束的房间。"
        )
        return same[0]
    return rooms.open_room(arguments.scenario, Settings(language=arguments.lang))


def _say_where(lang: str, rooms: "Rooms", room: "RoomInfo | None", *, host: str, port: int) -> None:
    from sim.ui.web.serve import addresses

    found = addresses(host, port)
    if host in _EVERYWHERE:
        _print(
            lang,
            f"Everybody in this computer's networks can now reach port {port}: who knows the code "
            "can join, who knows the instructor's link can do everything. Without TLS others in "
            "the network can read along.",
            f"现在本机所在网络里的所有人都能访问端口 {port}："
            "知道代码就能加入，知道教师链接就能做任何事。"
            "没有 TLS，同一网络里的人可以看到传输的内容。",
        )
    else:
        _print(
            lang,
            "Only this computer can connect. For a class: --host 0.0.0.0",
            "只有本机能连接。给全班使用请加 --host 0.0.0.0",
        )
    if room is not None:
        _print(
            lang, f"Join: {found[0]}    code: {room.code}", f"加入：{found[0]}    代码：{room.code}"
        )
    for address in found[1:]:
        _print(lang, f"   or: {address}", f"  或：{address}")
    link = f"{found[0]}/teach#{rooms.instructor_secret}"
    _print(lang, f"Instructor (keep this link): {link}", f"教师（请勿外传）：{link}")
    _print(lang, "Ctrl+C stops.", "按 Ctrl+C 停止。")


def _answer(place: Place, rooms: "Rooms", sock: socket.socket) -> None:
    """Answers until it is told to stop."""
    from sim.commands.faults import report
    from sim.ui.web.app import create_app
    from sim.ui.web.serve import server

    def fault(error: Exception) -> None:
        print(report(error, place.lang), file=sys.stderr, flush=True)

    lti, outbox = _beside(place)
    app = create_app(
        rooms,
        host=place.host,
        tls=place.tls,
        names=place.names,
        reports=_Reports(),
        lti=lti,
        outbox=outbox,
        workers=place.workers,
        fault=fault,
    )
    _settle()
    server(app, stopping=rooms.stop_listening).run(sockets=[sock])


def _settle() -> None:
    """Suit Python to many short requests, answered by one thread and committed by another."""
    import gc

    gc.collect()
    gc.freeze()  # looking through the whole program for garbage stops everybody for 0.1 s and more
    gc.set_threshold(20_000, 20, 20)
    sys.setswitchinterval(0.001)  # s; whoever comes back from the disk waits so long for the other


def _beside(place: Place) -> tuple[Any, Any]:
    """The learning platforms and the record store that were named; None for what was not.

    Raises:
        SimError: `lti/bad-file`, `lti/no-package`, `class/bad-store`, `class/open-store`.
    """
    import os

    from sim.classroom.outbox import Outbox, Store
    from sim.errors import SimError
    from sim.paths import user_dir

    tool = outbox = None
    if place.lti is not None:
        try:
            from sim.classroom.lti import Tool
            from sim.classroom.lti_platforms import own_key, read_platforms
        except ImportError:
            raise SimError("lti/no-package") from None
        from sim.classroom.lti_notes import Notes

        folder = user_dir() / "lti"
        tool = Tool(read_platforms(Path(place.lti)), own_key(folder), Notes(folder))
    if place.lrs is not None:
        key, secret = (os.environ.get(f"RAPPORT_LRS_{name}", "") for name in ("KEY", "SECRET"))
        outbox = Outbox(user_dir() / "xapi", Store(place.lrs, key, secret))
    return tool, outbox


class _Reports:
    """What makes the pages of a debrief, which the web pages do not know.

    Loaded when the first of them is asked for: the fonts that go into a file alone take a tenth of
    the memory of a class.
    """

    def __getattr__(self, name: str) -> Any:
        from sim.ui.report.class_page import ClassReports

        return getattr(ClassReports(), name)


# --- several workers ---


def _work(place: Place, sock: socket.socket) -> None:
    """One worker."""
    signal.signal(signal.SIGTERM, _interrupt)
    rooms = _rooms(place)
    try:
        _answer(place, rooms, sock)
    except KeyboardInterrupt:
        pass
    finally:
        rooms.close()


def _supervise(place: Place, workers: int, sock: socket.socket) -> None:
    """Keeps so many workers alive; one that dies is replaced."""
    import multiprocessing
    from multiprocessing.connection import wait

    context = multiprocessing.get_context("spawn")

    def begin() -> Any:
        process = context.Process(target=_work, args=(place, sock), daemon=True)
        process.start()
        return process

    running = [begin() for _ in range(workers)]
    try:
        while True:
            wait([process.sentinel for process in running])
            running = [each if each.is_alive() else begin() for each in running]
    except KeyboardInterrupt:
        for process in running:
            process.terminate()
        for process in running:
            process.join()


def _print(lang: str, en: str, zh: str) -> None:
    print(choose(lang, en, zh), flush=True)
