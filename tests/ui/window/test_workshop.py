"""The author's page: whole at every size, follows every save, and shows dialogue as in the game."""

from pathlib import Path

import pygame
import pytest

from sim.play.session import Session
from sim.ui.window.kit.buttons import Choice
from sim.ui.window.kit.dialogue import Dialogue
from sim.ui.window.kit.node import Node
from sim.ui.window.kit.panels import Bubble
from sim.ui.window.pages.desk import Desk
from sim.ui.window.pages.glossary import GlossaryPage
from sim.ui.window.pages.settings_page import SettingsPage
from sim.ui.window.pages.turn import TurnPage
from sim.ui.window.pages.workshop import WorkshopPage
from sim.ui.window.pages.workshop_studio import TABS, Studio
from sim.ui.window.pages.workshop_talks import FilePage
from sim.view.build import build_encounter
from tests.play.studio import NearWorkshop, near, save
from tests.ui.window.driver import LANGUAGES, SIZES, Driver, OpenWindow, clipped, misplaced


@pytest.fixture
def workshop(tmp_path: Path) -> NearWorkshop:
    return near(tmp_path, bots=())


@pytest.fixture
def played(tmp_path: Path) -> NearWorkshop:
    """A workshop that bots have played in before the window opens."""
    found = near(tmp_path)
    found.settle()
    return found


def studio_of(driver: Driver) -> Studio:
    page = driver.app.stack.layers[0].screen
    assert isinstance(page, WorkshopPage)
    return page.studio


def number_of(studio: Studio, response: str) -> int:
    """The key of an answer on stage, where they stand in the order of the game."""
    shown = build_encounter(studio.rehearsal, "en", studio.entry).responses
    return pygame.K_1 + [each.id for each in shown].index(response)


def opened(open_window: OpenWindow, workshop: NearWorkshop, **values: object) -> Driver:
    driver = open_window(lambda app: WorkshopPage(Studio(Desk(app), workshop)), **values)
    driver.wait(0.6)
    return driver


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("size", [*SIZES, (1024, 640, 2.0)])
def test_every_part_is_whole_at_every_size(
    open_window: OpenWindow, played: NearWorkshop, lang: str, size: tuple[int, ...]
) -> None:
    text = size[2] if len(size) > 2 else 1.0
    driver = opened(open_window, played, language=lang, size=size[:2], text=text)
    for tab, _ in TABS:
        driver.click(f"tab/{tab}")
        assert misplaced(driver.root) == []
        assert clipped(driver.app) == []
    save(played, "mood: calm", "mood: hapy")
    driver.wait(0.6)
    for tab, _ in TABS:
        driver.click(f"tab/{tab}")
        assert misplaced(driver.root) == []
        assert clipped(driver.app) == []


def test_a_save_is_shown_without_a_key_being_touched(
    open_window: OpenWindow, workshop: NearWorkshop
) -> None:
    driver = opened(open_window, workshop)
    assert "Yes or no" in driver.texts()
    save(workshop, "{en: Yes or no, zh: 能还是不能}", "{en: Now or never, zh: 能还是不能}")
    driver.wait(0.6)
    assert "Now or never" in driver.texts()
    assert "Yes or no " not in driver.texts()


def test_an_error_keeps_the_last_good_preview_and_says_so(
    open_window: OpenWindow, played: NearWorkshop
) -> None:
    driver = opened(open_window, played)
    save(played, "mood: calm", "mood: hapy")
    driver.wait(0.6)
    assert "This save cannot be played. Shown is the one of" in driver.texts()
    assert "Yes or no" in driver.texts()
    driver.click("tab/games")
    assert "Expert: score" in driver.texts()
    driver.click("tab/problems")
    assert "'hapy' is not a mood" in driver.texts()
    save(played, "mood: hapy", "mood: calm")
    driver.wait(0.6)
    assert "cannot be played" not in driver.texts()


