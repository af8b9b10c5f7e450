"""Makes the Web API clients that speak as the app, for the composition root and the background work."""

import logging

from slack_sdk import WebClient
from slack_sdk.http_retry.builtin_handlers import (
    ConnectionErrorRetryHandler,
    RateLimitErrorRetryHandler,
    ServerErrorRetryHandler,
)

from bot.installations import BoltInstallations
from bot.settings import Settings
from storage.installations import Installations
from storage.records import Scope

TIMEOUT = 10
"""Seconds for one call to Slack."""
PATIENCE = 5
"""How often a background call is tried again when Slack asks for fewer; it waits as long as Slack says."""


class SlackClients:
    """Speaks as the app in a workspace, patiently: not for listeners, whose 3 seconds a retry would spend."""

    def __init__(self, settings: Settings, installations: Installations) -> None:
        self._settings = settings
        self._installed = BoltInstallations(installations, settings.workspaces)

    def of(self, scope: Scope) -> WebClient:
        """Give the client for a workspace; where the app was uninstalled, Slack refuses what it is asked."""
        client = self.once(scope)
        client.retry_handlers = [
            ConnectionErrorRetryHandler(max_retry_count=PATIENCE),
            RateLimitErrorRetryHandler(max_retry_count=PATIENCE),
            ServerErrorRetryHandler(max_retry_count=PATIENCE),
        ]
        return client

    def once(self, scope: Scope) -> WebClient:
        """Give one that repeats nothing by itself: what got no answer may have arrived."""
        client = web_client(self._settings, self._token(scope))
        client.retry_handlers = []
        return client

    def _token(self, scope: Scope) -> str | None:
        if self._settings.slack_bot_token:
            return self._settings.slack_bot_token.get_secret_value()
        bot = self._installed.find_bot(
            enterprise_id=scope.enterprise_id,
            team_id=scope.team_id,
            is_enterprise_install=not scope.team_id,
        )
        return bot.bot_token if bot else None


def web_client(settings: Settings, token: str | None = None) -> WebClient:
    """Give a client that answers or fails at once."""
    return WebClient(token=token, base_url=settings.slack_api_url, timeout=TIMEOUT)


def silent_client(settings: Settings, token: str | None = None) -> WebClient:
    """Give one for the command line, which tells what goes wrong itself: it logs nothing beside that."""
    silent = logging.getLogger(f"{__name__}.silent")
    silent.disabled = True
    return WebClient(token=token, base_url=settings.slack_api_url, timeout=TIMEOUT, logger=silent)
