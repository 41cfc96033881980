"""The portfolio: as a list, a pyramid by worth, a funnel of deals, and satisfaction by loyalty."""

import math
from dataclasses import replace

import numpy as np

from sim.arrays import Array
from sim.engine.observe import estimated_stay
from sim.engine.state import Promise, Stage, Status
from sim.engine.terms.labels import matrix_type
from sim.scenario.schema_types import MOODS, STYLES
from sim.view.lens import LOYALTY, SATISFACTION, STATUSES, Lens
from sim.view.meters import read_meter, switching_meter
from sim.view.model import BoardView, CustomerCard, PlaceView, PlaneView
from sim.view.parts import GroupView, Ref
from sim.view.words import UNKNOWN, money, percent, whole

_VIP, _IMPORTANT = 0.05, 0.15  # shares of the customers (`portfolio.pyramid`)
_LOW, _HIGH = 0.25, 0.75  # chances that divide the funnel (`portfolio.funnel`)
_TYPES = ("saboteur", "mercenary", "captive", "evangelist")  # by `MatrixType`


def build_board(lens: Lens, planned: dict[str, int], waiting: frozenset[str]) -> BoardView:
    """The portfolio in four arrangements.

    Args:
        lens: the game as its player sees it.
        planned: how many actions are chosen for each customer this turn.
        waiting: customers with something in the inbox.
    """
    here = lens.with_status(Status.ACTIVE, Status.PROSPECT)
    gone = lens.with_status(Status.LAPSED, Status.RELEASED)
    order = ranks(lens)
    cards = {
        name: _card(lens, name, order.get(name), flags=_flags(lens, name, planned, waiting))
        for name in (*here, *gone)
    }
    return BoardView(
        cards=tuple(cards[name] for name in here),
        gone=tuple(cards[name] for name in gone),
        pyramid=_pyramid(lens, order),
        pyramid_note=lens.say("pyramid.note"),
        funnel=_funnel(lens),
        funnel_note=lens.say("funnel.note"),
        matrix=matrix(lens),
        matrix_note=lens.say("matrix.note"),
        plane=plane(lens),
    )


def card(lens: Lens, name: str, planned: dict[str, int], waiting: frozenset[str]) -> CustomerCard:
    """One customer on the board."""
    return _card(lens, name, ranks(lens).get(name), flags=_flags(lens, name, planned, waiting))


def _card(lens: Lens, name: str, rank: int | None, *, flags: tuple[str, ...]) -> CustomerCard:
    row, script = lens.index(name), lens.script.customers[name]
    mood = int(lens.seen.mood[0, row, 0])
    style = int(lens.seen.style[0, row, 0])
    glossary = lens.script.glossary
    return CustomerCard(
        id=name,
        name=lens.text(script.name),
        portrait=script.portrait,
        kind=lens.say("kind.segment") if script.count > 1 else lens.say(f"kind.{script.kind}"),
        status=lens.text(glossary.labels["statuses"][STATUSES[lens.status(row)]].name),
        mood_id=MOODS[mood] if mood >= 0 else None,
        mood=lens.text(glossary.moods[MOODS[mood]].name) if mood >= 0 else UNKNOWN,
        style=lens.text(glossary.styles[STYLES[style]].name) if style >= 0 else UNKNOWN,
        meters=tuple(
            replace(meter, how="")  # on the board there is no room for it; the file says it
            for meter in (
                read_meter(lens, row, SATISFACTION),
                read_meter(lens, row, LOYALTY),
                switching_meter(lens, row),
            )
        ),
        worth=_worth_text(lens, row),
        rank=rank,
        flags=flags,
    )


def _flags(
    lens: Lens, name: str, planned: dict[str, int], waiting: frozenset[str]
) -> tuple[str, ...]:
    row, seen = lens.index(name), lens.seen
    count = planned.get(name, 0)
    notes = (
        (name in waiting, "flag.waiting"),
        (float(seen.complaint[0, row]) > 0.0, "flag.complaint"),
        (int(seen.promise[0, row]) != Promise.NONE, "flag.promise"),
        (bool(count), "flag.planned"),
        (int(seen.stage[0, row]) == Stage.DISSOLUTION, "flag.leaving"),
    )
    return tuple(lens.say(key, n=count) for holds, key in notes if holds)


# Worth ------------------------------------------------------------------------------------------


def worth(lens: Lens, row: int) -> float | None:
    """What a customer could bring in a turn as far as it is known, money units.

    His potential at full share where it is known, else what he brought last turn; None before that.
    """
    if bool(lens.seen.potential_known[0, row]):
        size = float(lens.seen.size[0, row])
        return float(lens.seen.potential[0, row]) * lens.rules.parameters.margin * size
    return float(lens.seen.profit[0, row]) if lens.past else None


def _worth_text(lens: Lens, row: int) -> str:
    value = worth(lens, row)
    if value is None:
        return lens.say("worth.unknown")
    known = bool(lens.seen.potential_known[0, row])
    return lens.say("worth.potential" if known else "worth.profit", money=money(value))


def ranks(lens: Lens) -> dict[str, int]:
    """The active customers whose worth is known, by worth, 1 the highest."""
    known = [(worth(lens, lens.index(name)), name) for name in lens.with_status(Status.ACTIVE)]
    valued = sorted(
        ((value, name) for value, name in known if value is not None), key=lambda item: -item[0]
    )
    return {name: place for place, (_, name) in enumerate(valued, start=1)}


