"""The written pages: every link leads somewhere, and the two languages keep pace."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
CHINESE = [page for page in PAGES if page.name.endswith(".zh.md")]
LINK = re.compile(r"\]\(([^)\s#]*)(?:#([^)\s]+))?\)")
HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@cache
def prose(page: Path) -> str:
    """The page without its examples."""
    return re.sub(r"^ *```.*?^ *```", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)


@cache
def anchors(page: Path) -> set[str]:
    """What a link may lead to on a page: its headings as GitHub spells them, and set anchors."""
    slugs = {
        re.sub(r"[^\w -]", "", text.lower()).replace(" ", "-")
        for _, text in HEADING.findall(prose(page))
    }
    return slugs | set(re.findall(r'<a id="([\w.-]+)"', prose(page)))


def broken_links(page: Path) -> Iterator[str]:
    for file, anchor in LINK.findall(prose(page)):
        target = page.parent / file if file else page
        if file.startswith(("http:", "https:")):
            continue
        if not target.exists() or (anchor and anchor not in anchors(target)):
            yield f"{name_of(page)}: {file}#{anchor}"


def test_every_link_leads_somewhere() -> None:
    assert [link for page in PAGES for link in broken_links(page)] == []


def outline(page: Path) -> list[str]:
    """The marks of headings and of the rows of tables, in their order."""
    return re.findall(r"^(#+ |\|)", prose(page), re.MULTILINE)


def test_the_languages_lead_to_each_other_and_have_the_same_parts() -> None:
    assert len(CHINESE) >= 12
    for chinese in CHINESE:
        english = chinese.with_name(chinese.name.replace(".zh.md", ".md"))
        for page, other in ((english, chinese), (chinese, english)):
            assert f"]({other.name})" in "\n".join(prose(page).splitlines()[:4])
        assert outline(english) == outline(chinese), name_of(chinese)


def stray_stars(page: Path) -> Iterator[str]:
    """Lines in which `**` stands between punctuation and a letter, as in `**here:**there`."""
    shown = re.sub(r"`[^`\n]*`", "code", prose(page))
    for line in shown.splitlines():
        for place, mark in enumerate(re.finditer(r"\*\*", line)):
            before, after = line[: mark.start()][-1:] or " ", line[mark.end() :][:1] or " "
            inner, outer = (before, after) if place % 2 else (after, before)
            if inner.isspace() or (outer.isalnum() and not inner.isalnum()):
                yield f"{name_of(page)}: {line}"


def test_marks_of_emphasis_are_not_shown_as_stars() -> None:
    assert [line for page in PAGES for line in stray_stars(page)] == []
