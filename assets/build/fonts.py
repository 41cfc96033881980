#!/usr/bin/env python3
"""Build the four interface fonts: a Chinese and an English pair, regular and bold.

Usage:
    python assets/build/fonts.py NOTO_DIR SOURCE_SANS_VF.otf [--out assets/fonts]

NOTO_DIR holds ``NotoSansCJK-Regular.ttc`` and ``NotoSansCJK-Bold.ttc``: Debian package
``fonts-noto-cjk`` (1:20220127) installs them in ``/usr/share/fonts/opentype/noto``.
SOURCE_SANS_VF.otf is ``VF/SourceSans3VF-Upright.otf`` of npm package ``source-sans`` 3.52.0
(``npm pack source-sans@3.52.0``). Both fonts are under the OFL 1.1.

Noto Sans CJK draws its Latin letters with Source Sans but stops after Latin-1 and pinyin; the
letters of Łódź and Şahin, and a few marks such as U+2717, are therefore taken from Source Sans
itself, scaled to the same capital height and weight.
"""

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools.misc.roundTools import otRound  # type: ignore[import-untyped]
from fontTools.pens.boundsPen import BoundsPen  # type: ignore[import-untyped]
from fontTools.pens.t2CharStringPen import T2CharStringPen  # type: ignore[import-untyped]
from fontTools.pens.transformPen import TransformPen  # type: ignore[import-untyped]
from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTCollection, TTFont  # type: ignore[import-untyped]

SIMPLIFIED_CHINESE = 2  # position of "Noto Sans CJK SC" in the collection
KEPT_FEATURES = ["ccmp", "calt", "liga", "kern", "mark", "mkmk"]
DROPPED_TABLES = ["BASE", "VORG", "vhea", "vmtx", "DSIG"]  # vertical setting is not used
FIRST_FREE_CID = 65000  # Noto stops at 65534 glyphs of which a subset never keeps this range

# Marks the interface may draw besides whole blocks.
MARKS = "✓✔✗✘★☆●○◎◆◇■□▲△▼▽▶◀☐☑♀♂♥♡☀⚠⌘⇧⌥⌫"
ARROWS = "←↑→↓↔↕↖↗↘↙⇐⇒⇔"
MATHS = "−×÷±≥≤≈≠≡∞√∑∏∫∂∆∝∈∩∪⊂∅"
PUNCTUATION = "“”‘’„‚«»‹›…—–―‑·•‣†‡§¶©®™№"
MONEY_AND_UNITS = "¥€£$¢₩₹°%‰½¼¾⅓⅔℃µ²³¹"

# Characters of current names and dialogue that GB2312 (1980) does not have.
MODERN_HANZI = "啰瞭喆玥昇堃祎珺翀旻镕邨囍欸璟彧頔熠玙暐翊"

# Drawn full-width by Noto SC; English text uses the font's own proportional forms.
PROPORTIONAL_IN_ENGLISH = "“”‘’…—–―‐‥"

# Without a proportional form, or of Chinese shape (slanted bars of "at least"): English text takes
# them from Source Sans.
FROM_SOURCE_IN_ENGLISH = "·•×÷±≤≥≈≠"


@dataclass(frozen=True)
class Weight:
    """One weight of the family.

    Attributes:
        name: Style name, also the end of the file name.
        donor_wght: Position on the ``wght`` axis of Source Sans whose stems match Noto's.
    """

    name: str
    donor_wght: int


WEIGHTS = (Weight("Regular", 400), Weight("Bold", 645))


def gb2312_characters() -> list[str]:
    """List the 7,445 characters of GB2312: 6,763 hanzi and 682 marks and letters."""
    pairs = (bytes([row, cell]) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return [char for pair in pairs if (char := pair.decode("gb2312", "ignore"))]


def wanted_codepoints() -> set[int]:
    """Collect every code point the interface fonts must draw."""
    blocks = (
        range(0x20, 0x7F),  # ASCII
        range(0xA0, 0x180),  # Latin-1 and Latin Extended-A
        range(0x2010, 0x201F),  # dashes and quotation marks
        range(0x2020, 0x2024),  # daggers and bullets
        range(0x2025, 0x2028),  # leaders and ellipsis
        range(0x2030, 0x2034),  # per mille and primes
        range(0x2039, 0x203C),  # angle quotation marks and reference mark
        range(0x2460, 0x2474),  # circled numbers
        range(0x2500, 0x2580),  # box drawing
        range(0x3000, 0x3018),  # CJK punctuation
        range(0xFF01, 0xFF5F),  # full-width forms
    )
    marks = MARKS + ARROWS + MATHS + PUNCTUATION + MONEY_AND_UNITS + MODERN_HANZI
    return {code for block in blocks for code in block} | {
        ord(char) for char in [*gb2312_characters(), *marks]
    }


def use_proportional_forms(font: TTFont, chars: Iterable[str]) -> None:
    """Map ``chars`` to the glyphs of the font's own ``pwid`` substitution, in place."""
    gsub = font["GSUB"].table
    lookups = {
        index
        for record in gsub.FeatureList.FeatureRecord
        if record.FeatureTag == "pwid"
        for index in record.Feature.LookupListIndex
    }
    forms: dict[str, str] = {}
    for index in lookups:
        for subtable in gsub.LookupList.Lookup[index].SubTable:
            forms |= getattr(subtable, "ExtSubTable", subtable).mapping
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format != 14:
            codes = table.cmap
            codes |= {
                ord(char): forms[codes[ord(char)]]
                for char in chars
                if codes.get(ord(char)) in forms
            }


def keep_only(font: TTFont, codepoints: set[int]) -> None:
    """Drop every glyph, feature and table the interface does not use, in place."""
    options = Options()
    options.layout_features = KEPT_FEATURES
    options.drop_tables += DROPPED_TABLES
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    options.glyph_names = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codepoints)
    subsetter.subset(font)


