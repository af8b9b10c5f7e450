"""A button or modal that this version does not know: it is from before an update."""

from bot.answer import Answer, replace
from bot.press import Press
from bot.services import Services
from bot.views.blocks import Json
from bot.views.loading import message_view
from bot.views.sentences import failure_text


def say_obsolete(services: Services, press: Press) -> None:
    """Say so in a modal of its own."""
    opens = press.client.views_push if press.view else press.client.views_open
    opens(trigger_id=press.trigger_id, view=_view(services, press))


def say_obsolete_in_place(services: Services, press: Press) -> Answer:
    """Say so in the modal that was submitted."""
    return replace(_view(services, press))


def _view(services: Services, press: Press) -> Json:
    t = services.texts(press)
    return message_view(t, t("Notice"), *failure_text(t, "outdated_screen", {}))
