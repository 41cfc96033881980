"""How texts are written: the right language, punctuation, length, nothing left to be filled in."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from sim.scenario.lint_context import Context
from sim.scenario.lint_survey import Somebody, Survey
from sim.scenario.lint_texts import texts_of
from sim.scenario.pruning import Keys
from sim.scenario.schema_types import Text

_HAN = re.compile("[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2,}[ ,.]+[A-Za-z]{2,}")
_STAND_IN = re.compile(r"\b(?:TODO|TBD|FIXME|XXX+)\b|[Ll]orem ipsum|待补|待译|待写|占位")
_HALF = re.compile(
    "(?<=[\u4e00-\u9fff}”])(?:[,;:!?(]|\\.\\.\\.|\\.(?=\\s|$))"
    '|[,;:!?)](?=[\u4e00-\u9fff“])|"(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])"'
)
_FULL = re.compile("[，。；：！？（）、]")
_ANYWHERE = r"^[ \t]|[ \t]$|(?<=\S)  +(?=\S)|[ \t]\n"
_SPACES = {
    "en": re.compile(
        r"^[ \t]|[ \t]$|(?<=\S)  +(?=\S)|[ \t]\n| (?=[,;!?](?:\s|$))|(?<=[^. ]) \.(?=\s|$)"
    ),
    "zh": re.compile(
        "^[ \t]|[ \t]$|(?<=\\S)  +(?=\\S)|[ \t]\n|(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])"
    ),
}
_TWICE = {
    "en": re.compile(r"\b([a-z]{2,}) \1\b|,,|;;|::|(?<!\.)\.\.(?!\.)"),
    "zh": re.compile("，，|。。|、、|；；|：："),
}
_LITTLE = frozenset(
    {"a", "an", "the", "of", "to", "and", "or", "is", "are", "was", "we", "you", "it"}
)
_MARKERS = re.compile(r"(?<![A-Za-z0-9(（])[a-z0-9][)）]")  # a) b) 1)
_PAIRS = ("“”", "()", "（）", "《》", "「」", "『』", "【】")

# Characters that a place of the smallest window (and of a terminal of 80 columns) has room for.
_ROOM = {
    "turn_name": (14, 5),
    "name": (40, 16),
    "title": (60, 24),
    "say": (320, 110),
    "reply": (320, 110),
    "rationale": (400, 130),
    "because": (240, 80),
    "about": (320, 110),
    "summary": (400, 130),
    "briefing": (2600, 800),
}
_ROOM_OF_SECTION = {"endings": (700, 230), "tutorial": (480, 150), "encounters": (480, 160)}
_ROOM_ELSEWHERE = (400, 130)

_LEAST_RATIO, _MOST_RATIO, _COMPARABLE = 1.0, 7.0, 30


class _Found(NamedTuple):
    """Where in a text something is, and what it is."""

    at: int
    value: str


def check_words(survey: Survey) -> None:
    """Reports how texts are written."""
    for keys, text in texts_of((), survey.context.scenario):
        _check_languages(survey.context, keys, text)
        _check_room(survey.context, keys, text)
        for lang in ("en", "zh"):
            _check_writing(survey.context, keys, text.in_language(lang), lang)
    _check_titles(survey.context)
    _check_style_named(survey)


def _check_languages(context: Context, keys: Keys, text: Text) -> None:
    if text.en.strip() != text.zh.strip():
        if _LATIN.search(text.zh) and not _HAN.search(text.zh):
            context.report("W01", (*keys, "zh"))
        elif found := _HAN.search(text.en):
            context.report_in("W02", (*keys, "en"), found.start())
        else:
            _check_ratio(context, keys, text)


def _check_ratio(context: Context, keys: Keys, text: Text) -> None:
    long, short = len(text.en), len(text.zh)
    if max(long, short) < _COMPARABLE or _LEAST_RATIO * short <= long <= _MOST_RATIO * short:
        return
    context.report("W10", (*keys, "zh"), en=long, zh=short)


def _check_room(context: Context, keys: Keys, text: Text) -> None:
    room = _ROOM.get(str(keys[-1])) or _ROOM_OF_SECTION.get(str(keys[0]), _ROOM_ELSEWHERE)
    for lang, limit in zip(("en", "zh"), room, strict=True):
        length = len(text.in_language(lang))
        if length > limit:
            context.report("W09", (*keys, lang), length=length, limit=limit)


def _check_writing(context: Context, keys: Keys, words: str, lang: str) -> None:
    for code, look in _LOOKS:
        found = look(words, lang)
        if found is not None:
            context.report_in(code, (*keys, lang), found.at, value=found.value)


def _stand_in(words: str, _: str) -> _Found | None:
    return _first(_STAND_IN, words)


def _punctuation(words: str, lang: str) -> _Found | None:
    return _first(_HALF, words) if lang == "zh" else None


def _full_width(words: str, lang: str) -> _Found | None:
    # Where there is Chinese in the English text, that is what is wrong (W02).
    return _first(_FULL, words) if lang == "en" and not _HAN.search(words) else None


def _spaces(words: str, lang: str) -> _Found | None:
    found = _SPACES[lang].search(words)
    return _Found(found.start(), "") if found else None


def _open(words: str, _: str) -> _Found | None:
    """A bracket or quote that is not closed, or closed without being open."""
    several = "\n\n" in words  # each paragraph of a speech opens anew
    words = _MARKERS.sub("  ", words) if ")" in words or "）" in words else words
    for pair in _PAIRS:
        opened, closed = words.count(pair[0]), words.count(pair[1])
        if closed > opened or (opened > closed and not several):
            sign = pair[0] if opened > closed else pair[1]
            return _Found(words.rindex(sign), sign)
    return None


def _twice(words: str, lang: str) -> _Found | None:
    for found in _TWICE[lang].finditer(words):
        if not found.lastindex or found[1] in _LITTLE:
            return _Found(found.start(), found[0])
    return None


def _first(pattern: re.Pattern[str], words: str) -> _Found | None:
    found = pattern.search(words)
    return _Found(found.start(), found[0]) if found else None


_LOOKS: tuple[tuple[str, Callable[[str, str], _Found | None]], ...] = (
    ("W03", _stand_in),
    ("W04", _punctuation),
    ("W05", _full_width),
    ("W06", _spaces),
    ("W07", _open),
    ("W08", _twice),
)


def _check_titles(context: Context) -> None:
    """Encounters or events that a player could not tell apart by their titles."""
    seen: dict[tuple[str, str], str] = {}
    for section in ("encounters", "events"):
        for ident, entry in getattr(context.scenario, section).items():
            for lang in ("en", "zh"):
                words = entry.title.in_language(lang)
                other = seen.setdefault((lang, words), ident)
                if other != ident:
                    keys = (section, ident, "title", lang)
                    context.report("W13", keys, value=words, other=other)


def _check_style_named(survey: Survey) -> None:
    """Texts that say outright what is to be guessed."""
    for who in survey.people:
        if who.person.style is None or survey.knows(who, "style"):
            continue
        names = _names_of(survey.context, who.person.style)
        for keys, text in _said_of(survey, who):
            for lang, name in names:
                at = text.in_language(lang).casefold().find(name.casefold())
                if at >= 0:
                    context, place = survey.context, (*keys, lang)
                    context.report_in("W11", place, at, value=name)


def _names_of(context: Context, style: str) -> Iterator[tuple[str, str]]:
    name = context.library.styles[style].name
    if style != "driver":  # in English, most drivers drive
        yield "en", name.en
    yield "zh", name.zh


def _said_of(survey: Survey, who: Somebody) -> Iterator[tuple[Keys, Text]]:
    if who.person.about is not None:
        yield (*who.keys, "about"), who.person.about
    for name in survey.encounters_of.get((who.customer, who.id), ()):
        encounter = survey.context.scenario.encounters[name]
        yield ("encounters", name, "title"), encounter.title
        yield ("encounters", name, "text"), encounter.text