def capital_height(glyphs: Any, glyph_name: str) -> float:
    """Measure the top of a glyph in font units."""
    pen = BoundsPen(glyphs)
    glyphs[glyph_name].draw(pen)
    return float(pen.bounds[3])


def add_missing(font: TTFont, donor: TTFont, weight: Weight, codepoints: set[int]) -> set[int]:
    """Copy the outlines of missing characters from ``donor``, in place.

    Returns:
        Code points that neither font can draw.
    """
    codes, donor_codes = font.getBestCmap(), donor.getBestCmap()
    donor_glyphs = donor.getGlyphSet(location={"wght": weight.donor_wght})
    scale = capital_height(font.getGlyphSet(), codes[ord("H")]) / capital_height(
        donor_glyphs, donor_codes[ord("H")]
    )
    missing = sorted(codepoints - codes.keys())
    for offset, code in enumerate(c for c in missing if c in donor_codes):
        glyph = donor_glyphs[donor_codes[code]]
        append_glyph(font, f"cid{FIRST_FREE_CID + offset}", code, glyph=glyph, scale=scale)
    return {code for code in missing if code not in donor_codes}


def append_glyph(font: TTFont, name: str, code: int, *, glyph: Any, scale: float) -> None:
    """Add one scaled outline at the end of a CID-keyed CFF font and map ``code`` to it."""
    top = font["CFF "].cff.topDictIndex[0]
    dict_index = top.FDSelect[font.getGlyphID(font.getBestCmap()[ord("H")])]
    private = top.FDArray[dict_index].Private
    width = otRound(glyph.width * scale)
    pen = T2CharStringPen(width - private.nominalWidthX, None)
    glyph.draw(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
    outline = pen.getCharString(private, top.GlobalSubrs)
    bounds = outline.calcBounds(None) or (0, 0, 0, 0)
    top.CharStrings.charStringsIndex.append(outline)
    top.CharStrings.charStrings[name] = len(top.CharStrings.charStringsIndex) - 1
    top.FDSelect.append(dict_index)
    order = [*font.getGlyphOrder(), name]
    top.charset = order
    font.setGlyphOrder(order)
    font["hmtx"].metrics[name] = (width, otRound(bounds[0]))
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format != 14:
            table.cmap[code] = name


def rename(font: TTFont, family: str, weight: Weight) -> None:
    """Give a changed font its own name, as the trademark and the OFL ask, in place."""
    style = weight.name
    postscript = f"{family.replace(' ', '')}-{style}"
    copyright_text = (
        f"{font['name'].getDebugName(0)} Portions © 2010-2024 Adobe "
        "(http://www.adobe.com/), with Reserved Font Name 'Source'. Subset and renamed for Rapport."
    )
    texts = {
        0: copyright_text,
        1: family,
        2: style,
        3: f"2.004;Rapport;{postscript}",
        4: f"{family} {style}",
        6: postscript,
    }
    for name_id, text in texts.items():
        font["name"].removeNames(nameID=name_id)
        font["name"].setName(text, name_id, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [postscript]
    top = cff.topDictIndex[0]
    top.FullName, top.FamilyName, top.Notice = f"{family} {style}", family, copyright_text


def build(noto: Path, donor: Path, out: Path, *, weight: Weight, language: str) -> None:
    """Write one font file and report its size."""
    collection = TTCollection(noto / f"NotoSansCJK-{weight.name}.ttc", lazy=True)
    font = collection.fonts[SIMPLIFIED_CHINESE]
    font.recalcTimestamp = False
    if language == "en":
        use_proportional_forms(font, PROPORTIONAL_IN_ENGLISH)
    codepoints = wanted_codepoints()
    from_source = FROM_SOURCE_IN_ENGLISH if language == "en" else ""
    keep_only(font, codepoints - {ord(char) for char in from_source})
    absent = add_missing(font, TTFont(donor), weight, codepoints)
    rename(font, f"Rapport UI {'SC' if language == 'zh' else 'EN'}", weight)
    path = out / f"ui-{language}-{weight.name.lower()}.otf"
    font.save(path)
    if absent:
        raise ValueError(f"neither font draws {sorted(map(chr, absent))!r}")
    sys.stdout.write(f"{path}: {path.stat().st_size / 1e6:.2f} MB\n")


def main() -> int:
    """Build all four fonts."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("noto", type=Path, help="folder with NotoSansCJK-Regular.ttc and -Bold.ttc")
    parser.add_argument("source_sans", type=Path, help="variable Source Sans 3, upright (.otf)")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "fonts")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for weight in WEIGHTS:
        for language in ("zh", "en"):
            build(args.noto, args.source_sans, args.out, weight=weight, language=language)
    return 0


if __name__ == "__main__":
    sys.exit(main())
