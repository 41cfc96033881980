"""Items: what players of known strength do must come out as that."""

import json
import re
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path

import numpy as np
import pytest

from sim.engine.state import Choices, Outcome, State
from sim.errors import SaveError
from sim.game import GameRecord, Replay, TurnRecord, replay, turn_from
from sim.lab.insights.correlation import correlation
from sim.lab.insights.flags import LEAST, flags
from sim.lab.insights.items import Item, Items, Split, items
from sim.lab.runs import play
from sim.play import saves
from sim.play.case import Case, open_case
from sim.play.gathered import Gathered
from sim.play.session import new_record
from sim.scenario.load import load_scenario
from sim.ui.terminal.render_findings import findings_text
from sim.view.insights import insights_json, insights_view

LANGUAGES = ("en", "zh")
# Strongest first; what they are good at is not told to whoever measures.
PLAYERS = (("expert", 5), ("noisy-expert", 4), ("random", 5))
LAST = "number_four"  # every player meets it
RIGHT, WRONG = "two_things", "poor_you"


@cache
def day() -> Case:
    return open_case("first-day")


def record_of(bot: str, seed: int) -> GameRecord:
    """A whole game of a bot."""
    turns: list[TurnRecord] = []

    def watch(_before: State, choices: Choices, _outcome: Outcome, _after: State) -> None:
        turns.append(turn_from(day().rules, choices))

    play(day().rules, bot, seed=seed, watch=watch)
    return new_record(day(), seed).model_copy(update={"turns": tuple(turns)})


@cache
def records() -> tuple[tuple[str, GameRecord], ...]:
    """A class of bots."""
    return tuple(
        (bot, record_of(bot, 40 + 10 * place + number))
        for place, (bot, count) in enumerate(PLAYERS)
        for number in range(count)
    )


def measured(games: list[GameRecord]) -> Items:
    """What games come to; deeds for which an altered answer leaves no time are left undone."""
    again = partial(replay, rules=day().rules, on_illegal="drop")
    return items(day().rules, [partial(again, each) for each in games])


@cache
def found() -> Items:
    return measured([record for _, record in records()])


def moment(of: Items, *path: str) -> Item:
    return next(item for item in of.moments if item.path == path)


def answering(record: GameRecord, answer: str) -> GameRecord:
    """The game with another answer to the last encounter, from then on as it was."""
    turns = tuple(
        turn.model_copy(update={"responses": {**turn.responses, LAST: (answer,)}})
        if LAST in turn.responses
        else turn
        for turn in record.turns
    )
    return record.model_copy(update={"turns": turns})


# Correlations -------------------------------------------------------------------------------------


def test_a_correlation_is_pearsons() -> None:
    x, y = np.array([1.0, 2.0, 3.0, 4.0, 7.0]), np.array([2.0, 1.0, 4.0, 3.0, 9.0])
    told = correlation(x, y, np.ones(5, dtype=np.bool_))
    assert told is not None
    assert told.r == pytest.approx(np.corrcoef(x, y)[0, 1])
    middle = np.arctanh(told.r)
    assert np.tanh(middle - 1.6448536 / np.sqrt(2)) == pytest.approx(told.low)
    assert np.tanh(middle + 1.6448536 / np.sqrt(2)) == pytest.approx(told.high)


def test_what_does_not_vary_correlates_with_nothing() -> None:
    known = np.ones(6, dtype=np.bool_)
    assert correlation(np.ones(6), np.arange(6.0), known) is None
    few = np.array([True, True, True, True, False, False])
    assert correlation(np.arange(6.0), np.arange(6.0), few) is None
    perfect = correlation(np.arange(6.0), np.arange(6.0), known)
    assert perfect is not None
    assert perfect.r == pytest.approx(1.0)
    assert perfect.low < perfect.high <= 1.0


# Counting -----------------------------------------------------------------------------------------


def test_what_is_counted_is_what_was_played() -> None:
    """Against the records themselves."""
    for item in found().answers:
        if len(item.path) != 2:
            continue
        gave = [
            turn.responses[item.path[0]][0] == item.path[1]
            for _, record in records()
            for turn in record.turns
            if item.path[0] in turn.responses
        ]
        assert item.all.did == sum(gave), item.path
        assert item.choosers == sum(gave)
    for item in found().deeds:
        done = [
            chosen.action == item.path[0]
            for _, record in records()
            for turn in record.turns
            for chosen in turn.choices
        ]
        assert item.all.did == sum(done), item.path


