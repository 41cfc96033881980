"""Every pair of colours can be told apart, by everybody."""

import itertools

import pytest

from sim.ui.window.kit.theme import (
    LABELS,
    MARK_PAIRS,
    MOODS,
    STYLES,
    TEXT_PAIRS,
    THEMES,
    contrast,
    label_of,
    mood_of,
)

# Machado, Oliveira & Fernandes 2009, severity 1.0, on linear RGB.
DEFICIENCIES = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour: str) -> list[float]:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def lab(rgb: list[float]) -> list[float]:
    """CIE L*a*b* of linear sRGB, D65."""
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    xyz = [
        sum(a * b for a, b in zip(row, rgb, strict=True)) / ref
        for row, ref in zip(rows, white, strict=True)
    ]
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


def distance(one: str, other: str, deficiency: str) -> float:
    """Delta E 1976 as seen with a deficiency."""
    matrix = DEFICIENCIES[deficiency]
    seen = [
        lab([max(0.0, sum(a * b for a, b in zip(row, linear(c), strict=True))) for row in matrix])
        for c in (one, other)
    ]
    return sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5


@pytest.mark.parametrize("name", THEMES)
def test_text_can_be_read(name: str) -> None:
    theme, least = THEMES[name], 7 if name == "contrast" else 4.5
    weak = [
        (ink, ground, round(ratio, 2))
        for ink, ground in TEXT_PAIRS
        if (ratio := contrast(getattr(theme, ink), getattr(theme, ground))) < least
    ]
    assert weak == []


@pytest.mark.parametrize("name", THEMES)
def test_marks_can_be_seen(name: str) -> None:
    theme = THEMES[name]
    weak = [
        (mark, ground, round(ratio, 2))
        for mark, ground in MARK_PAIRS
        if (ratio := contrast(getattr(theme, mark), getattr(theme, ground))) < 3
    ]
    assert weak == []


@pytest.mark.parametrize("name", THEMES)
def test_mood_words_can_be_read_and_no_two_moods_share_an_icon(name: str) -> None:
    looks = [mood_of(THEMES[name], mood) for mood in MOODS]
    assert all(contrast(look.ink, look.tint) >= 4.5 for look in looks)
    assert all(contrast(look.ink, THEMES[name].panel) >= 4.5 for look in looks)
    assert len({look.icon for look in looks}) == len(looks)


@pytest.mark.parametrize("name", THEMES)
def test_labels_of_decisions_can_be_read_on_every_ground(name: str) -> None:
    theme, least = THEMES[name], 7 if name == "contrast" else 4.5
    weak = [
        (label, ground)
        for label in (*LABELS, "pending")
        for ground in (label_of(theme, label).tint, theme.panel, theme.card)
        if contrast(label_of(theme, label).ink, ground) < least
    ]
    assert weak == []


@pytest.mark.parametrize("name", THEMES)
def test_numbers_can_be_read_on_every_kind_of_bar(name: str) -> None:
    theme, least = THEMES[name], 7 if name == "contrast" else 4.5
    assert min(contrast(theme.ink, colour) for colour in theme.series) >= least
    assert len(set(theme.series)) == len(theme.series)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_meters_and_moods_differ_for_every_eye(name: str, deficiency: str) -> None:
    theme = THEMES[name]
    meters = (theme.satisfaction, theme.loyalty, theme.switching)
    moods = [mood_of(theme, mood).ink for mood in MOODS[:4]]
    assert min(distance(a, b, deficiency) for a, b in itertools.combinations(meters, 2)) >= 17
    assert min(distance(a, b, deficiency) for a, b in itertools.combinations(moods, 2)) >= 9


def test_no_text_is_smaller_than_twelve_units() -> None:
    assert min(style.size for style in STYLES) >= 12


def test_an_unknown_mood_has_a_look_of_its_own() -> None:
    theme = THEMES["light"]
    assert mood_of(theme, None) == mood_of(theme, "furious") == theme.unknown
