"""Installation by OAuth: what Bolt asks of its stores, answered by ours."""

import logging
from functools import partial

from slack_bolt.error import BoltError
from slack_bolt.oauth.callback_options import (
    CallbackOptions,
    DefaultCallbackOptions,
    FailureArgs,
)
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store import InstallationStore
from slack_sdk.oauth.installation_store.models.bot import Bot
from slack_sdk.oauth.installation_store.models.installation import Installation
from slack_sdk.oauth.state_store import OAuthStateStore

from bot.install_page import refusal_page
from bot.settings import Settings
from storage.installations import Installations
from storage.records import InstallationKey, Scope

SCOPES = (
    "channels:read",
    "chat:write",
    "commands",
    "files:write",
    "groups:read",
    "im:write",
    "users:read",
)
"""What Renkei asks Slack for, and no more; `app_manifest.yml` says the same."""
ANY_WORKSPACE = "*"
INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"

_log = logging.getLogger(__name__)


class InstallationRefused(BoltError):
    """RENKEI_WORKSPACES does not name this workspace."""


class StateStore(OAuthStateStore):
    """The one-time words that tie the end of an installation to its beginning."""

    def __init__(self, installations: Installations) -> None:
        self._installations = installations

    @property
    def logger(self) -> logging.Logger:
        """Give the logger that Bolt asks for."""
        return _log

    def issue(self, *_args: object, **_kwargs: object) -> str:
        """Give a new word."""
        return self._installations.issue()

    def consume(self, state: str) -> bool:
        """Tell whether a word is ours, fresh and unspent; it is spent by asking."""
        return self._installations.consume(state)


class BoltInstallations(InstallationStore):
    """Bolt's store over ours. Renkei asks for no user token, so a workspace has one installation: the bot's.

    Who installed is kept beside it, for they may open 連携設定 first.
    """

    def __init__(self, installations: Installations, allowed: frozenset[str]) -> None:
        self._installations = installations
        self._allowed = allowed

    @property
    def logger(self) -> logging.Logger:
        """Give the logger that Bolt asks for."""
        return _log

    def save(self, installation: Installation) -> None:
        """Keep an installation in place of the one before. Raises InstallationRefused."""
        if self._allowed.isdisjoint({ANY_WORKSPACE, installation.team_id, installation.enterprise_id}):
            raise InstallationRefused("RENKEI_WORKSPACES does not name this workspace")
        content = {name: value for name, value in vars(installation).items() if value is not None}
        for user_id in (None, installation.user_id):
            self._installations.save(_key_of(installation, user_id), content)

    def find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """Find the bot that serves a workspace: its own, or its organisation's."""
        team = "" if is_enterprise_install else team_id or ""
        key = InstallationKey(enterprise_id or "", team, bool(is_enterprise_install))
        content = self._installations.find(key)
        return Installation(**content).to_bot() if content else None

    def delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget the bot that serves a workspace, and with it who installed it."""
        self.delete_all(enterprise_id=enterprise_id, team_id=team_id)

    def delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Forget that somebody installed: their own token was revoked."""
        for key in (
            InstallationKey(enterprise_id or "", team_id or "", user_id=user_id),
            InstallationKey(enterprise_id or "", "", is_enterprise_install=True, user_id=user_id),
        ):
            if user_id:
                self._installations.delete(key)

    def delete_all(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget a workspace's installation; without one of its own, its organisation's was uninstalled."""
        own = InstallationKey(enterprise_id or "", team_id or "")
        of_organisation = self._installations.find(own) is None and enterprise_id
        team = "" if of_organisation else team_id or ""
        self._installations.delete_all(Scope(enterprise_id or "", team))


def oauth_settings(settings: Settings, installations: Installations) -> OAuthSettings | None:
    """Give Bolt what it needs to be installed by many workspaces; None with a single workspace's token."""
    if not settings.slack_client_id or not settings.slack_client_secret:
        return None
    oauth = OAuthSettings(
        client_id=settings.slack_client_id,
        client_secret=settings.slack_client_secret.get_secret_value(),
        scopes=SCOPES,
        installation_store=BoltInstallations(installations, settings.workspaces),
        installation_store_bot_only=True,
        state_store=StateStore(installations),
        install_path=INSTALL_PATH,
        redirect_uri_path=REDIRECT_PATH,
    )
    usual = DefaultCallbackOptions(
        logger=_log,
        state_utils=oauth.state_utils,
        redirect_uri_page_renderer=oauth.redirect_uri_page_renderer,
    )
    oauth.callback_options = CallbackOptions(success=usual.success, failure=partial(_fail, usual))
    return oauth


def _fail(usual: CallbackOptions, args: FailureArgs) -> BoltResponse:
    if isinstance(args.error, InstallationRefused):
        return BoltResponse(
            status=403, body=refusal_page(), headers={"Content-Type": "text/html; charset=utf-8"}
        )
    return usual.failure(args)


def _key_of(installation: Installation, user_id: str | None) -> InstallationKey:
    return InstallationKey(
        installation.enterprise_id or "",
        "" if installation.is_enterprise_install else installation.team_id or "",
        installation.is_enterprise_install,
        user_id,
    )
