"""Plays a class in a browser and saves what it shows: the pictures of docs/classroom.md.

.venv/bin/python docs/class_pictures.py            docs/pictures/class-*.png
.venv/bin/python docs/class_pictures.py --all DIR  every page, both languages, all sizes, in DIR
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["RAPPORT_HOME"] = tempfile.mkdtemp(prefix="rapport-pictures-")

from playwright.sync_api import Browser, Page

from sim.classroom.model import RoomInfo, SeatInfo, Settings
from sim.classroom.rooms import Rooms
from sim.classroom.stores import open_store
from sim.ui.web.app import create_app
from sim.ui.web.guard import SEAT, TEACH
from tests.classroom.serving import serving
from tests.ui.web.chromium import class_browser

SCENARIO, SEED = "corner-cafe", 7
FOLDER = Path(__file__).resolve().parent / "pictures"
SIZES = {"phone": (360, 740), "laptop": (1280, 800), "projector": (1920, 1080)}
TITLES = {"en": "Customer care, Tuesday", "zh": "客户关系，周二"}
NAMES = {
    "en": ("Amber Heron", "Quiet Maple", "Early Otter", "Tall Willow", "Copper Finch", "Blue Pine"),
    "zh": ("晨光松", "远山鹿", "小满荷", "青石雀", "听雨竹", "向晚枫"),
}
PEOPLE = ("dan", "grace", "mei", "raj")
WORDS = {"en": "Two more minutes.", "zh": "还有两分钟。"}
SHOWN = (("board", "laptop"), ("screen", "laptop"), ("talk", "laptop"), ("file", "phone"),
         ("report", "laptop"), ("new", "laptop"))  # fmt: skip


class Camera:
    """A browser that is shown pages of a class.

    Attributes:
        page: Where they are opened.
        wanted: Names and sizes of the pictures; None: all of them in all sizes.
    """

    def __init__(self, page: Page, address: str, lang: str, folder: Path) -> None:
        self.page, self.address, self.lang, self.folder = page, address, lang, folder
        self.wanted: set[tuple[str, str]] | None = None

    def take(self, name: str, url: str, press: str = "") -> None:
        """Opens a page in every wanted size and saves what it shows."""
        for size, (wide, high) in SIZES.items():
            if self.wanted is not None and (name, size) not in self.wanted:
                continue
            self.page.set_viewport_size({"width": wide, "height": high})
            self.page.goto(self.address + url)
            self.page.evaluate("document.fonts.ready")
            if press:
                self.page.locator(press).first.click()
            prefix = "class-" if self.wanted is not None else ""
            suffix = "" if self.wanted is not None else f"-{size}"
            file = self.folder / f"{prefix}{name}-{self.lang}{suffix}.png"
            self.page.screenshot(path=file, full_page=self.wanted is None and size == "phone")
            sys.stdout.write(f"{file}\n")


def trainee(camera: Camera, rooms: Rooms, room: RoomInfo, seat: SeatInfo) -> None:
    """What a trainee sees, from joining to the result."""
    camera.take("join", f"/j/{room.code}")
    camera.take("resume", "/resume")
    camera.take("lobby", "/play")
    rooms.open_turn(room.id, 240)
    camera.take("briefing", "/play/briefing")
    camera.page.goto(f"{camera.address}/play/on/0")
    talk = rooms.view(seat.id, lambda session: session.open_encounters()[0].id)
    camera.take("inbox", "/play/inbox")
    camera.take("talk", f"/play/talk/{talk}")
    rooms.choose(seat.id, lambda session: session.act("dan", "chat", "driver"))
    camera.take("file", "/play/customer/dan", press="#deed-card summary")
    for tab in ("people", "signs"):
        camera.take(tab, f"/play/customer/dan?tab={tab}")
    for arrangement in ("pyramid", "funnel", "matrix", "list"):
        camera.take(f"board-{arrangement}", f"/play/board?board={arrangement}")
    for name in ("news", "firm", "plan", "end", "help", "device"):
        camera.take(name, f"/play/{name}")
    camera.take("glossary", "/play/glossary?c=mood.rising")


def choose(rooms: Rooms, seat: SeatInfo, customer: str, action: str) -> None:
    """An action, if it can be chosen."""
    options = rooms.view(seat.id, lambda session: session.options(customer))
    if any(each.id == action and each.allowed for each in options):
        rooms.choose(seat.id, lambda session: session.act(customer, action, "driver"))


def afterwards(camera: Camera, rooms: Rooms, room: RoomInfo, seat: SeatInfo) -> None:
    """What a trainee sees when the turn is over."""
    rooms.submit(seat.id, 1, "one")
    camera.take("wait", "/play")
    for turn in range(1, room.turns + 1):
        if turn > 1:
            rooms.open_turn(room.id)
            choose(rooms, seat, PEOPLE[turn % len(PEOPLE)], "chat" if turn % 2 else "coffee_round")
        rooms.close_turn(room.id)
        if turn == 4:
            camera.page.goto(f"{camera.address}/play/on/4")
            camera.take("between", "/play")
            camera.take("report", "/play/report/3")
    camera.page.goto(f"{camera.address}/play/on/{room.turns}")
    camera.take("result", "/play/result")


def instructor(camera: Camera, rooms: Rooms, room: RoomInfo, seats: list[SeatInfo]) -> None:
    """What the instructor sees during a turn."""
    camera.take("sign-in", "/teach")
    camera.page.context.add_cookies(
        [{"name": TEACH, "value": rooms.instructor_secret, "url": camera.address}]
    )
    camera.take("rooms", "/teach")
    camera.take("new", "/teach/new")
    for seat in seats[1:3]:
        rooms.submit(seat.id, 1, "one")
    rooms.message(room.id, WORDS[camera.lang])
    camera.take("board", f"/teach/{room.id}")
    camera.take("screen", f"/teach/{room.id}/screen")
    for deed in ("close", "delete"):
        camera.take(f"sure-{deed}", f"/teach/{room.id}/sure/{deed}")
    camera.take("watch", f"/teach/{room.id}/watch/{seats[0].id}/customer/dan")
    camera.take("settings", f"/teach/{room.id}/settings")


@contextmanager
def seen(browser: Browser, address: str, lang: str) -> Iterator[Page]:
    """A fresh browser in a language."""
    context = browser.new_context(reduced_motion="reduce")
    context.add_cookies([{"name": "lang", "value": lang, "url": address}])
    yield context.new_page()
    context.close()


def photograph(browser: Browser, lang: str, folder: Path, *, everything: bool) -> None:
    """Everything in one language."""
    store = open_store(Path(os.environ["RAPPORT_HOME"]) / f"{lang}.db")
    rooms = Rooms(store, prepare=True)
    settings = Settings(names="own", seed=SEED, seats=30, language=lang)
    room = rooms.open_room(SCENARIO, settings, TITLES[lang])
    joined = [rooms.join(room.code, name) for name in NAMES[lang]]
    seats = [seat for seat, _ in joined]
    with serving(create_app(rooms)) as served, seen(browser, served, lang) as page:
        address = served.replace("127.0.0.1", "class.lan")
        page.context.add_cookies(
            [
                {"name": SEAT, "value": joined[0][1], "url": address},
                {"name": "lang", "value": lang, "url": address},
            ]
        )
        camera = Camera(page, address, lang, folder)
        camera.wanted = None if everything else set(SHOWN)
        trainee(camera, rooms, room, seats[0])
        instructor(camera, rooms, room, seats)
        afterwards(camera, rooms, room, seats[0])
    rooms.close()


def main() -> int:
    """Takes the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--all", type=Path, metavar="DIR", help="every page in every size, there")
    wanted = parser.parse_args().all
    folder = wanted or FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with class_browser() as browser:
        for lang in ("en", "zh"):
            photograph(browser, lang, folder, everything=wanted is not None)
    return 0


if __name__ == "__main__":
    sys.exit(main())
