"""Games that were handed in, of one scenario: those that count, and why the others do not."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from sim.engine.step import RULES_VERSION
from sim.errors import IllegalChoiceError, SaveError
from sim.game import GameRecord, Replay, replay
from sim.play import saves
from sim.play.case import Case


@dataclass(frozen=True)
class LeftOut:
    """A file that is not counted.

    Attributes:
        path: of the file.
        code: `gather/other-scenario`, `gather/other-rules`, `gather/unfinished`,
            `gather/played-on`, `gather/twice`, or what is wrong with the file or the game.
        data: what the sentence of the code needs.
    """

    path: str
    code: str
    data: dict[str, object] = field(default_factory=dict)


class Gathered:
    """What was found.

    Attributes:
        games: that may count, in the order of their files; each plays itself again, and gives None
            and joins those left out where the rules do not allow what was chosen.
        left_out: the others.
    """

    def __init__(self, case: Case, paths: Iterable[str]) -> None:
        """Looks through files, and folders with all that is below them.

        Args:
            case: the scenario, as it is now.
            paths: of game files or folders.

        Raises:
            SaveError: `save/not-found`: there is no such file or folder.
        """
        self._case = case
        self.games: list[Callable[[], Replay | None]] = []
        self.left_out: list[LeftOut] = []
        seen: dict[str, Path] = {}
        for path in _files(paths):
            try:
                record = saves.read(path)
            except SaveError as error:
                self._leave_out(path, error.code, error.data)
                continue
            code, data = _objection(case, record, seen)
            if code:
                self._leave_out(path, code, data)
            else:
                seen[saves.identity(record)] = path
                self.games.append(partial(self._played, path, record))

    def _played(self, path: Path, record: GameRecord) -> Replay | None:
        try:
            return replay(record, self._case.rules)
        except (SaveError, IllegalChoiceError) as error:
            self._leave_out(path, error.code, error.data)
            return None

    def _leave_out(self, path: Path, code: str, data: Mapping[str, object]) -> None:
        self.left_out.append(LeftOut(str(path), code, dict(data)))


def _files(paths: Iterable[str]) -> Iterator[Path]:
    for name in paths:
        path = Path(name)
        if path.is_dir():
            yield from sorted(file for file in path.rglob(f"*{saves.SUFFIX}") if file.is_file())
        elif path.exists():
            yield path
        else:
            raise SaveError("save/not-found", path=name)


def _objection(
    case: Case, record: GameRecord, seen: dict[str, Path]
) -> tuple[str, dict[str, object]]:
    """Why a game does not count; an empty code if it does."""
    if record.scenario != case.script.id:
        return "gather/other-scenario", {"scenario": record.scenario}
    if record.fingerprint != case.fingerprint or record.rules_version != RULES_VERSION:
        return "gather/other-rules", {"scenario": record.scenario}
    if len(record.turns) < case.rules.sizes.turns:
        return "gather/unfinished", {"turns": len(record.turns), "of": case.rules.sizes.turns}
    if record.branch is not None:  # its first turns are those of a game that may be here as well
        return "gather/played-on", {"turn": record.branch.turn}
    if saves.identity(record) in seen:
        return "gather/twice", {"path": str(seen[saves.identity(record)])}
    return "", {}
