"""From a save to what the author sees: `python -m benchmarks.workshop` (half a minute).

Seconds on the clock from the moment a new file has taken the place of the old one until the window
shows what was changed, with the workbench in its own process as always; beside it what an author
does not wait for: the bots' games. Others who use the machine make it longer, so the processor time
of the parts stands below. The aim is 1 s for the largest shipped scenario.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

from sim.paths import scenarios_dir
from sim.play.workbench import Workbench
from sim.play.workshop import Workshop
from sim.ui.window.app import App
from sim.ui.window.kit.node import Replace
from sim.ui.window.pages.desk import Desk
from sim.ui.window.pages.workshop import WorkshopPage
from sim.ui.window.pages.workshop_studio import Studio
from sim.ui.window.settings import Settings
from sim.ui.window.splash import Splash
from sim.view.workshop import build_workshop

SAVES = 12
PATIENCE = 60.0


def largest() -> Path:
    """The folder of the largest shipped scenario."""
    files = scenarios_dir().glob("*/scenario.yaml")
    return max(files, key=lambda file: file.stat().st_size).parent


def until(app: App, what: Callable[[], bool]) -> float:
    """Lets the window run as it does on a desktop; the seconds it took."""
    begun = time.monotonic()
    while not what() and time.monotonic() < begun + PATIENCE:
        app.step(app._wait())  # noqa: SLF001 -- as the loop of the window does
    assert what()
    return time.monotonic() - begun


def main() -> None:
    """Save some times, and print how long it took."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RAPPORT_HOME"] = folder
        copy = Path(shutil.copytree(largest(), Path(folder, largest().name)))
        file = copy / "scenario.yaml"
        text = file.read_text("utf-8")
        workshop = Workshop(copy)
        app = App(Settings(still=True), lambda _app: Splash())
        studio = Studio(Desk(app), workshop)
        app.apply(Replace(WorkshopPage(studio)))
        first = until(app, lambda: studio.item is not None)
        played = until(app, lambda: len(workshop.trials) == 2)
        shown, games = [], []
        for number in range(SAVES):
            title = f"Save no. {number}"
            beside = file.with_suffix(".new")
            beside.write_text(retitled(text, title), encoding="utf-8")
            beside.replace(file)
            shown.append(
                until(app, lambda: any(title == each.text for each in app.ui.texts))  # noqa: B023
            )
            games.append(until(app, lambda: len(workshop.trials) == 2))
        app.close()
    print(f"{copy.name}: {len(text.encode()) / 1000:.0f} kB, {SAVES} saves")
    print(f"from save to sight: median {median(shown):.2f} s, longest {max(shown):.2f} s")
    print(f"bots' games after that: median {median(games):.2f} s")
    print(f"first sight after opening: {first:.2f} s, games {played:.2f} s later")
    looks, views, pictures = parts()
    print(
        f"processor time: look and compile {looks:.2f} s, words {views:.2f} s, "
        f"build and draw {pictures:.2f} s"
    )


def parts() -> tuple[float, float, float]:
    """Processor seconds of the looking, of the words, and of the page; medians."""
    workshop = Workshop.__new__(Workshop)
    workshop.file, workshop.seed = largest() / "scenario.yaml", 1
    workshop.checked = workshop.staged = workshop.failed = None
    workshop.trials = {}
    took: tuple[list[float], list[float], list[float]] = ([], [], [])
    app = App(Settings(still=True), lambda _app: Splash())
    for _ in range(SAVES):
        bench = Workbench(workshop.file, workshop._take, bots=())  # noqa: SLF001 -- in one process
        took[0].append(used(bench.turn))
        took[1].append(used(lambda: build_workshop(workshop, "en")))
        page = WorkshopPage(Studio(Desk(app), workshop))
        page.close = lambda: None  # type: ignore[method-assign]  # nothing was begun
        app.apply(Replace(page))
        took[2].append(used(lambda: (app.refresh(), app.draw())))
    return median(took[0]), median(took[1]), median(took[2])


def used(work: Callable[[], object]) -> float:
    """Processor seconds of some work."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def retitled(text: str, title: str) -> str:
    """The scenario with another title of its first encounter, which is in sight."""
    head, _, rest = text.partition("\nencounters:\n")
    start = rest.index("    title: ")
    end = rest.index("\n", start)
    line = f"    title: {{en: {title}, zh: {title}}}"
    return f"{head}\nencounters:\n{rest[:start]}{line}{rest[end:]}"


if __name__ == "__main__":
    sys.exit(main())
