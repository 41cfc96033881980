#!/usr/bin/env python3
"""Draw the application icon: a speech bubble that carries the three meters.

Usage:
    python assets/build/app_icon.py [--out assets/app]

Own design. Writes ``icon.svg``, ``icon-16.png`` to ``icon-512.png``, ``icon.ico`` (Windows) and
``icon.icns`` (macOS).
"""

import argparse
import io
import sys
from pathlib import Path

import resvg_py
from PIL import Image

SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
SMALL = 32  # up to this size the bubble fills the tile and the shading is left out
METERS = ("#0B4F8A", "#00967A", "#C96A00")  # satisfaction, loyalty, switching cost, as on screen
HEIGHTS = (92, 146, 200)


def bars(left: int, base: int, width: int, gap: int) -> str:
    """Draw three rising bars with round ends, in units of the 512 tile."""
    return "".join(
        f'<rect x="{left + index * (width + gap)}" y="{base - height}" width="{width}"'
        f' height="{height}" rx="{width // 4}" fill="{colour}"/>'
        for index, (colour, height) in enumerate(zip(METERS, HEIGHTS, strict=True))
    )


def icon_svg(*, small: bool) -> str:
    """Compose the icon; the small form is simpler and fills more of the tile."""
    inset, corner = (0, 96) if small else (16, 112)
    bubble = (
        "M108 60H404A56 56 0 0 1 460 116V336A56 56 0 0 1 404 392H256L160 474V392H108"
        "A56 56 0 0 1 52 336V116A56 56 0 0 1 108 60Z"
        if small
        else "M140 92H372A52 52 0 0 1 424 144V324A52 52 0 0 1 372 376H252L168 446V376H140"
        "A52 52 0 0 1 88 324V144A52 52 0 0 1 140 92Z"
    )
    meters = bars(116, 340, 76, 26) if small else bars(145, 336, 58, 24)
    shadow = (
        ""
        if small
        else f'<path d="{bubble}" fill="#0B2239" opacity=".35" transform="translate(0 10)"/>'
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">'
        '<defs><linearGradient id="tile" x1="0" y1="0" x2="0" y2="1">'
        '<stop offset="0" stop-color="#2B6798"/><stop offset="1" stop-color="#173B5C"/>'
        "</linearGradient></defs>"
        f'<rect x="{inset}" y="{inset}" width="{512 - 2 * inset}" height="{512 - 2 * inset}"'
        f' rx="{corner}" fill="url(#tile)"/>'
        f'{shadow}<path d="{bubble}" fill="#FFFFFF"/>{meters}</svg>\n'
    )


def render(size: int) -> Image.Image:
    """Rasterise the icon at ``size`` pixels."""
    svg = icon_svg(small=size <= SMALL)
    png = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=size, height=size))
    return Image.open(io.BytesIO(png)).convert("RGBA")


def main() -> int:
    """Write the icon in every form."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "app")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "icon.svg").write_text(icon_svg(small=False), "utf-8")
    pictures = {size: render(size) for size in SIZES}
    for size, picture in pictures.items():
        picture.save(args.out / f"icon-{size}.png", optimize=True)
    others = [picture for size, picture in pictures.items() if size < 256]
    pictures[256].save(
        args.out / "icon.ico",
        sizes=[(size, size) for size in SIZES if size <= 256],
        append_images=others,
    )
    pictures[512].save(args.out / "icon.icns", append_images=list(pictures.values()))
    sys.stdout.write(f"icon in {len(SIZES)} sizes, ico, icns\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