def test_a_file_that_was_never_sound_shows_its_problems(
    open_window: OpenWindow, workshop: NearWorkshop
) -> None:
    save(workshop, "mood: calm", "mood: hapy")
    driver = opened(open_window, workshop)
    assert "'hapy' is not a mood" in driver.texts()
    assert "Nothing can be shown yet" in driver.texts()


def parts(root: Node, kind: type[Node]) -> list[Node]:
    return [node for node in root.walk() if isinstance(node, kind)]


@pytest.mark.parametrize("size", [SIZES[0], pytest.param(SIZES[2], marks=pytest.mark.slow)])
def test_dialogue_looks_as_it_does_in_the_game(
    open_window: OpenWindow, workshop: NearWorkshop, size: tuple[int, int]
) -> None:
    """The same words in the same places of bubbles and answers of the same size."""
    driver = opened(open_window, workshop, size=size)
    shown = [
        (*part.rect.size, part.height(driver.app.ui, part.rect.w))
        for kind in (Bubble, Choice)
        for part in parts(driver.root, kind)
    ]
    staged = workshop.staged
    assert staged is not None

    def turn(app: object) -> TurnPage:
        desk = Desk(app)  # type: ignore[arg-type]  # the window is a host
        desk.adopt(Session.new(staged.case, 1, saved=False))
        return TurnPage(desk)

    driver.close()
    game = open_window(turn, size=size)
    played = [
        (*part.rect.size, part.height(game.app.ui, part.rect.w))
        for kind in (Bubble, Choice)
        for part in parts(game.root, kind)
    ]
    assert shown == played
    assert len(shown) == 4


def test_the_tree_of_answers_leads_to_every_place_of_a_conversation(
    open_window: OpenWindow, workshop: NearWorkshop
) -> None:
    driver = opened(open_window, workshop)
    driver.click("encounter/gone_quiet")
    assert "pays without a word today." in driver.texts()
    driver.click("tree/ask/fix")
    assert "“Thank you.”" in driver.texts()
    studio = studio_of(driver)
    path = [studio.path]
    driver.key(pygame.K_u)
    path.append(studio.path)
    driver.key(number_of(studio, "explain"))
    path.append(studio.path)
    driver.click("tree")
    assert [*path, studio.path] == [("ask", "fix"), ("ask",), ("ask", "explain"), ()]
    driver.key(number_of(studio, "let_be"))
    assert "The door closes softly." in driver.texts()


def test_the_place_in_a_conversation_outlives_a_save(
    open_window: OpenWindow, workshop: NearWorkshop
) -> None:
    driver = opened(open_window, workshop)
    driver.click("encounter/gone_quiet")
    driver.click("speaker/gone_quiet.dora")
    driver.click("tree/ask/fix")
    save(workshop, "“Thank you.”", "“Many thanks.”")
    driver.wait(0.6)
    assert "“Many thanks.”" in driver.texts()
    assert "Dora Amiable pays without a word today." in driver.texts()
    text = workshop.file.read_text("utf-8")
    workshop.file.write_text(
        text.replace("          fix:\n", "          mend:\n"), encoding="utf-8"
    )
    driver.wait(0.6)
    assert studio_of(driver).path == ("ask",)
    cut = text[: text.index("  gone_quiet:")] + text[text.index("  complaint:") :]
    workshop.file.write_text(cut, encoding="utf-8")
    driver.wait(0.6)
    assert studio_of(driver).chosen == "first_words"


def test_next_goes_round_all_conversations(open_window: OpenWindow, workshop: NearWorkshop) -> None:
    driver = opened(open_window, workshop)
    studio = studio_of(driver)
    seen = [studio.chosen]
    for path in ("short", "let_be", "pay"):
        driver.click(f"tree/{path}")
        driver.click("talk/next")
        seen.append(studio.chosen)
    assert seen == ["first_words", "gone_quiet", "complaint", "first_words"]


