"""The charts of effort and customers: hours, the costliest turn, forecasts, and the map."""

from collections.abc import Mapping

from sim.engine.state import Status
from sim.game import Replay
from sim.lab.review.model import Review, TurnReview
from sim.play.reports import ForecastOutcome, forecast_outcomes
from sim.view.lens import Lens
from sim.view.parts import Ref
from sim.view.plans import hours_by_customer, plan_lines
from sim.view.review_axes import axis, scale, shares
from sim.view.review_labels import BEST
from sim.view.review_model import (
    CalibrationChart,
    DumbbellChart,
    ForecastDot,
    HoursChart,
    MapChart,
    PairRow,
    PathView,
    Place,
    PlanLine,
    Segment,
    Table,
    TurnHours,
)
from sim.view.review_turns import Past
from sim.view.review_words import number, say
from sim.view.words import hours, percent, whole

_SEPARATOR = " · "  # between things done for the same customer
_ANSWERS = "answers"  # conversations, among the kinds of actions
_LEVELS = (0.5, 0.65, 0.8, 0.95, 1.01)  # upper ends of confidence that is counted together
_CORNERS = ("captive", "evangelist", "saboteur", "mercenary")  # top left, top right, below


# --- hours ---------------------------------------------------------------------------------------


def hours_chart(lens: Lens, review: Review) -> HoursChart:
    """Hours by kind of action and turn beside the expert's; the table has single actions."""
    lang, played = lens.lang, review.turns
    bars = tuple(
        TurnHours(each.turn, _stack(lens, each.hours), _stack(lens, each.expert_hours))
        for each in played
    )
    own = _totals([bar.own for bar in bars])
    expert = _totals([bar.expert for bar in bars])
    order = sorted({*own, *expert}, key=lambda kind: -(own.get(kind, 0) + expert.get(kind, 0)))
    tallest = [sum(each.hours for each in stack) for bar in bars for stack in (bar.own, bar.expert)]
    return HoursChart(
        id="hours",
        title=say(lang, "chart.hours.title"),
        summary=_hours_summary(lens, own, expert),
        note=say(lang, "chart.hours.note"),
        table=_hours_table(lens, review),
        y=axis(say(lang, "axis.hours"), [0.0, *tallest]),
        kinds=tuple(Ref(kind, _kind_name(lens, kind)) for kind in order),
        turns=bars,
        own_name=say(lang, "name.own"),
        expert_name=say(lang, "name.expert"),
    )


def _stack(lens: Lens, spent: Mapping[str, float]) -> tuple[Segment, ...]:
    found: dict[str, float] = {}
    for name, value in spent.items():
        kind = _kind(lens, name)
        found[kind] = found.get(kind, 0.0) + value
    return tuple(Segment(kind, value) for kind, value in found.items() if value > 0.0)


def _kind(lens: Lens, name: str) -> str:
    if name in lens.script.actions:
        return lens.script.actions[name].group
    return "market" if name in lens.script.market_actions else _ANSWERS


def _kind_name(lens: Lens, kind: str) -> str:
    name = say(lens.lang, "name.answers" if kind == _ANSWERS else f"group.{kind}")
    return name[:1].upper() + name[1:]


