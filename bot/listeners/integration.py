"""連携設定: type, test in the background, keep when it works."""

from functools import partial

from bot.access import Need
from bot.answer import Answer, point_out, replace
from bot.entrance import Entrance
from bot.ids import Action, Callback
from bot.press import Press
from bot.services import Services
from bot.views.blocks import Json
from bot.views.integration import settings_view, testing_view
from bot.views.metadata import metadata
from bot.views.settings_form import SettingsForm, parse_settings
from storage.records import Draft


def register(entrance: Entrance, services: Services) -> None:
    """Register the settings."""
    entrance.action(Action.OPEN_SETTINGS, Need.SETTINGS, partial(open_settings, services), repeatable=True)
    entrance.submission(Callback.SETTINGS, Need.OPENED_SETTINGS, partial(test_settings, services))


def open_settings(services: Services, press: Press) -> None:
    """Open the settings, with what was typed in the last ten minutes if it is not kept yet."""
    press.show(settings_screen(services, press))


def settings_screen(services: Services, press: Press) -> Json:
    """Lay out the settings as they are kept, or typed in the last ten minutes."""
    store = services.store
    return settings_view(
        services.texts(press),
        store.integrations.load(press.scope),
        store.integrations.latest_draft(press.scope, press.user_id),
        store.administrators.list(press.scope) or (press.user_id,),
        {},
    )


def test_settings(services: Services, press: Press) -> Answer:
    """Keep what was typed as a draft and have it tested; nothing is called inside the acknowledgement."""
    t = services.texts(press)
    form = parse_settings(t, press.modal)
    if form.problems:
        return point_out(form.problems)
    draft = _draft(services, press, form)
    services.store.integrations.save_draft(draft)
    return replace(testing_view(t), then=partial(services.background.test_integration, draft.id))


def _draft(services: Services, press: Press, form: SettingsForm) -> Draft:
    earlier = services.store.integrations.latest_draft(press.scope, press.user_id)
    return Draft(
        id=press.name,  # pressed twice, it is tested once
        scope=press.scope,
        user_id=press.user_id,
        subdomain=form.subdomain,
        smarthr_token=form.smarthr_token or (earlier.smarthr_token if earlier else None),
        kinkakuji_token=form.kinkakuji_token or (earlier.kinkakuji_token if earlier else None),
        admin_channel=form.admin_channel,
        administrators=form.administrators,
        closed_hours=form.closed_hours,
        prefer_business_name=form.prefer_business_name,
        repertoire=form.repertoire,
        revision=int(metadata(press.modal).get("revision", "0")),
        view_id=press.view_id,
        created_at=services.clock(),
    )
