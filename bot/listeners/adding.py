"""A new rule of placement, chosen from the masters that the target has now."""

from functools import partial

from bot.access import Need
from bot.answer import Answer, close, point_out, replace
from bot.entrance import Entrance
from bot.ids import Action, Callback
from bot.listeners.rules import show_rules
from bot.masters import Masters
from bot.press import Press
from bot.rulebooks import book_of, touched_of, touched_sentence
from bot.services import Services
from bot.texts import Texts
from bot.views.add_rule import AddRuleForm, add_rule_view, digest_of, parse_add_rule
from bot.views.blocks import Json
from bot.views.failures import error_text
from bot.views.loading import loading_view, message_view
from bot.views.metadata import metadata
from bot.views.place_menus import suggest
from bot.views.rules import RulesForm, parse_rules
from storage.rules import merge
from sync.errors import RenkeiError
from sync.model import Direction, PlacementChoices


def register(entrance: Entrance, services: Services) -> None:
    """Register adding a rule, and the searches in long menus of masters."""
    masters = Masters(services.store, services.remotes)
    entrance.action(
        Action.OPEN_ADD_RULE, Need.SETTINGS, partial(open_add_rule, services, masters), repeatable=True
    )
    entrance.submission(Callback.ADD_RULE, Need.OPENED_SETTINGS, partial(add_rule, services, masters))
    for action in (Action.ESTABLISHMENT, Action.DIVISION, Action.CATEGORY):
        search = partial(suggest_places, services, masters, action)
        entrance.options(action, Need.OPENED_SETTINGS, search)


def open_add_rule(services: Services, masters: Masters, press: Press) -> None:
    """Read the masters of the target, then ask for the rule, above the list."""
    t, form = services.texts(press), parse_rules(press.modal)
    waiting = loading_view(t, t("Add a rule"), t("Reading the entries to choose from."))
    opened = press.client.views_push(trigger_id=press.trigger_id, view=waiting)
    view = _form_view(services, masters, press, form)
    press.client.views_update(view_id=opened["view"]["id"], view=view)


def add_rule(services: Services, masters: Masters, press: Press) -> Answer:
    """Save the rule; where it puts people elsewhere, say so first and save it at the second press."""
    t, store = services.texts(press), services.store
    choices = masters.last(press.scope, Direction(metadata(press.modal)["direction"]))
    form = parse_add_rule(t, press.modal, choices)
    if form.problems:
        return point_out(form.problems)
    before = book_of(store, press.scope, form.direction).rules
    people = touched_of(store, press.scope, form.direction, before, merge(before, form.rules))
    if people and not form.is_confirmed:
        touched = touched_sentence(t, store, press.scope, form.direction, people)
        return replace(_again(t, form, choices, touched))
    store.rules.add(press.scope, form.direction, form.rules)
    below = RulesForm(direction=form.direction, revision=0, page=form.page)
    return close(then=partial(show_rules, services, press, press.modal["previous_view_id"], below))


def suggest_places(services: Services, masters: Masters, action: Action, press: Press) -> list[Json]:
    """Give the entries whose name or code holds what is typed: of a plan's masters, or of those read last."""
    own = metadata(press.modal)
    if "plan" in own:
        choices = services.store.plans.load(press.scope, own["plan"]).choices or PlacementChoices()
    else:
        choices = masters.last(press.scope, Direction(own["direction"]))
    return suggest(choices, action, press.typed)


def _form_view(services: Services, masters: Masters, press: Press, form: RulesForm) -> Json:
    t = services.texts(press)
    integration = services.store.integrations.load(press.scope)
    try:
        choices = masters.fetch(integration, form.direction)
    except RenkeiError as error:  # shown in the window that waits, above the list
        return message_view(t, t("Add a rule"), *error_text(t, error))
    return add_rule_view(t, form.direction, form.page, choices)


def _again(t: Texts, form: AddRuleForm, choices: PlacementChoices, touched: str) -> Json:
    confirmed = digest_of(form.rules)
    return add_rule_view(t, form.direction, form.page, choices, touched=touched, confirmed=confirmed)