def test_a_problem_gives_its_line_to_the_clipboard(
    open_window: OpenWindow, workshop: NearWorkshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: list[str] = []
    monkeypatch.setattr("pygame.scrap.put_text", held.append)
    save(workshop, "mood: calm", "mood: hapy")
    driver = opened(open_window, workshop)
    driver.click("tab/problems")
    driver.click("problem/0")
    lines = workshop.file.read_text("utf-8").split("\n")
    line = next(place for place, text in enumerate(lines, start=1) if "hapy" in text)
    assert held == [f"{workshop.file}:{line}"]
    assert "is copied." in driver.texts()


def test_without_a_clipboard_the_line_is_told(
    open_window: OpenWindow, workshop: NearWorkshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(_text: str) -> None:
        raise pygame.error

    monkeypatch.setattr("pygame.scrap.put_text", none)
    driver = opened(open_window, workshop)
    driver.click("place")
    assert "This system has no clipboard" in driver.texts()


def test_the_map_leads_to_the_conversation(open_window: OpenWindow, played: NearWorkshop) -> None:
    driver = opened(open_window, played)
    driver.click("tab/map")
    assert "share of the expert’s games" in driver.texts()
    driver.press("map/encounter/gone_quiet")
    assert "pays without a word today." in driver.texts()
    driver.key(pygame.K_i)
    assert studio_of(driver).tab == "talks"


def test_other_luck_keeps_the_games_in_sight_until_the_new_ones_are_played(
    open_window: OpenWindow, played: NearWorkshop
) -> None:
    driver = opened(open_window, played)
    driver.click("tab/games")
    played.alive = False
    driver.wait(0.2)
    driver.click("luck")
    assert "Expert: score" in driver.texts()
    assert "The bots are still playing." in driver.texts()
    played.alive = True
    driver.wait(0.6)
    assert "still playing" not in driver.texts()
    assert "Luck no. 2" in driver.texts()


def test_the_language_switches_live(open_window: OpenWindow, played: NearWorkshop) -> None:
    driver = opened(open_window, played)
    driver.click("tree/short")
    driver.key(pygame.K_l)
    assert "“好。”" in driver.texts()
    assert "专家" in driver.texts()


def test_settings_file_and_glossary_lie_on_top_and_news_waits(
    open_window: OpenWindow, workshop: NearWorkshop
) -> None:
    driver = opened(open_window, workshop)
    for name, kind in (("settings", SettingsPage), ("talk/file", FilePage)):
        driver.click(name)
        assert isinstance(driver.app.stack.top.screen, kind)
        driver.key(pygame.K_ESCAPE)
    driver.click("encounter/complaint")
    driver.click("tree/pay")
    driver.click("talk/recovery.steps")
    assert isinstance(driver.app.stack.top.screen, GlossaryPage)
    driver.key(pygame.K_ESCAPE)
    assert not isinstance(driver.app.stack.top.screen, Dialogue)


def test_somebody_ended_the_looking(open_window: OpenWindow, workshop: NearWorkshop) -> None:
    driver = opened(open_window, workshop)
    workshop.alive = False
    driver.wait(0.2)
    assert "Nobody looks at the file any more" in driver.texts()
    driver.click("again")
    driver.wait(0.2)
    assert "Nobody looks" not in driver.texts()


def test_leaving_ends_the_looking(open_window: OpenWindow, workshop: NearWorkshop) -> None:
    driver = opened(open_window, workshop)
    driver.key(pygame.K_ESCAPE)
    assert not driver.app.running
    assert workshop.closed


@pytest.mark.slow
@pytest.mark.parametrize("tab", [tab for tab, _ in TABS])
def test_everything_is_reached_with_the_keyboard(
    open_window: OpenWindow, workshop: NearWorkshop, tab: str
) -> None:
    save(workshop, "when: satisfaction < 55", "when: satisfaction < 555")
    driver = opened(open_window, workshop)
    driver.click(f"tab/{tab}")
    named = [name for name in driver.names() if driver.control(name).focusable]
    seen = set()
    for _ in range(2 * len(named)):
        driver.key(pygame.K_TAB)
        seen.add(driver.focus)
    assert set(named) <= seen
