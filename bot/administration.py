"""`admin`: who is an administrator, and under which key the database lies, from the command line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.compose import clock_of
from bot.keys import keyring
from bot.schema import migrate_all
from bot.settings import Settings, SettingsError
from bot.slack_clients import silent_client
from storage.administrators import Administrators
from storage.errors import LastAdministrator
from storage.records import Scope
from storage.store import Store

BY = "command line"
"""What the database keeps as the one who named an administrator."""
_USER_ID = re.compile(r"[UW][A-Z0-9]+")
"""How Slack's member ids look."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is asked for, about whom."""

    what: Literal["add", "list", "remove"]
    user_ids: tuple[str, ...]


def change_administrators(
    settings: Settings, change: Change, team_id: str, enterprise_id: str
) -> Iterator[str]:
    """Carry a change out and give the administrators afterwards. Raises SettingsError, LastAdministrator."""
    _raise_if_unclear(change)
    scope = scope_of(settings, team_id, enterprise_id)
    if change.what != "add":
        _raise_if_nothing_is_kept(settings)
    migrate_all(settings)
    store = Store.open(settings.database_url, keyring(settings), clock_of(settings))
    try:
        if (team_id or enterprise_id) and not _is_known(store, scope):
            if change.what != "add":
                raise SettingsError(f"No workspace {_name(scope)} is known here: look at its id again.")
            yield f"No workspace {_name(scope)} was known here before: make sure of its id."
        _carry_out(store.administrators, scope, change)
        yield from store.administrators.list(scope) or ("There is no administrator yet.",)
    finally:
        store.close()


def reseal(settings: Settings) -> int:
    """Seal everything stored with the newest key; give how many values. Raises SettingsError, SealBroken."""
    _raise_if_nothing_is_kept(settings)
    migrate_all(settings)
    store = Store.open(settings.database_url, keyring(settings), clock_of(settings))
    try:
        return store.reseal()
    finally:
        store.close()


def scope_of(settings: Settings, team_id: str, enterprise_id: str) -> Scope:
    """Give the workspace that is meant: the named one, or the one that SLACK_BOT_TOKEN belongs to.

    Raises SettingsError, SlackClientError.
    """
    if team_id or enterprise_id:
        return Scope(enterprise_id, team_id)
    if settings.is_oauth:
        raise SettingsError("Many workspaces can use this Renkei: name the one that you mean with --team.")
    if not settings.slack_bot_token:
        raise SettingsError(
            "Without SLACK_BOT_TOKEN nothing says which workspace is meant: set it, or name one with --team."
        )
    try:
        answer = silent_client(settings, settings.slack_bot_token.get_secret_value()).auth_test()
    except OSError as error:
        raise SettingsError(
            f"Slack was not reached ({type(error).__name__}), so it did not say which workspace is meant: "
            "name it with --team, or see whether outgoing HTTPS connections are allowed."
        ) from None
    is_organisation = bool(answer.get("is_enterprise_install"))
    return Scope(answer.get("enterprise_id") or "", "" if is_organisation else answer["team_id"])


def _raise_if_unclear(change: Change) -> None:
    if change.what != "list" and not change.user_ids:
        raise SettingsError(f"`admin {change.what}` needs the ids of members, which begin with U or W.")
    for user_id in change.user_ids:
        if not _USER_ID.fullmatch(user_id):
            raise SettingsError(
                f"{user_id} is no member id: it begins with U or W; in Slack: profile, ⋮, “Copy member ID”."
            )


def _raise_if_nothing_is_kept(settings: Settings) -> None:
    """Leave no empty database behind where somebody only looks, maybe in another folder."""
    file = settings.sqlite_file
    if file is not None and not file.exists():
        raise SettingsError(
            f"There is no database at {file.absolute()}: set DATABASE_URL to the one that Renkei uses."
        )


def _is_known(store: Store, scope: Scope) -> bool:
    """Tell whether anything is kept of a workspace that names it."""
    return (
        bool(store.administrators.list(scope))
        or store.integrations.contains(scope)
        or store.installations.contains(scope)
    )


def _name(scope: Scope) -> str:
    return scope.team_id or scope.enterprise_id


def _carry_out(administrators: Administrators, scope: Scope, change: Change) -> None:
    if change.what == "add":
        for user_id in change.user_ids:
            administrators.add(scope, user_id, by=BY)
    if change.what == "remove":
        left = [user_id for user_id in administrators.list(scope) if user_id not in change.user_ids]
        try:
            administrators.replace(scope, left, by=BY)
        except LastAdministrator:
            raise SettingsError("The last administrator can't be removed: add another one first.") from None
