"""The committed assets are complete, readable and as small and quiet as promised."""

import importlib.util
import itertools
import json
import math
import os
import struct
import wave
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # no stubs exist

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

import pygame

ASSETS = Path(__file__).parents[2] / "assets"
FONTS = [f"ui-{lang}-{weight}" for lang in ("zh", "en") for weight in ("regular", "bold")]
CAST: dict[str, Any] = json.loads((ASSETS / "portraits/cast.json").read_text("utf-8"))
PEOPLE: dict[str, dict[str, Any]] = CAST["people"]
MOODS = ("rising", "calm", "complacent", "falling")
ICONS = sorted((ASSETS / "icons").glob("*.svg"))
SOUNDS = [
    "click",
    "select",
    "confirm",
    "turn_end",
    "positive",
    "negative",
    "encounter",
    "win",
    "lose",
]
SIGNS = (
    "✓✔✗✘★☆●○◎◆◇■□▲△▼▽☐☑←↑→↓↔↗↘↖↙⇒−×÷±≥≤≈≠∞√∑Δμσ…“”‘’—–·•¥€£$°%‰½¼¾⅓⅔²³"
    "①②③④⑤⑥⑦⑧⑨⑩─│┌┐└┘├┤┬┴┼，。、；：？！《》〈〉「」『』【】（）～"
)
NAMES_FROM_EVERYWHERE = "Łódź Şahin Čapek Ōtani Ğül Dvořák Kovács Ő Ű ė ñ ß Ø Å ı İ þ œ Zoë"


@pytest.fixture(scope="module", autouse=True)
def display() -> Any:
    """Start a window without a screen; converting pictures needs one."""
    pygame.display.init()
    pygame.display.set_mode((8, 8))
    yield
    pygame.display.quit()


def load_script(name: str) -> ModuleType:
    """Import one build script from its file; the folder is not a package."""
    spec = importlib.util.spec_from_file_location(name, ASSETS / "build" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gb2312_hanzi() -> list[str]:
    """All hanzi of GB2312: rows 16 to 87."""
    codes = (bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return [char for code in codes if (char := code.decode("gb2312", "ignore"))]


def load_portrait(name: str, mood: str, size: int) -> pygame.Surface:
    """Load a portrait on the tint of the window, scaled like a list entry."""
    picture = pygame.image.load(ASSETS / "portraits" / f"{name}-{mood}.png").convert_alpha()
    ground = pygame.Surface(picture.get_size())
    ground.fill("#E6ECF3")
    ground.blit(picture, (0, 0))
    return pygame.transform.smoothscale(ground, (size, size))


def count_different(one: pygame.Surface, other: pygame.Surface) -> int:
    """Count pixels whose colour differs by more than a quarter of the range in some channel."""
    similar = pygame.transform.threshold(
        None, one, None, threshold=(64, 64, 64, 255), set_behavior=0, search_surf=other
    )
    return one.get_width() * one.get_height() - similar


def test_gb2312_has_as_many_hanzi_as_the_standard_says() -> None:
    assert len(gb2312_hanzi()) == 6763


@pytest.mark.parametrize("name", FONTS)
def test_font_draws_every_hanzi_and_sign(name: str) -> None:
    with TTFont(ASSETS / "fonts" / f"{name}.otf", lazy=True) as font:
        codes = font.getBestCmap()
    blocks = [chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x180))]
    wanted = [*gb2312_hanzi(), *SIGNS, *NAMES_FROM_EVERYWHERE, *blocks]
    assert [char for char in wanted if ord(char) not in codes] == []


@pytest.mark.parametrize("name", FONTS)
def test_font_has_an_outline_for_every_visible_character(name: str) -> None:
    pygame.font.init()
    font = pygame.font.Font(ASSETS / "fonts" / f"{name}.otf", 20)
    for char in (*SIGNS, *NAMES_FROM_EVERYWHERE.replace(" ", ""), *gb2312_hanzi()[::40]):
        picture = font.render(char, antialias=True, color="#000000")
        assert picture.get_bounding_rect().width > 0, char


@pytest.mark.parametrize("name", FONTS)
def test_quotes_are_wide_in_chinese_and_narrow_in_english(name: str) -> None:
    with TTFont(ASSETS / "fonts" / f"{name}.otf", lazy=True) as font:
        codes, em = font.getBestCmap(), font["head"].unitsPerEm
        widths = [font["hmtx"][codes[ord(char)]][0] / em for char in "“”‘’"]
    assert all(width == 1.0 if "zh" in name else width < 0.6 for width in widths)


@pytest.mark.parametrize("name", FONTS)
def test_font_is_small_and_has_a_name_of_its_own(name: str) -> None:
    path = ASSETS / "fonts" / f"{name}.otf"
    with TTFont(path, lazy=True) as font:
        family = font["name"].getDebugName(1)
    assert family == ("Rapport UI SC" if "zh" in name else "Rapport UI EN")
    assert path.stat().st_size < 2_000_000


def test_cast_has_variety() -> None:
    people = list(PEOPLE.values())
    assert len(people) >= 40
    for attribute, least in (("sex", 20), ("age", 8), ("skin", 3)):
        counts = [
            sum(person[attribute] == value for person in people)
            for value in {person[attribute] for person in people}
        ]
        assert min(counts) >= least, attribute
    assert len({person["drawing"]["head"] for person in people}) >= 30
    assert all(person["suits"]["en"] and person["suits"]["zh"] for person in people)