def _pyramid(lens: Lens, order: dict[str, int]) -> tuple[GroupView, ...]:
    """VIP 5 %, important 15 %, ordinary 80 % of the active customers by known worth."""
    active = lens.with_status(Status.ACTIVE)
    vip = math.ceil(_VIP * len(active))
    important = vip + math.ceil(_IMPORTANT * len(active))
    tiers: dict[str, list[Ref]] = {"vip": [], "important": [], "ordinary": [], "unknown": []}
    for name in sorted(active, key=lambda each: order.get(each, len(active) + 1)):
        place = order.get(name)
        tier = (
            "unknown"
            if place is None
            else "vip"
            if place <= vip
            else "important"
            if place <= important
            else "ordinary"
        )
        tiers[tier].append(lens.ref(name, _worth_text(lens, lens.index(name))))
    return _groups(lens, "pyramid", tiers)


# Funnel -----------------------------------------------------------------------------------------


def _funnel(lens: Lens) -> tuple[GroupView, ...]:
    """Prospects by the chance of a deal: bottom over 75 %, middle, top under 25 %."""
    zones: dict[str, list[Ref]] = {"bottom": [], "middle": [], "top": []}
    for name in lens.with_status(Status.PROSPECT):
        chance = float(lens.seen.deal_chance[0, lens.index(name)])
        zone = "bottom" if chance > _HIGH else "middle" if chance >= _LOW else "top"
        zones[zone].append(lens.ref(name, percent(chance)))
    return _groups(lens, "funnel", zones)


# Matrix -----------------------------------------------------------------------------------------


def matrix(lens: Lens, truth: Array | None = None) -> tuple[GroupView, ...]:
    """Active customers by satisfaction and loyalty in behaviour.

    Args:
        lens: the game as its player sees it; after the game, with every file open.
        truth: behavioural loyalty as it is, 0..100 [1, C], once it may be told; the player's own
            estimate if None, and then customers without a reading stand apart.
    """
    fields: dict[str, list[Ref]] = {kind: [] for kind in (*reversed(_TYPES), "unknown")}
    for place in _places(lens, truth):
        placed = _is_placed(lens, place, truth)
        stay = np.array([place.loyalty])
        kind = _kind(lens, place.satisfaction, stay) if placed else "unknown"
        note = lens.say(
            "matrix.place",
            satisfaction=whole(place.satisfaction),
            stay=percent(place.loyalty / 100.0),
        )
        fields[kind].append(lens.ref(place.id, note))
    labels = lens.script.glossary.labels["matrix_types"]
    groups = [
        GroupView(
            id=kind,
            name=lens.text(labels[kind].name),
            text=lens.sentences((lens.text(labels[kind].text), lens.say(f"matrix.{kind}"))),
            customers=tuple(fields[kind]),
        )
        for kind in reversed(_TYPES)
    ]
    if fields["unknown"]:
        unread = {"unknown": fields["unknown"]}
        groups += _groups(lens, "matrix", unread)
    return tuple(groups)


def plane(lens: Lens, truth: Array | None = None) -> PlaneView:
    """The same as `matrix`, with the place of everyone who has one."""
    parameters = lens.rules.parameters
    return PlaneView(
        split=(parameters.type_satisfaction, parameters.type_loyalty),
        places=tuple(each for each in _places(lens, truth) if _is_placed(lens, each, truth)),
    )


def _places(lens: Lens, truth: Array | None) -> list[PlaceView]:
    """All active customers, also those of whom there are only first impressions."""
    stay = estimated_stay(lens.rules, lens.seen) if truth is None else truth
    found = []
    for name in lens.with_status(Status.ACTIVE):
        row = lens.index(name)
        satisfaction = lens.account(lens.seen.seen[..., SATISFACTION], row)
        found.append(PlaceView(name, satisfaction, float(stay[0, row])))
    return found


def _is_placed(lens: Lens, place: PlaceView, truth: Array | None) -> bool:
    return truth is not None or lens.age(lens.index(place.id)) is not None


def kind_of_loyalty(lens: Lens, row: int) -> str | None:
    """Evangelist, mercenary, captive or saboteur by the last reading (E27); None before one."""
    if lens.age(row) is None:
        return None
    satisfaction = lens.account(lens.seen.seen[..., SATISFACTION], row)
    return _kind(lens, satisfaction, estimated_stay(lens.rules, lens.seen)[0:1, row])


def _kind(lens: Lens, satisfaction: float, stay: Array) -> str:
    found = matrix_type(lens.rules.parameters, satisfaction + 0.0 * stay, stay)
    return _TYPES[int(found[0])]


def _groups(lens: Lens, board: str, members: dict[str, list[Ref]]) -> tuple[GroupView, ...]:
    return tuple(
        GroupView(
            id=group,
            name=lens.say(f"{board}.{group}"),
            text=lens.say(f"{board}.{group}.text"),
            customers=tuple(customers),
        )
        for group, customers in members.items()
        if customers or group != "unknown"
    )


def style_guess(lens: Lens, row: int, slot: int) -> tuple[str, float]:
    """The likeliest style of a person and how sure the player can be of it, 0..1."""
    belief = [float(value) for value in lens.seen.style_belief[0, row, slot]]
    best = max(range(len(belief)), key=belief.__getitem__)
    return STYLES[best], belief[best]
