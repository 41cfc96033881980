"""The map over time: a slider through the turns, and the way of whoever is chosen."""

from functools import partial

from sim.ui.window.charts.paths import paths
from sim.ui.window.kit.buttons import icon_button
from sim.ui.window.kit.labels import Label
from sim.ui.window.kit.layout import Column, Row
from sim.ui.window.kit.meters import Slider
from sim.ui.window.kit.theme import CARD
from sim.ui.window.pages.debrief import PACE, Debrief
from sim.ui.window.pages.review_parts import chart_panel
from sim.view.review_model import MapChart


def customer_map(debrief: Debrief, chart: MapChart) -> Column:
    """The map at a moment, and the ways through time."""
    last = chart.turns
    moment = debrief.moment or last

    def go(turn: float) -> None:
        debrief.playing, debrief.moment = None, max(1, min(last, round(turn)))

    def play() -> None:
        if debrief.playing is not None:
            debrief.playing = None
            return
        debrief.moment = 1 if moment == last else moment
        debrief.playing = debrief.desk.host.ui.now + PACE

    def choose(customer: str) -> None:
        debrief.customer = "" if debrief.customer == customer else customer

    say = debrief.desk.say
    slider = Slider(
        name="moment",
        value=moment,
        low=1,
        high=last,
        step=1,
        show=partial(_name, debrief, last),
        on_change=go,
        grow=1,
    )
    back = icon_button("moment/back", "chevron-left", say("map.back"), lambda: go(moment - 1))
    on = icon_button("moment/on", "chevron-right", say("map.on"), lambda: go(moment + 1))
    running = debrief.playing is not None
    start = icon_button(
        "moment/play",
        "pause" if running else "play",
        say("map.pause") if running else say("map.play"),
        play,
    )
    plane = paths(chart, moment, choose, chosen=debrief.customer)
    found = next((path for path in chart.paths if path.id == debrief.customer), None)
    told = say("map.choose") if found is None else say("map.chosen", name=found.name)
    return chart_panel(
        debrief, chart, Row([start, back, slider, on], gap=6), plane, after=[Label(told, CARD)]
    )


def _name(debrief: Debrief, last: int, turn: float) -> str:
    """The turn at whose opening the map stands."""
    if round(turn) >= last:
        return debrief.desk.say("map.end")
    return debrief.past.lens(debrief.desk.lang, 1).when(round(turn))
