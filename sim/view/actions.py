"""What can be done for a customer or for the firm, with its price and what it asks for."""

from collections.abc import Iterable
from dataclasses import replace

from sim.game import TONES, ChosenAction, TurnRecord
from sim.play.options import ActionOption
from sim.scenario.texts import ActionScript
from sim.view.lens import STATUSES, Lens
from sim.view.parts import ActionView, Ref, ToneView
from sim.view.words import percent, whole


def customer_actions(
    lens: Lens, customer: str, options: Iterable[ActionOption], draft: TurnRecord
) -> tuple[ActionView, ...]:
    """Every action on offer for a customer, the impossible ones with the reason.

    Args:
        lens: the game as its player sees it.
        customer: id.
        options: from the session, in the scenario's order.
        draft: of the open turn.
    """
    chosen = {each.action: each for each in draft.choices if each.customer == customer}
    return tuple(_action(lens, customer, option, chosen.get(option.id)) for option in options)


def slots_left(lens: Lens, customer: str, draft: TurnRecord) -> int:
    """How many more actions this customer can have this turn."""
    used = [each for each in draft.choices if each.customer == customer]
    return lens.rules.sizes.slots - len(used)


def market_actions(lens: Lens, options: Iterable[ActionOption]) -> tuple[ActionView, ...]:
    """What can be done for the firm as a whole."""
    return tuple(
        replace(
            _shown(lens, option, lens.script.market_actions[option.id]),
            chosen=lens.say("chosen.plain") if option.chosen else "",
        )
        for option in options
    )


def _action(
    lens: Lens, customer: str, option: ActionOption, taken: ChosenAction | None
) -> ActionView:
    script = lens.script.actions[option.id]
    index = 1 + lens.rules.action_ids.index(option.id)
    how = "" if taken is None else manner(lens, customer, taken)
    chosen = lens.say("chosen.as", how=how) if how else lens.say("chosen.plain")
    view = _shown(lens, option, script)
    return replace(
        view,
        tones=_tones(lens) if script.tones else (),
        people=_addressees(lens, customer),
        needs=(_whom(lens, index), *view.needs, *_further_needs(lens, index)),
        chosen="" if taken is None else chosen,
    )


def _shown(lens: Lens, option: ActionOption, script: ActionScript) -> ActionView:
    """What is the same for a customer and for the firm."""
    return ActionView(
        id=option.id,
        name=lens.text(script.name),
        text=lens.text(script.text),
        icon=script.icon,
        group=script.group,
        group_name=lens.say(f"group.{script.group}"),
        hours=option.hours,
        money=option.money,
        cost=lens.cost(option.hours, option.money),
        tones=(),
        people=(),
        needs=_needs(lens, option.needs),
        allowed=option.allowed,
        why_not=lens.refusal(option.code, option.data) if option.code else "",
        chosen="",
        concepts=lens.concepts(script.teaches),
    )


def _tones(lens: Lens) -> tuple[ToneView, ...]:
    styles = lens.script.glossary.styles
    return tuple(
        ToneView(
            id=tone,
            name=lens.tone(tone),
            text=lens.text(styles[tone].text) if tone in styles else lens.say("tone.neutral.text"),
        )
        for tone in TONES
    )


def _addressees(lens: Lens, customer: str) -> tuple[Ref, ...]:
    people = lens.script.customers[customer].people
    if len(people) == 1:
        return ()
    row = lens.index(customer)
    return tuple(
        Ref(name, lens.text(person.name), lens.role(row, slot))
        for slot, (name, person) in enumerate(people.items())
    )


def _needs(lens: Lens, needs: dict[str, float]) -> tuple[str, ...]:
    """Prerequisites with a number, in plain words."""
    shown = {
        "knowledge": lambda value: lens.say("needs.knowledge", share=percent(value)),
        "trust": lambda value: lens.say("needs.trust", points=whole(value)),
        "evangelists": lambda value: lens.say("needs.evangelists", n=whole(value)),
        "cooldown": lambda value: lens.say("needs.cooldown", n=whole(value)),
    }
    return tuple(shown[need](value) for need, value in needs.items())


def _further_needs(lens: Lens, row: int) -> tuple[str, ...]:
    rows = lens.rules.rows
    needs = (
        (bool(rows.promise[row]), "needs.promise"),
        (bool(rows.intrusive[row]), "needs.consent"),
    )
    return tuple(lens.say(key) for holds, key in needs if holds)


def _whom(lens: Lens, row: int) -> str:
    names = lens.script.glossary.labels["statuses"]
    allowed = [
        lens.text(names[status].name)
        for place, status in enumerate(STATUSES)
        if bool(lens.rules.rows.needs_status[row, place])
    ]
    return lens.say("needs.status", statuses=lens.listed(allowed))


def manner(lens: Lens, customer: str, taken: ChosenAction) -> str:
    """In what tone and to whom something is done; empty where there is no choice."""
    people = lens.script.customers[customer].people
    parts = (
        [lens.say("tone.as", name=lens.tone(taken.tone))]
        if lens.script.actions[taken.action].tones
        else []
    )
    if len(people) > 1:
        whom = taken.person or next(iter(people))
        parts.append(lens.text(people[whom].name))
    return lens.listed(parts)


def deed_text(lens: Lens, deed: ChosenAction) -> str:
    """What is done, with tone and person where they were chosen."""
    name, how = lens.action_name(deed.action), manner(lens, deed.customer, deed)
    return lens.say("history.action", name=name, how=how) if how else name
