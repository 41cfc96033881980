"""The expert at the keyboard: plays a scenario in the terminal and leaves a transcript to read."""

import io
from collections.abc import Iterable, Iterator
from functools import cache, partial

from sim.game import TurnRecord, turn_from
from sim.lab import runs
from sim.lab.policies import policy
from sim.play.case import Case, open_case
from sim.play.session import Session
from sim.scenario.texts import Words
from sim.ui.terminal.console import Console
from sim.ui.terminal.game import play
from sim.ui.terminal.render_end import grade_lines
from sim.view import words
from sim.view.build import build_encounter, build_result, build_view

SEED = 7
_BETWEEN = {"en": ", ", "zh": "，"}
_PARTS = frozenset(",，、;；")  # what divides the parts of a line cannot stand in one of them


@cache
def case_of(scenario: str) -> Case:
    """A shipped scenario."""
    return open_case(scenario)


def transcript(scenario: str, lang: str) -> str:
    """A whole game of the expert, as the terminal tells it.

    All but the grade: it takes hundreds of games, and other tests look at it.

    Args:
        scenario: name of a shipped one.
        lang: `en` or `zh`.
    """
    grader = lambda _case, _score: 0.0  # noqa: E731 -- one line, used once
    session = Session.new(case_of(scenario), SEED, lang, saved=False, grader=grader)
    out = io.StringIO()
    play(session, Console(Expert(session), out))
    graded = _written(grade_lines(build_result(session, lang), partial(words.say, lang)))
    assert graded in out.getvalue()
    return out.getvalue().replace(graded, f"[{words.say(lang, 'meter.grade')}: …]\n")


def _written(lines: Iterable[str]) -> str:
    """Lines as the console breaks them."""
    out = io.StringIO()
    Console(io.StringIO(), out).show(lines)
    return out.getvalue()


class Expert(io.StringIO):
    """A keyboard that types what the expert would do, always by the names on the screen."""

    def __init__(self, session: Session) -> None:
        """Sit down before a game that begins."""
        super().__init__()
        self._session = session
        self._lines = self._game()

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]  # bytes never come here
        """The next line, with its end."""
        del size
        return f"{next(self._lines)}\n"

    def _game(self) -> Iterator[str]:
        """All lines of a game; each turn is thought out when it has begun."""
        session, bot = self._session, policy("expert")
        while not session.finished:
            chosen = runs.choose(session.rules, bot, session.state, seed=session.record.seed)
            yield from self._turn(turn_from(session.rules, chosen), session.turn)
        yield ""  # no thought for next time

    def _turn(self, turn: TurnRecord, number: int) -> Iterator[str]:
        yield from self._answers(turn)
        yield from (self._deed(turn, place) for place in range(len(turn.choices)))
        for name in turn.market:
            yield from ("a", self._market(name))
        yield from self._looks(turn, number)
        yield from ("e", self._say("word.yes").split()[0], "")

    def _answers(self, turn: TurnRecord) -> Iterator[str]:
        script = self._session.script
        if not turn.responses:
            return
        yield "i"
        for encounter, path in turn.responses.items():
            yield self._customer(script.encounters[encounter].customer)
            for response in path:  # each has been said when the next one is asked for
                shown = build_encounter(self._session, self._session.language, encounter).responses
                yield str(1 + [each.id for each in shown].index(response))
        if len(turn.responses) < len(self._session.open_encounters()):
            yield "b"

    def _deed(self, turn: TurnRecord, place: int) -> str:
        """Customer, action, tone and person in one line."""
        deed, script = turn.choices[place], self._session.script
        action, people = script.actions[deed.action], script.customers[deed.customer].people
        parts = [self._customer(deed.customer), self._name(deed.action, action.name)]
        if action.tones:
            parts.append(self._tone(deed.tone))
        if len(people) > 1 and deed.person is not None:
            parts.append(self._name(deed.person, people[deed.person].name))
        return _BETWEEN[self._session.language].join(parts)

    def _looks(self, turn: TurnRecord, number: int) -> Iterator[str]:
        """Now and then a look at what the game offers besides, so that its words are seen."""
        if number == 1:
            yield from ("h", "m", "")
        if number == 2 and turn.choices:
            yield from (self._customer(turn.choices[0].customer), "p", "t", "s", "y", "b")
        if number == 3 and turn.choices:
            yield from ("f", self._foreseen(turn), "1", "60")
        if number == 6:
            yield from ("p", "p", "f", "m", "b")

    def _foreseen(self, turn: TurnRecord) -> str:
        """Somebody dealt with in this turn, of those about whom a forecast can be made."""
        view = build_view(self._session, self._session.language).forecast
        able = {each.id for each in view.candidates}
        return self._customer(next(each for each in turn.choices if each.customer in able).customer)

    # Names as they stand on the screen ----------------------------------------------------------

    def _say(self, key: str) -> str:
        return words.say(self._session.language, key)

    def _name(self, key: str, name: Words) -> str:
        """The name on the screen; the id where a name could be taken for several parts."""
        text = name.of(self._session.language)
        return key if _PARTS.intersection(text) else text

    def _customer(self, customer: str) -> str:
        return self._name(customer, self._session.script.customers[customer].name)

    def _market(self, action: str) -> str:
        return self._name(action, self._session.script.market_actions[action].name)

    def _tone(self, tone: str) -> str:
        styles = self._session.script.glossary.styles
        return self._name(tone, styles[tone].name) if tone in styles else self._say("tone.neutral")
