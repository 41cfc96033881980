"""Where lines of English and Chinese may break, and text made longer to test layouts."""

import re
from collections.abc import Callable

WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
# GB/T 15834 and JIS X 4051: what may not begin a line, and what may not end one.
NO_START = frozenset("!),.:;?]}%¢°·’”…‰℃—、。〉》」』】〕〗！＂％），．：；？］｝～")
NO_END = frozenset("([{$£¥€#‘“〈《「『【〔〖＃＄（［｛￥")
PIECE = re.compile(rf"\s+|[{WIDE}]|……|——|[^\s{WIDE}…—-]+(?:-(?=\w))?|.")
# A last line is forgotten if it is shorter than these signs, or than a quarter of a narrow column.
SHORTEST_LAST_LINE = "一二三四"
SHORT_SHARE = 0.25
ROUGH = 0.03  # of a line's width: what the sum of its parts may be off by

Measure = Callable[[str], int]


def atoms(text: str) -> list[tuple[str, str]]:
    """Cuts one paragraph into what may not be cut further.

    Returns:
        Pairs of the white space before an atom (lost at the start of a line) and the atom.
    """
    found: list[tuple[str, str]] = []
    space = ""
    for piece in PIECE.findall(text):
        if piece.isspace():
            space = " "
            continue
        glued = found and not space and (piece[0] in NO_START or found[-1][1][-1] in NO_END)
        if glued or (found and piece[0] == "%"):  # a number stays with its per cent sign
            before, last = found[-1]
            found[-1] = (before, last + space + piece)
        else:
            found.append((space, piece))
        space = ""
    return found


def wrap(text: str, width: int, measure: Measure) -> list[str]:
    """Breaks text into lines.

    Args:
        text: Paragraphs, parted by line feeds.
        width: Pixels that a line may take.
        measure: Width of a line in pixels.

    Returns:
        The lines; one that cannot be broken is cut between characters when it is too wide.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        rows = _fill(_fitting(atoms(paragraph), width, measure), width, measure)
        lines += [_join(row) for row in _without_orphan(rows, width, measure)] or [""]
    return lines


def _fill(
    pieces: list[tuple[str, str]], width: int, measure: Measure
) -> list[list[tuple[str, str]]]:
    """Greedy rows of atoms.

    Widths of atoms, which come again and again, tell of most lines whether they are too long; only
    a line that is nearly full is measured itself.
    """
    rows: list[list[tuple[str, str]]] = []
    line, about = "", 0
    for space, piece in pieces:
        longer, wide = line + space + piece, about + measure(space + piece)
        # Each part is rounded to pixels, and letters side by side move closer to each other.
        doubt = ROUGH * wide + len(rows[-1]) + 1 if rows else 0.0
        near = abs(wide - width) <= doubt
        if rows and (measure(longer) if near else wide) <= width:
            rows[-1].append((space, piece))
            line, about = longer, wide
        else:
            rows.append([(space, piece)])
            line, about = piece, measure(piece)
    return rows


def _fitting(pieces: list[tuple[str, str]], width: int, measure: Measure) -> list[tuple[str, str]]:
    """The atoms, with those wider than a line cut into parts."""
    result: list[tuple[str, str]] = []
    for space, piece in pieces:
        rest, before = piece, space
        while len(rest) > 1 and measure(rest) > width:
            size = max(
                1, next((n for n in range(len(rest) - 1, 1, -1) if measure(rest[:n]) <= width), 1)
            )
            result.append((before, rest[:size]))
            rest, before = rest[size:], ""
        result.append((before, rest))
    return result


def _join(row: list[tuple[str, str]]) -> str:
    return "".join(space + piece for space, piece in row).strip()


def _without_orphan(
    rows: list[list[tuple[str, str]]], width: int, measure: Measure
) -> list[list[tuple[str, str]]]:
    """Moves words down until the last line does not look forgotten."""
    if len(rows) < 2:
        return rows
    *_, above, last = rows
    least = min(width * SHORT_SHARE, measure(SHORTEST_LAST_LINE))
    while len(above) > 1 and measure(_join(last)) < least:
        moved = [above[-1], *last]
        if measure(_join(moved)) > max(measure(_join(above[:-1])), least):
            break
        last.insert(0, above.pop())
    return rows


def pseudo(text: str) -> str:
    """The text some 40 % longer and marked, to find what would not bear a translation."""
    wide = sum("\u2e80" <= char <= "\uffef" for char in text)
    extra = max(1, round((len(text) - 2 * wide / 3) * 0.4)) if len(text) > wide else 1
    filler = "文" * max(1, round(wide * 0.4)) if wide else ("é" * 6 + " ") * (extra // 6 + 1)
    return f"{text} {filler[: extra + wide].strip()}" if text.strip() else text
