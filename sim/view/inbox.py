"""What customers say and what may be answered, step by step."""

from collections.abc import Iterable, Sequence
from hashlib import blake2b

from sim.game import TurnRecord
from sim.play.options import OpenEncounter, ResponseOption
from sim.scenario.schema_types import MOODS
from sim.scenario.texts import EncounterScript, ResponseScript
from sim.view.lens import Lens
from sim.view.model import EncounterView, ResponseView, SaidView
from sim.view.parts import Ref
from sim.view.words import UNKNOWN


def encounter_view(lens: Lens, opened: OpenEncounter) -> EncounterView:
    """One conversation: what was said so far and what may be said next."""
    script = lens.script.encounters[opened.id]
    customer = lens.script.customers[opened.customer]
    slot = list(customer.people).index(opened.speaker)
    speaker = customer.people[opened.speaker]
    mood = int(lens.seen.mood[0, lens.index(opened.customer), slot])
    exchange, options = _walk(script, opened.path)

    def named(text: str) -> str:
        return text.replace("{name}", lens.text(speaker.name))

    state = "answered" if opened.complete else "begun" if opened.path else "open"
    return EncounterView(
        id=opened.id,
        customer=lens.ref(opened.customer),
        speaker=lens.text(speaker.name),
        portrait=speaker.portrait or customer.portrait,
        mood=lens.text(lens.script.glossary.moods[MOODS[mood]].name) if mood >= 0 else UNKNOWN,
        title=named(lens.text(script.title)),
        text=named(lens.text(script.text)),
        state=lens.say(f"inbox.{state}"),
        said=tuple(
            SaidView(named(lens.text(each.say)), named(lens.text(each.reply))) for each in exchange
        ),
        path=opened.path,
        responses=tuple(
            _response(lens, option, named(lens.text(options[option.id].say)))
            for option in _mixed(opened)
        ),
        answered=opened.complete,
        final=opened.fixed == len(opened.path) > 0,
        concepts=_concepts(lens, opened) if opened.complete else (),
    )


def mixed(encounter: str, path: Sequence[str], responses: Iterable[str]) -> list[str]:
    """The responses to one step in an order that tells nothing.

    Authors tend to write the best response first. A digest of the ids mixes them, and does it the
    same way in every game and language, so that a class has the same choice before it.

    Args:
        encounter: id of the conversation.
        path: ids of the responses given so far.
        responses: ids of those that may follow, in any order.
    """

    def place(response: str) -> bytes:
        return blake2b("\n".join((encounter, *path, response)).encode(), digest_size=8).digest()

    return sorted(responses, key=place)


def conversations(lens: Lens, draft: TurnRecord) -> dict[str, tuple[str, bool]]:
    """The open encounters by customer: id, and whether it has been answered to its end."""
    found = {}
    for opened in lens.seen.open_encounter[0].tolist():
        if opened > 0:
            name = lens.rules.encounter_ids[opened - 1]
            script, path = lens.script.encounters[name], draft.responses.get(name, ())
            found[script.customer] = name, bool(path) and not _walk(script, path)[1]
    return found


def waiting(lens: Lens, draft: TurnRecord) -> frozenset[str]:
    """The customers who still want an answer."""
    open_ = conversations(lens, draft).items()
    return frozenset(customer for customer, (_, answered) in open_ if not answered)


def _concepts(lens: Lens, opened: OpenEncounter) -> tuple[Ref, ...]:
    """What the conversation teaches; what would give the speaker away waits for the result."""
    slot = lens.people(opened.customer).index(opened.speaker)
    teaches = lens.script.encounters[opened.id].teaches
    return lens.open_concepts(teaches, lens.index(opened.customer), (slot,))


def _walk(
    script: EncounterScript, path: tuple[str, ...]
) -> tuple[list[ResponseScript], dict[str, ResponseScript]]:
    """The responses given so far, and those that may follow."""
    exchange, options = [], dict(script.responses)
    for response in path:
        exchange.append(options[response])
        options = dict(options[response].responses)
    return exchange, options


def _mixed(opened: OpenEncounter) -> list[ResponseOption]:
    order = mixed(opened.id, opened.path, [option.id for option in opened.next])
    return sorted(opened.next, key=lambda option: order.index(option.id))


def _response(lens: Lens, option: ResponseOption, say: str) -> ResponseView:
    free = not option.hours and not option.money
    return ResponseView(
        id=option.id,
        say=say,
        cost="" if free else lens.cost(option.hours, option.money),
        allowed=option.allowed,
        why_not=lens.refusal(option.code, option.data) if option.code else "",
    )
