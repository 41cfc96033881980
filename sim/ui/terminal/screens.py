"""The screens of a turn: inbox, customers, portfolio, firm, plan and forecast."""

from functools import partial

from sim.ui.terminal import render, render_file
from sim.ui.terminal.commands import AGAIN, BACK, Choice, words_of
from sim.ui.terminal.player import Player, choices_of
from sim.view.build import (
    build_customer,
    build_encounter,
    build_header,
    build_hints,
    build_plan,
    build_view,
)
from sim.view.model import CustomerView, EncounterView, PlannedView
from sim.view.parts import ActionView

_PERCENT = 100.0


# Inbox ------------------------------------------------------------------------------------------


def inbox(player: Player) -> None:
    """What customers have said; choose a conversation."""
    talked = False
    while True:
        view = build_view(player.session, player.lang)
        player.hint(view.hints, "inbox")
        if not view.inbox:
            player.tell("inbox.empty")
        if not view.inbox or (talked and all(each.answered for each in view.inbox)):
            return
        texts = render.inbox_items(view.inbox, player.say)
        lines = zip(view.inbox, texts, strict=True)
        key = player.choose(
            "ask.encounter",
            [Choice(each.id, text, (each.customer.name, each.title)) for each, text in lines],
        )
        if key == BACK:
            return
        if key != AGAIN:
            conversation(player, key)
            talked = True


def conversation(player: Player, encounter: str) -> None:
    """One conversation, step by step: say, reply, what may be said next."""
    view = build_encounter(player.session, player.lang, encounter)
    player.show(render.encounter_lines(view, player.say))
    while True:
        key = player.choose("ask.response", _responses(view, player), empty=_at_end(view))
        if key == BACK:
            break
        if key == AGAIN:
            view = build_encounter(player.session, player.lang, encounter)
            player.show(render.encounter_lines(view, player.say))
            continue
        if key == "take_back":
            deed = partial(player.session.unanswer, encounter)
        else:
            deed = partial(player.session.answer, encounter, (*view.path, key))
        if player.attempt(deed):
            view = _after(player, encounter, view)
        if view.answered:
            return
    if view.path and not view.answered:
        player.tell("inbox.unfinished")


def _at_end(view: EncounterView) -> str:
    return "" if view.responses else BACK


def _responses(view: EncounterView, player: Player) -> list[Choice]:
    texts = render.response_items(view, player.say)
    choices = [Choice(each.id, text) for each, text in zip(view.responses, texts, strict=True)]
    if view.path and not view.final:
        choices.append(Choice("take_back", player.say("inbox.take_back"), words_of("take_back")))
    return choices


def _after(player: Player, encounter: str, before: EncounterView) -> EncounterView:
    """The conversation after a step, of which only the new part is shown."""
    view = build_encounter(player.session, player.lang, encounter)
    if len(view.said) <= len(before.said):
        player.tell("inbox.taken_back")
        player.show(render.encounter_lines(view, player.say))
        return view
    player.show(render.exchange_lines(view.said[-1], view.speaker, player.say))
    if view.answered:
        player.tell("line.encounter_over")
        player.show(render.concept_lines(view.concepts, player.say))
    return view


# Customers --------------------------------------------------------------------------------------


def customers(player: Player) -> None:
    """All customers; choose one."""
    while True:
        view = build_view(player.session, player.lang)
        player.hint(view.hints, "portfolio")
        cards = (*view.board.cards, *view.board.gone)
        usual = next((each.status for each in cards), "")
        key = player.choose(
            "ask.customer",
            choices_of(
                (each.id, render.short_card(each, usual, player.say), each.name) for each in cards
            ),
        )
        if key != AGAIN:
            if key != BACK:
                customer(player, key)
            return


def customer(player: Player, name: str) -> None:
    """One customer's file, and what to do."""
    shown = False
    while True:
        view = build_customer(player.session, player.lang, name)
        if not shown:
            player.hint(build_hints(player.session, player.lang), "file")
            player.show(render_file.customer_lines(view, player.say))
        key = player.choose("ask.file", _file_menu(view, player), empty=AGAIN, listed=not shown)
        shown = True
        if key == BACK:
            return
        if key == AGAIN:
            shown = False
        elif key == "actions":
            actions(player, name)
        elif key == "inbox":
            conversation(player, view.encounter or "")
        else:
            player.show(_page(key, view, player))


def _file_menu(view: CustomerView, player: Player) -> list[Choice]:
    keys = ["actions", "people", "ties", "signs", "history"]
    if view.encounter is not None:
        keys.insert(1, "inbox")
    return [_menu_item(key, player, player.say(f"file.menu.{key}")) for key in keys]


def _menu_item(key: str, player: Player, text: str) -> Choice:
    return Choice(key, player.say("line.menu", text=text, letter=words_of(key)[0]), words_of(key))


def _page(key: str, view: CustomerView, player: Player) -> list[str]:
    if key == "people":
        return render_file.people_lines(view, player.say)
    if key == "ties":
        return render_file.tie_lines(view, player.say)
    if key == "signs":
        return render_file.sign_lines(view.signs, view.signs_note, player.say)
    return render_file.history_lines(view.history, player.say)


# Actions ----------------------------------------------------------------------------------------


def actions(player: Player, name: str) -> None:
    """What can be done for a customer."""
    while True:
        view = build_customer(player.session, player.lang, name)
        player.hint(build_hints(player.session, player.lang), "actions")
        key = player.choose(
            "ask.action",
            choices_of(
                (each.id, render.action_text(each, player.say), each.name) for each in view.actions
            ),
        )
        if key == BACK:
            return
        for action in view.actions:
            if action.id == key:
                player.show(render.action_lines(action, player.say))
                act(player, name, action)
                return


