#!/usr/bin/env python3
"""Cut the interface fonts into the slices that the classroom's pages load.

Usage:
    python assets/build/web_fonts.py [--out assets/fonts/web]

A page in English needs one slice of Latin letters per weight. A page in Chinese needs in addition
the slices of those characters that it uses: the characters of all shipped texts are ordered by
frequency and divided into three, so that most pages load the first one or two. Whatever is in no
slice comes from the reader's own fonts, and where there are none from the whole font.
"""

import argparse
import logging
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from sim.ui.report.fonts import woff

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "assets" / "fonts"
FIRST_HAN = 0x2E80
SLICES = 3
WEIGHTS = (("regular", 400), ("bold", 700))
WHOLE = "Rapport Whole"


def texts() -> Iterator[str]:
    """Every text that is shipped in Chinese."""
    yield from (path.read_text(encoding="utf-8") for path in (ROOT / "sim").rglob("*_zh.json"))
    yield from (path.read_text(encoding="utf-8") for path in (ROOT / "scenarios").rglob("*.yaml"))


def slices(drawn: set[int]) -> list[list[int]]:
    """The characters of the texts in equal parts, the most frequent ones first."""
    counted = Counter(ord(char) for text in texts() for char in text if ord(char) >= FIRST_HAN)
    ordered = sorted(drawn & counted.keys(), key=lambda code: (-counted[code], code))
    size = -(-len(ordered) // SLICES)
    return [sorted(ordered[start : start + size]) for start in range(0, len(ordered), size)]


def cut(font: str, codes: Sequence[int]) -> bytes:
    """A font with a few characters, compressed as WOFF."""
    with TTFont(FONTS / f"{font}.otf", lazy=True, recalcTimestamp=False) as whole:
        return woff(whole, codes)


def ranges(codes: Sequence[int]) -> str:
    """Code points as CSS writes them, neighbours joined."""
    runs: list[list[int]] = []
    for code in codes:
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ",".join(f"U+{low:X}" if low == high else f"U+{low:X}-{high:X}" for low, high in runs)


def face(family: str, weight: int, file: str, codes: Sequence[int]) -> str:
    """One rule of the style sheet."""
    kind = "woff" if file.endswith(".woff") else "opentype"
    covered = f";unicode-range:{ranges(codes)}" if codes else ""
    return (
        f'@font-face{{font-family:"{family}";font-weight:{weight};font-display:swap;'
        f'src:url("{file}") format("{kind}"){covered}}}\n'
    )


def main() -> int:
    """Build all slices and their style sheet."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--out", type=Path, default=FONTS / "web")
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    with TTFont(FONTS / "ui-zh-regular.otf", lazy=True) as font:
        drawn = set(font.getBestCmap())
    latin = sorted(code for code in drawn if code < FIRST_HAN)
    rules = []
    for name, weight in WEIGHTS:
        for lang, family in (("en", "Rapport EN"), ("zh", "Rapport ZH")):
            file = f"{lang}-latin-{name}.woff"
            (out / file).write_bytes(cut(f"ui-{lang}-{name}", latin))
            rules.append(face(family, weight, file, latin))
        for place, codes in enumerate(slices(drawn), start=1):
            file = f"zh-han{place}-{name}.woff"
            (out / file).write_bytes(cut(f"ui-zh-{name}", codes))
            rules.append(face("Rapport Han", weight, file, codes))
        rules.append(face(WHOLE, weight, f"../ui-zh-{name}.otf", ()))
    (out / "fonts.css").write_text("".join(rules), encoding="utf-8")
    sizes = sum(path.stat().st_size for path in out.iterdir())
    sys.stdout.write(f"{out}: {sizes / 1e6:.2f} MB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
