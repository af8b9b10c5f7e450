"""The Bolt app: who speaks (one workspace's token, or OAuth), and every listener."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import structlog
from slack_bolt import App

from bot.entrance import Entrance
from bot.installations import oauth_settings
from bot.listeners import register
from bot.services import Services
from bot.settings import Settings
from bot.slack_clients import web_client

_log = structlog.get_logger(__name__)

LISTENERS = 32
"""Threads for listeners. Bolt's own 5 would make the sixth slow press time out."""


def create_app(services: Services, settings: Settings) -> App:
    """Make the app; over Socket Mode and over HTTP it is the same one."""
    secret = settings.slack_signing_secret
    oauth = oauth_settings(settings, services.store.installations)
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token and not oauth else None
    app = App(
        client=web_client(settings, token),
        signing_secret=secret.get_secret_value() if secret else None,
        request_verification_enabled=settings.slack_app_token is None,
        oauth_settings=oauth,
        token_verification_enabled=False,
        listener_executor=ThreadPoolExecutor(LISTENERS, thread_name_prefix="listener"),
    )
    if oauth is None:
        _hear_uninstallation(app)
    else:
        app.enable_token_revocation_listeners()
    register(Entrance(app, services), services)
    return app


def _hear_uninstallation(app: App) -> None:
    """Say in the log that a single workspace's token has ended; there is no installation to forget."""
    for name in ("app_uninstalled", "tokens_revoked"):
        app.event(name)(_token_ended(name))


def _token_ended(name: str) -> Callable[[], None]:
    def listener() -> None:
        _log.warning("token_ended", event_name=name)

    return listener
