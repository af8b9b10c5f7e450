"""Which language a person reads. Slack's payloads don't say; `users.info` does, and that is remembered."""

from concurrent.futures import Executor

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.texts import DEFAULT_LANGUAGE, Texts, language_of
from storage.records import Scope
from storage.store import Store

_log = structlog.get_logger(__name__)


class Languages:
    """Finds a person's texts at once, and asks Slack in the background when it does not know them yet."""

    def __init__(self, store: Store, slow: Executor) -> None:
        self._store = store
        self._slow = slow

    def of(self, scope: Scope, user_id: str, client: WebClient) -> Texts:
        """Give the texts to speak to a person with: Japanese until Slack has said otherwise."""
        language = self._store.users.language(scope, user_id)
        if language is None:
            self._slow.submit(self._learn, scope, user_id, client)
        return Texts(language or DEFAULT_LANGUAGE)

    def _learn(self, scope: Scope, user_id: str, client: WebClient) -> None:
        try:
            person = client.users_info(user=user_id, include_locale=True)["user"]
        except (SlackClientError, OSError) as error:
            _log.info("language_not_learned", user=user_id, error=type(error).__name__)
            return
        self._store.users.save_language(scope, user_id, language_of(person.get("locale")))
