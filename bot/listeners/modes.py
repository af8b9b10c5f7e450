"""項目ごとの扱い in 連携設定: kept at once, as nothing of it needs a test."""

from dataclasses import replace as changed
from functools import partial

from bot.access import Need
from bot.answer import Answer, close, replace
from bot.entrance import Entrance
from bot.ids import Action, Callback
from bot.listeners.integration import settings_screen
from bot.press import Press
from bot.services import Services
from bot.views.failures import error_text
from bot.views.modes import ModesForm, modes_view, parse_modes_form
from storage.errors import SettingsMoved
from sync.model import Direction


def register(entrance: Entrance, services: Services) -> None:
    """Register the modes."""
    entrance.action(Action.OPEN_MODES, Need.SETTINGS, partial(open_modes, services), repeatable=True)
    entrance.submission(Callback.MODES, Need.OPENED_SETTINGS, partial(save_modes, services))


def open_modes(services: Services, press: Press) -> None:
    """Ask how each field is treated in one direction, above the settings."""
    direction = Direction(press.value)
    kept = services.store.integrations.load(press.scope)
    form = ModesForm(direction=direction, policies=kept.policies[direction], revision=kept.revision)
    press.client.views_push(trigger_id=press.trigger_id, view=modes_view(services.texts(press), form))


def save_modes(services: Services, press: Press) -> Answer:
    """Keep the modes; if somebody else has saved the settings meanwhile, say so and ask again."""
    form = parse_modes_form(press.modal)
    kept = services.store.integrations.load(press.scope)
    policies = {**kept.policies, form.direction: form.policies}
    try:
        services.store.integrations.save(changed(kept, policies=policies, revision=form.revision))
    except SettingsMoved as moved:
        t = services.texts(press)
        again = changed(form, revision=kept.revision)
        return replace(modes_view(t, again, error_text(t, moved).together))
    return close(then=partial(_show_settings, services, press))


def _show_settings(services: Services, press: Press) -> None:
    """Draw the settings below anew: they must rest on what is kept now, or saving them would be refused."""
    below = press.modal["previous_view_id"]
    press.client.views_update(view_id=below, view=settings_screen(services, press))
