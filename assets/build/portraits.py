#!/usr/bin/env python3
"""Draw the cast: every person of ``cast.json`` in four moods, and a sheet to choose from.

Usage:
    python assets/build/portraits.py [--out assets/portraits]

Art: Open Peeps by Pablo Stanley (CC0), as DiceBear parts (``dicebear-core``, ``dicebear-styles``),
drawn by ``resvg-py`` and reduced to a palette by Pillow. Our own additions: hair colours, the fine
lines of older faces, earrings.
"""

import argparse
import io
import json
import re
import sys
from collections import Counter, defaultdict
from importlib.resources import files
from pathlib import Path
from typing import Any

import resvg_py
from dicebear import Avatar, Style
from PIL import Image, ImageDraw

SIZE = 256  # pixels; the largest portrait on screen is 100 design units at scale 2
PALETTE_COLOURS = 64
CLOSE_CROP = "118 48 560 560"
# Tall hair would be cut off by the close crop.
WIDE_CROPS = {
    "bun": "84 -6 614 614",
    "grayBun": "70 20 600 600",
    "buns": "98 8 600 600",
    "hatHip": "92 24 590 590",
    "cornrows": "104 28 580 580",
}
GLASSES = {
    "square": "glasses",
    "round": "glasses2",
    "browline": "glasses3",
    "cat-eye": "glasses4",
    "heavy-round": "glasses5",
}
# Below each eye and beside the left one, in the 704-unit canvas of Open Peeps.
AGE_LINES = (
    '<g fill="none" stroke="#000" stroke-width="5.5" stroke-linecap="round">'
    '<path d="M383 388q16 12 36 6M498 378q14 6 26-4"/>'
    '<path d="M350 338q-8-2-16-8M348 352q-9 2-18 0"/></g>'
)
EARRING = '<circle cx="262" cy="470" r="13" fill="#f2c14e" stroke="#000" stroke-width="6"/>'
MOOD_TINTS = {  # the disc behind the face on the sheet, as the window draws it
    "rising": "#D8F2E5",
    "calm": "#E6ECF3",
    "complacent": "#FCEFCB",
    "falling": "#F9DAD0",
}


def load_style() -> Style:
    """Load Open Peeps with hair as a colour of its own (the original draws it in ink)."""
    text = files("dicebear_styles").joinpath("open-peeps.json").read_text("utf-8")
    definition = json.loads(text)
    for variant in definition["components"]["head"]["variants"].values():
        for element in variant["elements"]:
            fill = element.get("attributes", {}).get("fill")
            if isinstance(fill, dict) and fill["name"] == "ink":
                fill["name"] = "hair"
    definition["colors"]["hair"] = {"notEqualTo": [], "values": ["#000000"]}
    return Style(definition)


def has_outlined_hair(style_name: str) -> bool:
    """Tell whether a head has filled hair inside a black outline."""
    return style_name in {
        "bangs",
        "cornrows",
        "grayBun",
        "grayMedium",
        "grayShort",
        "mediumBangs2",
        "noHair3",
        "short4",
    }


def options_for(person: dict[str, Any], palette: dict[str, Any], expression: str) -> dict[str, Any]:
    """Translate one cast entry into DiceBear options."""
    drawing = person["drawing"]
    hair = palette["hair"][drawing["hair"]]
    outlined = has_outlined_hair(drawing["head"])
    options = {
        "seed": "rapport",  # every random part is fixed below; the seed changes nothing
        "headVariant": [drawing["head"]],
        "expressionVariant": [expression],
        "skinColor": [palette["skin"][person["skin"]]],
        "clothingColor": [palette["clothing"][drawing["clothing"]]],
        "headContrastColor": [hair],
        "hairColor": ["#000000" if outlined else hair],
        "facialHairProbability": 0,  # a beard would hide the mouth, which carries the mood
        "maskProbability": 0,
        "accessoriesProbability": 0,
    }
    if person["glasses"] != "none":
        options["accessoriesProbability"] = 100
        options["accessoriesVariant"] = [GLASSES[person["glasses"]]]
    return options


