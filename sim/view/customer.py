"""A customer's file: who they are, what is known and unknown, and what has been."""

from collections.abc import Iterable

from sim.engine.observe import estimated_stay
from sim.engine.rules import KINDS
from sim.engine.state import Promise, Status
from sim.game import TurnRecord
from sim.play.options import ActionOption
from sim.play.reports import TurnReport
from sim.scenario.schema_types import MOODS, STYLES
from sim.scenario.texts import PersonScript, Words
from sim.view import signs
from sim.view.actions import customer_actions, deed_text, slots_left
from sim.view.board import card, kind_of_loyalty, style_guess
from sim.view.lens import LOYALTY, SATISFACTION, TRUST, Lens, deeds
from sim.view.meters import person_meter, read_meter, switching_meter, tie_meters
from sim.view.model import CustomerView, PersonView
from sim.view.parts import Fact, HistoryRow, Meter
from sim.view.words import UNKNOWN, percent, whole

_MOST = 0.5  # the share of a group from which an answer is told as its answer
_OWN_LINE = frozenset({"style", "mood"})  # kinds that a person's page shows on their own
_PLAIN = 0.3  # a belief this strong or weaker says nothing: a quarter is what chance gives


def customer_view(
    lens: Lens,
    name: str,
    draft: TurnRecord,
    *,
    options: Iterable[ActionOption],
    waiting: frozenset[str],
    encounter: str | None,
) -> CustomerView:
    """Everything the player may know of a customer, and what can be done.

    Args:
        lens: the game as its player sees it.
        name: id of the customer.
        draft: of the open turn.
        options: what can be done for the customer.
        waiting: customers with something in the inbox.
        encounter: id of the customer's own open encounter.
    """
    row, script = lens.index(name), lens.script.customers[name]
    planned = [each.customer for each in draft.choices]
    found = signs.ten_signs(lens, row)
    left = slots_left(lens, name, draft)
    return CustomerView(
        card=card(lens, name, {each: planned.count(each) for each in planned}, waiting),
        about=lens.text(script.about),
        size="" if script.count == 1 else _size(lens, row),
        stage=_stage(lens, row),
        level=_label(lens, "relation_levels", int(lens.seen.level[0, row])),
        kind_of_loyalty=_kind_of_loyalty(lens, row),
        meters=(
            read_meter(lens, row, SATISFACTION),
            read_meter(lens, row, LOYALTY),
            read_meter(lens, row, TRUST),
            switching_meter(lens, row),
            _stay(lens, row),
        ),
        ties=tie_meters(lens, row),
        people=tuple(
            _person(lens, row, slot, key=key, person=person)
            for slot, (key, person) in enumerate(script.people.items())
        ),
        matters=_matters(lens, row),
        acquaintances=_acquaintances(lens, name, row),
        signs=found,
        signs_note=signs.verdict(lens, found),
        history=tuple(_past_turn(lens, turn, name, row) for turn in lens.past),
        actions=customer_actions(lens, name, options, draft),
        slots_left=left,
        slots_text=lens.say("file.slots", n=left),
        encounter=encounter,
    )


def _size(lens: Lens, row: int) -> str:
    return lens.say("file.size", n=whole(float(lens.seen.size[0, row])))


def _label(lens: Lens, group: str, place: int) -> str:
    label = lens.label(group, place)
    return lens.say("file.label", name=lens.text(label.name), text=lens.text(label.text))


def _stage(lens: Lens, row: int) -> str:
    stage = int(lens.seen.stage[0, row])
    return lens.say("file.stage_unknown") if stage < 0 else _label(lens, "stages", stage)


def _kind_of_loyalty(lens: Lens, row: int) -> str:
    if lens.status(row) != Status.ACTIVE:
        return lens.say("file.no_type")
    kind = kind_of_loyalty(lens, row)
    if kind is None:
        return lens.say("file.type_unknown")
    label = lens.script.glossary.labels["matrix_types"][kind]
    return lens.say("file.label", name=lens.text(label.name), text=lens.text(label.text))


def _stay(lens: Lens, row: int) -> Meter:
    """Behavioural loyalty as the player can reckon it, or the chance of a deal."""
    if lens.status(row) == Status.PROSPECT:
        chance = float(lens.seen.deal_chance[0, row])
        return Meter("deal", lens.say("meter.deal"), 100.0 * chance, percent(chance))
    if lens.status(row) != Status.ACTIVE:
        return Meter("stay", lens.say("meter.stay"), None, UNKNOWN, how=lens.say("how.gone"))
    value = float(estimated_stay(lens.rules, lens.seen)[0, row])
    shown = percent(value / 100.0)
    return Meter("stay", lens.say("meter.stay"), value, shown, when=lens.say("meter.estimate"))


# People -----------------------------------------------------------------------------------------


