"""The forecast of the turn: for one customer, which way and how sure; apart from the score."""

from functools import partial

from sim.ui.window.kit.buttons import Button
from sim.ui.window.kit.labels import Icon, Label
from sim.ui.window.kit.layout import Column, Row
from sim.ui.window.kit.menus import DropDown
from sim.ui.window.kit.meters import Slider
from sim.ui.window.kit.node import Node
from sim.ui.window.kit.panels import heading
from sim.ui.window.kit.theme import NUMBER, TAG
from sim.ui.window.pages.desk import Desk
from sim.ui.window.pages.shown import FILE, Shown
from sim.view.model import ForecastView
from sim.view.words import percent

LEAST_SURE = 0.34
STEP = 0.06
ICONS = {"up": "trending-up", "stay": "minus", "down": "trending-down"}


def forecast(desk: Desk, shown: Shown) -> list[Node]:
    """Whom, which way and how sure; what was said can be said anew until the turn ends."""
    view = desk.view.forecast
    if not view.candidates:
        return []
    customer = _customer(view, shown)
    sure = shown.sure if view.sure is None else view.sure
    return [
        heading(desk.say("forecast.head")),
        Label(view.question, NUMBER, "muted"),
        DropDown(
            name="forecast/customer",
            items=[(each.id, each.name) for each in view.candidates],
            chosen=customer,
            on_choose=partial(_choose, desk, shown),
        ),
        Row(
            [
                Button(
                    name=f"forecast/{each.id}",
                    text=each.name,
                    icon=ICONS.get(each.id, ""),
                    kind="chosen" if view.direction == each.id else "plain",
                    style=NUMBER,
                    compact=True,
                    tip=each.note,
                    grow=1,
                    on_press=partial(_say, desk, customer, each.id, sure),
                )
                for each in view.directions
            ],
            gap=6,
            folds=True,
        ),
        Slider(
            name="forecast/sure",
            value=sure,
            low=LEAST_SURE,
            high=1.0,
            step=STEP,
            show=percent,
            on_change=partial(_be_sure, desk, shown),
        ),
        Column(
            [
                Row(
                    [Icon("info", 14, "muted", TAG), Label(view.text, TAG, "muted", grow=1)],
                    gap=6,
                    align="top",
                )
            ]
        ),
    ]


def _customer(view: ForecastView, shown: Shown) -> str:
    """Whom it is about: as said, as picked, or whose file is open."""
    if view.customer is not None:
        return view.customer.id
    known = [each.id for each in view.candidates]
    wished = shown.forecast or (shown.id if shown.kind == FILE else "")
    return wished if wished in known else known[0]


def _choose(desk: Desk, shown: Shown, customer: str) -> None:
    shown.forecast = customer
    said = desk.view.forecast
    if said.direction is not None and said.sure is not None:
        _say(desk, customer, said.direction, said.sure)


def _say(desk: Desk, customer: str, direction: str, sure: float) -> None:
    desk.attempt(lambda: desk.session.forecast(customer, direction, sure))


def _be_sure(desk: Desk, shown: Shown, sure: float) -> None:
    shown.sure = round(min(1.0, sure), 2)
    said = desk.view.forecast
    if said.direction is not None and said.customer is not None:
        _say(desk, said.customer.id, said.direction, shown.sure)
