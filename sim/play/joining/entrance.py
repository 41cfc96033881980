"""Coming into a class: looking at what the room asks for, taking a seat, having its scenario."""

import re
import secrets
import tempfile
from pathlib import Path
from typing import Final

from sim.engine.step import RULES_VERSION
from sim.errors import SaveError, ScenarioError, SimError
from sim.play import saves
from sim.play.case import Case, open_case
from sim.play.joining import place as places
from sim.play.joining.address import Address
from sim.play.joining.line import Line
from sim.play.joining.model import Door, Files, Joined, told
from sim.play.joining.place import Place

_CODE: Final = re.compile(r"[^0-9A-Za-z]+")
_LONGEST_CODE: Final = 12
_FILE: Final = re.compile(r"^(?:scenario|library/[a-z0-9][a-z0-9_-]{0,60})\.ya?ml$")
_SCENARIO: Final = "scenario.yaml"
_LIBRARY: Final = "library"


class Entrance:
    """The way into one room; everything here waits for the network, so it is for threads."""

    def __init__(self, address: Address, code: str) -> None:
        """Nothing is asked yet.

        Raises:
            SimError: `join/code`: a code has letters and digits.
        """
        self.address = address
        self.code = _CODE.sub("", code).upper()
        if not 0 < len(self.code) <= _LONGEST_CODE:
            raise SimError("join/code", typed=code[:40])
        self._line = Line(address)
        self._key = secrets.token_hex(16)  # so that a seat is taken once, though asked for twice

    def look(self) -> Door:
        """What the room asks for.

        Raises:
            AwayError: nobody answers.
            SimError: a refusal of the server; `join/other-rules` (version, known, address): this
                program would compute the game otherwise.
        """
        door = told(Door, self._line.ask("GET", f"/join/{self.code}"))
        if door.rules_version != RULES_VERSION:
            where = str(self.address)
            raise SimError(
                "join/other-rules", version=door.rules_version, known=RULES_VERSION, address=where
            )
        return door

    def remembered(self) -> Place | None:
        """The seat that was taken here before."""
        return places.remembered(self.address, self.code)

    def join(self, *, label: str = "", number: str = "", team: str = "") -> Place:
        """Take a seat; it is remembered when this returns.

        Args:
            label: name or pseudonym, where the room asks for one.
            number: on the name list, where there is one.
            team: `1`, `2`...; empty: the smallest.

        Raises:
            AwayError: nobody answers.
            SimError: a refusal of the server.
            SaveError: `save/cannot-write`.
        """
        asked = {"code": self.code, "label": label, "number": number, "team": team}
        answer = self._line.ask("POST", "/join", {**asked, "kind": "window"}, key=self._key)
        joined = told(Joined, answer)
        place = Place(address=str(self.address), code=self.code, token=joined.token)
        places.remember(self.address, place)
        return place

    def case(self, door: Door, place: Place) -> Case:
        """The scenario of the room: ours if it is the same, else a copy of the server's.

        Raises:
            AwayError: nobody answers.
            SimError: a refusal; `join/other-scenario` (scenario, address): what the server gave is
                not what it plays.
            SaveError: `save/cannot-write`.
        """
        try:
            return saves.case_named(door.scenario, door.fingerprint)
        except SaveError:
            line = Line(self.address, place.token)
            files = told(Files, {"files": line.ask("GET", "/me/scenario")}).files
            line.hang_up()
        _keep(files, saves.kept_dir(door.fingerprint))
        try:
            return saves.case_named(door.scenario, door.fingerprint)
        except SaveError as error:
            where = str(self.address)
            raise SimError("join/other-scenario", scenario=door.scenario, address=where) from error

    def close(self) -> None:
        """Let go of the server."""
        self._line.hang_up()


def _keep(files: dict[str, str], place: Path) -> None:
    """Put a scenario where copies of scenarios lie; it is looked at there like any other."""
    if _SCENARIO not in files or not all(_FILE.match(name) for name in files):
        raise SimError("join/garbled")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent, prefix=".") as folder:
            copy = Path(folder) / "copy"
            (copy / _LIBRARY).mkdir(parents=True)
            for name, text in files.items():
                (copy / name).write_text(text, encoding="utf-8")
            _expect_sound(copy, place)
            copy.rename(place)
    except OSError as error:
        if not place.exists():  # else another window was quicker
            raise saves.cannot_write(place, error) from error


def _expect_sound(copy: Path, place: Path) -> None:
    """Refuse what is not the scenario with the fingerprint that its place is named after."""
    try:
        case = open_case(copy / _SCENARIO, library=copy / _LIBRARY)
    except ScenarioError as error:
        raise SimError("join/garbled") from error
    if case.fingerprint != place.name:
        raise SimError("join/garbled")
