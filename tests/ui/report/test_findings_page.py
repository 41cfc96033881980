"""The page on a scenario's balance as a file: complete, well formed, without script or request."""

from functools import cache

import pytest

from sim.ui.report.findings_page import findings_page
from sim.view.balance import balance_view
from tests.lab.small_sweep import day, found
from tests.ui.report.test_page import Reader

LANGUAGES = ("en", "zh")


@cache
def page(lang: str) -> str:
    return findings_page(balance_view(found(), day(), lang), lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_well_formed(lang: str) -> None:
    reader = Reader(page(lang))
    assert reader.open == []
    assert reader.named("html") == [{"lang": "en" if lang == "en" else "zh-Hans"}]
    ids = [attributes["id"] for _, attributes in reader.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert "script" not in {tag for tag, _ in reader.elements}
    assert "http" not in page(lang).replace("http-equiv", "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_of_the_view_is_on_it(lang: str) -> None:
    view = balance_view(found(), day(), lang)
    reader = Reader(page(lang))
    assert len(reader.named("svg")) == sum(len(part.charts) for part in view.parts)
    assert len(reader.named("table")) == 1 + len(view.talks) + len(reader.named("svg"))
    for smell in view.smells:
        assert smell.code in page(lang)
        assert smell.where in page(lang)
    for talk in view.talks:
        assert talk.id in page(lang)
