"""A class in real browsers: the program's own server, an instructor, and trainees, each alone."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from sim.ui.web.serve import listening
from tests.ui import chromium

# A name that is no loopback address, as in a class: cookies and origins are those of a network.
_CLASS = "--host-resolver-rules=MAP class.lan 127.0.0.1"
PATIENCE = 60_000  # milliseconds; the machine may be busy
SIZES = {"phone": (360, 740), "laptop": (1280, 800)}


@contextmanager
def class_browser() -> Iterator[Browser]:
    """A browser that finds the server by a name."""
    with chromium.chromium(_CLASS) as started:
        yield started


@dataclass
class Server:
    """`rapport serve`, as its own process.

    Attributes:
        database: The file of its rooms.
        port: Where it listens, the same after a restart.
        link: The instructor's, as it was printed.
    """

    database: Path
    port: int = 0
    link: str = ""
    _process: "subprocess.Popen[str] | None" = None

    @property
    def address(self) -> str:
        """As a class reaches it."""
        return f"http://class.lan:{self.port}"

    def start(self) -> None:
        """Starts it and waits until it answers."""
        if not self.port:
            with listening("127.0.0.1", 0) as sock:
                self.port = int(sock.getsockname()[1])
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "sim.cli", "serve"),
                *("--port", str(self.port), "--database", str(self.database)),
            ],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            text=True,
        )
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if "/teach#" in line:
                self.link = self.address + "/teach#" + line.strip().partition("/teach#")[2]
                return
        raise AssertionError("the server has not started")

    def kill(self) -> None:
        """Lets it die without a warning."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._finish()

    def stop(self) -> None:
        """Stops it properly, if it runs."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._finish()

    def _finish(self) -> None:
        assert self._process is not None
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()


@dataclass
class Person:
    """Somebody in front of a browser of their own.

    Attributes:
        page: What they see.
        said: What the browser complained about.
    """

    context: BrowserContext
    page: Page
    lang: str
    said: list[str] = field(default_factory=list)

    @classmethod
    def sits_down(cls, browser: Browser, lang: str, size: str = "laptop") -> "Person":
        """Opens a browser that has never been here."""
        wide, high = SIZES[size]
        locale = "zh-CN" if lang == "zh" else "en-GB"
        context = browser.new_context(
            viewport={"width": wide, "height": high}, locale=locale, reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE)
        found = cls(context, context.new_page(), lang)
        found.page.on("pageerror", lambda error: found.said.append(str(error)))
        found.page.on("console", lambda message: found._heard(message.type, message.text))
        return found

    def _heard(self, kind: str, text: str) -> None:
        # What a browser says of a server that is away is no fault of a page; nor is a refusal.
        if kind == "error" and "ERR_" not in text and "status of 40" not in text:
            self.said.append(text)

    def joins(self, address: str, code: str, label: str) -> None:
        """Takes a seat."""
        self.page.goto(f"{address}/j/{code}")
        self.page.fill("#label", label)
        self.page.click("form[action='/join'] button")
        self.page.wait_for_selector(".wait")

    def begins(self) -> None:
        """Reads the briefing that appears by itself when the first turn opens."""
        self.page.click("#begin")
        self.page.wait_for_selector("#end")

    def answers(self) -> None:
        """Answers in the conversation in hand, with the first thing that can be said."""
        self.page.goto(self.page.url.partition("/play")[0] + "/play/inbox")
        waiting = self.page.locator(".mail .waits")
        if not waiting.count():
            return
        waiting.first.click()
        self.page.wait_for_url("**/play/talk/*")
        self.page.locator(".card.chosen .waits, .answers").first.wait_for(state="attached")
        for _ in range(6):
            choice = self.page.locator(".answer:not([disabled])")
            if not choice.count():
                return
            spoken = self.page.locator(".bubble.mine").count()
            choice.first.click()
            self.page.locator(".bubble.mine").nth(spoken).wait_for()

    def acts(self, customer: str, action: str) -> None:
        """Chooses an action on a customer, if it can be chosen now."""
        base = self.page.url.partition("/play")[0]
        self.page.goto(f"{base}/play/customer/{customer}")
        button = self.page.locator(f"#do-{action}:not([disabled])")
        if not button.count():
            return
        self.page.click(f"#deed-{action} summary")
        button.click()
        self.page.wait_for_selector(f"#deed-{action} .pill.good")

    def ends(self) -> None:
        """Ends the turn."""
        self.page.click("#end")
        self.page.click("#submit")

    def goes_on(self) -> None:
        """Reads the report, which appears by itself, and goes on."""
        self.page.click("#on")

    def leaves(self) -> None:
        """Closes the browser; it must have had nothing to complain about."""
        assert self.said == []
        self.context.close()


@dataclass
class Instructor(Person):
    """Who teaches."""

    room: str = ""
    code: str = ""

    def signs_in(self, server: Server) -> None:
        """Opens the printed link."""
        self.page.goto(server.link)
        self.page.wait_for_selector("a[href='/teach/new']")
        assert "#" not in self.page.url

    def makes_room(self, server: Server, scenario: str, **settings: str) -> None:
        """Makes a room by the form."""
        self.page.goto(f"{server.address}/teach/new")
        self.page.select_option("#scenario", scenario)
        self.page.click("#more summary")
        for name, value in settings.items():
            if self.page.locator(f"input[type=radio][name={name}]").count():
                self.page.check(f"input[name={name}][value={value}]")
            else:
                self.page.fill(f"#{name}", value)
        self.page.click("#create")
        self.page.wait_for_selector("#board-title")
        self.room = self.page.url.rpartition("/")[2]
        self.code = self.page.locator(".menu .bar-button span").nth(1).inner_text()

    def opens(self) -> None:
        """Opens the next turn."""
        self.page.click("#open")
        self.page.wait_for_selector("#pause")

    def sees_all_decided(self, number: int) -> None:
        """Waits until the live board says so by itself."""
        expect(self.page.locator("tr.is-submitted")).to_have_count(number, timeout=PATIENCE)

    def closes(self) -> None:
        """Closes the turn."""
        self.page.click("button#close")
        self.page.wait_for_selector("#pause", state="detached")