def test_every_person_is_drawn_in_every_mood_and_nobody_else() -> None:
    expected = {f"{name}-{mood}.png" for name in PEOPLE for mood in MOODS} | {"cast.png"}
    assert {path.name for path in (ASSETS / "portraits").glob("*.png")} == expected
    assert tuple(CAST["moods"]) == MOODS


def test_portraits_are_small_files() -> None:
    size = sum(path.stat().st_size for path in (ASSETS / "portraits").glob("*.png"))
    assert size < 3_000_000


@pytest.mark.parametrize("name", PEOPLE)
def test_portrait_is_256_pixels_on_a_transparent_ground(name: str) -> None:
    for mood in MOODS:
        picture = pygame.image.load(ASSETS / "portraits" / f"{name}-{mood}.png").convert_alpha()
        assert picture.get_size() == (256, 256)
        assert picture.get_at((255, 0)).a == 0
        assert picture.get_at((150, 150)).a == 255


@pytest.mark.parametrize("name", PEOPLE)
def test_moods_of_one_person_differ_in_a_list_entry(name: str) -> None:
    pictures = [load_portrait(name, mood, 56) for mood in MOODS]
    for one, other in itertools.combinations(pictures, 2):
        assert count_different(one, other) >= 40


def test_no_two_people_look_alike() -> None:
    pictures = [load_portrait(name, "calm", 38) for name in PEOPLE]
    for one, other in itertools.combinations(pictures, 2):
        assert count_different(one, other) >= 40


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_icon_draws_something_at_18_pixels(path: Path) -> None:
    picture = pygame.image.load_sized_svg(str(path), (18, 18))
    opaque = pygame.mask.from_surface(picture, 40).count()
    assert 4 <= opaque <= 240  # of 324: neither blank nor a filled square
    assert "currentColor" in path.read_text("utf-8")


def test_icons_are_those_of_the_list() -> None:
    groups = load_script("icons").ICONS.values()
    names = [name for group in groups for name in group.split()]
    assert sorted(names) == sorted(path.stem for path in ICONS)


@pytest.mark.parametrize("name", SOUNDS)
def test_sound_is_quiet_and_starts_and_ends_in_silence(name: str) -> None:
    with wave.open(str(ASSETS / "sounds" / f"{name}.wav"), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        count = file.getnframes()
        samples = struct.unpack(f"<{count}h", file.readframes(count))
        assert 0.03 <= count / file.getframerate() <= 2.0
    peak_dbfs = 20 * math.log10(max(map(abs, samples)) / 32768)
    assert -40 <= peak_dbfs <= -14
    assert max(map(abs, samples[:4])) < 200
    assert max(map(abs, samples[-4:])) < 200


def test_sounds_load_and_are_small() -> None:
    pygame.mixer.init()
    try:
        for name in SOUNDS:
            assert pygame.mixer.Sound(ASSETS / "sounds" / f"{name}.wav").get_length() > 0
    finally:
        pygame.mixer.quit()
    assert sum(path.stat().st_size for path in (ASSETS / "sounds").glob("*")) < 400_000


def test_sound_script_makes_the_committed_sound(tmp_path: Path) -> None:
    script = load_script("sounds")
    assert sorted(script.SOUNDS) == sorted(SOUNDS)
    script.write_wave(script.synthesise(script.SOUNDS["select"]), tmp_path / "select.wav")
    with (
        wave.open(str(tmp_path / "select.wav"), "rb") as new,
        wave.open(str(ASSETS / "sounds/select.wav"), "rb") as old,
    ):
        counts = new.getnframes(), old.getnframes()
        assert counts[0] == counts[1]
        new_samples, old_samples = (
            struct.unpack(f"<{counts[0]}h", file.readframes(counts[0])) for file in (new, old)
        )
    assert max(abs(a - b) for a, b in zip(new_samples, old_samples, strict=True)) <= 1


def test_portrait_script_makes_the_committed_portrait() -> None:
    pytest.importorskip("dicebear", reason="a build-time dependency: pip install .[assets]")
    pytest.importorskip("resvg_py", reason="a build-time dependency: pip install .[assets]")
    script = load_script("portraits")
    person = PEOPLE["p13"]
    picture = script.reduce_colours(script.draw(script.load_style(), CAST, person, "calm"))
    new = pygame.image.frombytes(picture.convert("RGBA").tobytes(), (256, 256), "RGBA")
    old = pygame.image.load(ASSETS / "portraits/p13-calm.png").convert_alpha()
    assert count_different(new, old) < 20


@pytest.mark.parametrize("size", [16, 24, 32, 48, 64, 128, 256, 512])
def test_application_icon_exists_in_every_size(size: int) -> None:
    picture = pygame.image.load(ASSETS / "app" / f"icon-{size}.png").convert_alpha()
    assert picture.get_size() == (size, size)
    assert picture.get_at((0, 0)).a < 128
    assert picture.get_at((size // 2, size // 2)).a == 255


def test_licences_name_every_folder() -> None:
    text = (ASSETS / "LICENSES.md").read_text("utf-8")
    folders = [path.name for path in ASSETS.iterdir() if path.is_dir()]
    assert [name for name in folders if f"`assets/{name}/" not in text] == []
    for name in ("fonts/OFL.txt", "portraits/LICENSE", "icons/LICENSE"):
        assert (ASSETS / name).stat().st_size > 500
        assert f"`assets/{name}`" in text
