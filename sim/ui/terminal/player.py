"""The person at the terminal: what is said to them, and what they choose."""

from collections.abc import Callable, Iterable, Sequence

from sim.errors import IllegalChoiceError, SimError
from sim.play.session import Session
from sim.ui.terminal.commands import AGAIN, BACK, Choice, global_command, match
from sim.ui.terminal.console import Console, LeaveError
from sim.ui.terminal.render import hint_lines, numbered
from sim.ui.terminal.render_end import glossary_entry_lines, glossary_items
from sim.ui.terminal.render_review import ledger_lines
from sim.view import join_words, words
from sim.view.build import build_glossary
from sim.view.numbers import number_ledger, numbers_at_hand
from sim.view.parts import Hint

_LISTED = 12  # entries of the glossary shown at once
_EXAMPLES = 3  # of unlisted names, where something was not understood
_OTHER = {"en": "zh", "zh": "en"}


class Player:
    """A session, a console and the language in which they meet."""

    def __init__(self, session: Session, console: Console) -> None:
        self.session = session
        self.console = console
        self.reported = False  # the end of the last turn has been told
        self.told: set[str] = set()  # reasons that were explained before
        self._hinted: set[str] = set()

    @property
    def lang(self) -> str:
        """The language of the game; it can change at any prompt."""
        return self.session.language

    def say(self, key: str, **slots: object) -> str:
        """A sentence of the program."""
        return words.say(self.lang, key, **slots)

    def show(self, lines: Iterable[str]) -> None:
        """Writes lines."""
        self.console.show(lines)

    def tell(self, key: str, **slots: object) -> None:
        """Writes one sentence of the program."""
        self.show([self.say(key, **slots)])

    def hint(self, hints: Sequence[Hint], *anchors: str) -> None:
        """Writes the tutorial's lines for places that are seen for the first time."""
        fresh = [anchor for anchor in anchors if anchor not in self._hinted]
        lines = hint_lines(hints, self.say, *fresh)
        if lines:
            self._hinted.update(fresh)
            self.show(lines)

    # Choosing -------------------------------------------------------------------------------

    def choose(
        self,
        key: str,
        choices: Sequence[Choice],
        *,
        empty: str = "",
        listed: bool = True,
        orders: Callable[[str], bool] | None = None,
        **slots: object,
    ) -> str:
        """Lists choices and asks until one is made.

        Args:
            key: of the question.
            choices: what can be chosen; those with a text are listed.
            empty: what an empty line chooses; empty: nothing.
            listed: False for a list that has been shown before.
            orders: does what a line of several parts asks for; whether it was such a line.
            **slots: of the question.

        Returns:
            The key of the choice, `BACK`, or `AGAIN`: something else has changed, show it anew.
        """
        if listed:
            self.show(numbered(choice.text for choice in choices if choice.text))
        while True:
            text = self.console.ask(self.say(key, **slots))
            if not text and empty:
                return empty
            command, rest = global_command(text)
            if command:
                if answer := self._globally(command, rest):
                    return answer
                continue
            found = match(text, choices) if text else []
            if len(found) == 1:
                return found[0].key
            if orders is None or found or not orders(text):
                self.not_understood(text, choices, found)

    def not_understood(self, text: str, choices: Sequence[Choice], found: Sequence[Choice]) -> None:
        """Says what is possible."""
        if not text:
            self.tell("ask.empty")
            return
        if len(found) > 1:
            names = [_name(choice) for choice in found]
            self.tell("ask.several", text=text, names=words.listed(self.lang, names))
            return
        listed = [choice for choice in choices if choice.text]
        if listed:
            self.tell("ask.numbers", text=text, n=len(listed))
        else:
            self.tell("ask.not_here", text=text)
        names = [choice.names[0] for choice in choices if not choice.text and choice.names]
        if names:
            more = "…" if len(names) > _EXAMPLES else ""
            shown = words.listed(self.lang, names[:_EXAMPLES]) + more
            self.tell("ask.words", names=shown)
        self.tell("ask.commands")

    def _globally(self, command: str, rest: str) -> str:
        """Does a command that works everywhere; returns what the screen should do, if anything."""
        if command == "quit":
            raise LeaveError
        if command == BACK:
            return BACK
        if command == "help":
            self.show(self.say("help.text").split("\n"))
        elif command == "glossary":
            self.glossary(rest)
        elif command == "numbers":
            self.numbers(rest)
        elif command == "language":
            self.session.language = _OTHER[self.lang]
            self.tell("language.now")
            return AGAIN
        elif self.attempt(getattr(self.session, command)):
            self.tell(f"done.{command}")
            return AGAIN
        return ""

    def attempt(self, deed: Callable[[], object]) -> bool:
        """Does something that the rules may refuse; says why if they do."""
        try:
            deed()
        except IllegalChoiceError as error:
            self.complain(error)
            return False
        if self.session.save_problem is not None:
            self.complain(self.session.save_problem)
        return True

    def complain(self, error: SimError) -> None:
        """Says what went wrong."""
        self.show([join_words.explain(error, self.lang)])

    def confirm(self, key: str, **slots: object) -> bool:
        """Asks a question that is answered by yes or no."""
        yes = Choice("yes", names=tuple(self.say("word.yes").split()))
        no = Choice("no", names=tuple(self.say("word.no").split()))
        question = self.say(key, **slots)
        return self.choose("ask.yes_no", [yes, no], question=question) == "yes"

    # Numbers --------------------------------------------------------------------------------

    def numbers(self, search: str = "") -> None:
        """Where numbers come from, one after the other: of the whole game, or of a customer."""
        everybody = [
            Choice(f"of/{key}", names=(customer.name.of(self.lang),))
            for key, customer in self.session.script.customers.items()
        ]
        found = match(search, everybody) if search else []
        if search and len(found) != 1:
            self.not_understood(search, everybody, found)
            return
        name = found[0].key if found else numbers_at_hand(self.session, self.lang)[0].id
        while name != BACK:
            view = number_ledger(self.session, self.lang, name)
            self.show(["", *ledger_lines(view, self.lang)])
            others = [Choice(key, text) for key, text in view.see]
            chosen = self.choose("ask.numbers_of", [*others, *everybody], empty=BACK)
            name = name if chosen == AGAIN else chosen

    # Glossary -------------------------------------------------------------------------------

    def glossary(self, search: str = "") -> None:
        """Looks concepts up until the player has enough."""
        while True:
            view = build_glossary(self.session, self.lang, search)
            self.show([view.title])
            if len(view.entries) == 1:
                self.show(glossary_entry_lines(view.entries[0], self.say))
                return
            shown = view.entries if search else view.entries[:_LISTED]
            texts = glossary_items(view, self.say)
            choices = [
                Choice(entry.id, text, (entry.name,))
                for entry, text in zip(shown, texts, strict=False)
            ]
            choices.append(Choice("search", self.say("glossary.search")))
            key = self.choose("ask.glossary", choices, empty=BACK)
            if key == BACK:
                return
            if key == "search":
                search = self.console.ask(self.say("ask.search"))
                continue
            for entry in view.entries:
                if entry.id == key:
                    self.show(glossary_entry_lines(entry, self.say))


def _name(choice: Choice) -> str:
    return choice.text or (choice.names[0] if choice.names else choice.key)


def choices_of(pairs: Iterable[tuple[str, str, str]]) -> list[Choice]:
    """Choices from keys, lines and names."""
    return [Choice(key, text, (name,)) for key, text, name in pairs]
