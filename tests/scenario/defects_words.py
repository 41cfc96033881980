"""Defects of fields, references and texts."""

from sim.scenario.edit import Draft
from sim.scenario.library import load_library
from tests.scenario.defects import (
    KINDS,
    Defect,
    customer,
    kind,
    leaves,
    put,
    section,
    speakers,
    texts,
)

# --- fields and references ---


@kind
def somebody_unknown_speaks(draft: Draft) -> Defect:
    name, _, _ = next(speakers(draft))
    return Defect("R01", put(draft, ("encounters", name, "who"), "nobody_here"))


@kind
def an_unknown_action_is_offered(draft: Draft) -> Defect:
    return Defect("R01", put(draft, ("offers", 2), "no-such-action"))


@kind
def a_rival_is_misspelt(draft: Draft) -> Defect:
    name = next(iter(section(draft, "events")))
    return Defect("R01", put(draft, ("events", name, "rival"), "nobody_here"))


@kind
def a_concept_is_misspelt(draft: Draft) -> Defect:
    keys = next(keys for keys, _ in leaves(draft))
    put(draft, (*keys, "teaches"), ["recovery.stepps"])
    return Defect("R01", (*keys, "teaches", 0))


@kind
def a_field_is_misspelt(draft: Draft) -> Defect:
    keys = ("customers", customer(draft), "satisfacton")
    return Defect("T01", put(draft, keys, 50), at_key=True)


@kind
def a_mood_is_none(draft: Draft) -> Defect:
    return Defect("T03", put(draft, ("customers", customer(draft), "mood"), "hapy"))


@kind
def points_beyond_a_hundred(draft: Draft) -> Defect:
    return Defect("T13", put(draft, ("customers", customer(draft), "satisfaction"), 140))


@kind
def points_as_a_percentage(draft: Draft) -> Defect:
    return Defect("T25", put(draft, ("customers", customer(draft), "trust"), "55%"))


@kind
def a_title_is_missing(draft: Draft) -> Defect:
    name = next(iter(section(draft, "events")))
    draft.remove(("events", name, "title"))
    return Defect("T02", ("events", name), at_key=True)


@kind
def a_parameter_out_of_range(draft: Draft) -> Defect:
    return Defect("L50", put(draft, ("parameters", "noise"), 400))


__all__ = ["KINDS"]

# --- texts ---


@kind
def chinese_is_missing(draft: Draft) -> Defect:
    name = next(iter(section(draft, "encounters")))
    draft.remove(("encounters", name, "title", "zh"))
    return Defect("L02", ("encounters", name, "title"))


@kind
def a_text_is_not_translated(draft: Draft) -> Defect:
    keys, _ = next(texts(draft, "zh"))
    english = next(each for at, each in texts(draft, "en") if at[:-1] == keys[:-1])
    return Defect("L04", put(draft, keys, english))


@kind
def a_text_is_translated_in_the_wrong_place(draft: Draft) -> Defect:
    keys, _ = next(texts(draft, "zh"))
    return Defect("W01", put(draft, keys, "An English sentence, left where it was."))


@kind
def chinese_in_the_english(draft: Draft) -> Defect:
    keys, words = next(texts(draft, "en"))
    return Defect("W02", put(draft, keys, words + " 好"))


@kind
def a_note_to_oneself(draft: Draft) -> Defect:
    keys, words = next(texts(draft, "en"))
    return Defect("W03", put(draft, keys, "TODO " + words))


@kind
def a_half_width_comma(draft: Draft) -> Defect:
    keys, words = next(texts(draft, "zh", "，"))
    return Defect("W04", put(draft, keys, words.replace("，", ",", 1)))


@kind
def a_full_width_comma(draft: Draft) -> Defect:
    keys, words = next(texts(draft, "en", ", "))
    return Defect("W05", put(draft, keys, words.replace(", ", "，", 1)))


@kind
def two_spaces(draft: Draft) -> Defect:
    keys, words = next(texts(draft, "en", " "))
    return Defect("W06", put(draft, keys, words.replace(" ", "  ", 1)))


@kind
def a_quote_without_end(draft: Draft) -> Defect:
    keys, words = next(texts(draft, "en", "”"))
    return Defect("W07", put(draft, keys, words.replace("”", "", 1)))


@kind
def a_word_twice(draft: Draft) -> Defect:
    keys, words = next(texts(draft, "en", " the "))
    return Defect("W08", put(draft, keys, words.replace(" the ", " the the ", 1)))


@kind
def a_title_too_long(draft: Draft) -> Defect:
    name = next(iter(section(draft, "encounters")))
    keys = ("encounters", name, "title", "en")
    return Defect("W09", put(draft, keys, "A title that goes on and on until " * 3))


@kind
def a_style_is_named(draft: Draft) -> Defect | None:
    for name, each in section(draft, "customers").items():
        if "style" in each and "about" in each and "style" not in each.get("known", ()):
            words = load_library().styles[each["style"]].name.zh
            keys = ("customers", name, "about", "zh")
            return Defect("W11", put(draft, keys, f"{each['about']['zh']}典型的{words}。"))
    return None


@kind
def a_placeholder_in_one_language_only(draft: Draft) -> Defect | None:
    for name, each in section(draft, "encounters").items():
        if "{name}" in each["text"]["zh"]:
            words = each["text"]["zh"].replace("{name}", "对方")
            put(draft, ("encounters", name, "text", "zh"), words)
            return Defect("L05", ("encounters", name, "text"), at_key=True)
    return None


@kind
def an_unknown_placeholder(draft: Draft) -> Defect:
    keys, words = next(texts(draft, "en"))
    return Defect("L06", put(draft, keys, words + " {customer}"))


@kind
def two_customers_of_one_name(draft: Draft) -> Defect:
    first, second = list(section(draft, "customers").items())[:2]
    return Defect("L07", put(draft, ("customers", second[0], "name", "en"), first[1]["name"]["en"]))
