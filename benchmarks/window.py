"""The window beside a bare pygame-ce window: `python -m benchmarks.window` (two minutes).

Processor time of one core under the dummy video driver, and of redraws the fastest tenth, so that
other users of the machine count little; memory is the resident set. Aims: first frame at most twice
the bare one, a redraw of the turn at 1280 x 720 in 10 ms, idle within 1 % of a core of the bare
window, 150 MB. While a game is reviewed beside the window, no frame should take more than 16 ms, be
it one in which news are read, laid out or drawn: measured from the first news to the last, on the
page that shows most of them, at two sizes and in both languages.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
SIZES = ((1280, 720), (1920, 1080))
LANGUAGES = ("en", "zh")
START = """
import resource, sys, time
sys.path.insert(0, ".")
def used():
    return time.process_time()
def report(name, value):
    print(name, value)
def memory():
    report("memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
BARE = (
    START
    + """
import pygame
pygame.display.init()
pygame.font.init()
surface = pygame.display.set_mode((1280, 720), pygame.RESIZABLE)
surface.fill("#EDF1F6")
pygame.display.flip()
report("first", used())
pygame.time.set_timer(pygame.USEREVENT, 3000, loops=1)
before = used()
pygame.event.clear()
while pygame.event.wait().type != pygame.USEREVENT:
    pass
report("idle", (used() - before) / 3)
memory()
"""
)
OURS = (
    START
    + """
import pygame
from sim.ui.window import app as window
class App(window.App):
    def step(self, events):
        super().step(events)
        if self.frames == 1:
            report("first", used())
    def run(self):
        from sim.play.session import Session
        from sim.ui.window.pages import start
        title = start.title(self, seed=7)
        self.apply(start.game_page(title, Session.new("corner-cafe", 7, saved=False)))
        self.apply(self.stack.top.root and find(self.stack.top.root, "start").press(self.ui))
        for _ in range(3):
            self.refresh()
            self.draw()
        times = []
        for _ in range(40):
            before = used()
            self.draw()
            times.append(used() - before)
        report("redraw", sorted(times)[4])
        times = []
        for _ in range(20):
            before = used()
            self.refresh()
            times.append(used() - before)
        report("rebuild", sorted(times)[2])
        pygame.event.clear()
        pygame.time.set_timer(pygame.USEREVENT, 3000, loops=1)
        before = used()
        frames = self.frames
        waiting = True
        while waiting:
            events = list(self._wait())
            waiting = all(event.type != pygame.USEREVENT for event in events)
            self.step(events)
        report("idle", (used() - before) / 3)
        report("frames", self.frames - frames)
        memory()
        self.close()
from sim.ui.window.kit.node import find
window.App = App
window.run()
"""
)

REVIEW = (
    START
    + """
import pygame
from sim.play import services, saves
from sim.play.session import Session
from sim.ui.window.app import App
from sim.ui.window.kit.node import Begin
from sim.ui.window.pages.start import title
from sim.ui.window.settings import Settings
services.bot_game("corner-cafe", policy="loudest", seed=7, out=saves.saves_dir() / "game.json")
session = Session.resume(saves.saves_dir() / "game.json")
wide, high, language = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
settings = Settings(size=(wide, high), language=language, still=True)
app = App(settings, lambda app: title(app, seed=7))
desk = app.stack.top.screen.desk
desk.adopt(session)
app.apply(Begin(desk.open_review()))
app.step([])
page = app.stack.top.screen
page.debrief.answer(4, "measured")
app.refresh()
app.step([])
frames = []
while page.busy:
    events = list(app._wait())
    before, drawn = used(), app.frames
    app.step(events)
    frames.append((used() - before, app.frames > drawn))
assert page.debrief.reviewing.done == 1.0
busy = sorted(time for time, _ in frames if time > 0.001)
report("news", sum(drawn for _, drawn in frames))
report("longest", busy[-1])
report("second", busy[-2])
report("usual", busy[len(busy) // 2])
app.close()
"""
)


def measure(program: str, rounds: int, *how: object) -> dict[str, float]:
    """The median of each figure.

    Args:
        program: what prints the figures.
        rounds: how many times it is run.
        how: what it is told.
    """
    found: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "SDL_VIDEODRIVER": "dummy",
            "SDL_AUDIODRIVER": "dummy",
            "PYGAME_HIDE_SUPPORT_PROMPT": "1",
            "RAPPORT_HOME": home,
        }
        for _ in range(rounds):
            done = subprocess.run(  # noqa: S603 - our own programs
                [sys.executable, "-c", program, *map(str, how)],
                cwd=ROOT,
                env=environment,
                check=True,
                capture_output=True,
                text=True,
            )
            for line in done.stdout.splitlines():
                name, value = line.split()
                found.setdefault(name, []).append(float(value))
    return {name: median(values) for name, values in found.items()}


def main() -> None:
    """Prints both side by side."""
    bare, ours = measure(BARE, 3), measure(OURS, 3)
    ratio = ours["first"] / bare["first"]
    print(
        f"first frame   {1e3 * ours['first']:6.0f} ms   bare {1e3 * bare['first']:6.0f} ms", end=""
    )
    print(f"   {ratio:.1f} x")
    print(f"redraw        {1e3 * ours['redraw']:6.1f} ms   build {1e3 * ours['rebuild']:5.1f} ms")
    print(f"idle          {100 * ours['idle']:6.2f} %    bare {100 * bare['idle']:6.2f} %", end="")
    print(f"    {ours['frames']:.0f} frames drawn")
    print(f"memory        {ours['memory']:6.0f} MB   bare {bare['memory']:6.0f} MB")
    for wide, high in SIZES:
        for language in LANGUAGES:
            news = measure(REVIEW, 1, wide, high, language)
            print(f"review        {1e3 * news['longest']:6.1f} ms", end="")
            print(
                f"   then {1e3 * news['second']:5.1f} ms, usually {1e3 * news['usual']:.1f}", end=""
            )
            print(f" ms   {wide} x {high} {language}, {news['news']:.0f} times something new")


if __name__ == "__main__":
    main()
