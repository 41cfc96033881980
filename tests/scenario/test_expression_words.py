"""Conditions told back in words, and what the ranges of their names settle."""

import pytest

from tests.scenario.vocabulary import parsed


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        (
            "satisfaction < 40 and turn >= 3",
            "satisfaction is below 40 and turn is at least 3",
            "满意度低于40且回合不低于3",
        ),
        ("20 <= trust < 60", "trust is at least 20 and below 60", "信任不低于20且低于60"),
        ("mood is not calm", "mood is not calm", "心态不是平静"),
        ("mood in [rising, calm]", "mood is rising or calm", "心态是上升或平静"),
        (
            "vip and (warned or trust > 3.5)",
            "vip and (warned or trust is above 3.5)",
            "贵宾且（已警告或信任高于3.5）",
        ),
        ("mei.switching_cost > 5", "Mei’s switching cost is above 5", "林梅的转移成本高于5"),
        (
            "any(mood is falling)",
            "for at least one customer, mood is falling",
            "至少有一位客户心态是下降",
        ),
        (
            "count(trust >= 50) == 3",
            "(the number of customers for whom trust is at least 50) is 3",
            "信任不低于50的客户数为3",
        ),
        ("average(trust) > 50", "the average trust is above 50", "平均信任高于50"),
        ("share > 5%", "share is above 5%", "份额高于5%"),
        ("not warned", "not warned", "非已警告"),
    ],
)
def test_in_words(text: str, en: str, zh: str) -> None:
    expression = parsed(text)
    assert expression.in_words("en", {"mei": "Mei"}) == en
    assert expression.in_words("zh", {"mei": "林梅"}) == zh


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("trust > 100", "never"),
        ("trust >= 100", None),
        ("turn <= 12", "always"),
        ("turn < 1 or turn > 12", "never"),
        ("trust > 40 and trust < 30", "never"),
        ("trust > 40 and (vip or warned) and trust <= 40", "never"),
        ("trust >= 40 and trust <= 40", None),
        ("trust < 60 or trust >= 60", "always"),
        ("not (trust < 60 and vip) or trust < 70", "always"),
        ("mood is rising and mood is calm", "never"),
        ("mood in [rising, falling, calm, complacent]", "always"),
        ("mood not in [rising, falling, calm, complacent]", "never"),
        ("mood is not rising or mood is not calm", "always"),
        ("mei.trust > 50 and raj.trust < 30", None),
        ("mei.trust > 50 and mei.trust < 30", "never"),
        ("trust > 50 and mei.trust < 30", None),
        ("warned and not warned", "never"),
        ("warned or not warned", "always"),
        ("any(trust > 100)", "never"),
        ("all(trust >= 0)", "always"),
        ("count(trust > 100) > 0", "never"),
        ("average(trust) > 100", "never"),
        ("satisfaction + trust > 200", "never"),
        ("satisfaction - trust < -100", "never"),
        ("trust * 2 >= 0", "always"),
        ("trust / 2 > 50", "never"),
        ("1 / trust > 50", None),
        ("2 > 1", "always"),
        ("trust != trust", "never"),
        ("trust in [101, 102]", "never"),
        ("money > 1e9", None),
    ],
)
def test_what_the_ranges_settle(text: str, truth: str | None) -> None:
    assert parsed(text).truth() == truth
