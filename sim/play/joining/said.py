"""Which turn of a class game mattered most, as its player says once it is over: told to the class.

Those who play in a browser are asked the same. It is remembered beside the seat until the server
has taken it, and brought when it is said, and again whenever the debrief of the game is opened.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from sim.errors import SaveError, SimError
from sim.play.joining import place as places
from sim.play.joining.address import address_of
from sim.play.joining.line import AwayError, Line
from sim.play.joining.place import Place, Said, places_dir
from sim.play.joining.task import Task


def say(game: Path | None, turn: int, why: str) -> Task[None] | None:
    """Remember what was said of a game, and bring it.

    Args:
        game: its file; None: it has none.
        turn: that mattered most, from 1.
        why: in the player's words.

    Returns:
        The work; None: it is no game of a class.
    """
    place = _place_of(game)
    if place is None:
        return None
    made = _with(place, Said(turn=turn, why=why))
    with contextlib.suppress(SaveError):  # it is brought all the same
        places.remember(address_of(made.address), made)
    return Task(lambda: _tell(made))


def bring(game: Path | None) -> Task[None] | None:
    """Bring what was said of a game and has not arrived; None: there is nothing."""
    place = _place_of(game)
    if place is None or place.said is None:
        return None
    return Task(lambda: _tell(place))


def _tell(place: Place) -> None:
    """Waits for the network; what nobody takes now is kept, what is refused is not."""
    assert place.said is not None  # only then
    address = address_of(place.address)
    line = Line(address, place.token)
    try:
        line.ask("PUT", "/me/turning", place.said.model_dump())
    except AwayError:
        return
    except SimError:  # the room is gone, or the seat: nobody wants to know any more
        pass
    finally:
        line.hang_up()
    with contextlib.suppress(SaveError):
        places.remember(address, _with(place, None))


def _with(place: Place, said: Said | None) -> Place:
    return place.model_copy(update={"said": said})


def _place_of(game: Path | None) -> Place | None:
    """The seat whose game lies in a file."""
    wanted = "" if game is None else str(game)
    return next((each for each in _places() if wanted and each.game == wanted), None)


def _places() -> Iterator[Place]:
    for file in sorted(places_dir().glob("*.json")):
        with contextlib.suppress(OSError, ValidationError, UnicodeDecodeError):
            yield Place.model_validate_json(file.read_text(encoding="utf-8"))
