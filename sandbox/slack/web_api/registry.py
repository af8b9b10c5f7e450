"""How a Web API method is written down: its name, its scope, its function."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.slack.delivery import Json
from sandbox.slack.directory import Channel
from sandbox.slack.errors import SlackError
from sandbox.slack.grants import Grant
from sandbox.slack.workspace import Workspace

if TYPE_CHECKING:
    from sandbox.slack.server import Slack


@dataclass(frozen=True)
class Call:
    """One call of a method: who asks, and for what."""

    slack: "Slack"
    grant: Grant | None
    args: Json
    address: str
    """The address at which this Slack was reached, "http://127.0.0.1:8765/slack"."""

    @property
    def workspace(self) -> Workspace:
        """The workspace of the token."""
        if self.grant is None:
            raise SlackError("not_authed")
        return self.grant.workspace

    def text(self, name: str) -> str:
        """Return a required argument."""
        value = self.args.get(name)
        if value is None or value == "":
            raise SlackError("invalid_arguments", [f"[ERROR] missing required field: {name}"])
        return str(value)

    def flag(self, name: str) -> bool:
        """Return an optional yes or no, as JSON or as a form field."""
        return self.args.get(name) in (True, "true", "True", "1")

    def require(self, scope: str) -> None:
        """Refuse when the token lacks a scope."""
        scopes = self.grant.scopes if self.grant else frozenset()
        if scope not in scopes:
            raise SlackError("missing_scope", needed=scope, provided=",".join(sorted(scopes)))

    def channel(self, name: str = "channel") -> Channel:
        """Return the channel that an argument names; private ones exist for members alone."""
        channel = self.workspace.channels.get(self.text(name))
        if channel is None:
            raise SlackError("channel_not_found")
        if channel.kind != "channel" and self.workspace.bot.id not in channel.members:
            raise SlackError("channel_not_found")
        return channel

    def writable_channel(self, name: str = "channel") -> Channel:
        """Return the channel that an argument names, if the app may write there."""
        channel = self.channel(name)
        if channel.is_archived:
            raise SlackError("is_archived")
        if self.workspace.bot.id not in channel.members:
            raise SlackError("not_in_channel")
        return channel


Handler = Callable[[Call], Json]


@dataclass(frozen=True)
class Method:
    """A method of the Web API; `scope` is None for those that need none, `kind` the kind of token."""

    handler: Handler
    scope: str | None = None
    kind: str | None = "bot"


METHODS: dict[str, Method] = {}


def method(name: str, scope: str | None = None, kind: str | None = "bot") -> Callable[[Handler], Handler]:
    """Register a function as a Web API method."""

    def register(handler: Handler) -> Handler:
        METHODS[name] = Method(handler, scope, kind)
        return handler

    return register


def page(call: Call, items: Sequence[object], key: str) -> Json:
    """Return one page of a list, with the cursor of the next."""
    limit = int(call.args.get("limit") or 0) or len(items)
    start = int(call.args.get("cursor") or 0)
    following = start + limit
    cursor = str(following) if following < len(items) else ""
    return {key: items[start:following], "response_metadata": {"next_cursor": cursor}}