def _person(lens: Lens, row: int, slot: int, *, key: str, person: PersonScript) -> PersonView:
    mood = int(lens.seen.mood[0, row, slot])
    alone = len(lens.people(lens.rules.customer_ids[row])) == 1
    return PersonView(
        id=key,
        name=lens.text(person.name),
        role="" if alone else _role(lens, row, slot),
        about=lens.text(person.about),
        portrait=person.portrait,
        mood_id=MOODS[mood] if mood >= 0 else None,
        mood=_mood(lens, mood),
        style=_style(lens, row, slot),
        meters=tuple(
            person_meter(lens, row, slot, meter) for meter in (SATISFACTION, LOYALTY, TRUST)
        ),
        file=tuple(
            _fact(lens, row, slot, kind, said=person.file.get(kind))
            for kind in KINDS
            if kind not in _OWN_LINE and (lens.knows(row, slot, kind) or lens.in_play(kind))
        ),
        knowledge=_knowledge(lens, row, slot),
    )


def _role(lens: Lens, row: int, slot: int) -> str:
    if not lens.knows(row, slot, "role"):
        return lens.role(row, slot)
    weight = float(lens.rules.role_weight[row, slot])
    return lens.say("file.role", name=lens.role(row, slot), weight=percent(weight))


def _mood(lens: Lens, mood: int) -> Fact:
    if mood < 0:
        how = lens.how(lens.that_reveal("mood"))
        return Fact("mood", _kind(lens, "mood"), known=False, text=UNKNOWN, how=how)
    label = lens.script.glossary.moods[MOODS[mood]]
    text = lens.say("file.label", name=lens.text(label.name), text=lens.text(label.text))
    return Fact("mood", _kind(lens, "mood"), known=True, text=text)


def _style(lens: Lens, row: int, slot: int) -> Fact:
    """The style if known, else the best guess with its confidence."""
    glossary = lens.script.glossary
    style = int(lens.seen.style[0, row, slot])
    if style >= 0:
        label = glossary.styles[STYLES[style]]
        text = lens.say("file.label", name=lens.text(label.name), text=lens.text(label.text))
        return Fact("style", _kind(lens, "style"), known=True, text=text)
    guess, belief = style_guess(lens, row, slot)
    how = lens.how(lens.that_reveal("style"))
    if belief <= _PLAIN:
        return Fact("style", _kind(lens, "style"), known=False, text=UNKNOWN, how=how)
    text = lens.say(
        "file.style_guess",
        name=lens.text(glossary.styles[guess].name),
        sure=percent(belief),
        clue=lens.text(glossary.style_clues[guess]).rstrip(".。"),
    )
    return Fact("style", _kind(lens, "style"), known=False, text=text, confidence=belief, how=how)


def _kind(lens: Lens, kind: str) -> str:
    return lens.text(lens.script.glossary.kinds[kind].name)


def _fact(lens: Lens, row: int, slot: int, kind: str, *, said: Words | None) -> Fact:
    """One kind of knowledge; what the file says, once it is known."""
    name = _kind(lens, kind)
    if not lens.knows(row, slot, kind):
        return Fact(kind, name, known=False, text=UNKNOWN, how=lens.how(lens.that_reveal(kind)))
    text = lens.text(said) if said is not None else _said_by_the_game(lens, row, slot, kind)
    return Fact(kind, name, known=True, text=text, stale=not lens.fresh(row, slot, kind))


def _said_by_the_game(lens: Lens, row: int, slot: int, kind: str) -> str:
    """What can be said of a known kind for which the scenario has no text of its own."""
    if kind == "role":
        script = list(lens.script.customers[lens.rules.customer_ids[row]].people.values())[slot]
        label = lens.script.glossary.roles[script.role]
        return lens.say("file.label", name=lens.text(label.name), text=lens.text(label.text))
    if kind == "reason" and int(lens.seen.leave_reason[0, row]) >= 0:
        return lens.say(f"reason.{int(lens.seen.leave_reason[0, row])}")
    if kind == "orientation":
        weight = float(lens.rules.features.price_weight[row])
        which = "price" if weight > 1.0 else "value" if weight < 1.0 else "composite"
        return lens.say(f"file.orientation_{which}")
    return lens.say("file.known_plain")


def _knowledge(lens: Lens, row: int, slot: int) -> Meter:
    level = float(lens.seen.knowledge[0, row, slot])
    return Meter("knowledge", lens.say("meter.knowledge"), 100.0 * level, percent(level))


# The customer as a whole ------------------------------------------------------------------------