def act(
    player: Player, customer: str, action: ActionView, *, tone: str = "", person: str = ""
) -> None:
    """Chooses an action, or takes it back; asks for tone and person where they are not given."""
    if action.chosen:
        if player.confirm("ask.take_back", name=action.name) and player.attempt(
            partial(player.session.cancel, customer, action.id)
        ):
            player.tell("done.taken_back")
        return
    if not action.allowed:
        return
    tone = tone or _ask_tone(player, action)
    person = person if person or tone == BACK else _ask_person(player, action)
    if BACK in {tone, person}:
        return
    deed = partial(player.session.act, customer, action.id, tone or None, person or None)
    if player.attempt(deed):
        _planned(player, customer, action.id)


def _planned(player: Player, customer: str | None, action: str) -> None:
    """What was planned just now, and what is left of the turn."""
    for each in build_plan(player.session, player.lang):
        whom = None if each.customer is None else each.customer.id
        if (each.id, whom) == (action, customer):
            (text,) = render.plan_items([each], player.say)
            player.tell("done.action", name=text)
    budget(player)


def _ask_tone(player: Player, action: ActionView) -> str:
    """The tone, empty where there is no choice, or `BACK`."""
    if not action.tones:
        return ""
    lines = zip(action.tones, render.tone_items(action, player.say), strict=True)
    choices = choices_of((tone.id, line, tone.name) for tone, line in lines)
    return _until_chosen(player, "ask.tone", choices, empty=action.tones[0].id)


def _ask_person(player: Player, action: ActionView) -> str:
    if not action.people:
        return ""
    lines = zip(action.people, render.person_items(action, player.say), strict=True)
    choices = choices_of((each.id, line, each.name) for each, line in lines)
    return _until_chosen(player, "ask.person", choices, empty=action.people[0].id)


def _until_chosen(player: Player, key: str, choices: list[Choice], *, empty: str) -> str:
    while (answer := player.choose(key, choices, empty=empty)) == AGAIN:
        pass
    return answer


def budget(player: Player) -> None:
    """What is left of the turn."""
    header = build_header(player.session, player.lang)
    player.show([render.joined(player.say, [header.hours_text, header.money_text])])


def firm(player: Player) -> None:
    """What can be done for the firm as a whole."""
    while True:
        view = build_view(player.session, player.lang)
        if not view.market:
            player.tell("firm.nothing")
            return
        choices = choices_of(
            (each.id, render.action_text(each, player.say), each.name) for each in view.market
        )
        key = player.choose("ask.firm", choices)
        if key == BACK:
            return
        for action in view.market:
            if action.id == key:
                _act_for_firm(player, action)
                return


def _act_for_firm(player: Player, action: ActionView) -> None:
    player.show(render.action_lines(action, player.say))
    change = player.session.act_market
    if action.chosen:
        if player.confirm("ask.take_back", name=action.name) and player.attempt(
            partial(change, action.id, on=False)
        ):
            player.tell("done.taken_back")
    elif action.allowed and player.attempt(partial(change, action.id)):
        _planned(player, None, action.id)


# Portfolio, plan, forecast ----------------------------------------------------------------------


def portfolio(player: Player) -> None:
    """The portfolio in four arrangements."""
    while True:
        view = build_view(player.session, player.lang)
        player.hint(view.hints, "portfolio")
        kinds = ("list", "pyramid", "funnel", "matrix")
        menu = [_menu_item(kind, player, player.say(f"board.{kind}")) for kind in kinds]
        key = player.choose("ask.board", menu)
        if key == BACK:
            return
        if key != AGAIN:
            player.show(render.board_lines(view.board, key, player.say))


def plan(player: Player) -> None:
    """What is chosen for this turn; choose something to take it back."""
    while True:
        chosen = build_plan(player.session, player.lang)
        if not chosen:
            player.tell("plan.empty")
            return
        texts = render.plan_items(chosen, player.say)
        choices = [Choice(str(place), text) for place, text in enumerate(texts)]
        key = player.choose("ask.plan", choices, empty=BACK)
        if key == BACK:
            return
        if key != AGAIN:
            player.attempt(partial(_take_back, player, chosen[int(key)]))


def _take_back(player: Player, planned: PlannedView) -> None:
    if planned.encounter:
        player.session.unanswer(planned.id)
    elif planned.customer is None:
        player.session.act_market(planned.id, on=False)
    else:
        player.session.cancel(planned.customer.id, planned.id)
    player.tell("done.taken_back")


def forecast(player: Player) -> None:
    """Where a customer's satisfaction will go, and how sure the player is."""
    view = build_view(player.session, player.lang).forecast
    player.show(render.forecast_lines(view, player.say))
    whom = choices_of((each.id, each.name, each.name) for each in view.candidates)
    name = _until_chosen(player, "ask.forecast_customer", whom, empty=BACK)
    if name == BACK:
        return
    where = choices_of((each.id, each.name, each.name) for each in view.directions)
    direction = _until_chosen(player, "ask.direction", where, empty=BACK)
    if direction == BACK:
        return
    text = player.console.ask(player.say("ask.sure")).rstrip("%％ ")
    if not text.isdecimal():
        player.tell("ask.sure_number")
        return
    sure = min(int(text), 100) / _PERCENT
    if player.attempt(partial(player.session.forecast, name, direction, sure)):
        player.show([build_view(player.session, player.lang).forecast.text])
