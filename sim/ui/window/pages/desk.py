"""What all pages share: the game, the player's language and settings, and what is on view."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from sim.errors import SimError
from sim.play.session import Session
from sim.ui.window.kit.node import Screen
from sim.ui.window.kit.ui import Ui
from sim.ui.window.settings import Settings
from sim.view import build, join_words
from sim.view.model import CatalogueView, CustomerView, EncounterView, TurnView
from sim.view.window_words import say


class Host(Protocol):
    """What pages need of the window."""

    ui: Ui
    settings: Settings

    def change(self, settings: Settings) -> None:
        """Takes over new settings at once."""


class Desk:
    """One player in front of one window.

    Attributes:
        host: The window.
        seed: For new games; drawn if None.
        read: Places whose hints the player has put away.
        open_game: Makes the page of the game that is played, wherever it stands.
        open_review: Makes the page of its review, once it is finished.
        join: Makes the page that leads back into a class; None if none was joined.
    """

    def __init__(self, host: Host, *, seed: int | None = None) -> None:
        """Sits down without a game."""
        self.host, self.seed = host, seed
        self.open_game: Callable[[], Screen] = Screen
        self.open_review: Callable[[], Screen] = Screen
        self.join: Callable[[], Screen] | None = None
        self.read: set[str] = set()
        self._session: Session | None = None
        self._kept: dict[tuple[str, str], object] = {}

    @property
    def lang(self) -> str:
        """`en` or `zh`."""
        return self.host.settings.language

    def say(self, key: str, **slots: object) -> str:
        """A sentence of the program."""
        return say(self.lang, key, **slots)

    def change(self, settings: Settings) -> None:
        """Takes over new settings; the language is also that of the game."""
        if self.playing and settings.language != self.session.language:
            self.session.language = settings.language
        self.host.change(settings)

    # --- the game ---

    @property
    def session(self) -> Session:
        """The game being played."""
        assert self._session is not None
        return self._session

    @property
    def playing(self) -> bool:
        """Whether there is a game."""
        return self._session is not None

    def begin(self, scenario: str) -> bool:
        """Starts a new game; says why not if it cannot be done."""
        return self._take(lambda: Session.new(scenario, self.seed, self.lang))

    def resume(self, path: str) -> bool:
        """Goes on with a saved game; says why not if it cannot be done."""
        return self._take(lambda: Session.resume(Path(path)))

    def adopt(self, session: Session) -> None:
        """Plays this game from now on."""
        self._session = session
        self.forget()

    def _take(self, opened: Callable[[], Session]) -> bool:
        try:
            self.adopt(opened())
        except SimError as error:
            self.complain(error)
            return False
        return True

    def attempt(self, deed: Callable[[], object], *, sound: str = "select") -> bool:
        """Does something to the game; if the rules refuse, nothing happens but a message."""
        try:
            deed()
        except SimError as error:
            self.complain(error)
            return False
        finally:
            self.forget()
        self.host.ui.play(sound)
        if self.session.save_problem is not None:
            self.complain(self.session.save_problem)
        return True

    def complain(self, error: SimError) -> None:
        """Says what went wrong."""
        self.host.ui.play("negative")
        self.host.ui.toast(join_words.explain(error, self.lang), "triangle-alert", seconds=8)

    # --- what is on view; kept until something changes, since a page is built many times ---

    def forget(self) -> None:
        """Something has changed."""
        self._kept.clear()

    def _keep(self, key: str, build_: Callable[[], object]) -> object:
        place = (self.lang, key)
        if place not in self._kept:
            self._kept[place] = build_()
        return self._kept[place]

    @property
    def view(self) -> TurnView:
        """The open turn."""
        found = self._keep("turn", lambda: build.build_view(self.session, self.lang))
        assert isinstance(found, TurnView)
        return found

    @property
    def catalogue(self) -> CatalogueView:
        """What can be played or gone on with."""
        found = self._keep("catalogue", lambda: build.build_catalogue(self.lang))
        assert isinstance(found, CatalogueView)
        return found

    def customer(self, customer: str) -> CustomerView:
        """A customer's file."""
        found = self._keep(
            f"customer/{customer}",
            lambda: build.build_customer(self.session, self.lang, customer),
        )
        assert isinstance(found, CustomerView)
        return found

    def encounter(self, encounter: str) -> EncounterView | None:
        """A conversation of the open turn; None if it is not open."""
        return next((each for each in self.view.inbox if each.id == encounter), None)
