"""What the command line and the front ends ask for beside a session."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from sim.errors import IllegalChoiceError, SaveError, SimError
from sim.game import GameRecord, Result, replay, result_of
from sim.lab import policies
from sim.lab.games import played_by
from sim.play import saves
from sim.play.background import Job
from sim.play.case import Case, grade_of, open_case
from sim.play.catalogue import Entry, catalogue
from sim.play.session import Grader, Session, new_record
from sim.scenario.diagnostics import headline
from sim.scenario.messages import Language

REPRODUCED = "verify/reproduced"
UNGRADED = "verify/ungraded"  # it reproduces, and nobody has worked out the grade
UNFINISHED = "verify/unfinished"  # nothing is claimed, and all of it is allowed
_FINE = frozenset((REPRODUCED, UNGRADED, UNFINISHED))
_NO_FILE = frozenset(("save/not-found", "save/cannot-read"))


@dataclass(frozen=True)
class Verdict:
    """Whether a game is what it says.

    Attributes:
        path: As it was given.
        code: `verify/reproduced`, `verify/ungraded`, `verify/unfinished`; or what is wrong:
            `verify/result-differs` (field, stored, replayed), `verify/incomplete` (turns, of), a
            code of an illegal choice (turn) or of a `SaveError`.
        data: What the sentence of the code needs.
        record: The game, where it could be read.
    """

    path: str
    code: str
    data: dict[str, object] = field(default_factory=dict)
    record: GameRecord | None = None

    @property
    def ok(self) -> bool:
        """Whether there is nothing to object to."""
        return self.code in _FINE

    @property
    def exit_code(self) -> int:
        """0 fine, 1 it does not reproduce, 2 there is no such file."""
        return 0 if self.ok else 2 if self.code in _NO_FILE else 1


def verify(paths: Iterable[str], *, grader: Grader = grade_of) -> tuple[Verdict, ...]:
    """Replay games and compare what they claim, each on its own.

    Args:
        paths: game files.
        grader: the grade of a score.
    """
    return tuple(_verify(path, grader) for path in paths)


def _verify(path: str, grader: Grader) -> Verdict:
    record = None
    try:
        record = saves.read(Path(path))
        code, data = examine(record, saves.case_of(record), grader=grader)
    except (SaveError, IllegalChoiceError) as error:
        code, data = error.code, error.data
    return Verdict(path, code, data, record)


def examine(
    record: GameRecord, case: Case, *, grader: Grader = grade_of
) -> tuple[str, dict[str, object]]:
    """Replay one game; code and data of the verdict.

    The grade is compared only if it was given by the policies of this version.

    Raises:
        IllegalChoiceError: the rules do not allow what was chosen.
        SaveError: it was played under other rules.
    """
    if record.fingerprint != case.fingerprint:
        raise SaveError("save/scenario-changed", scenario=record.scenario)
    played = replay(record, case.rules)
    turns, wanted = len(record.turns), case.rules.sizes.turns
    if record.result is None:
        return UNFINISHED, {"turns": turns, "of": wanted}
    if turns < wanted:
        return "verify/incomplete", {"turns": turns, "of": wanted}
    found = result_of(case.rules, played.states[-1], _expected_grade(record, case, grader))
    return _compared(record.result, found)


def _expected_grade(record: GameRecord, case: Case, grader: Grader) -> float | None:
    assert record.result is not None
    stored = record.result.grade
    if stored is None or record.policy_version != policies.POLICY_VERSION:
        return stored
    return grader(case, record.result.score)


def _compared(stored: Result, found: Result) -> tuple[str, dict[str, object]]:
    for name, value in found:
        claimed = getattr(stored, name)
        if claimed != value:
            data: dict[str, object] = {"field": name}
            return "verify/result-differs", data | {
                "stored": repr(claimed),
                "replayed": repr(value),
            }
    code = UNGRADED if found.grade is None else REPRODUCED
    return code, {"score": found.score, "grade": found.grade}


def bot_game(
    scenario: str, *, policy: str, seed: int | None = None, out: str, grader: Grader = grade_of
) -> GameRecord:
    """Let a policy play a whole game and save it.

    Args:
        scenario: its name or path.
        policy: one of `sim.lab.policies.NAMES`, or `only:ACTION`.
        seed: of the game; drawn if None.
        out: file of the game.
        grader: the grade of a score.

    Raises:
        ScenarioError: the scenario cannot be found or has errors.
        SimError: `policy/unknown`.
        SaveError: `save/cannot-write`.
    """
    case = open_case(scenario)
    _expect_policy(case, policy)
    record = new_record(case, seed)
    turns, last = played_by(case.rules, policy, record.seed)
    result = result_of(case.rules, last)
    result = result.model_copy(update={"grade": grader(case, result.score)})
    record = record.model_copy(
        update={"turns": turns, "result": result, "pseudonym": f"bot:{policy}"}
    )
    saves.keep_case(case)
    saves.write(Path(out), record)
    return record


def _expect_policy(case: Case, policy: str) -> None:
    known = (*policies.NAMES, *(f"only:{action}" for action in case.rules.action_ids))
    if policy not in known:
        raise SimError("policy/unknown", policy=policy, choices=known)


def grade_in_background(session: Session) -> Job:
    """Work out the grade of a saved game in another process, which keeps the pars for everybody."""
    return Job(_grade, str(session.path))


def _grade(_pipe: Connection, path: str) -> None:
    try:
        session = Session.resume(path)
        session.path = None  # the file belongs to the window, which may be writing notes to it
        session.grade()
    except SimError:  # the window will meet the same error and can say so
        return


def list_scenarios(lang: Language) -> list[tuple[str, str]]:
    """Names and titles of all scenarios; a broken one says where its first mistake is."""
    return [(entry.name, _title(entry, lang)) for entry in catalogue()]


def _title(entry: Entry, lang: Language) -> str:
    if entry.card is not None:
        return entry.card.title.of(lang)
    return "" if entry.problem is None else headline(entry.problem, lang)
