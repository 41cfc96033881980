"""Statements for a learning record store, by the xAPI profile for serious games (version 1.0).

    class_statements(case, games, reviews, room="…") -> tuple[Statement, ...]
    problems(statement) -> what is wrong with it, empty if nothing

The profile names `initialized` by an address of its own, which no other tool sends; ADL's is used,
as by cmi5. Nobody is named: an actor is an account whose name is a digest of room and label. The
same news has the same id, so that sending it twice counts once.
"""

import hashlib
import json
import math
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sim
from sim.classroom.debrief.games import ClassGame
from sim.lab.review.model import Review, TurnReview
from sim.play.case import Case

VERSION: Final = "1.0.3"  # of xAPI
HOME: Final = "https://rapport.invalid"  # where no other is said; the domain belongs to nobody
PROFILE: Final = "https://w3id.org/xapi/seriousgames"
TYPES: Final = f"{PROFILE}/activity-types"
PROGRESS: Final = f"{PROFILE}/extensions/progress"
VERBS: Final[Mapping[str, str]] = {
    "initialized": "http://adlnet.gov/expapi/verbs/initialized",
    "progressed": "http://adlnet.gov/expapi/verbs/progressed",
    "completed": "http://adlnet.gov/expapi/verbs/completed",
    "selected": "https://w3id.org/xapi/adb/verbs/selected",
    "accessed": f"{PROFILE}/verbs/accessed",
}
Statement = dict[str, Any]

_NAMES = uuid.UUID("6f1c5f0e-7f1c-5b8e-9d0a-2c6a5a1d7b11")  # of our ids
_LANGUAGES: Final = {"en": "en", "zh": "zh-Hans"}
_IRI: Final = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.IGNORECASE)


@dataclass(frozen=True)
class _Source:
    """What all statements of a game share."""

    case: Case
    game: ClassGame
    room: str
    home: str

    @property
    def root(self) -> str:
        return f"{self.home}/scenarios/{self.game.record.scenario}"

    def statement(
        self,
        verb: str,
        *,
        of: str = "",
        kind: str = "serious-game",
        name: Mapping[str, str] | None = None,
        result: Mapping[str, Any] | None = None,
    ) -> Statement:
        """A statement about the whole game, or about a part `of` it."""
        whole = {"objectType": "Activity", "id": self.root}
        told = json.dumps([self.room, self.label, verb, of, result], sort_keys=True)
        parent = {} if not of else {"parent": [whole]}
        found: Statement = {
            "id": str(uuid.uuid5(_NAMES, told)),
            "actor": {
                "objectType": "Agent",
                "account": {"homePage": self.home, "name": self.account},
            },
            "verb": {"id": VERBS[verb], "display": {"en": verb}},
            "object": {
                "objectType": "Activity",
                "id": f"{self.root}/{of}" if of else self.root,
                "definition": {
                    "type": f"{TYPES}/{kind}",
                    "name": dict(name or self.names(self.case.script.title)),
                },
            },
            "context": {
                "registration": str(uuid.uuid5(_NAMES, f"{self.room}/{self.label}")),
                "platform": f"Rapport {sim.__version__}",
                "language": _LANGUAGES[self.game.record.language],
                "contextActivities": {"category": [{"id": PROFILE}], **parent},
            },
            "version": VERSION,
        }
        return found if result is None else {**found, "result": dict(result)}

    def names(self, words: Any) -> dict[str, str]:
        return {code: words.of(lang) for lang, code in _LANGUAGES.items()}

    @property
    def label(self) -> str:
        return self.game.label

    @property
    def account(self) -> str:
        digest = hashlib.sha256(f"{self.room}/{self.label}".encode()).hexdigest()
        return digest[:16]

    def extension(self, name: str) -> str:
        """The address of a number of our own."""
        return f"{self.home}/xapi/{name}"

    def turn_name(self, turn: int) -> dict[str, str]:
        """What a turn is called."""
        word = self.case.script.turn_name
        return {"en": f"{word.en} {turn}", "zh-Hans": f"第 {turn} {word.zh}"}


def class_statements(
    case: Case,
    games: Sequence[ClassGame],
    reviews: Mapping[int, Review],
    *,
    room: str,
    home: str = HOME,
) -> tuple[Statement, ...]:
    """What every game of a class has to tell; a store learns of people only, not of bots.

    Args:
        case: the scenario of the games.
        games: of the class.
        reviews: by number of the game, as far as there are any.
        room: id of the room; it makes accounts of one room strangers to those of another.
        home: address that activities and accounts are named under, without a slash at its end.
    """
    found: list[Statement] = []
    for number, game in enumerate(games):
        if game.bots:
            continue
        found += _of_game(_Source(case, game, room, home.rstrip("/")), reviews.get(number))
    return tuple(found)


def _of_game(source: _Source, review: Review | None) -> Iterator[Statement]:
    record, whole = source.game.record, source.case.rules.sizes.turns
    yield source.statement("initialized")
    for turn, played in enumerate(record.turns, start=1):
        for encounter, path in played.responses.items():
            yield source.statement(
                "selected",
                of=f"turn-{turn}/{encounter}",
                kind="dialog-tree",
                name=source.names(source.case.script.encounters[encounter].title),
                result={"response": "/".join(path)},
            )
        for place, hint in enumerate(_hints(played.notes.get("hints"))):
            yield source.statement(
                "accessed",
                of=f"turn-{turn}/hint-{place + 1}",
                kind="screen",
                name={"en": f"Hint {hint}", "zh-Hans": f"提示 {hint}"},
            )
        told = None if review is None or turn > len(review.turns) else review.turns[turn - 1]
        yield _level(source, turn, told)
        done = {"extensions": {PROGRESS: turn / whole}}
        yield source.statement("progressed", result=done)
    if record.result is not None:
        yield source.statement("completed", result=_result(source, review))