def test_splits_add_up() -> None:
    for item in (*found().moments, *found().answers, *found().deeds):
        assert item.choosers <= item.players <= found().games
        for parts in (item.styles, item.turns):
            assert sum(part.could for part in parts) == item.all.could
            assert sum(part.did for part in parts) == item.all.did
        assert item.good.did <= item.good.could <= item.all.could


def test_the_answers_of_a_moment_share_its_players() -> None:
    for each in found().moments:
        here = [item for item in found().answers if item.path[:-1] == each.path]
        assert max((item.players for item in here), default=0) == each.players
        assert sum(item.good.did for item in here) == each.all.did


# Telling players apart ----------------------------------------------------------------------------


def test_the_expert_decides_well_everywhere_and_chance_does_not() -> None:
    bots = [bot for bot, _ in records()]
    quality = dict.fromkeys(bots, 0.0)
    for bot in quality:
        values = [found().quality[place] for place, each in enumerate(bots) if each == bot]
        quality[bot] = sum(values) / len(values)
    assert quality["expert"] == pytest.approx(1.0)
    assert quality["expert"] > quality["noisy-expert"] > quality["random"]


def test_an_item_that_separates_strong_from_weak_has_positive_discrimination() -> None:
    last = moment(found(), LAST)
    assert last.discrimination is not None
    assert last.discrimination.low > 0.0
    assert last.with_score is not None
    assert last.with_score.r > 0.0
    right, wrong = (
        next(item for item in found().answers if item.path == (LAST, name))
        for name in (RIGHT, WRONG)
    )
    assert right.discrimination is not None
    assert right.discrimination.r > 0.0
    assert right.good == Split(right.all.could, right.all.did)
    assert wrong.discrimination is None or wrong.discrimination.r < 0.0
    assert not [flag for flag in flags(found()) if flag.code == "insights/negative"]


@cache
def misled() -> Items:
    """The strong fall for what the weak see through."""
    return measured(
        [answering(record, RIGHT if bot == "random" else WRONG) for bot, record in records()]
    )


def test_an_item_that_misleads_the_strong_is_flagged_where_it_stands() -> None:
    last = moment(misled(), LAST)
    assert last.discrimination is not None
    assert last.discrimination.high < 0.0
    loaded = load_scenario("first-day")
    for lang in LANGUAGES:
        smells = insights_view(misled(), loaded, (), lang).smells
        told = next(each for each in smells if each.code == "insights/negative")
        assert told.subject == LAST
        line = int(told.where.split(":")[-2])
        assert loaded.source.lines[line - 1].strip() == f"{LAST}:"
        lure = next(each for each in smells if each.code == "insights/lure")
        assert lure.subject == f"{LAST}.{WRONG}"


def test_what_all_or_nobody_chose_is_flagged_once() -> None:
    unanimous = measured([answering(record, RIGHT) for _, record in records()])
    told = [(flag.code, flag.item.path) for flag in flags(unanimous)]
    assert ("insights/everybody", (LAST, RIGHT)) in told
    assert ("insights/nobody", (LAST, WRONG)) not in told
    assert moment(unanimous, LAST).discrimination is None
    silent = measured([answering(record, WRONG) for _, record in records()])
    assert ("insights/everybody", (LAST, WRONG)) in [(f.code, f.item.path) for f in flags(silent)]


def test_few_games_are_not_judged() -> None:
    assert LEAST > 3
    assert flags(measured([record for _, record in records()[:3]])) == ()


