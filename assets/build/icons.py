#!/usr/bin/env python3
"""Copy the icons of the window from the Lucide set, with their licence.

Usage:
    npm pack lucide-static@1.62.0 && tar xzf lucide-static-1.62.0.tgz
    python assets/build/icons.py package [--out assets/icons]

The files are copied unchanged. Their strokes are ``currentColor``: the window replaces that word
with a theme colour before it loads the picture.
"""

import argparse
import shutil
import sys
from pathlib import Path

# By what they stand for. A name that Lucide has renamed is listed under its present name.
ICONS: dict[str, str] = {
    "contact": "phone phone-call mail message-circle messages-square reply headset ear video",
    "people": "user users user-plus user-minus user-check user-x user-round-search contact crown"
    " graduation-cap handshake heart-handshake hand-heart",
    "trade": "building building-2 store factory landmark hospital school hotel car plane coffee"
    " utensils shopping-cart shopping-bag briefcase package truck laptop smartphone cloud",
    "money": "wallet coins banknote piggy-bank credit-card receipt percent badge-percent"
    " ticket-percent tag calculator",
    "service": "wrench gift file-text file-check file-question-mark file-signature clipboard-list"
    " clipboard-check megaphone shield shield-check ticket swords rocket sprout",
    "time": "calendar calendar-check calendar-clock calendar-x clock hourglass history bell sun"
    " moon",
    "meters": "smile heart lock lock-open link unlink anchor frown meh laugh annoyed angry"
    " heart-crack thumbs-up thumbs-down scale gauge activity",
    "change": "trending-up trending-down minus plus equal arrow-up arrow-down arrow-left"
    " arrow-right arrow-up-right arrow-down-right refresh-cw",
    "state": "triangle-alert circle-alert circle-check circle-x circle circle-dot check check-check"
    " x info circle-question-mark flame snowflake zap target flag ban loader sparkles",
    "result": "star trophy award medal badge-check",
    "learning": "lightbulb book-open map notebook-pen quote brain compass search",
    "charts": "pyramid triangle funnel layers grid-2x2 layout-grid list table chart-scatter"
    " chart-column chart-bar chart-line chart-pie radar waypoints network git-fork",
    "program": "settings sliders-horizontal volume-2 volume-x languages undo-2 rotate-ccw save"
    " folder-open play pause skip-forward house log-out inbox chevron-up chevron-down chevron-left"
    " chevron-right chevrons-up-down ellipsis menu maximize minimize download upload copy printer"
    " trash-2 pencil pin external-link dice-5 theater move",
    "access": "contrast keyboard mouse-pointer accessibility eye eye-off a-large-small type"
    " text-cursor-input monitor",
}


def main() -> int:
    """Copy every listed icon and the licence; fail on a name that Lucide does not have."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("package", type=Path, help="unpacked npm package lucide-static")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "icons")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    names = [name for group in ICONS.values() for name in group.split()]
    for name in names:
        shutil.copyfile(args.package / "icons" / f"{name}.svg", args.out / f"{name}.svg")
    shutil.copyfile(args.package / "LICENSE", args.out / "LICENSE")
    sys.stdout.write(f"{len(names)} icons\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
