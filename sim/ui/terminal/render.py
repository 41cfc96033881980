"""The turn as lines of text: header, inbox, portfolio, what can be done and what is planned.

Each function turns a part of the view-model into lines that make sense one by one, as a screen
reader speaks them; numbers in front of lines are what the player types.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from sim.view.model import (
    BoardView,
    CustomerCard,
    EncounterView,
    ForecastView,
    PlannedView,
    SaidView,
    TurnView,
)
from sim.view.parts import ActionView, GroupView, Hint, Meter, NewsItem, Ref
from sim.view.words import UNKNOWN

Say = Callable[..., str]
_FIRM = "market"  # the group of all that is done for the whole firm: not worth a word among its own


def numbered(items: Iterable[str], *, first: int = 1) -> list[str]:
    """The items with the numbers by which they are chosen."""
    return [f"{number}. {item}" for number, item in enumerate(items, start=first)]


def joined(say: Say, parts: Iterable[str]) -> str:
    """Parts of one line, without empty ones."""
    return say("line.comma").join(part for part in parts if part)


def ref_text(ref: Ref, say: Say) -> str:
    """A name, with its remark."""
    return _with_remark(ref.name, ref.note, say)


def ref_texts(refs: Iterable[Ref], say: Say) -> str:
    """Names within a sentence."""
    return say("line.and").join(ref_text(ref, say) for ref in refs)


def hint_lines(hints: Sequence[Hint], say: Say, *anchors: str) -> list[str]:
    """The tutorial's lines for these places."""
    return [say("line.hint", text=hint.text) for hint in hints if hint.anchor in anchors]


def meter_text(meter: Meter, say: Say) -> str:
    """Satisfaction 62, +3 (read now). To find out: Visit."""
    return joined(say, [short_meter(meter, say), meter.how])


def short_meter(meter: Meter, say: Say) -> str:
    """The same without how to find out, for lists."""
    text = say("line.meter", name=meter.name, shown=meter.shown)
    return _with_remark(text, joined(say, [meter.change_text, meter.when]), say)


def meter_texts(meters: Sequence[Meter], say: Say) -> str:
    """Gauges in one line; what holds for several neighbours is said once, behind the last."""
    follow = (*(each.when for each in meters[1:]), "")
    once = [
        replace(each, when="" if each.when == after else each.when)
        for each, after in zip(meters, follow, strict=True)
    ]
    return joined(say, [short_meter(each, say) for each in once])


def how_lines(meters: Sequence[Meter], say: Say) -> list[str]:
    """How one could find out more, each way once."""
    hows = dict.fromkeys(each.how for each in meters if each.how)
    return [say("line.how", text=how[:1].upper() + how[1:]) for how in hows]


def known_mood(mood: str, say: Say) -> str:
    """The mood of a customer, if it is known."""
    return "" if mood == UNKNOWN else say("line.mood", mood=mood)


def known_style(style: str, say: Say) -> str:
    """The style of a customer, if it is known."""
    return "" if style == UNKNOWN else say("line.style", style=style)


def header_of(view: TurnView, say: Say) -> list[str]:
    """Where the game stands."""
    header, meters = view.header, view.meters
    return [
        say("line.title", title=header.title, when=header.when),
        joined(say, [header.hours_text, header.money_text, header.book]),
        meter_texts(meters, say),
        *how_lines(meters, say),
    ]


def news_lines(news: Sequence[NewsItem], say: Say) -> list[str]:
    """What has come up."""
    lines = []
    for item in news:
        lines.append(say("line.news", title=item.title, text=item.text))
        lines += concept_lines(item.concepts, say)
    return lines


def concept_lines(concepts: Sequence[Ref], say: Say) -> list[str]:
    """The concepts something belongs to; their numbers are for the glossary."""
    if not concepts:
        return []
    names = say("line.semicolon").join(ref_text(each, say) for each in concepts)
    return [say("line.concepts", names=names)]


def turn_lines(view: TurnView, say: Say) -> list[str]:
    """The opening of a turn."""
    return [*header_of(view, say), *news_lines(view.news, say)]


# Inbox ------------------------------------------------------------------------------------------


def inbox_items(inbox: Sequence[EncounterView], say: Say) -> list[str]:
    """One line for every conversation."""
    return [
        say(
            "line.encounter",
            customer=ref_text(each.customer, say),
            title=each.title,
            state=each.state,
        )
        for each in inbox
    ]


def encounter_lines(view: EncounterView, say: Say) -> list[str]:
    """A conversation so far."""
    lines = [
        say(
            "line.encounter",
            customer=ref_text(view.customer, say),
            title=view.title,
            state=view.state,
        ),
        *_speaker(view, say),
        view.text,
    ]
    for exchange in view.said:
        lines += exchange_lines(exchange, view.speaker, say)
    if view.answered:
        lines.append(say("line.encounter_over"))
        lines += concept_lines(view.concepts, say)
    if view.final:
        lines.append(say("line.encounter_final"))
    return lines


