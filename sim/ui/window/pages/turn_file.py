"""A customer's file: people, what is known and unknown, history, ties, ten signs, actions."""

from functools import partial

from sim.ui.window.kit.buttons import Button, tabs
from sim.ui.window.kit.charts import LineChart, Series
from sim.ui.window.kit.labels import Icon, Label, Pill, Portrait, mood_pill
from sim.ui.window.kit.layout import Column, Grid, Row
from sim.ui.window.kit.node import Node
from sim.ui.window.kit.panels import Rule, card, heading
from sim.ui.window.kit.portraits import NOBODY
from sim.ui.window.kit.theme import BODY, CARD, NAME, NUMBER, STRONG, TAG
from sim.ui.window.kit.ui import Ui
from sim.ui.window.pages.desk import Desk
from sim.ui.window.pages.ledger import open_number
from sim.ui.window.pages.parts import Press, gauge, hints, lines
from sim.ui.window.pages.shown import Shown
from sim.ui.window.pages.turn_actions import actions
from sim.view.model import CustomerView, PersonView
from sim.view.parts import Fact, HistoryRow, Meter, SignView

TABS = (
    ("actions", "clipboard-list"),
    ("people", "users"),
    ("history", "chart-line"),
    ("signs", "link"),
)
SIGN_LOOKS = {
    True: ("check", "good"),
    False: ("minus", "muted"),
    None: ("circle-question-mark", "muted"),
}


def file(ui: Ui, desk: Desk, shown: Shown, *, explain: Press, on_talk: Press) -> list[Node]:
    """The file of the customer that is shown."""
    view = desk.customer(shown.id)

    def choose(tab: str) -> None:
        shown.file = tab

    items = [(tab, desk.say(f"file.tab.{tab}"), icon) for tab, icon in TABS]
    return [
        _head(ui, desk, view, on_talk),
        tabs("file", items, chosen=shown.file, on_choose=choose),
        Rule(),
        *_tab(desk, shown, view, explain),
    ]


def _tab(desk: Desk, shown: Shown, view: CustomerView, explain: Press) -> list[Node]:
    if shown.file == "people":
        return [*hints(desk, desk.view.hints, "file"), *_people(desk, view)]
    if shown.file == "history":
        return _history(desk, view)
    if shown.file == "signs":
        return _signs(desk, view)
    return [
        *hints(desk, desk.view.hints, "actions"),
        Label(view.slots_text, NUMBER, "muted"),
        *actions(desk, shown, view.actions, customer=view.card.id, explain=explain),
    ]


def _head(ui: Ui, desk: Desk, view: CustomerView, on_talk: Press) -> Node:
    chosen = view.card
    moods: list[Node] = [mood_pill(ui, chosen.mood_id, _known(desk, "file.mood", chosen.mood))]
    moods.append(Pill(_known(desk, "file.style", chosen.style), "user-round-search"))
    words: list[Node] = [
        Label(chosen.name, NAME),
        Label(f"{chosen.kind}  ·  {chosen.status}  ·  {chosen.worth}", NUMBER, "muted"),
        Row(moods, gap=6, folds=True),
    ]
    if view.encounter:
        words.append(_talk_button(desk, view.encounter, on_talk))
    top = Row(
        [
            Portrait(chosen.portrait or NOBODY, chosen.mood_id, 88),
            Column(words, gap=4, align="fill", grow=1),
        ],
        gap=16,
    )
    rows: list[Node] = [top, Label(view.about, BODY)]
    rows += lines(view.matters, icon="circle-alert")
    gauges = [_gauge(desk, view, each, of_customer=True) for each in view.meters[:4]]
    rows.append(Grid(gauges, cell=200, gap=10, most=2))
    return Column(rows, gap=8)


def _gauge(desk: Desk, view: CustomerView, meter: Meter, *, of_customer: bool = False) -> Node:
    """A gauge that opens where its number comes from."""
    name = f"of/{view.card.id}/{meter.id}"
    return gauge(meter, of_customer=of_customer, name=name, press=partial(open_number, desk))


