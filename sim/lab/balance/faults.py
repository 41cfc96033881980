"""What is wrong with the balance of a scenario: codes and data, worded by whoever shows them.

The rules: the expert stands clearly above every habit; one thing done all the time does not come
near it; nothing on offer is always or never right, unless the scenario says why; every ending is
reached by somebody; what chance makes of blind play differs enough that a grade means something.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sim.lab.balance.balance import EXPERT, Balance
from sim.lab.balance.uses import Habit, Use

HABITS = ("vip", "loudest", "discount", "visits", "coerce", "random", "nothing")
ONE_TRICK = ("discount", "visits", "coerce")
APART = 10.0  # grade points between the expert and whoever does one thing only
SPREAD = 20.0  # grade points between the tenth and the ninetieth of random games
RARE = 0.1  # share of exceptions that a reason for `always` or `never` bears
MENU = (8, 14)  # actions on offer


@dataclass(frozen=True)
class Fault:
    """One rule that a scenario breaks.

    Attributes:
        code: stable, such as `balance/never`.
        subject: id of what is at fault: a bot, an action, a response's path, an ending.
        data: figures for the sentence.
    """

    code: str
    subject: str
    data: dict[str, float | str] = field(default_factory=dict)


def faults(found: Balance) -> tuple[Fault, ...]:
    """Everything that is wrong, in the order of the rules."""
    return (
        *_behind(found),
        *_near(found),
        *_undecided(found),
        *_unreached(found),
        *_narrow(found),
        *_menu(found),
    )


def _behind(found: Balance) -> Iterator[Fault]:
    """Habits whose interval touches the expert's."""
    low, _ = found.of(EXPERT).interval
    for name in HABITS:
        _, high = found.of(name).interval
        if high >= low:
            yield Fault("balance/expert-not-above", name, {"expert": low, "bot": high})


def _near(found: Balance) -> Iterator[Fault]:
    """Bots with one trick that come near the expert."""
    expert = found.of(EXPERT).grade
    for bot in (*(found.of(name) for name in ONE_TRICK), *found.singles):
        if expert - bot.grade < APART:
            yield Fault("balance/one-trick", bot.name, {"expert": expert, "bot": bot.grade})


def undecided(found: Balance) -> tuple[Use, ...]:
    """What the expert always or never takes, where that is not said of a sibling already.

    Of responses between which the choice is always the same, only the one that is always taken
    counts, and none where the scenario gives a reason for it; nor is anything said of what can
    only follow an answer that is never given.
    """
    always = {use.path[:-1] for use in found.uses if _response(use, "always")}
    always |= {use.path[:-1] for use in found.uses if _meant(found, use, "always")}
    return tuple(
        use
        for use in found.uses
        if use.habit in {"always", "never"}
        and not (_response(use, "never") and use.path[:-1] in always)
    ) + tuple(use for use in found.uses if use.habit == "absent" and len(use.path) < 2)


def _meant(found: Balance, use: Use, word: str) -> bool:
    """Whether a scenario says of a response that it is always or never taken, and nearly is."""
    reason = found.deliberate.get(use.path) if use.kind == "response" else None
    return reason is not None and reason.expert == word and _nearly(use, word)


def _response(use: Use, habit: str) -> bool:
    return use.kind == "response" and use.habit == habit


def _undecided(found: Balance) -> Iterator[Fault]:
    for use in undecided(found):
        reason = found.deliberate.get(use.path)
        if reason is None or reason.expert != _said_of(use):
            yield Fault(f"balance/{use.habit}", use.name, {"chances": use.chances})
    uses = {use.path: use for use in found.uses}
    for path, reason in found.deliberate.items():
        said = uses.get(path)
        if said is not None and said.chances and not _nearly(said, reason.expert):
            yield Fault("balance/needless-reason", said.name, {"share": 100.0 * said.share})


def _nearly(use: Use, said: str) -> bool:
    """Whether a reason still stands: one game in ten may differ from what it says."""
    return use.share >= 1.0 - RARE if said == "always" else use.share <= RARE


def _said_of(use: Use) -> Habit:
    """The habit as a scenario may call it: what there was no chance for was never taken."""
    return "never" if use.habit == "absent" else use.habit


def _unreached(found: Balance) -> Iterator[Fault]:
    for end in found.endings:
        if not found.reached_by(end):
            yield Fault("balance/ending-unreached", end)


def _narrow(found: Balance) -> Iterator[Fault]:
    low, high = found.of("random").tenths
    if high - low < SPREAD:
        yield Fault("balance/random-narrow", "random", {"spread": high - low})


def _menu(found: Balance) -> Iterator[Fault]:
    if not MENU[0] <= found.menu <= MENU[1]:
        yield Fault("balance/menu", "offers", {"count": found.menu})
