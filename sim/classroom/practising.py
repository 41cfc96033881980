"""The part of the service that is about practice seats, and about whose games are whose."""

from sim.classroom import practice, seats
from sim.classroom.model import Kept, RoomInfo
from sim.classroom.service import Service
from sim.game import GameRecord


class Practising(Service):
    """Practice seats of a room, and its games with and without people."""

    def add_practice(self, room: str, number: int, play: str = practice.MIXED) -> RoomInfo:
        """Let bots take seats, in the lobby; see `practice.add`."""
        return self._do(room, lambda work, found: practice.add(work, found, number, play))

    def remove_practice(self, room: str) -> RoomInfo:
        """Send all bots away; see `practice.remove`."""
        return self._do(room, practice.remove)

    def records(self, room: str) -> list[tuple[str, str, GameRecord]]:
        """Every game as a file of its own: label, team (empty if none) and record."""
        return [(each.label, each.team, each.record) for each in self.games(room)]

    def games(self, room: str) -> list[Kept]:
        """Every game of a room, in the order of joining; not those of bots that were sent away."""
        found = self._look(room)
        engine, language = self._cases.engine(found), found.settings.language
        return [
            Kept(
                label=(label := seats.label_of(found, game)),
                team=game.team,
                record=engine.record(game, label=label, language=language),
                bots=tuple(found.bots(game)),
            )
            for game in found.games.values()
            if found.members(game) or not found.bots(game)
        ]