def _talk_button(desk: Desk, encounter: str, on_talk: Press) -> Node:
    found = desk.encounter(encounter)
    answered = found is not None and found.answered
    return Row(
        [
            Button(
                name="file/talk",
                text=desk.say("inbox.answered" if answered else "flag.waiting"),
                icon="circle-check" if answered else "message-circle",
                compact=True,
                on_press=lambda: on_talk(encounter),
            )
        ]
    )


def _known(desk: Desk, key: str, text: str) -> str:
    return desk.say(f"{key}_unknown") if text == "?" else text


# --- people ---


def _people(desk: Desk, view: CustomerView) -> list[Node]:
    return [part for person in view.people for part in _person(desk, view.card.id, person)]


def _person(desk: Desk, customer: str, person: PersonView) -> list[Node]:
    head = Row(
        [
            Portrait(person.portrait or NOBODY, person.mood_id, 52),
            Column(
                [
                    Label(person.name, STRONG),
                    *([Label(person.role, NUMBER, "muted")] if person.role else []),
                    Label(person.about, NUMBER),
                ],
                gap=1,
                grow=1,
            ),
        ],
        gap=12,
    )
    facts = (person.mood, person.style, *person.file)
    return [
        card(
            [
                head,
                gauge(
                    person.knowledge,
                    name=f"person/{customer}/{person.id}/knowledge",
                    press=partial(open_number, desk),
                ),
                *(row for fact in facts for row in _fact(desk, fact)),
                *(gauge(each, of_customer=True) for each in person.meters),
            ],
            gap=8,
        )
    ]


def _fact(desk: Desk, fact: Fact) -> list[Node]:
    icon, colour = ("eye", "good") if fact.known else ("eye-off", "faint")
    text = fact.text if fact.known or fact.confidence is not None else desk.say("fact.unknown")
    if fact.stale:
        text = f"{text} ({desk.say('line.stale')})"
    words: list[Node] = [
        Row([Label(fact.name, CARD, grow=1)]),
        Label(text, BODY, "ink" if fact.known else "muted"),
    ]
    if not fact.known and fact.how:
        words.append(Label(fact.how, TAG, "muted"))
    return [Row([Icon(icon, 18, colour, CARD), Column(words, gap=0, grow=1)], gap=10, align="top")]


# --- history ---


def _history(desk: Desk, view: CustomerView) -> list[Node]:
    parts: list[Node] = []
    if view.history:
        names = {each.id: each.name for each in view.meters}
        parts.append(
            LineChart(
                [
                    Series(
                        names.get("satisfaction", ""),
                        "satisfaction",
                        [row.satisfaction for row in view.history],
                    ),
                    Series(
                        names.get("loyalty", ""),
                        "loyalty",
                        [row.loyalty for row in view.history],
                        "square",
                    ),
                ],
                axis=desk.say("chart.turn"),
                tall=130,
                first=1,
            )
        )
    else:
        parts.append(Label(desk.say("line.no_history"), BODY, "muted"))
    parts += [_past(row) for row in reversed(view.history)]
    return parts


def _past(row: HistoryRow) -> Node:
    return card(
        [
            Row([Label(row.when, CARD, grow=1), Label(row.meters, NUMBER, "muted")], folds=True),
            Label(row.actions, BODY),
            *([Label(row.happened, BODY, "muted")] if row.happened else []),
        ],
        gap=2,
    )


# --- ties and signs ---


def _signs(desk: Desk, view: CustomerView) -> list[Node]:
    acquaintances = view.acquaintances
    known = [
        heading(desk.say("line.ties")),
        Grid([_gauge(desk, view, each) for each in view.ties], cell=200, gap=10, most=2),
        *_fact(desk, acquaintances),
        *lines([view.stage, view.level, view.kind_of_loyalty, view.size], icon="compass"),
        Rule(),
        heading(desk.say("line.signs")),
        Label(view.signs_note, BODY, "muted"),
    ]
    return [*known, *(_sign(sign) for sign in view.signs)]


def _sign(sign: SignView) -> Node:
    icon, colour = SIGN_LOOKS[sign.state]
    return Row(
        [
            Icon(icon, 18, colour, CARD),
            Column(
                [Label(sign.name, CARD), Label(f"{sign.shown}  ·  {sign.basis}", TAG, "muted")],
                gap=0,
                grow=1,
            ),
        ],
        gap=10,
        align="top",
    )
