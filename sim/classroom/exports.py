"""What a class leaves behind: its games as files, and every decision as a line of a table."""

import io
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from sim.classroom.csvs import Cell, table
from sim.classroom.debrief.games import ClassGame
from sim.game import GameRecord, TurnRecord, to_json
from sim.play.case import Case, grade_of
from sim.scenario.script import ResponseScript

COLUMNS: Final = (
    "game", "team", "seed", "turn", "kind", "id", "name", "customer", "customer_name", "person",
    "tone", "path", "hours", "money", "forecast_customer", "forecast", "forecast_sure",
    "final_score", "final_grade", "practice",
)  # fmt: skip
_EPOCH: Final = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # of files in an archive, so that the same games give the same
_LONGEST: Final = 60  # characters of a file's name
_PRACTICE: Final = "practice/"  # folder for the games of practice seats


def graded(case: Case, games: Sequence[ClassGame]) -> list[ClassGame]:
    """The games with their grades, which nobody works out while a class is playing."""
    found = []
    for game in games:
        result = game.record.result
        if result is not None and result.grade is None:
            result = result.model_copy(update={"grade": grade_of(case, result.score)})
        record = game.record.model_copy(update={"result": result})
        found.append(replace(game, record=record))
    return found


def zip_of(case: Case, games: Sequence[ClassGame]) -> bytes:
    """All games in one archive: files as in a solo game, which `verify` and `review` accept.

    Args:
        case: the scenario of the games.
        games: of the class.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, game in enumerate(graded(case, games), start=1):
            folder = _PRACTICE if game.bots else ""
            name = f"{folder}{number:03d}-{file_name(game.label)}.json"
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), to_json(game.record))
    return stream.getvalue()


def file_name(label: str) -> str:
    """A label as part of a file's name: letters, digits, hyphens; never a way out of a folder."""
    plain = unicodedata.normalize("NFC", label)
    kept = "".join(each if each.isalnum() else "-" for each in plain).strip("-")
    return "-".join(part for part in kept.split("-") if part)[:_LONGEST] or "game"


def decisions_csv(case: Case, games: Sequence[ClassGame], lang: str) -> bytes:
    """Every decision of a class, one to a line; a turn without any has a line that says so.

    Args:
        case: the scenario of the games.
        games: of the class.
        lang: of the names; headings and ids are the same in both languages.
    """
    return table(_rows(case, games, lang))


def _rows(case: Case, games: Sequence[ClassGame], lang: str) -> Iterator[Sequence[Cell]]:
    yield COLUMNS
    for game in graded(case, games):
        for turn, played in enumerate(game.record.turns, start=1):
            for line in _turn(case, played, lang):
                yield _row(game, turn, played, line)


def _row(game: ClassGame, turn: int, played: TurnRecord, line: Sequence[Cell]) -> tuple[Cell, ...]:
    said = played.notes.get("forecast")
    told = said if isinstance(said, dict) else {}
    forecast = tuple(_plain(told.get(name)) for name in ("customer", "direction", "sure"))
    end = (*_end(game.record), " + ".join(game.bots) or None)
    return (game.label, game.team, game.record.seed, turn, *line, *forecast, *end)


def _plain(value: object) -> Cell:
    """A note is free, so it may be anything; only what fits a cell is shown."""
    return value if isinstance(value, str | int | float) else None


def _end(record: GameRecord) -> tuple[Cell, Cell]:
    """Score and grade as a table shows them; the files of the games have every digit."""
    if record.result is None:
        return None, None
    score, grade = record.result.score, record.result.grade
    return round(score, 2), None if grade is None else round(grade, 2)


def _turn(case: Case, played: TurnRecord, lang: str) -> Iterator[tuple[Cell, ...]]:
    """Kind, id, name, customer, its name, person, tone, path, hours, money of each decision."""
    script = case.script
    for encounter, path in played.responses.items():
        told = script.encounters[encounter]
        hours, money = _cost(told.responses, path)
        customer = script.customers[told.customer]
        speaker = customer.people[told.speaker].name.of(lang)
        title = told.title.of(lang).replace("{name}", speaker)
        yield (
            "answer", encounter, title, told.customer, customer.name.of(lang),
            told.speaker, None, " > ".join(path), hours, money,
        )  # fmt: skip
    for deed in played.choices:
        action = script.actions[deed.action]
        customer = script.customers[deed.customer]
        person = deed.person or next(iter(customer.people))
        yield (
            "action", deed.action, action.name.of(lang), deed.customer, customer.name.of(lang),
            person, deed.tone, None, action.hours, action.money,
        )  # fmt: skip
    for name in played.market:
        market = script.market_actions[name]
        yield ("market", name, market.name.of(lang), *(None,) * 5, market.hours, market.money)
    if not (played.responses or played.choices or played.market):
        yield ("nothing", *(None,) * 9)


def _cost(options: object, path: Sequence[str]) -> tuple[float, float]:
    """Hours and money of an answer with all its steps."""
    hours = money = 0.0
    for step in path:
        assert isinstance(options, dict)
        found: ResponseScript = options[step]
        hours, money, options = hours + found.hours, money + found.money, found.responses
    return hours, money
