"""Plays a game with a policy and saves what the window shows: the pictures of the README.

.venv/bin/python docs/pictures.py            docs/pictures/*.png
.venv/bin/python docs/pictures.py --sheets   also the contact sheets: all pages, sizes, languages
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"
if __name__ == "__main__":  # not in the process of a review, which is to keep it in the same place
    os.environ["RAPPORT_HOME"] = tempfile.mkdtemp(prefix="rapport-pictures-")

import pygame

from sim.game import GameRecord
from sim.play import services
from sim.play.case import open_case
from sim.play.reviewing import Reviewing
from sim.play.session import Session
from sim.ui.window.app import App
from sim.ui.window.kit.node import Pop, Push, Replace
from sim.ui.window.pages.glossary import GlossaryPage
from sim.ui.window.pages.ledger import LedgerPage
from sim.ui.window.pages.picker import Picker
from sim.ui.window.pages.report import ReportPage
from sim.ui.window.pages.result import ResultPage
from sim.ui.window.pages.review import STEPS, ReviewPage
from sim.ui.window.pages.review_retry import retry_page
from sim.ui.window.pages.review_turn import DecisionPage
from sim.ui.window.pages.settings_page import SettingsPage
from sim.ui.window.pages.shown import FILE, Shown
from sim.ui.window.pages.start import game_page, title
from sim.ui.window.pages.title import Title
from sim.ui.window.pages.turn import TurnPage
from sim.ui.window.settings import Settings

SCENARIO, POLICY, SEED, TURN = "corner-cafe", "expert", 7, 6
REVIEWED = "loudest"  # a game with something to learn from
FOLDER = Path(__file__).resolve().parent / "pictures"
SIZES = ((1024, 640), (1280, 720), (1920, 1080))
LANGUAGES = ("en", "zh")
README = ("briefing", "talk", "actions", "report", "result", "review", "decision")
THUMBNAIL = (360, 218)


def game(policy: str = POLICY) -> GameRecord:
    """A whole game of a policy."""
    out = Path(os.environ["RAPPORT_HOME"]) / "saves" / f"{policy}.json"
    return services.bot_game(SCENARIO, policy=policy, seed=SEED, out=str(out))


def reviewed() -> Session:
    """A game whose review has been worked out and is kept."""
    session = Session(open_case(SCENARIO), game(REVIEWED))
    reviewing = Reviewing(session.case, session.record)
    reviewing.start()
    while reviewing.busy:
        reviewing.poll()
        time.sleep(0.1)
    if reviewing.problem is not None:
        raise reviewing.problem
    reviewing.close()
    return session


def until(record: GameRecord, turns: int, *, answered: bool = True) -> Session:
    """The game after some turns, with what the policy would do next as the draft."""
    draft = record.turns[turns]
    if not answered:
        draft = draft.model_copy(update={"responses": {}, "choices": ()})
    update = {"turns": record.turns[:turns], "draft": draft, "result": None}
    return Session(open_case(SCENARIO), record.model_copy(update=update))


def walk(app: App, record: GameRecord) -> Iterator[str]:
    """Shows one page after the other, and says which."""
    first = app.stack.top.screen
    assert isinstance(first, Title)
    yield "title"
    app.apply(Push(Picker(first.desk)))
    yield "picker"
    app.apply(Pop())
    app.apply(game_page(first, Session.new(SCENARIO, SEED, first.desk.lang, saved=False)))
    yield "briefing"
    first.desk.adopt(until(record, TURN, answered=False))
    page = TurnPage(first.desk)
    app.apply(Replace(page))
    page.shown.part = "detail"
    app.refresh()
    yield "talk"
    first.desk.adopt(until(record, TURN))
    busiest = page.desk.session.draft.choices[0]
    yield from turn(app, page, busiest.customer, busiest.action)
    for other in (GlossaryPage(page.desk, "loyalty.not_satisfaction"), SettingsPage(page.desk)):
        app.apply(Push(other))
        yield "glossary" if isinstance(other, GlossaryPage) else "settings"
        app.apply(Pop())
    yield from ending(app, page, record)


def ending(app: App, page: TurnPage, record: GameRecord) -> Iterator[str]:
    """The end of a turn, and of the game."""
    page.desk.adopt(until(record, TURN + 1))
    page.begin()
    report = ReportPage(page.desk, {card.id: card for card in page.desk.view.board.cards})
    app.apply(Push(report))
    yield "report"
    whole = Session(open_case(SCENARIO), record)
    page.desk.adopt(whole)
    app.apply(Replace(ResultPage(page.desk, report.faces)))
    app.step([])  # takes the grade over, whose picture would come in pieces
    app.refresh()
    yield "result"
    yield from debrief(app, page)


def debrief(app: App, page: TurnPage) -> Iterator[str]:
    """The review of a game, in its order."""
    page.desk.adopt(reviewed())
    review = ReviewPage(page.desk)
    app.apply(Replace(review))
    yield "ask"
    while (found := review.debrief.view) is None or review.debrief.busy:
        review.debrief.poll()
        time.sleep(0.1)
    worst = found.retries[0].turn if found.retries else 1
    review.debrief.answer(worst, "")
    for step, _ in STEPS:
        review.step = step
        app.refresh()
        yield "review" if step == "happened" else step
    for name, screen in (
        ("decision", DecisionPage(review.debrief, worst)),
        ("ledger", LedgerPage(review.debrief.desk, review.debrief.ledger, f"turn/{worst}")),
    ):
        app.apply(Push(screen))
        yield name
        app.apply(Pop())
    app.apply(retry_page(review.debrief, worst))
    yield "retry"


def turn(app: App, page: TurnPage, customer: str, action: str) -> Iterator[str]:
    """What the turn can show."""
    for tab in ("actions", "people", "history", "signs"):
        page.shown = Shown(kind=FILE, id=customer, file=tab, action=action)
        app.refresh()
        yield tab
    for board in ("pyramid", "matrix"):
        page.shown = Shown(kind=FILE, id=customer, board=board, part="board")
        app.refresh()
        yield board


def pictures(record: GameRecord, settings: Settings) -> Iterator[tuple[str, pygame.Surface]]:
    """Each page under its name."""
    app = App(settings, lambda host: title(host, seed=SEED))
    try:
        for name in walk(app, record):
            app.draw()
            yield name, app.surface.copy()
    finally:
        app.close()


def readme(record: GameRecord) -> None:
    """The pictures of the README, in both languages."""
    for lang in LANGUAGES:
        for name, picture in pictures(record, Settings(language=lang, still=True)):
            if name in README:
                pygame.image.save(picture, FOLDER / f"{name}-{lang}.png")


def sheet(record: GameRecord, name: str, variants: list[Settings]) -> None:
    """One line for each variant, one column for each page."""
    lines = [[picture for _, picture in pictures(record, each)] for each in variants]
    wide, high = THUMBNAIL
    whole = pygame.Surface((wide * max(map(len, lines)), high * len(lines)))
    whole.fill("#7C8896")
    for row, line in enumerate(lines):
        for column, picture in enumerate(line):
            share = min((wide - 6) / picture.get_width(), (high - 6) / picture.get_height())
            size = (round(picture.get_width() * share), round(picture.get_height() * share))
            small = pygame.transform.smoothscale(picture, size)
            whole.blit(small, (column * wide + 3, row * high + 3))
    pygame.image.save(whole, FOLDER / name)


def main() -> None:
    """Plays once, then shows it as often as needed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheets", action="store_true")
    chosen = parser.parse_args()
    FOLDER.mkdir(exist_ok=True)
    record = game()
    readme(record)
    if chosen.sheets:
        sizes = [Settings(language=n, size=s, still=True) for s in SIZES for n in LANGUAGES]
        large = [
            Settings(language=n, size=s, text=2.0, still=True) for s in SIZES[:2] for n in LANGUAGES
        ]
        dark = [Settings(language=n, theme="contrast", still=True) for n in LANGUAGES]
        sheet(record, "contact-sheet.jpg", sizes)
        sheet(record, "contact-sheet-200.jpg", [*large, *dark])


if __name__ == "__main__":
    main()