def _matters(lens: Lens, row: int) -> tuple[str, ...]:
    """What is going on: complaint, promise, price habit, contact, a contract that binds."""
    seen = lens.seen
    severe = float(seen.complaint[0, row]) > 2.0
    promise = int(seen.promise[0, row])
    habit = float(seen.dependence[0, row])
    bound = int(seen.coercive_turns[0, row])
    notes = (
        (
            float(seen.complaint[0, row]) > 0.0,
            lens.say(
                "matter.complaint_severe" if severe else "matter.complaint",
                n=int(seen.complaint_age[0, row]),
            ),
        ),
        (promise == Promise.HARD, lens.say("matter.promise_hard")),
        (promise == Promise.LADDER, lens.say("matter.promise_ladder")),
        (promise == Promise.SAFE, lens.say("matter.promise_safe")),
        (habit >= 0.05, lens.say("matter.discount_habit", share=percent(habit))),
        (bound > 0, lens.say("matter.bound", n=bound)),
        (
            float(seen.contact[0, row]) > lens.rules.parameters.contact_allowance,
            lens.say("matter.contact"),
        ),
    )
    told = [text for holds, text in notes if holds]
    return (*told, *_told_by_asking(lens, row), *_place_of_failure(lens, row))


def _told_by_asking(lens: Lens, row: int) -> tuple[str, ...]:
    """The last answers to a survey, and that something is expected to come of them."""
    seen = lens.seen
    turn = int(seen.survey_turn[0, row])
    if turn < 0:
        return ()
    mark, again, glad = (float(each) for each in seen.survey[0, row])
    said = lens.say(
        "matter.survey",
        when=lens.when(turn),
        mark=whole(mark),
        again=lens.say("matter.survey_again" if again >= _MOST else "matter.survey_not_again"),
        glad=lens.say("matter.survey_glad" if glad >= _MOST else "matter.survey_not_glad"),
    )
    waiting = int(seen.survey_open[0, row])
    return (said, lens.say("matter.survey_open", n=waiting)) if waiting else (said,)


def _place_of_failure(lens: Lens, row: int) -> tuple[str, ...]:
    """The touchpoint at which the open complaint began."""
    place = int(lens.seen.touchpoint[0, row])
    if not place:
        return ()
    label = lens.label("touchpoints", place - 1)
    return (lens.say("matter.touchpoint", name=lens.text(label.name)),)


def _acquaintances(lens: Lens, name: str, row: int) -> Fact:
    """Whom the customer is tied to, once somebody's ties are known."""
    known = any(lens.knows(row, slot, "tie") for slot in range(len(lens.people(name))))
    title = lens.say("file.acquaintances")
    if not known:
        how = lens.how(lens.that_reveal("tie"))
        return Fact("ties", title, known=False, text=UNKNOWN, how=how)
    rules = lens.rules
    tied = [
        lens.name(rules.customer_ids[int(rules.neighbour[row, place])])
        for place in range(rules.neighbour.shape[1])
        if float(rules.tie[row, place]) > 0.0
    ]
    text = lens.listed(tied) if tied else lens.say("file.no_acquaintances")
    return Fact("ties", title, known=True, text=text)


def _past_turn(lens: Lens, turn: TurnReport, name: str, row: int) -> HistoryRow:
    number = turn.before.turn + 1
    read = float(turn.after.seen_turn[0, row]) == float(turn.after.turn)
    readings = [
        lens.account(turn.after.seen[..., meter], row) if read else None
        for meter in (SATISFACTION, LOYALTY)
    ]
    done = [deed_text(lens, deed) for deed in deeds(turn, name)]
    answered = [
        lens.text(lens.script.encounters[each].title)
        for each in turn.chosen.responses
        if lens.script.encounters[each].customer == name
    ]
    done += [lens.say("history.answered", title=title) for title in answered]
    return HistoryRow(
        turn=number,
        when=lens.when(number),
        satisfaction=readings[0],
        loyalty=readings[1],
        meters=_readings(lens, readings),
        actions=lens.listed(done) if done else lens.say("history.nothing"),
        happened=lens.sentences(happenings(lens, turn, row)),
    )


def _readings(lens: Lens, readings: list[float | None]) -> str:
    satisfaction, loyalty = readings
    if satisfaction is None or loyalty is None:
        return lens.say("history.no_reading")
    return lens.say("history.reading", satisfaction=whole(satisfaction), loyalty=whole(loyalty))


def happenings(lens: Lens, turn: TurnReport, row: int) -> tuple[str, ...]:
    """What happened with a customer in a turn, as far as it could be noticed, in sentences."""
    told = turn.outcome
    name = lens.name(lens.rules.customer_ids[row])
    kinds = (
        "complained",
        "promise_kept",
        "promise_broken",
        "won",
        "lost_deal",
        "accepted",
        "refused",
        "returned",
        "woken",
        "released",
        "left",
    )
    found = [kind for kind in kinds if bool(getattr(told, kind)[0, row])]
    if told.returned[0, row] and lens.rules.segment[row]:
        found[found.index("returned")] = "returned_part"
    back, before = (whole(float(seen.size[0, row])) for seen in (turn.after, turn.before))
    return tuple(
        lens.say(f"happened.{kind}", name=name, n=back, total=before)
        if kind == "returned_part"
        else lens.say(f"happened.{kind}", name=name)
        for kind in found
    )
