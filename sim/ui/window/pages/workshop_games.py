"""What bots made of the last save: the meters turn by turn, and how their games end."""

from sim.ui.window.charts.courses import courses, courses_key
from sim.ui.window.charts.table import DataTable
from sim.ui.window.kit.buttons import Button
from sim.ui.window.kit.labels import Icon, Label
from sim.ui.window.kit.layout import Column, Grid, Row
from sim.ui.window.kit.node import Node
from sim.ui.window.kit.panels import Panel, heading
from sim.ui.window.kit.scroll import Scroll
from sim.ui.window.kit.theme import CHOICE, NUMBER, STRONG, TAG
from sim.ui.window.pages.workshop_studio import Studio
from sim.view.workshop_model import GamesView, MeterChart


def games(studio: Studio, view: GamesView, *, waiting: str) -> Node:
    """The bots' results, the charts of the meters, and the endings.

    Args:
        studio: Whose they are.
        view: The games, perhaps those of the save before.
        waiting: Why there are none of this save yet; empty if there are.
    """
    word = studio.word
    luck = Button(
        name="luck", text=word("games.luck"), icon="refresh-cw", compact=True, on_press=studio.luck
    )
    results: list[Node] = [Row([Label(bot.note, STRONG, grow=1)]) for bot in view.bots]
    if waiting:
        results.append(
            Row([Icon("hourglass", 18, "accent"), Label(waiting, CHOICE, "muted")], gap=8)
        )
    head = Row(
        [
            Column(results, gap=2, grow=1),
            Label(studio.view.games.luck if studio.view.games else "", TAG, "muted"),
            luck,
        ],
        gap=12,
        folds=True,
    )
    names = [
        (word("games.key_line", bot=bot.name), word("games.key_band", bot=bot.name))
        for bot in view.bots
    ]
    parts: list[Node] = [Panel([head], pad=(16, 10))]
    if view.charts:
        key = Panel(
            [courses_key(names), Label(word("games.note"), TAG, "muted")], gap=4, pad=(16, 10)
        )
        parts += [key, Grid([_chart(each) for each in view.charts], cell=400, gap=12, most=2)]
        parts.append(Panel([heading(word("games.endings")), DataTable(view.endings)], gap=8))
    return Scroll(Column(parts, gap=12), name="games")


def _chart(view: MeterChart) -> Panel:
    return Panel([heading(view.title), courses(view), Label(view.summary, NUMBER, "muted")], gap=6)