def exchange_lines(exchange: SaidView, speaker: str, say: Say) -> list[str]:
    """What the player said, and the reply; one that begins with the name needs no other."""
    named = exchange.reply.startswith(speaker)
    reply = exchange.reply if named else say("line.reply", name=speaker, text=exchange.reply)
    return [say("line.you", text=exchange.say), reply]


def _speaker(view: EncounterView, say: Say) -> list[str]:
    """Who speaks, where that is not the customer, and in what mood, where that is known."""
    if view.mood != UNKNOWN:
        return [say("line.speaker_mood", name=view.speaker, mood=view.mood)]
    return [] if view.speaker == view.customer.name else [say("line.speaker", name=view.speaker)]


def response_items(view: EncounterView, say: Say) -> list[str]:
    """What may be said next, one line each."""
    return [
        _with_remark(each.say, joined(say, [each.cost, impossible(each.why_not, say)]), say)
        for each in view.responses
    ]


def _with_remark(text: str, remark: str, say: Say) -> str:
    return say("line.remark", text=text, remark=remark) if remark else text


def impossible(why: str, say: Say) -> str:
    """Why something cannot be chosen; empty if it can."""
    return say("line.impossible", why=why) if why else ""


# Portfolio --------------------------------------------------------------------------------------


def card_text(card: CustomerCard, say: Say) -> str:
    """A customer in one line."""
    return joined(
        say,
        [
            card.name,
            say("line.kind", kind=card.kind, status=card.status),
            meter_texts(card.meters, say),
            *(meter.how for meter in card.meters),
            known_mood(card.mood, say),
            known_style(card.style, say),
            card.worth,
            rank_text(card, say),
            *card.flags,
        ],
    )


def rank_text(card: CustomerCard, say: Say) -> str:
    """The place of a customer by worth, if it is known."""
    return "" if card.rank is None else say("line.rank", rank=card.rank)


def short_card(card: CustomerCard, usual: str, say: Say) -> str:
    """A customer in a list to choose from; the `usual` status is not worth a word."""
    return joined(
        say,
        [
            card.name,
            "" if card.status == usual else card.status,
            meter_texts([replace(each, change_text="") for each in card.meters], say),
            known_mood(card.mood, say),
            known_style(card.style, say),
            *card.flags,
        ],
    )


def group_lines(groups: Sequence[GroupView], note: str, say: Say) -> list[str]:
    """A board as groups of customers."""
    lines = [note]
    for group in groups:
        lines.append(say("line.group", name=group.name, n=len(group.customers), text=group.text))
        lines += ["  " + ref_text(each, say) for each in group.customers]
    return lines


def board_lines(board: BoardView, arrangement: str, say: Say) -> list[str]:
    """The portfolio arranged as `list`, `pyramid`, `funnel` or `matrix`."""
    if arrangement == "pyramid":
        return group_lines(board.pyramid, board.pyramid_note, say)
    if arrangement == "funnel":
        return group_lines(board.funnel, board.funnel_note, say)
    if arrangement == "matrix":
        return group_lines(board.matrix, board.matrix_note, say)
    lines = [card_text(card, say) for card in board.cards]
    if board.gone:
        lines.append(say("line.gone"))
        lines += [card_text(card, say) for card in board.gone]
    return lines


# Actions ----------------------------------------------------------------------------------------


def action_text(action: ActionView, say: Say) -> str:
    """An action in one line: name, price, and why not."""
    return joined(
        say,
        [
            action.name
            if action.group == _FIRM
            else say("line.action", name=action.name, group=action.group_name),
            action.cost,
            action.chosen,
            impossible(action.why_not, say),
        ],
    )


def action_lines(action: ActionView, say: Say) -> list[str]:
    """An action in full."""
    lines = [action_text(action, say), *([action.text] if action.text else [])]
    lines += [say("line.need", text=need) for need in action.needs]
    return [*lines, *concept_lines(action.concepts, say)]


def tone_items(action: ActionView, say: Say) -> list[str]:
    """The tones of an action, one line each."""
    return [say("line.fact", name=tone.name, text=tone.text) for tone in action.tones]


def person_items(action: ActionView, say: Say) -> list[str]:
    """The people an action can be addressed to, one line each."""
    return [ref_text(each, say) for each in action.people]


def plan_items(plan: Sequence[PlannedView], say: Say) -> list[str]:
    """What is chosen for this turn, one line each."""
    return [
        joined(
            say,
            [
                ref_text(each.customer, say) if each.customer else say("line.firm"),
                each.text,
                each.cost,
            ],
        )
        for each in plan
    ]


def forecast_lines(view: ForecastView, say: Say) -> list[str]:
    """The forecast and what can be said."""
    lines = [view.text, view.question]
    if view.customer is not None:
        lines.append(say("line.forecast", name=ref_text(view.customer, say)))
    lines += [say("line.direction", name=each.name, note=each.note) for each in view.directions]
    lines.append(say("line.candidates", names=ref_texts(view.candidates, say)))
    return lines
