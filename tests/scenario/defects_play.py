"""Defects of choices, openings, endings, people and means."""

from sim.scenario.edit import Draft
from sim.scenario.library import load_library
from sim.scenario.schema_types import STYLES
from tests.scenario.defects import (
    KINDS,
    Defect,
    Path,
    customer,
    kind,
    leaves,
    put,
    roomy,
    section,
    short,
    speakers,
)

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


__all__ = ["KINDS"]

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
