"""Defects that an author may let slip in, each put into any scenario by one byte-exact edit.

A kind of defect looks for a suitable place in a scenario, breaks it, and says with which code and
at which part of the file it has to be told. It gives None where a scenario has no such place.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sim.scenario.edit import Draft
from sim.scenario.library import load_library
from sim.scenario.schema_types import STYLES

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Defect:
    """What was broken.

    Attributes:
        code: With which it is to be told.
        keys: The part at whose line.
        at_key: Whether at its name rather than its value.
    """

    code: str
    keys: Path
    at_key: bool = False


Kind = Callable[[Draft], Defect | None]

KINDS: dict[str, Kind] = {}


def kind(put: Kind) -> Kind:
    """Enters a kind of defect under its name."""
    KINDS[put.__name__] = put
    return put


# --- looking for places ---


def section(draft: Draft, name: str) -> Mapping[str, Any]:
    """The entries of a section, those that are mappings."""
    entries = draft.data.get(name) or {}
    return {key: each for key, each in entries.items() if isinstance(each, dict)}


def moments(draft: Draft) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The responses of each encounter, at the beginning."""
    for name, encounter in section(draft, "encounters").items():
        yield ("encounters", name, "responses"), encounter["responses"]


def leaves(draft: Draft) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Responses at the beginning of an encounter that do not branch, with an effect."""
    for keys, responses in moments(draft):
        for name, each in responses.items():
            if "responses" not in each and "effect" in each and "if" not in each:
                yield (*keys, name), each


def texts(draft: Draft, lang: str, *having: str) -> Iterator[tuple[Path, str]]:
    """The words of responses in one language that have certain characters in them."""
    for keys, each in leaves(draft):
        for field in ("reply", "say"):
            words = each[field][lang]
            if all(sign in words for sign in having):
                yield (*keys, field, lang), words


def speakers(draft: Draft) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    """Encounters of one particular customer: id, encounter, customer."""
    customers = section(draft, "customers")
    for name, encounter in section(draft, "encounters").items():
        customer = customers.get(encounter["who"])
        if customer is not None:
            yield name, encounter, customer


def customer(draft: Draft) -> str:
    """A customer whose fields are all its own."""
    return next(key for key, each in section(draft, "customers").items() if "extends" not in each)


def put(draft: Draft, keys: Path, value: Any) -> Path:
    """Writes a value, whether there was one or not."""
    if draft.node(keys) is None:
        draft.add(keys, value)
    else:
        draft.replace(keys, value)
    return keys


def short() -> dict[str, Any]:
    """A response that does something small."""
    return {
        "say": {"en": "You look at the clock.", "zh": "你看了看钟。"},
        "reply": {"en": "So do they.", "zh": "对方也看了看。"},
        "rationale": {"en": "A pause, no more.", "zh": "只是停一停。"},
    }


def roomy(draft: Draft) -> tuple[Path, Mapping[str, Any]]:
    """Responses to which one can be added."""
    return next((keys, each) for keys, each in moments(draft) if 3 <= len(each) <= 4)


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


# --- choices ---


@kind
def twins(draft: Draft) -> Defect:
    keys, each = next((at, each) for at, each in leaves(draft) if _has_room(draft, at))
    draft.add((*keys[:-1], "once_more"), {**each, **short()})
    return Defect("C01", (*keys[:-1], "once_more"), at_key=True)


def _has_room(draft: Draft, keys: Path) -> bool:
    return len(draft.data["encounters"][keys[1]]["responses"]) < 5


@kind
def a_dominated_response(draft: Draft) -> Defect:
    keys, each = next((at, each) for at, each in leaves(draft) if _has_room(draft, at))
    worse = {**each["effect"], "trust": float(each["effect"].get("trust", 0)) - 3}
    made = {**each, **short(), "effect": worse}
    made.pop("deliberate", None)
    draft.add((*keys[:-1], "once_more"), made)
    return Defect("L33", (*keys[:-1], "once_more"), at_key=True)


@kind
def two_responses_say_the_same(draft: Draft) -> Defect:
    keys, each = roomy(draft)
    first, second = list(each)[:2]
    for lang in ("en", "zh"):
        put(draft, (*keys, second, "say", lang), each[first]["say"][lang])
    return Defect("L34", (*keys, second, "say"))


@kind
def two_responses_get_the_same_reply(draft: Draft) -> Defect:
    keys, each = roomy(draft)
    first, second = list(each)[:2]
    return Defect("W12", put(draft, (*keys, second, "reply", "zh"), each[first]["reply"]["zh"]))


@kind
def only_two_responses(draft: Draft) -> Defect:
    keys, each = roomy(draft)
    for name in list(each)[2:]:
        draft.remove((*keys, name))
    return Defect("L35", keys, at_key=True)


@kind
def a_response_without_effect(draft: Draft) -> Defect:
    keys, _ = roomy(draft)
    draft.add((*keys, "do_nothing"), short())
    return Defect("L36", (*keys, "do_nothing"), at_key=True)


@kind
def every_response_has_a_condition(draft: Draft) -> Defect:
    keys, each = roomy(draft)
    for name in each:
        put(draft, (*keys, name, "if"), "trust >= 30")
    return Defect("L32", keys, at_key=True)


@kind
def a_response_is_not_explained(draft: Draft) -> Defect:
    keys = next(keys for keys, each in leaves(draft) if "rationale" in each)
    draft.remove((*keys, "rationale"))
    return Defect("C05", keys, at_key=True)


@kind
def a_response_nobody_can_afford(draft: Draft) -> Defect:
    keys = next(keys for keys, _ in leaves(draft))
    put(draft, (*keys, "hours"), 400)
    return Defect("M01", keys, at_key=True)


@kind
def half_an_effect(draft: Draft) -> Defect:
    keys = next(keys for keys, each in leaves(draft) if "failure_factor" not in each["effect"])
    return Defect("M06", put(draft, (*keys, "effect", "failure_factor"), 0.5), at_key=True)


# --- openings and endings ---


@kind
def a_condition_that_never_holds(draft: Draft) -> Defect:
    name, _, _ = next(speakers(draft))
    return Defect("L09", put(draft, ("encounters", name, "when"), "satisfaction > 100"))


@kind
def a_condition_that_always_holds(draft: Draft) -> Defect:
    name, _, _ = next(speakers(draft))
    return Defect("L10", put(draft, ("encounters", name, "when"), "satisfaction <= 100"))


@kind
def a_part_that_never_holds(draft: Draft) -> Defect:
    name, _, _ = next(speakers(draft))
    condition = "satisfaction < 60 or trust > 100"
    return Defect("O04", put(draft, ("encounters", name, "when"), condition))


@kind
def a_condition_asks_for_nothing_known(draft: Draft) -> Defect:
    name, _, _ = next(speakers(draft))
    return Defect("X08", put(draft, ("encounters", name, "when"), "satisfacton < 60"))


@kind
def a_condition_about_no_particular_customer(draft: Draft) -> Defect:
    name = next(key for key, each in section(draft, "endings").items() if "when" in each)
    return Defect("X13", put(draft, ("endings", name, "when"), "satisfaction >= 60"))


@kind
def an_encounter_waits_for_a_later_event(draft: Draft) -> Defect:
    event = next(iter(section(draft, "events")))
    put(draft, ("events", event, "turn"), 3)
    name, _, _ = next(speakers(draft))
    put(draft, ("encounters", name, "turn"), 2)
    return Defect("O01", put(draft, ("encounters", name, "when"), f"event.{event} >= 1"))


@kind
def a_customer_speaks_before_being_there(draft: Draft) -> Defect:
    draft.add(
        ("customers", "latecomer"), {"name": _name("Kit Marlow", "迟来客"), "status": "unborn"}
    )
    event = next(iter(section(draft, "events")))
    put(draft, ("events", event, "turn"), 3)
    put(draft, ("events", event, "effect", "wakes"), ["latecomer"])
    name, encounter, _ = next(each for each in speakers(draft) if "when" not in each[1])
    for field in ("clue", "speaker"):
        if field in encounter:
            draft.remove(("encounters", name, field))
    put(draft, ("encounters", name, "who"), "latecomer")
    return Defect("O06", put(draft, ("encounters", name, "turn"), 1))


def _name(en: str, zh: str) -> dict[str, str]:
    return {"en": en, "zh": zh}


@kind
def an_encounter_in_a_status_nobody_has(draft: Draft) -> Defect:
    found = (name for name, _, each in speakers(draft) if each.get("status", "active") == "active")
    keys = ("encounters", next(found), "status")
    return Defect("O08", put(draft, keys, ["prospect"]))


@kind
def a_chance_of_nothing(draft: Draft) -> Defect:
    name = next(iter(section(draft, "events")))
    return Defect("O10", put(draft, ("events", name, "chance"), "0%"))


@kind
def a_fixed_turn_that_repeats(draft: Draft) -> Defect:
    name = next(iter(section(draft, "events")))
    put(draft, ("events", name, "turn"), 2)
    return Defect("O09", put(draft, ("events", name, "repeat"), 2), at_key=True)


@kind
def an_event_after_the_end(draft: Draft) -> Defect:
    name = next(iter(section(draft, "events")))
    return Defect("L22", put(draft, ("events", name, "turn"), 190))


@kind
def an_event_that_never_begins(draft: Draft) -> Defect:
    draft.add(
        ("events", "quiet_day"),
        {
            "title": _name("A quiet day", "平静的一天"),
            "text": _name("Nothing happens.", "什么也没发生。"),
        },
    )
    return Defect("L23", ("events", "quiet_day"), at_key=True)


@kind
def a_promise_in_the_last_turn(draft: Draft) -> Defect:
    name, encounter, _ = next(speakers(draft))
    put(draft, ("encounters", name, "turn"), int(draft.data["turns"]))
    response = next(key for key, each in encounter["responses"].items() if "effect" in each)
    keys = ("encounters", name, "responses", response, "effect", "promise")
    return Defect("O12", put(draft, keys, "safe"))


@kind
def the_last_ending_has_a_condition(draft: Draft) -> Defect:
    name = list(section(draft, "endings"))[-1]
    put(draft, ("endings", name, "when"), "kept < 50%")
    return Defect("L40", ("endings", name), at_key=True)


@kind
def an_ending_behind_an_open_one(draft: Draft) -> Defect:
    first, second = list(section(draft, "endings"))[:2]
    draft.remove(("endings", first, "when"))
    return Defect("L41", ("endings", second), at_key=True)


@kind
def an_ending_that_another_covers(draft: Draft) -> Defect:
    first, second = list(section(draft, "endings"))[:2]
    put(draft, ("endings", first, "when"), "kept >= 20%")
    put(draft, ("endings", second, "when"), "kept >= 70%")
    return Defect("O05", ("endings", second), at_key=True)


# --- people, means, the whole ---


@kind
def a_misleading_clue(draft: Draft) -> Defect | None:
    for name, encounter, who in speakers(draft):
        if "clue" in encounter and "style" in who:
            other = next(each for each in STYLES if each != who["style"])
            return Defect("P02", put(draft, ("encounters", name, "clue", "style"), other))
    return None


@kind
def a_prior_without_the_truth(draft: Draft) -> Defect | None:
    for name, each in section(draft, "customers").items():
        if "style" in each and "style" not in each.get("known", ()) and "prior" not in each:
            other = next(style for style in STYLES if style != each["style"])
            draft.add(("customers", name, "prior"), {"style": {other: "100%"}})
            return Defect("P03", ("customers", name, "prior", "style"), at_key=True)
    return None


@kind
def an_unknown_portrait(draft: Draft) -> Defect:
    return Defect("P05", put(draft, ("customers", customer(draft), "portrait"), "p99"))


@kind
def an_unknown_icon(draft: Draft) -> Defect:
    name = next(iter(section(draft, "actions")))
    return Defect("P06", put(draft, ("actions", name, "icon"), "no-such-picture"))


@kind
def the_score_is_not_whole(draft: Draft) -> Defect:
    first = next(iter(draft.data["score"]))
    put(draft, ("score", first), "77%")
    return Defect("L12", ("score",), at_key=True)


@kind
def an_action_too_long_for_any_turn(draft: Draft) -> Defect:
    place, name = next(
        (n, each)
        for n, each in enumerate(draft.data["offers"])
        if each in section(draft, "actions")
    )
    put(draft, ("actions", name, "hours"), 900)
    return Defect("L21", ("offers", place))


@kind
def an_action_too_dear_for_the_game(draft: Draft) -> Defect:
    place, name = next(
        (n, each)
        for n, each in enumerate(draft.data["offers"])
        if each in section(draft, "actions")
    )
    put(draft, ("actions", name, "money"), 90_000)
    return Defect("L28", ("offers", place))


@kind
def an_action_offered_twice(draft: Draft) -> Defect:
    return Defect("L27", put(draft, ("offers", 2), draft.data["offers"][0]))


@kind
def a_rival_nobody_names(draft: Draft) -> Defect:
    draft.add(("rivals", "unheard"), {"name": _name("Unheard & Sons", "无闻父子")})
    return Defect("L25", ("rivals", "unheard"), at_key=True)


@kind
def a_concept_announced_and_not_taught(draft: Draft) -> Defect | None:
    library = load_library()
    taught = {
        name
        for each in library.actions.values()
        for action in each.values()
        for name in action.teaches
    }
    taught |= {each.concept for each in library.protocols.values() if each.concept}
    for name, each in library.concepts.items():
        told = taught.isdisjoint((name, *each.see))
        if told and not any(other in draft.text for other in (name, *each.see)):
            put(draft, ("teaches", 0), name)
            return Defect("M07", ("teaches", 0))
    return None


@kind
def hours_for_some_turns_only(draft: Draft) -> Defect:
    return Defect("L11", put(draft, ("budget", "hours"), [9, 9]))


@kind
def a_number_nobody_changes(draft: Draft) -> Defect:
    put(draft, ("variables", "forgotten"), 0)
    name = next(key for key, each in section(draft, "endings").items() if "when" in each)
    put(draft, ("endings", name, "when"), "kept >= 50% and forgotten < 2")
    return Defect("O13", ("variables", "forgotten"), at_key=True)
