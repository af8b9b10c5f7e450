"""What a person is told when something goes wrong: where they are, in a sentence, with what to do next.

What nobody foresaw gets a reference id, which is in the log too. Neither holds a personal value.
"""

import secrets
from collections.abc import Callable

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.access import Refused
from bot.answer import Answer, replace
from bot.languages import Languages
from bot.press import Json, Press, parse_press
from bot.remotes import NotConnected
from bot.texts import Texts
from bot.views.blocks import Json as View
from bot.views.buttons import settings_button
from bot.views.loading import message_view
from bot.views.sentences import Failure, error_text, failure_of, unexpected_text
from sync.errors import RenkeiError

_log = structlog.get_logger(__name__)
_GONE = frozenset({"not_found", "view_not_found", "expired_trigger_id", "exchanged_trigger_id"})
"""Slack's words for a modal that the person has closed, or opened too late to show anything in it."""


@failure_of.register
def _(_error: Refused) -> Failure:
    return Failure("refused", {})


@failure_of.register
def _(_error: NotConnected) -> Failure:
    return Failure("not_connected", {})


class Errors:
    """Runs a listener's work and turns whatever it raises into something shown."""

    def __init__(self, languages: Languages) -> None:
        self._languages = languages

    def guard(self, body: Json, client: WebClient, work: Callable[[Press], None]) -> None:
        """Do the work of something that is acknowledged already; show what goes wrong in a modal."""
        press = parse_press(body, client)
        try:
            work(press)
        except SlackApiError as error:
            if error.response["error"] in _GONE:
                _log.info("modal_was_gone", user=press.user_id)
            else:
                self._show(press, self._unforeseen(press, error))
        except Exception as error:  # noqa: BLE001 - nothing may escape; every kind is shown or named in the log
            self._show(press, self._view(press, error))

    def answer(
        self,
        body: Json,
        client: WebClient,
        work: Callable[[Press], Answer],
        otherwise: Answer | None = None,
    ) -> Answer:
        """Give the work's answer or, in the same modal, what went wrong.

        `otherwise` stands in where nothing can be shown.
        """
        press = parse_press(body, client)
        try:
            return work(press)
        except Exception as error:  # noqa: BLE001 - nothing may escape; every kind is shown or named in the log
            return otherwise or replace(self._view(press, error))

    def _view(self, press: Press, error: Exception) -> View:
        if not isinstance(error, RenkeiError):
            return self._unforeseen(press, error)
        _log.info("told", user=press.user_id, error=type(error).__name__)
        t = self._texts(press)
        buttons = (settings_button(t),) if isinstance(error, NotConnected) else ()
        return message_view(t, t("Notice"), *error_text(t, error), buttons=buttons)

    def _unforeseen(self, press: Press, error: Exception) -> View:
        reference = secrets.token_hex(4)
        _log.error("unforeseen", reference=reference, user=press.user_id, exc_info=error)
        t = self._texts(press)
        return message_view(t, t("Notice"), *unexpected_text(t, reference), level="error")

    def _texts(self, press: Press) -> Texts:
        return self._languages.of(press.scope, press.user_id, press.client)

    def _show(self, press: Press, view: View) -> None:
        opens = press.client.views_push if press.view else press.client.views_open
        try:
            opens(trigger_id=press.trigger_id, view=view)
        except (SlackApiError, OSError) as error:
            _log.warning("error_not_shown", user=press.user_id, error=type(error).__name__)
