"""A button or modal that this version does not know: it is from before an update."""

from bot.answer import Answer, replace
from bot.press import Press
from bot.services import Services
from bot.tell import tell
from bot.views.blocks import Json
from bot.views.loading import message_view, told_message
from bot.views.sentences import Sentence, failure_text


def say_obsolete(services: Services, press: Press) -> None:
    """Say so in a modal of its own."""
    tell(press, _view(services, press), told_message(*_sentence(services, press)))


def say_obsolete_in_place(services: Services, press: Press) -> Answer:
    """Say so in the modal that was submitted."""
    return replace(_view(services, press))


def _view(services: Services, press: Press) -> Json:
    t = services.texts(press)
    return message_view(t, t("Notice"), *_sentence(services, press))


def _sentence(services: Services, press: Press) -> Sentence:
    return failure_text(services.texts(press), "outdated_screen", {})
