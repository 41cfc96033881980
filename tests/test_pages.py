"""The written pages: every link leads somewhere, and the two languages keep pace."""

import re
from functools import cache
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    for file, anchor in LINK.findall(prose(page)):
        if file.startswith(("http:", "https:")):
            continue
        target = page.parent / file if file else page
        assert target.exists(), file
        assert not anchor or anchor in anchors(target), f"{file}#{anchor}"


@pytest.mark.parametrize("chinese", CHINESE, ids=name_of)
def test_the_languages_lead_to_each_other_and_have_the_same_parts(chinese: Path) -> None:
    english = chinese.with_name(chinese.name.replace(".zh.md", ".md"))
    for page, other in ((english, chinese), (chinese, english)):
        assert f"]({other.name})" in "\n".join(prose(page).splitlines()[:4])
    assert outline(english) == outline(chinese)


def outline(page: Path) -> list[str]:
    """The marks of headings and of the rows of tables, in their order."""
    return re.findall(r"^(#+ |\|)", prose(page), re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_marks_of_emphasis_are_read_as_such(page: Path) -> None:
    """Between punctuation and a letter, as in `**这里：**那里`, they would be shown as stars."""
    shown = re.sub(r"`[^`\n]*`", "code", prose(page))
    for line in shown.splitlines():
        for place, mark in enumerate(re.finditer(r"\*\*", line)):
            before, after = line[: mark.start()][-1:] or " ", line[mark.end() :][:1] or " "
            inner, outer = (before, after) if place % 2 else (after, before)
            assert not inner.isspace(), line
            assert inner.isalnum() or not outer.isalnum(), line
