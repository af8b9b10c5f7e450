"""Slack itself: its workspaces behind one WSGI application."""

from collections.abc import Iterable
from pathlib import Path

from sandbox.clock import Clock
from sandbox.slack import saving
from sandbox.slack.app_settings import AppSettings
from sandbox.slack.delivery import Transport
from sandbox.slack.directory import Team
from sandbox.slack.grants import Grant, Grants
from sandbox.slack.http_delivery import SignedHttp
from sandbox.slack.socket_mode import SocketMode
from sandbox.slack.web_server import ApiCall, create_wsgi
from sandbox.slack.workspace import Workspace


class Slack:
    """The stand-in as the demo's server mounts it at /slack.

    `base_url` is the address of the mount ("http://127.0.0.1:8765/slack"), set by the server
    once it knows its port: response_urls are made from it.
    """

    def __init__(self, clock: Clock, app: AppSettings, teams: Iterable[Team] = (Team(),)) -> None:
        self.app = app
        self.base_url = ""
        self.calls: list[ApiCall] = []
        self.grants = Grants()
        self.socket_mode = SocketMode(app.app_id, self._wake)
        transport = self._transport()
        self.workspaces = {team.id: Workspace(team, app, clock, transport, self) for team in teams}
        self.grants.add(app.app_token, Grant("app", self.workspace, frozenset({"connections:write"})))
        self.wsgi = create_wsgi(self)

    @property
    def workspace(self) -> Workspace:
        """The first workspace; the only one unless OAuth is tried."""
        return next(iter(self.workspaces.values()))

    @property
    def connections(self) -> int:
        """How many Socket Mode connections the app holds; the demo is up with the first."""
        return self.socket_mode.connections

    def install(self, token: str, workspace: Workspace | None = None) -> None:
        """Put a bot token of known text in force, with all scopes of the app."""
        self.grants.add(token, Grant("bot", workspace or self.workspace, self.app.scopes))

    def stop(self) -> None:
        """Close the app's websockets and give up on repetitions; before the HTTP server stops."""
        for workspace in self.workspaces.values():
            workspace.courier.stop()
        self.socket_mode.drop()

    def save(self, path: Path) -> None:
        """Write the first workspace's messages, users and channels to a JSON file."""
        saving.save(self.workspace, path)

    def load(self, path: Path) -> None:
        """Read back what `save` wrote; nothing happens when the file is missing."""
        saving.load(self.workspace, path)

    def _transport(self) -> Transport:
        if self.app.request_url:
            return SignedHttp(self.app.request_url, self.app.signing_secret)
        return self.socket_mode

    def _wake(self) -> None:
        for workspace in self.workspaces.values():
            with workspace.change():
                pass
