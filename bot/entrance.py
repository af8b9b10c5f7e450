"""The one way from Slack into the bot: acknowledge, check who it is, do one thing, let nothing escape.

In Bolt an exception right behind `ack()` erases the acknowledgement, and `app.error` is too late. So every
listener is registered here, and here alone Bolt's `ack` is called:

    action, command, shortcut   acknowledged at once, then done on an executor of our own
    submission                  its answer travels in the acknowledgement: it may only ask the database
    options                     an external select's options, the same

Whatever comes twice, delivered or pressed, has one effect: see `bot.doubles`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from re import Pattern
from typing import Any

import structlog
from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.access import Access, Need
from bot.answer import Answer
from bot.doubles import Doubles
from bot.errors import Errors
from bot.metrics import ACK_SECONDS, PRESSES
from bot.press import Json, Press
from bot.services import Services

_log = structlog.get_logger(__name__)

Do = Callable[[Press], None]
Form = tuple[Need, Do]
"""What one form of a command needs of the person, and what it does."""
Give = Callable[[Press], Answer]
Suggest = Callable[[Press], Sequence[Mapping[str, Any]]]
Listener = Callable[..., None]


class Entrance:
    """Registers listeners, each with what it needs of the person."""

    def __init__(self, app: App, services: Services) -> None:
        self._app = app
        self._slow = services.slow
        self._access: Access = services.access
        self._errors = Errors(services.languages)
        self._doubles = Doubles(services.store.presses)

    def command(self, name: str, forms: Mapping[str, Form], otherwise: Form) -> None:
        """Register a slash command: each word that may stand behind it, and what any other word gets."""

        def work(press: Press) -> None:
            need, do = forms.get(press.word, otherwise)
            self._check(need, press)
            do(press)

        self._app.command(name)(self._acknowledged(work, repeatable=True))

    def shortcut(self, callback_id: str | Pattern[str], need: Need, do: Do) -> None:
        """Register a global shortcut."""
        self._app.shortcut(callback_id)(self._doing(need, do, repeatable=True))

    def action(self, action_id: str | Pattern[str], need: Need, do: Do, *, repeatable: bool = False) -> None:
        """Register a click, or a choice that Slack sends at once.

        Two clicks on the same thing have one effect, unless it is `repeatable`: what only opens or turns a
        window, and what says how something is to be (a tick that is set, taken away and set again quickly
        must stay set). Without a word it is not: a click too few is seen and made again, an effect too many
        may never be seen.
        """
        self._app.action(action_id)(self._doing(need, do, repeatable=repeatable))

    def submission(self, callback_id: str | Pattern[str], need: Need, give: Give) -> None:
        """Register a modal's submit button.

        The same input in the same modal gets the same answer, and what comes after it comes once.
        """
        self._app.view(callback_id)(self._answering(need, give))

    def options(self, action_id: str | Pattern[str], need: Need, suggest: Suggest) -> None:
        """Register an external select's options."""
        self._app.options(action_id)(self._suggesting(need, suggest))

    def _doing(self, need: Need, do: Do, *, repeatable: bool) -> Listener:
        def work(press: Press) -> None:
            self._check(need, press)
            do(press)

        return self._acknowledged(work, repeatable=repeatable)

    def _acknowledged(self, work: Do, *, repeatable: bool) -> Listener:
        def once(press: Press) -> None:
            if not self._doubles.is_first(press, repeatable=repeatable):
                return
            try:
                work(press)
            except Exception:
                self._doubles.has_failed(press)
                raise

        def listener(ack: Ack, body: Json, client: WebClient) -> None:
            with _measured(body):
                ack()
            self._later(body, client, once)

        return listener

    def _answering(self, need: Need, give: Give) -> Listener:
        def work(press: Press) -> Answer:
            self._check(need, press)
            return self._doubles.answer_once(press, give)

        def listener(ack: Ack, body: Json, client: WebClient) -> None:
            with _measured(body):
                answer = self._errors.answer(body, client, work)
                ack(**answer.payload)
            if answer.has_effect:
                self._later(body, client, lambda _press: answer.then())

        return listener

    def _suggesting(self, need: Need, suggest: Suggest) -> Listener:
        def work(press: Press) -> Answer:
            self._check(need, press)
            return Answer({"options": list(suggest(press))})

        def listener(ack: Ack, body: Json, client: WebClient) -> None:
            with _measured(body):
                answer = self._errors.answer(body, client, work, otherwise=Answer({"options": []}))
                ack(**answer.payload)

        return listener

    def _later(self, body: Json, client: WebClient, work: Do) -> None:
        self._slow.submit(self._errors.guard, body, client, work).add_done_callback(_log_escaped)

    def _check(self, need: Need, press: Press) -> None:
        self._access.raise_if_refused(need, press.scope, press.user_id, press.client)


@contextmanager
def _measured(body: Json) -> Iterator[None]:
    PRESSES.labels(body.get("type", "command")).inc()
    with ACK_SECONDS.time():
        yield


def _log_escaped(done: Future[None]) -> None:
    """Name in the log what got past the guard: an executor says nothing by itself."""
    error = done.exception()
    if error is not None:
        _log.error("escaped", exc_info=error)
