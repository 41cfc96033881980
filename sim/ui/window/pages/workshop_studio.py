"""What the pages of the workshop share: the last save, and what its author is looking at."""

from sim.play.rehearsal import Rehearsal
from sim.play.workshop import Workshop
from sim.ui.window.kit.clipboard import copied
from sim.ui.window.pages.desk import Desk
from sim.view.workshop import build_workshop
from sim.view.workshop_model import EncounterItem, GamesView, WorkshopView
from sim.view.workshop_words import word

TALKS, MAP, GAMES, PROBLEMS = "talks", "map", "games", "problems"
TABS = (
    (TALKS, "messages-square"),
    (MAP, "map"),
    (GAMES, "chart-line"),
    (PROBLEMS, "circle-alert"),
)


class Studio:
    """An author in front of the window.

    Attributes:
        desk: The window and its settings; its game is the rehearsal of the chosen conversation.
        workshop: The scenario that is being written.
        tab: What is shown, one of `TABS`.
        chosen: Id of the encounter that is looked at.
        entry: Who speaks in it: its id in the rules.
    """

    def __init__(self, desk: Desk, workshop: Workshop) -> None:
        """Begins with the conversations.

        Args:
            desk: Without a game.
            workshop: Closed by whoever opened it.
        """
        self.desk, self.workshop = desk, workshop
        self.tab, self.chosen, self.entry = TALKS, "", ""
        self._views: dict[str, WorkshopView] = {}
        self._games: dict[str, GamesView] = {}
        self._shown = 0  # number of the save on stage
        self.running = True
        self._follow()

    def word(self, key: str, **slots: object) -> str:
        """A sentence of the workshop."""
        return word(self.desk.lang, key, **slots)

    @property
    def view(self) -> WorkshopView:
        """All that can be shown; kept until there is news, since a page is built many times."""
        lang = self.desk.lang
        if lang not in self._views:
            self._views[lang] = build_workshop(self.workshop, lang)
        return self._views[lang]

    @property
    def games(self) -> GamesView | None:
        """The bots' games; those of the save before while the new ones are being played."""
        lang, found = self.desk.lang, self.view.games
        if found is not None and not found.waiting:
            self._games[lang] = found
        return self._games.get(lang, found)

    # --- news ---

    def poll(self) -> bool:
        """Takes what is new of the file; whether there was anything."""
        running, self.running = self.running, self.workshop.running
        if not self.workshop.poll():
            return running != self.running
        self._views.clear()
        self._follow()
        return True

    def _follow(self) -> None:
        """Brings the last save that can be played on stage."""
        staged = self.workshop.staged
        if staged is not None and staged.save != self._shown:
            self._shown = staged.save
            self._stage_anew()

    def again(self) -> None:
        """Looks at the file again, after the looking was ended from outside."""
        self.workshop.again()
        self.running = True

    def _stage_anew(self) -> None:
        """Puts the same conversation on stage as far as there still is one, at the same place."""
        staged = self.workshop.staged
        assert staged is not None
        path = self.path
        self.desk.adopt(Rehearsal(staged.case))
        if self.item is None:
            self.chosen = next((each.id for each in self.view.encounters), "")
            path = ()
        item = self.item
        if item is None:
            self.entry = ""
            return
        if self.entry not in {speaker.id for speaker in item.speakers}:
            self.entry = item.speakers[0].id
        self._put_on_stage(item)
        known = {answer.path for answer in item.answers}
        while path and path not in known:
            path = path[:-1]
        self.go(path)

    # --- the conversation on stage ---

    @property
    def item(self) -> EncounterItem | None:
        """The encounter that is looked at."""
        return next((each for each in self.view.encounters if each.id == self.chosen), None)

    @property
    def rehearsal(self) -> Rehearsal:
        """The conversation on stage."""
        session = self.desk.session
        assert isinstance(session, Rehearsal)
        return session

    @property
    def path(self) -> tuple[str, ...]:
        """What has been answered in it."""
        if not self.desk.playing:
            return ()
        return self.rehearsal.draft.responses.get(self.entry, ())

    def choose(self, encounter: str) -> None:
        """Puts a conversation on stage."""
        self.tab, self.chosen = TALKS, encounter
        item = self.item
        if item is not None:
            self.speak(item.speakers[0].id)

    def speak(self, entry: str) -> None:
        """Lets another customer begin the conversation."""
        item = self.item
        assert item is not None
        self.entry = entry
        self._put_on_stage(item)

    def _put_on_stage(self, item: EncounterItem) -> None:
        self.rehearsal.stage(self.entry, item.turn)
        self.desk.forget()
        self.desk.host.ui.scrolls["detail"] = 0

    def go(self, path: tuple[str, ...]) -> None:
        """Goes to a place of the conversation."""
        self.rehearsal.answer(self.entry, path)
        self.desk.forget()

    def following(self) -> str:
        """The encounter after the one that is looked at; after the last one comes the first."""
        ids = [each.id for each in self.view.encounters]
        return ids[(ids.index(self.chosen) + 1) % len(ids)]

    def luck(self) -> None:
        """Lets the bots play with other luck."""
        self.workshop.sow(self.workshop.seed + 1)
        self._views.clear()

    # --- places ---

    def copy(self, place: str) -> None:
        """Puts a file and line on the clipboard, for the editor."""
        done = copied(place)
        key = "problems.copied" if done else "problems.uncopied"
        self.desk.host.ui.toast(self.word(key, place=place), "copy" if done else "info")