# Gathering ----------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two games that count, and one of each kind that does not."""
    (_, one), (_, other) = records()[:2]
    below = tmp_path / "below"
    below.mkdir()
    saves.write(tmp_path / "a.json", one)
    saves.write(below / "b.json", other)
    saves.write(tmp_path / "again.json", one)
    saves.write(tmp_path / "old.json", one.model_copy(update={"fingerprint": "0" * 64}))
    saves.write(tmp_path / "part.json", one.model_copy(update={"turns": one.turns[:2]}))
    saves.write(tmp_path / "strange.json", one.model_copy(update={"scenario": "corner-cafe"}))
    branch = {"of": "0" * 64, "turn": 2}
    anew = GameRecord.model_validate({**one.model_dump(), "branch": branch})
    saves.write(tmp_path / "anew.json", anew)
    first = one.turns[0].model_copy(update={"market": ("no_such_thing",)})
    saves.write(tmp_path / "cheat.json", one.model_copy(update={"turns": (first, *one.turns[1:])}))
    (tmp_path / "letter.json").write_text("{}")
    (tmp_path / "notes.txt").write_text("not looked at")
    return tmp_path


REASONS = {
    "again.json": "gather/twice",
    "old.json": "gather/other-rules",
    "part.json": "gather/unfinished",
    "strange.json": "gather/other-scenario",
    "anew.json": "gather/played-on",
    "cheat.json": "choice/unknown-market",
    "letter.json": "save/not-a-game",
}


def test_what_does_not_count_is_named_with_its_reason(folder: Path) -> None:
    gathered = Gathered(day(), [str(folder)])
    played = [game() for game in gathered.games]
    assert len([each for each in played if each is not None]) == 2
    assert {Path(each.path).name: each.code for each in gathered.left_out} == REASONS
    loaded = load_scenario("first-day")
    for lang in LANGUAGES:
        view = insights_view(found(), loaded, gathered.left_out, lang)
        assert len(view.left_out) == len(REASONS)
        text = findings_text(view, lang)
        text = "".join(line.strip() for line in text.splitlines())  # a long path is broken up
        assert all(Path(each.path).name in text for each in gathered.left_out)
        assert not [line for line in view.left_out if "code " in line]


def test_a_file_that_is_not_there_is_an_error() -> None:
    with pytest.raises(SaveError) as caught:
        Gathered(day(), ["/no/such/game.json"])
    assert caught.value.code == "save/not-found"


def test_games_that_cannot_be_played_again_are_left_out_of_the_counts() -> None:
    def games() -> Iterator[Replay | None]:
        yield from (replay(record, day().rules) for _, record in records()[:2])
        yield None

    some = items(day().rules, [lambda each=each: each for each in games()])  # type: ignore[misc]
    assert some.games == 2
    assert some.scores.size == 2


# Showing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_is_shown(lang: str) -> None:
    view = insights_view(found(), load_scenario("first-day"), (), lang)
    assert [chart.id for part in view.parts for chart in part.charts] == [
        *("difficulty", "discrimination", "deeds")
    ]
    answers = [row for talk in view.talks for row in talk.table.rows]
    assert len(answers) == len(found().answers)
    assert len(view.offers.rows) == len(found().deeds)
    for table in (view.offers, *(talk.table for talk in view.talks)):
        assert all(len(row) == len(table.columns) for row in table.rows)


def test_data_are_the_same_in_both_languages_but_for_words() -> None:
    loaded = load_scenario("first-day")
    told = [insights_json(misled(), loaded, (), lang) for lang in LANGUAGES]
    for each in told:
        assert json.loads(json.dumps(each, allow_nan=False)) == json.loads(json.dumps(each))
        for flag in each["flags"]:
            assert flag.pop("text")
            assert flag.pop("advice")
    assert told[0] == told[1]
    assert told[0]["games"] == len(records())


def test_a_scenario_in_which_nobody_speaks_has_items_too(tmp_path: Path) -> None:
    tiny = Path(__file__).parents[1] / "scenario" / "good" / "tiny.yaml"
    sections = re.split(r"\n(?=[a-z_]+:)", tiny.read_text(encoding="utf-8"))
    file = tmp_path / "scenario.yaml"
    file.write_text("\n".join(each for each in sections if not each.startswith("encounters:")))
    case, loaded = open_case(file), load_scenario(file)
    idle = {"turns": (TurnRecord(),) * case.rules.sizes.turns}
    games = [new_record(case, seed).model_copy(update=idle) for seed in (1, 2)]
    silent = items(case.rules, [partial(replay, each, case.rules) for each in games])
    assert silent.games == 2
    assert silent.moments == silent.answers == ()
    assert insights_view(silent, loaded, (), "en").talks == ()