def _level(source: _Source, turn: int, told: TurnReview | None) -> Statement:
    """A turn as a level that has been completed, with what its decision was worth."""
    result: dict[str, Any] = {"completion": True}
    if told is not None:
        result["extensions"] = {
            source.extension("loss-share"): round(told.loss_share, 2),
            source.extension("label"): told.label,
            source.extension("concepts"): sorted(told.concept_loss),
        }
    name = source.turn_name(turn)
    return source.statement("completed", of=f"turn-{turn}", kind="level", name=name, result=result)


def _result(source: _Source, review: Review | None) -> dict[str, Any]:
    """The skill index as the scaled score, since luck hardly moves it; the rest beside it."""
    found = source.game.record.result
    assert found is not None
    extensions: dict[str, Any] = {source.extension("ending"): found.ending}
    score: dict[str, float] = {"raw": round(found.score, 6)}
    if review is not None:
        extensions[source.extension("skill")] = round(review.skill, 6)
        extensions[source.extension("luck")] = round(review.luck, 6)
        score["scaled"] = round(min(max(review.skill_index / 100.0, 0.0), 1.0), 4)
    return {"completion": True, "score": score, "extensions": extensions}


def _hints(notes: Any) -> Iterator[int]:
    for hint in notes if isinstance(notes, list) else ():
        level = hint.get("level") if isinstance(hint, dict) else None
        if isinstance(level, int):
            yield level


def to_json(statements: Sequence[Statement]) -> bytes:
    """One JSON list."""
    text = json.dumps(list(statements), ensure_ascii=False, allow_nan=False, indent=1)
    return text.encode() + b"\n"


# --- whether it is a statement at all ---


def problems(statement: Any) -> tuple[str, ...]:
    """What is wrong with a statement, each as the path of a field and why; empty: nothing."""
    if not isinstance(statement, dict):
        return (": not an object",)
    found = [
        *_unknown(statement),
        *_actor(statement.get("actor")),
        *_verb(statement.get("verb")),
        *_object(statement.get("object")),
        *_score(statement.get("result", {})),
        *_context(statement.get("context", {})),
    ]
    if not _is_uuid(statement.get("id")):
        found.append("id: not a UUID")
    return tuple(found)


_KNOWN: Final = frozenset(("id", "actor", "verb", "object", "result", "context", "version"))


def _unknown(statement: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{name}: unknown" for name in statement if name not in _KNOWN)
    if statement.get("version") != VERSION:
        yield f"version: not {VERSION}"


def _is_uuid(value: Any) -> bool:
    try:
        return str(uuid.UUID(value)) == value
    except (ValueError, TypeError, AttributeError):
        return False


def _is_iri(value: Any) -> bool:
    return isinstance(value, str) and _IRI.fullmatch(value) is not None


def _actor(actor: Any) -> Iterator[str]:
    account = actor.get("account") if isinstance(actor, dict) else None
    if not isinstance(account, dict) or set(account) != {"homePage", "name"}:
        yield "actor.account: needs homePage and name, and nothing else"
    elif not _is_iri(account["homePage"]) or not account["name"]:
        yield "actor.account: homePage must be an address, name not empty"
    if isinstance(actor, dict) and {"mbox", "mbox_sha1sum", "openid", "name"} & set(actor):
        yield "actor: names somebody"


def _verb(verb: Any) -> Iterator[str]:
    if not isinstance(verb, dict) or verb.get("id") not in VERBS.values():
        yield "verb.id: none of the profile"


def _object(thing: Any) -> Iterator[str]:
    if not isinstance(thing, dict) or not _is_iri(thing.get("id")):
        yield "object.id: not an address"
        return
    kind = thing.get("definition", {}).get("type")
    if kind not in {
        f"{TYPES}/{each}" for each in ("serious-game", "level", "screen", "dialog-tree")
    }:
        yield "object.definition.type: none of the profile"


def _score(result: Any) -> Iterator[str]:
    score = result.get("score", {})
    scaled = score.get("scaled", 0.0)
    if not isinstance(scaled, float | int) or not -1.0 <= scaled <= 1.0:
        yield "result.score.scaled: not within -1..1"
    if not math.isfinite(score.get("raw", 0.0)):
        yield "result.score.raw: not a number"
    extensions = result.get("extensions", {})
    yield from (f"result.extensions.{name}: no address" for name in extensions if not _is_iri(name))
    progress = extensions.get(PROGRESS, 0.0)
    if not isinstance(progress, float | int) or not 0.0 <= progress <= 1.0:
        yield "result.extensions.progress: not within 0..1"


def _context(context: Any) -> Iterator[str]:
    if not _is_uuid(context.get("registration")):
        yield "context.registration: not a UUID"
    categories = context.get("contextActivities", {}).get("category", [])
    if {"id": PROFILE} not in categories:
        yield "context.contextActivities.category: the profile is missing"
