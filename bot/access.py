"""Who may do what. Asked at every entry; whoever is not named is refused."""

from enum import Enum, auto

from slack_sdk import WebClient

from bot.remotes import NotIntegrated
from storage.records import Scope
from storage.store import Store
from sync.errors import RenkeiError


class Need(Enum):
    """What an entry asks of the person."""

    ADMINISTRATOR = auto()
    """Named in 連携設定."""
    SETTINGS = auto()
    """May open 連携設定: an administrator or, while there is none, whoever answers for the workspace."""
    OPENED_SETTINGS = auto()
    """Has 連携設定 open, which SETTINGS allowed; asks nothing of Slack, for an acknowledgement can't wait."""
    NOTHING = auto()
    """Shows no personal data: the help, and a window that only closes."""


class Refused(RenkeiError):
    """The person may not do this."""


class Access:
    """Decides for one installation of the bot.

    `always` are the ids in RENKEI_ADMINS: they may always open 連携設定, and nothing more by that.
    """

    def __init__(self, store: Store, always: frozenset[str]) -> None:
        self._store = store
        self._always = always

    def raise_if_refused(self, need: Need, scope: Scope, user_id: str, client: WebClient) -> None:
        """Raise Refused unless the person meets the need; NotIntegrated while nobody could meet it yet."""
        if need is Need.NOTHING or self._store.administrators.contains(scope, user_id):
            return
        if need is Need.SETTINGS and self._may_begin(scope, user_id, client):
            return
        if need is Need.OPENED_SETTINGS and self._may_still_begin(scope, user_id):
            return
        if need is Need.ADMINISTRATOR and not self._store.administrators.list(scope):
            raise NotIntegrated
        raise Refused

    def _may_begin(self, scope: Scope, user_id: str, client: WebClient) -> bool:
        if user_id in self._always:
            return True
        if self._store.administrators.list(scope):
            return False
        return self._store.installations.is_installer(scope, user_id) or _answers_for_workspace(
            client, user_id
        )

    def _may_still_begin(self, scope: Scope, user_id: str) -> bool:
        return user_id in self._always or not self._store.administrators.list(scope)


def _answers_for_workspace(client: WebClient, user_id: str) -> bool:
    person = client.users_info(user=user_id)["user"]
    return bool(person.get("is_admin") or person.get("is_owner")) and not person.get("deleted")
