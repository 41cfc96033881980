"""What fits one person: tone, mood, repetition, motives, and what is known of them."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from sim.engine.rules import KINDS, MOTIVES
from sim.engine.state import Mood, Style
from sim.engine.terms import fit
from tests.engine.workshop import Played, for_kind, knows, play, several, value, world
from tests.strategies import opening

STYLES = tuple(style.name.lower() for style in Style)
MOODS = tuple(mood.name.lower() for mood in Mood)
TONES = ("neutral", *STYLES)
MOOD = KINDS.index("mood")
MILL = {"people": {"boss": {"role": "decider"}, "user": {"role": "user"}}}


# Style (E1) ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", STYLES)
def test_ones_own_tone_is_the_best_of_five(style: str) -> None:
    rules = world(["visit"], {"ann": {"style": style}})
    bonds = {tone: play(rules, ("ann", "visit", tone)).now("bond") for tone in TONES}
    assert max(bonds, key=bonds.__getitem__) == style
    assert sum(bond == bonds[style] for bond in bonds.values()) == 1


@pytest.mark.parametrize(
    ("style", "opposite"),
    [("driver", "amiable"), ("analytical", "expressive")],
)
def test_the_opposite_tone_does_harm(style: str, opposite: str) -> None:
    """Across the diagonal of the four styles a tone is worse than none at all."""
    for one, other in ((style, opposite), (opposite, style)):
        rules = world(["visit"], {"ann": {"style": one}})
        clash, neutral, match = (
            play(rules, ("ann", "visit", tone)).badge("style") for tone in (other, "neutral", one)
        )
        assert clash < neutral == 1.0 < match
        assert match == pytest.approx(1.3)


def test_a_manner_suits_a_style_whatever_the_tone() -> None:
    """Praise in public pleases the expressive, the same praise in private the amiable."""
    offers = ["praise_public", "praise_private"]

    def bonds(style: str) -> list[float]:
        rules = world(offers, {"ann": {"style": style}})
        return [play(rules, ("ann", praise)).now("bond") for praise in offers]

    public, private = bonds("expressive")
    assert public > private
    public, private = bonds("amiable")
    assert private > public


# Mood (E2, E26) -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mood", "mu"),
    [("rising", 1.3), ("falling", 0.9), ("calm", 0.45), ("complacent", 0.10)],
)
def test_receptivity_is_that_of_the_mood(mood: str, mu: float) -> None:
    rules = world(["phone"], {"ann": {"mood": mood}})
    assert play(rules, ("ann", "phone")).badge("mood") == pytest.approx(mu)


def test_waiting_for_a_better_mood_pays() -> None:
    """The same proposal made now, in calm, or next turn, when the mood has risen."""
    ann = {"status": "prospect", "mood": "calm", "known": ["need"]}
    rules = world(["proposal"], {"ann": ann})
    rises: dict[str, Any] = {"drifts": 0.05}  # calm turns to rising below .10
    now = several(rules, [("ann", "proposal")], [], **rises)
    later = several(rules, [], [("ann", "proposal")], **rises)
    assert later.now("deal_logit") > now.now("deal_logit")


def test_help_in_trouble_counts_more_than_at_any_other_time() -> None:
    bonds = {
        mood: play(world(["care"], {"ann": {"mood": mood}}), ("ann", "care")).now("bond")
        for mood in MOODS
    }
    assert max(bonds, key=bonds.__getitem__) == "falling"
    sold = {
        mood: play(
            world(["joint_innovation"], {"ann": {"mood": mood}}), ("ann", "joint_innovation")
        )
        for mood in MOODS
    }
    assert sold["falling"].now("bond") < sold["calm"].now("bond") < sold["rising"].now("bond")


def test_evidence_is_heard_in_calm() -> None:
    """Proof has a least receptivity where people weigh it, and is no better than talk elsewhere."""

    def mu(deed: str, mood: str) -> float:
        rules = world([deed], {"ann": {"mood": mood, "status": "prospect"}})
        return play(rules, ("ann", deed)).badge("mood")

    assert mu("free_trial", "calm") == 0.8 > mu("phone", "calm")
    for mood in ("rising", "falling", "complacent"):
        assert mu("free_trial", mood) == mu("phone", mood)


def test_a_failure_that_nobody_handles_turns_the_mood() -> None:
    rules = world(
        ["listen", "compensate"], {"ann": {"failure": 1, "failure_gap": 9, "voiced": True}}
    )
    ignored = play(rules, shocks=0.0)
    helped = play(rules, ("ann", "listen"), ("ann", "compensate"), shocks=0.0)
    assert ignored.now("mood") == Mood.FALLING
    assert helped.now("mood") == Mood.CALM


def test_stirring_may_turn_calm_to_rising() -> None:
    rules = world(["stir"], {"ann": {"mood": "calm"}})
    assert play(rules, ("ann", "stir"), shocks=0.19).now("mood") == Mood.RISING
    assert play(rules, ("ann", "stir"), shocks=0.21).now("mood") == Mood.CALM
    assert play(rules, shocks=0.19).now("mood") == Mood.CALM


def test_contentment_without_a_rival_grows_complacent() -> None:
    """Satisfied customers doze off unless somebody else makes a noise."""
    calm = {"satisfaction": 90, "expectation": 60, "mood": "calm"}
    noise = {"rival_pull": 0.5, "rival_turns": 3}
    quiet = world(["visit"], {"ann": calm})
    noisy = world(["visit"], {"ann": calm}, events={"offer": {"turn": 1, "effect": noise}})
    assert play(quiet, shocks=0.0).now("mood") == Mood.COMPLACENT
    assert play(noisy, shocks=0.0).now("mood") == Mood.CALM


# Repetition (E2, E3) ------------------------------------------------------------------------------


TALK: Mapping[str, Any] = {"talk": {"family": "contact", "effect": {"bond": 1}}}


def test_the_same_kind_of_deed_wears_off() -> None:
    """A fourth talk in four turns tells less than a first one after deeds of another kind."""
    rules = world(["talk", "file"], actions=TALK)
    talk, other = [("ann", "talk")], [("ann", "file")]
    varied = several(rules, other, other, other, talk)
    worn = several(rules, talk, talk, talk, talk)
    assert varied.badge("repetition") == 1.0 > worn.badge("repetition")
    assert varied.term("bond", "attention") > worn.term("bond", "attention")


def test_a_rest_brings_the_effect_back() -> None:
    rules = world(["talk"], actions=TALK)
    talk = [("ann", "talk")]
    tired = several(rules, talk, talk).badge("repetition")
    rested = several(rules, talk, [], [], talk).badge("repetition")
    assert tired < rested < 1.0


def test_only_the_person_addressed_tires_of_it() -> None:
    rules = world(["talk"], {"mill": MILL}, actions=TALK)
    told = [("mill", "talk", "neutral", "boss")]
    same = several(rules, told, told)
    other = several(rules, told, [("mill", "talk", "neutral", "user")])
    assert same.badge("repetition", "mill") < 1.0 == other.badge("repetition", "mill")


# Motives (N2) -------------------------------------------------------------------------------------


def test_psi_by_hand() -> None:
    """Psi = clip(2.2 sum(u z) - .2): half fame and half thrift, an appeal to fame alone."""
    rules = world(
        ["flatter"],
        {"ann": {"motives": {"fame": 1, "thrift": 1}}},
        actions={"flatter": {"family": "contact", "appeal": {"fame": 1}, "effect": {"bond": 2}}},
    )
    match = opening(rules).traits.motive_match[0, 0, 0, 1]
    assert match == pytest.approx(2.2 * 0.5 - 0.2)
    assert play(rules, ("ann", "flatter")).badge("motive") == pytest.approx(1 + 0.25 * match)


@pytest.mark.parametrize("motive", MOTIVES)
def test_speaking_to_what_moves_somebody_pays(motive: str) -> None:
    """Of two deeds alike but for their appeal, the one that meets the motive brings more."""
    other = MOTIVES[(MOTIVES.index(motive) + 1) % len(MOTIVES)]
    deed = {"family": "contact", "effect": {"bond": 2}}
    rules = world(
        ["meets", "misses", "plain"],
        {"ann": {"motives": {motive: 1}}},
        actions={
            "meets": {**deed, "appeal": {motive: 1}},
            "misses": {**deed, "appeal": {other: 1}},
            "plain": deed,
        },
    )
    meets, misses, plain = (
        play(rules, ("ann", name)).now("bond") for name in ("meets", "misses", "plain")
    )
    assert meets > plain > misses


def test_match_is_bounded() -> None:
    rules = world(
        ["all"],
        {"ann": {"motives": {"fame": 1}}},
        actions={"all": {"family": "contact", "appeal": dict.fromkeys(MOTIVES, 1)}},
    )
    assert fit.match_motives(rules, np.eye(12)[None, None]).max() == 1.0


# The file (N6) ------------------------------------------------------------------------------------


def ahead(known: list[str], **parts: Any) -> Played:
    events = parts.pop("events", None)
    rules = world(["ahead", "update_file"], {"ann": {"known": known}}, events=events)
    return several(rules, *parts.get("turns", [[("ann", "ahead")]]))


def test_a_deed_that_builds_on_knowledge_needs_it() -> None:
    """Being a step ahead of somebody: known .30 more in the bracket, unknown .30 less."""
    known, unknown = (
        ahead(["preference", "need", "style"]),
        ahead(["style", "need", "motive", "role"]),
    )
    assert known.badge("item") == pytest.approx(1.3)
    assert unknown.badge("item") == pytest.approx(0.7)
    assert known.change("bond") > unknown.change("bond")
    assert known.change("satisfaction") > unknown.change("satisfaction")


MOVED: Mapping[str, Any] = {"moved": {"turn": 1, "effect": {"stale": {"ann": ["preference"]}}}}
FULL = ["preference", "need", "style", "motive"]


def test_what_is_out_of_date_is_worse_than_nothing() -> None:
    stale = ahead(FULL, events=MOVED)
    assert stale.badge("item") == pytest.approx(0.3)
    assert stale.term("trust", "out_of_date") == pytest.approx(-3)


def test_a_file_brought_up_to_date_serves_again() -> None:
    """One hour of upkeep before the deed, against doing the deed twice on old facts."""
    deed, upkeep = [("ann", "ahead")], [("ann", "update_file")]
    kept = ahead(FULL, events=MOVED, turns=[upkeep, deed])
    careless = ahead(FULL, events=MOVED, turns=[deed, [], deed])
    assert kept.badge("item") == pytest.approx(1.3)
    assert kept.now("bond") > careless.now("bond")
    assert kept.now("trust") > careless.now("trust")


@pytest.mark.parametrize("noted", [True, False])
def test_what_is_not_written_down_is_forgotten(*, noted: bool) -> None:
    rules = world(["interview", "file"])
    learnt = play(rules, ("ann", "interview"), learns=for_kind("need", 0.99))
    write = [("ann", "file")] if noted else []
    written = play(rules, *write, after=learnt.state)
    kept = play(rules, after=written.state, forgets=for_kind("need", 0.0))
    assert knows(learnt, "need")
    assert knows(kept, "need") == noted


def test_a_mood_is_known_for_one_turn_only() -> None:
    rules = world(["care"])
    read = play(rules, ("ann", "care"), learns=for_kind("mood", 0.99))
    later = play(rules, after=read.state)
    assert read.state.fresh[0, 0, 0, MOOD]
    assert knows(read, "mood")
    assert not later.state.fresh[0, 0, 0, MOOD]


def test_people_open_up_to_those_they_trust() -> None:
    """The same question, the same luck: an answer at trust 60, none at trust 5."""

    def learnt(trust: float, tone: str) -> bool:
        rules = world(["question_need"], {"ann": {"trust": trust, "style": "amiable"}})
        played = play(rules, ("ann", "question_need", tone), learns=for_kind("need", 0.6))
        return knows(played, "need")

    assert learnt(60, "amiable")
    assert not learnt(5, "amiable")
    assert not learnt(60, "driver"), "and in a tone that clashes they say less"


def test_prying_costs_the_trust_of_those_who_do_not_give_it() -> None:
    played = {
        trust: play(world(["collect_data"], {"ann": {"trust": trust}}), ("ann", "collect_data"))
        for trust in (40, 60)
    }
    assert played[40].term("trust", "privacy") == pytest.approx(-8)
    assert played[40].change("resentment") == pytest.approx(2)
    assert played[60].term("trust", "privacy") == 0
    assert played[60].change("resentment") == 0


def test_what_one_person_tells_colleagues_hint_at() -> None:
    """A visit shows a style with chance .35 at trust 50; a colleague's with a quarter of it."""
    rules = world(["visit"], {"mill": {**MILL, "trust": 50}})

    def learnt(person: int, level: float) -> bool:
        luck = for_kind("style", level)
        played = play(rules, ("mill", "visit", "neutral", "boss"), learns=luck)
        return knows(played, "style", "mill", person)

    assert learnt(0, 0.8)
    assert not learnt(1, 0.8)
    assert learnt(1, 0.95)


def test_deeds_reach_the_person_addressed_in_full_and_colleagues_by_a_quarter() -> None:
    rules = world(["small_talk"], {"mill": MILL})
    played = play(rules, ("mill", "small_talk", "neutral", "user"))
    boss, user = (value(rules, played.outcome.terms["trust"]["action"], "mill", m) for m in (0, 1))
    assert user == pytest.approx(2)
    assert boss == pytest.approx(0.5)