def _totals(stacks: list[tuple[Segment, ...]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for stack in stacks:
        for each in stack:
            found[each.id] = found.get(each.id, 0.0) + each.hours
    return found


def _hours_summary(lens: Lens, own: dict[str, float], expert: dict[str, float]) -> str:
    """Where own hours and the expert's differ most."""
    gaps = {kind: expert.get(kind, 0.0) - own.get(kind, 0.0) for kind in {*own, *expert}}
    kinds = sorted(gaps, key=lambda kind: (-abs(gaps[kind]), kind))
    if not kinds or abs(gaps[kinds[0]]) < 0.5:
        return say(lens.lang, "chart.hours.alike")
    kind = kinds[0]
    key = "chart.hours.less" if gaps[kind] > 0 else "chart.hours.more"
    return say(
        lens.lang,
        key,
        kind=_kind_name(lens, kind),
        own=hours(own.get(kind, 0.0)),
        expert=hours(expert.get(kind, 0.0)),
    )


def _hours_table(lens: Lens, review: Review) -> Table:
    own: dict[str, float] = {}
    expert: dict[str, float] = {}
    for turn in review.turns:
        for found, spent in ((own, turn.hours), (expert, turn.expert_hours)):
            for name, value in spent.items():
                key = name if _kind(lens, name) != _ANSWERS else _ANSWERS
                found[key] = found.get(key, 0.0) + value
    order = sorted({*own, *expert}, key=lambda name: -max(own.get(name, 0), expert.get(name, 0)))
    rows = [
        (
            _kind_name(lens, name) if name == _ANSWERS else lens.action_name(name),
            hours(own.get(name, 0.0)),
            hours(expert.get(name, 0.0)),
        )
        for name in order
    ]
    heads = ("table.action", "name.own", "name.expert")
    return Table(tuple(say(lens.lang, head) for head in heads), tuple(rows))


# --- the costliest turn --------------------------------------------------------------------------


def costliest(review: Review) -> TurnReview | None:
    """The refined turn that cost most; None where none cost more than the best moves may."""
    graded = [each for each in review.turns if each.refined and each.loss_share > BEST]
    return max(graded, key=lambda each: each.loss.value, default=None)


def worst_turn(lens: Lens, review: Review, played: Replay) -> DumbbellChart | None:
    """Hours for each customer in the costliest turn, as played and in the better plan."""
    turn = costliest(review)
    if turn is None:
        return None
    lang, plan = lens.lang, played.turns[turn.turn - 1]
    own, better = hours_by_customer(lens, plan), hours_by_customer(lens, turn.best_plan)
    texts = _texts(plan_lines(lens, plan)), _texts(plan_lines(lens, turn.best_plan))
    none = say(lang, "plan.none")
    names = sorted({*own, *better}, key=lambda key: better.get(key, 0.0) - own.get(key, 0.0))
    rows = tuple(
        PairRow(
            id=key,
            name=lens.name(key) if key else say(lang, "plan.firm"),
            own=own.get(key, 0.0),
            better=better.get(key, 0.0),
            own_text=_SEPARATOR.join(texts[0].get(key, [none])),
            better_text=_SEPARATOR.join(texts[1].get(key, [none])),
            shown=_otherwise(lang, texts[0].get(key, []), texts[1].get(key, [])),
        )
        for key in reversed(names)
    )
    return DumbbellChart(
        id="worst",
        title=say(lang, "chart.worst.title", when=lens.when(turn.turn)),
        summary=_worst_summary(lens, rows),
        note=say(lang, "chart.worst.note"),
        table=_worst_table(lens, rows),
        turn=turn.turn,
        x=axis(say(lang, "axis.hours"), [0.0, *own.values(), *better.values()]),
        rows=rows,
        own_name=say(lang, "name.played"),
        better_name=say(lang, "name.better"),
    )


def _texts(lines: tuple[PlanLine, ...]) -> dict[str, list[str]]:
    """What is done for each customer, for the firm under the empty id."""
    found: dict[str, list[str]] = {}
    for line in lines:
        found.setdefault("" if line.customer is None else line.customer.id, []).append(line.text)
    return found


def _otherwise(lang: str, own: list[str], better: list[str]) -> str:
    """What one plan does for a customer that the other does not; what both do is left out."""
    gone = _SEPARATOR.join(text for text in own if text not in better)
    new = _SEPARATOR.join(text for text in better if text not in own)
    if gone and new:
        return say(lang, "plan.instead", own=gone, better=new)
    if new:
        return say(lang, "plan.also" if own else "plan.new", text=new)
    return say(lang, "plan.without", text=gone) if gone else say(lang, "plan.same")


def _worst_summary(lens: Lens, rows: tuple[PairRow, ...]) -> str:
    firm = say(lens.lang, "plan.firm_within")
    more = [row.name if row.id else firm for row in rows if row.better > row.own]
    less = [row.name if row.id else firm for row in rows if row.better < row.own]
    parts = [
        say(lens.lang, "chart.worst.more", names=lens.listed(more)) if more else "",
        say(lens.lang, "chart.worst.less", names=lens.listed(less)) if less else "",
    ]
    return lens.sentences(parts) or say(lens.lang, "chart.worst.same")


def _worst_table(lens: Lens, rows: tuple[PairRow, ...]) -> Table:
    heads = ("table.customer", "name.played", "table.hours", "name.better", "table.hours")
    return Table(
        tuple(say(lens.lang, head) for head in heads),
        tuple(
            (row.name, row.own_text, hours(row.own), row.better_text, hours(row.better))
            for row in rows
        ),
    )


# --- forecasts -----------------------------------------------------------------------------------


def calibration(lens: Lens, played: Replay) -> CalibrationChart | None:
    """Confidence against hits; None without forecasts."""
    found = forecast_outcomes(lens.rules, played)
    if not found:
        return None
    lang = lens.lang
    dots = tuple(_dots(lang, found))
    sure = sum(each.sure for each in found) / len(found)
    hit = sum(each.hit for each in found) / len(found)
    brier = sum(each.brier for each in found) / len(found)
    verdict = "surer" if sure - hit > 0.1 else "humbler" if hit - sure > 0.1 else "fitting"
    summary = say(
        lang, f"chart.calibration.{verdict}", sure=percent(sure), hit=percent(hit), n=len(found)
    )
    heads = ("table.sure", "table.hit", "table.count")
    rows = tuple((percent(dot.sure), percent(dot.hit), str(dot.count)) for dot in dots)
    return CalibrationChart(
        id="calibration",
        title=say(lang, "chart.calibration.title"),
        summary=summary,
        note=say(lang, "chart.calibration.note", brier=f"{brier:.2f}"),
        table=Table(tuple(say(lang, head) for head in heads), rows),
        x=shares(say(lang, "axis.sure")),
        y=shares(say(lang, "axis.hit")),
        dots=dots,
    )


def _dots(lang: str, found: tuple[ForecastOutcome, ...]) -> list[ForecastDot]:
    low, dots = 0.0, []
    for high in _LEVELS:
        within = [each for each in found if low <= each.sure < high]
        low = high
        if not within:
            continue
        sure = sum(each.sure for each in within) / len(within)
        hit = sum(each.hit for each in within) / len(within)
        shown = say(lang, "forecast.dot", n=len(within), sure=percent(sure), hit=percent(hit))
        dots.append(ForecastDot(sure, hit, len(within), shown))
    return dots


# --- the map -------------------------------------------------------------------------------------


def customer_map(lens: Lens, review: Review, past: Past) -> MapChart | None:
    """Where every customer went, as it truly was; None before the game is over."""
    if review.result is None:
        return None
    lang, parameters = lens.lang, lens.rules.parameters
    paths = tuple(path for path in _paths(lens, past) if path.places)
    labels = lens.script.glossary.labels["matrix_types"]
    corner = tuple(lens.text(labels[kind].name) for kind in _CORNERS)
    heads = ("table.customer", "table.start", "table.now", "table.until")
    return MapChart(
        id="map",
        title=say(lang, "chart.map.title"),
        summary=_map_summary(lens, paths, parameters.type_satisfaction),
        note=say(lang, "chart.map.note"),
        table=Table(
            tuple(say(lang, head) for head in heads), tuple(_map_row(lens, path) for path in paths)
        ),
        x=scale(say(lang, "meter.satisfaction"), 0.0, 100.0, 20.0),
        y=scale(say(lang, "meter.stay"), 0.0, 100.0, 20.0),
        split=(parameters.type_satisfaction, parameters.type_loyalty),
        fields=(corner[0], corner[1], corner[2], corner[3]),
        turns=len(past.played.states),
        paths=paths,
    )


def _paths(lens: Lens, past: Past) -> list[PathView]:
    last = past.played.states[-1].status[0].tolist()
    return [
        PathView(
            id=name,
            name=lens.name(name),
            portrait=lens.script.customers[name].portrait,
            places=past.places[name],
            left=last[row] in {Status.LAPSED, Status.RELEASED},
        )
        for row, name in enumerate(lens.rules.customer_ids)
    ]


def _map_summary(lens: Lens, paths: tuple[PathView, ...], split: float) -> str:
    left = [path for path in paths if path.left]
    pleased = [path for path in left if path.places[-1].satisfaction >= split]
    kept = len(paths) - len(left)
    first = say(lens.lang, "chart.map.summary", kept=kept, of=len(paths))
    if not left:
        return first
    names = lens.listed(path.name for path in left)
    return lens.sentences(
        (
            first,
            say(lens.lang, "chart.map.left", names=names),
            say(lens.lang, "chart.map.pleased", n=len(pleased)) if pleased else "",
        )
    )


def _map_row(lens: Lens, path: PathView) -> tuple[str, ...]:
    first, last = path.places[0], path.places[-1]
    gone = lens.when(last.turn) if path.left else say(lens.lang, "table.to_end")
    return path.name, _place(lens, first), _place(lens, last), gone


def _place(lens: Lens, place: Place) -> str:
    return say(
        lens.lang,
        "table.place",
        satisfaction=whole(place.satisfaction),
        stay=f"{number(place.loyalty, 0)} %",
    )
