"""What a person is told when something goes wrong: where they are, in a sentence, with what to do next.

What nobody foresaw gets a reference id, which is in the log too. Neither holds a personal value.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.access import Refused
from bot.answer import Answer, replace
from bot.languages import Languages
from bot.press import Json, Press, parse_press
from bot.remotes import NotIntegrated
from bot.tell import MODAL_GONE, TOO_LATE, TOO_MANY, code_of, send, tell
from bot.texts import Texts
from bot.views.blocks import Json as View
from bot.views.blocks import Level
from bot.views.buttons import settings_button
from bot.views.failures import Failure, error_text, failure_of
from bot.views.loading import message_view, told_message
from bot.views.sentences import Sentence, failure_text, unexpected_text
from sync.errors import RenkeiError

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Notice:
    """What a person is told, in whatever place they can be reached."""

    t: Texts
    sentence: Sentence
    level: Level = "warning"
    buttons: tuple[View, ...] = ()

    def view(self) -> View:
        title = self.t("Notice")
        return message_view(self.t, title, *self.sentence, level=self.level, buttons=self.buttons)

    def message(self) -> View:
        return told_message(*self.sentence, self.buttons)


@failure_of.register
def _(_error: Refused) -> Failure:
    return Failure("refused", {})


@failure_of.register
def _(_error: NotIntegrated) -> Failure:
    return Failure("not_integrated", {})


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
            self._tell_refusal(press, error)
        except Exception as error:  # noqa: BLE001 - nothing may escape; every kind is shown or named in the log
            self._tell(press, self._notice(press, error))

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
            return otherwise or replace(self._notice(press, error).view())

    def _notice(self, press: Press, error: Exception) -> _Notice:
        if not isinstance(error, RenkeiError):
            return self._unforeseen(press, error)
        _log.info("told", user=press.user_id, error=type(error).__name__)
        t = self._texts(press)
        buttons = (settings_button(t),) if isinstance(error, NotIntegrated) else ()
        return _Notice(t, error_text(t, error), buttons=buttons)

    def _unforeseen(self, press: Press, error: Exception) -> _Notice:
        reference = secrets.token_hex(4)
        _log.error("unforeseen", reference=reference, user=press.user_id, exc_info=error)
        t = self._texts(press)
        return _Notice(t, unexpected_text(t, reference), "error")

    def _tell_refusal(self, press: Press, error: SlackApiError) -> None:
        code = code_of(error)
        if code in MODAL_GONE:
            _log.info("modal_was_gone", user=press.user_id, error=code)
        elif code == TOO_LATE:
            _log.warning("opened_too_late", user=press.user_id)
            sentence = failure_text(self._texts(press), "too_late", {})
            send(press.client, press.user_id, told_message(*sentence))
        elif code == TOO_MANY:
            _log.warning("too_many_for_slack", user=press.user_id)
            t = self._texts(press)
            self._tell(press, _Notice(t, failure_text(t, "slack_busy", {})))
        else:
            self._tell(press, self._unforeseen(press, error))

    @staticmethod
    def _tell(press: Press, notice: _Notice) -> None:
        tell(press, notice.view(), notice.message())

    def _texts(self, press: Press) -> Texts:
        return self._languages.of(press.scope, press.user_id, press.client)
