"""配属の規則 in 連携設定: the list, its order, and deleting."""

from dataclasses import replace as changed
from functools import partial

from bot.access import Need
from bot.answer import Answer, close
from bot.entrance import Entrance
from bot.ids import RULE_TURNS, Action, Callback
from bot.press import Press
from bot.rulebooks import book_of, touched_of, touched_sentence
from bot.services import Services
from bot.views.failures import error_text
from bot.views.metadata import metadata
from bot.views.rules import Move, RulesForm, Step, change_view, parse_rules, parse_step, rules_view
from storage.errors import SettingsMoved
from storage.rules import RuleBook
from sync.model import Direction


def register(entrance: Entrance, services: Services) -> None:
    """Register the list of rules."""
    entrance.action(Action.OPEN_RULES, Need.SETTINGS, partial(open_rules, services), repeatable=True)
    entrance.action(Action.CHANGE_RULE, Need.SETTINGS, partial(change_rule, services))
    for pager in RULE_TURNS:
        entrance.action(pager, Need.SETTINGS, partial(turn_page, services), repeatable=True)
    entrance.submission(Callback.CHANGE_RULES, Need.OPENED_SETTINGS, partial(save_change, services))


def open_rules(services: Services, press: Press) -> None:
    """List the rules of one direction, above the settings."""
    direction = Direction(press.value)
    book = book_of(services.store, press.scope, direction)
    view = rules_view(services.texts(press), direction, book)
    press.client.views_push(trigger_id=press.trigger_id, view=view)


def turn_page(services: Services, press: Press) -> None:
    """Show the page that the button names."""
    show_rules(services, press, press.view_id, changed(parse_rules(press.modal), page=int(press.value)))


def change_rule(services: Services, press: Press) -> None:
    """Move a rule at once where that touches nobody; else, and before deleting, say whom it touches."""
    form, step = parse_rules(press.modal), parse_step(press.value)
    book = book_of(services.store, press.scope, form.direction)
    if book.revision != form.revision:
        show_rules(services, press, press.view_id, form, moved=True)
        return
    people = touched_of(services.store, press.scope, form.direction, book.rules, step.apply(book.rules))
    if people or step.move is Move.DELETE:
        t = services.texts(press)
        touched = touched_sentence(t, services.store, press.scope, form.direction, people)
        view = change_view(t, form, book.rules[step.index], step, touched)
        press.client.views_push(trigger_id=press.trigger_id, view=view)
        return
    is_saved = _save(services, press, form, step, book)
    show_rules(services, press, press.view_id, form, moved=not is_saved)


def save_change(services: Services, press: Press) -> Answer:
    """Save the change that was looked at, and show the list below anew."""
    form, step = parse_rules(press.modal), parse_step(metadata(press.modal)["step"])
    book = book_of(services.store, press.scope, form.direction)
    is_saved = book.revision == form.revision and _save(services, press, form, step, book)
    below = press.modal["previous_view_id"]
    return close(then=partial(show_rules, services, press, below, form, moved=not is_saved))


def show_rules(
    services: Services, press: Press, view_id: str, form: RulesForm, *, moved: bool = False
) -> None:
    """Show the list as it is kept now; `moved`: nothing was saved, for somebody else was first."""
    t = services.texts(press)
    book = book_of(services.store, press.scope, form.direction)
    problem = error_text(t, SettingsMoved()).together if moved else None
    view = rules_view(t, form.direction, book, form.page, problem)
    press.client.views_update(view_id=view_id, view=view)


def _save(services: Services, press: Press, form: RulesForm, step: Step, book: RuleBook) -> bool:
    try:
        services.store.rules.save(press.scope, form.direction, step.apply(book.rules), form.revision)
    except SettingsMoved:
        return False
    return True