def draw(style: Style, cast: dict[str, Any], person: dict[str, Any], mood: str) -> Image.Image:
    """Draw one person in one mood on a transparent ground."""
    options = options_for(person, cast["palette"], cast["moods"][mood])
    svg = Avatar(style, options).to_string()
    crop = WIDE_CROPS.get(person["drawing"]["head"], CLOSE_CROP)
    svg = re.sub(r'viewBox="[^"]*"', f'viewBox="{crop}"', svg, count=1)
    extra = AGE_LINES if person["age"] == "senior" else ""
    extra += EARRING if person["dress"] == "earrings" else ""
    svg = svg.replace("</svg>", f"{extra}</svg>")
    png = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=SIZE, height=SIZE))
    return Image.open(io.BytesIO(png)).convert("RGBA")


def reduce_colours(picture: Image.Image) -> Image.Image:
    """Reduce to a palette with alpha that keeps flat areas exactly as drawn.

    The octree gives each cluster its mean, which tints flat areas by their own soft edges; the
    most frequent colour of the cluster is the one the artist meant.
    """
    small = picture.quantize(PALETTE_COLOURS, method=Image.Quantize.FASTOCTREE)
    clusters: dict[int, Counter[Any]] = defaultdict(Counter)
    for entry, colour in zip(
        small.tobytes(), zip(*[iter(picture.tobytes())] * 4, strict=True), strict=True
    ):
        clusters[entry][colour] += 1
    palette = bytearray(4 * (max(clusters) + 1))
    for entry, colours in clusters.items():
        palette[4 * entry : 4 * entry + 4] = bytes(colours.most_common(1)[0][0])
    small.putpalette(bytes(palette), rawmode="RGBA")
    return small


def draw_sheet(pictures: dict[str, dict[str, Image.Image]], cell: int, columns: int) -> Image.Image:
    """Lay out all people, four moods in a row, on the tinted discs of the window."""
    rows = -(-len(pictures) // columns)
    width, height = cell * 4 + 44, cell + 6
    sheet = Image.new("RGB", (width * columns, height * rows), "#FFFFFF")
    pen = ImageDraw.Draw(sheet)
    for index, (name, moods) in enumerate(pictures.items()):
        left, top = index % columns * width + 38, index // columns * height + 3
        pen.text((left - 32, top + cell // 2 - 8), name, fill="#1B2430", font_size=15)
        for position, (mood, picture) in enumerate(moods.items()):
            disc = Image.new("RGBA", (SIZE, SIZE), MOOD_TINTS[mood])
            disc.alpha_composite(picture)
            mask = Image.new("L", (SIZE, SIZE), 0)
            ImageDraw.Draw(mask).ellipse((2, 2, SIZE - 2, SIZE - 2), fill=255)
            shape = (cell - 4, cell - 4)
            sheet.paste(disc.resize(shape), (left + position * cell, top), mask.resize(shape))
    return sheet


def main() -> int:
    """Draw all portraits and the sheet."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "portraits")
    args = parser.parse_args()
    cast = json.loads((Path(__file__).parents[1] / "portraits/cast.json").read_text("utf-8"))
    style = load_style()
    pictures = {
        name: {mood: draw(style, cast, person, mood) for mood in cast["moods"]}
        for name, person in cast["people"].items()
    }
    for name, moods in pictures.items():
        for mood, picture in moods.items():
            reduce_colours(picture).save(args.out / f"{name}-{mood}.png", optimize=True)
    sheet = draw_sheet(pictures, cell=72, columns=3)
    sheet.quantize(256, kmeans=2).save(args.out / "cast.png", optimize=True)
    size = sum(path.stat().st_size for path in args.out.glob("*.png"))
    sys.stdout.write(f"{len(pictures)} people x {len(cast['moods'])} moods: {size / 1e6:.2f} MB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
