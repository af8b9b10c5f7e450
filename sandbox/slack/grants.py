"""Tokens: which workspace one opens and what it may do."""

import secrets
import threading
from dataclasses import dataclass
from typing import Literal

from sandbox.slack.errors import SlackError
from sandbox.slack.workspace import Workspace


@dataclass(frozen=True)
class Grant:
    """What a token stands for. An app-level token opens Socket Mode and no workspace's data."""

    kind: Literal["bot", "app"]
    workspace: Workspace
    scopes: frozenset[str]


class Grants:
    """All tokens in force, and OAuth codes that wait to be exchanged."""

    def __init__(self) -> None:
        self._by_token: dict[str, Grant] = {}
        self._codes: dict[str, tuple[Workspace, str]] = {}
        self._lock = threading.Lock()

    def add(self, token: str, grant: Grant) -> None:
        """Put a token in force."""
        self._by_token[token] = grant

    def revoke(self, token: str) -> None:
        """Take a token back; calls with it get invalid_auth from now on."""
        self._by_token.pop(token, None)

    def of(self, token: str | None) -> Grant:
        """Return a token's grant, or refuse as every method does."""
        if not token:
            raise SlackError("not_authed")
        grant = self._by_token.get(token)
        if grant is None:
            raise SlackError("invalid_auth")
        return grant

    def install(self, workspace: Workspace, scopes: frozenset[str]) -> str:
        """Put a new bot token for a workspace in force and return it."""
        token = f"xoxb-{workspace.team.id}-{secrets.token_hex(8)}"
        self.add(token, Grant("bot", workspace, scopes))
        return token

    def code(self, workspace: Workspace, user_id: str) -> str:
        """Return the OAuth code that says: this person let the app into this workspace."""
        code = secrets.token_urlsafe(16)
        with self._lock:
            self._codes[code] = (workspace, user_id)
        return code

    def exchange(self, code: str) -> tuple[Workspace, str]:
        """Use a code up."""
        with self._lock:
            if code not in self._codes:
                raise SlackError("invalid_code")
            return self._codes.pop(code)
