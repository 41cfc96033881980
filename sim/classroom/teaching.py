"""What an instructor asks of the service beside pace and seats: bots, messages, all games."""

from sim.classroom import practice, seats
from sim.classroom.model import Kept, Message, RoomInfo
from sim.classroom.service import Service
from sim.game import GameRecord


class Teaching(Service):
    """Practice seats of a room, what its class was told, and its games."""

    def add_practice(self, room: str, number: int, play: str = practice.MIXED) -> RoomInfo:
        """Let bots take seats, in the lobby; see `practice.add`."""
        return self._do(room, lambda work, found: practice.add(work, found, number, play))

    def remove_practice(self, room: str) -> RoomInfo:
        """Send all bots away; see `practice.remove`."""
        return self._do(room, practice.remove)

    def messages(self, room: str) -> tuple[Message, ...]:
        """What the class was told, the oldest first."""
        return self._look(room).messages

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
