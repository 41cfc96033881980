"""Reviews whose outline is there as soon as they begin, for pages that wait for one."""

from functools import cache

from sim.game import GameRecord
from sim.lab.pars import Pars, _entry, _write
from sim.lab.review.model import Review
from sim.lab.review.review import review
from sim.play.case import open_case, pars_dir
from sim.play.reviewing import Reviewing


@cache
def _reviewed(game: str) -> Review:
    record, case = GameRecord.model_validate_json(game), open_case("first-day")
    _write(_entry(case.fingerprint, pars_dir()), Pars(nothing=40.0, expert=60.0, error=0.1))
    first, *_ = review(
        case.rules, record, fingerprint=case.fingerprint, tier="instant", cache=pars_dir()
    )
    return first.review


class AtOnce(Reviewing):
    """A review of a game of the first day, made once for all who played alike."""

    def start(self) -> None:
        """Makes it here."""
        bare = self.record.model_copy(update={"pseudonym": None})
        turns = tuple(turn.model_copy(update={"notes": {}}) for turn in bare.turns)
        self.review = _reviewed(bare.model_copy(update={"turns": turns}).model_dump_json())
