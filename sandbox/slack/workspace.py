"""One Slack workspace: who is in it, what was said, which views are open."""

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol

from sandbox.clock import Clock
from sandbox.slack import snapshot
from sandbox.slack.app_settings import AppSettings
from sandbox.slack.delivery import Courier, Delivery, Json, Transport
from sandbox.slack.directory import Channel, Team, User
from sandbox.slack.errors import SlackError
from sandbox.slack.faults import Faults
from sandbox.slack.ids import Ids
from sandbox.slack.messages import File, Message, Messages
from sandbox.slack.response_urls import Answerable, ResponseUrls
from sandbox.slack.triggers import Triggers
from sandbox.slack.views import Views


class Host(Protocol):
    """Where this Slack is reached."""

    base_url: str


class Workspace:
    """The state of one workspace; every change raises `version` and wakes who waits for it.

    Whoever reads or writes the parts does it inside `with workspace.change():`.
    """

    def __init__(self, team: Team, app: AppSettings, clock: Clock, transport: Transport, host: Host) -> None:
        self.team = team
        self.app = app
        self.clock = clock
        self._host = host
        self.ids = Ids(clock)
        self.bot = User("U0RENKEI", app.name.lower(), app.name, is_bot=True)
        self.bot_id = "B0RENKEI"
        self.users: dict[str, User] = {self.bot.id: self.bot}
        self.channels: dict[str, Channel] = {}
        self.messages = Messages()
        self.files: dict[str, File] = {}
        self.views = Views(self.ids)
        self.triggers = Triggers(self.ids)
        self.response_urls = ResponseUrls()
        self.faults = Faults()
        self.deliveries: list[Delivery] = []
        self.courier = Courier(transport, self.faults.take_double, self.deliveries)
        self.version = 0
        self._changed = threading.Condition()

    @contextmanager
    def change(self) -> Iterator[None]:
        """Hold the workspace's lock; on the way out everybody who waits for a change is woken."""
        with self._changed:
            try:
                yield
            finally:
                self.version += 1
                self._changed.notify_all()

    def wait_for_change(self, since_version: int, timeout: float) -> int:
        """Wait until `version` is above `since_version`, at most `timeout` seconds; return the version."""
        deadline = time.monotonic() + timeout
        with self._changed:
            while self.version <= since_version and (left := deadline - time.monotonic()) > 0:
                self._changed.wait(left)
            return self.version

    def snapshot(self, user_id: str) -> Json:
        """Return what one user sees, with JSON-ready values only; its keys are listed in snapshot.py."""
        with self._changed:
            return snapshot.of(self, user_id)

    def add_users(self, *users: User) -> None:
        """Let people join the workspace."""
        with self.change():
            self.users |= {user.id: user for user in users}

    def add_channel(self, channel: Channel, members: Iterable[str] = ()) -> Channel:
        """Create a channel."""
        with self.change():
            channel.members |= set(members)
            self.channels[channel.id] = channel
            return channel

    def invite_bot(self, channel_id: str) -> None:
        """Make the app a member of a channel, as `/invite @Renkei` does."""
        with self.change():
            self.channels[channel_id].members.add(self.bot.id)

    def dm(self, user_id: str) -> Channel:
        """Return the direct messages between somebody and the app."""
        with self.change():
            channel_id = f"D{user_id[1:]}"
            if user_id not in self.users:
                raise SlackError("user_not_found")
            if channel_id not in self.channels:
                self.channels[channel_id] = Channel(channel_id, self.app.name, "dm", {user_id, self.bot.id})
            return self.channels[channel_id]

    def say(self, channel_id: str, payload: Json, *, only_for: str | None = None) -> Message:
        """Let the app post a message; its content was checked before."""
        with self.change():
            return self.messages.add(
                Message(
                    ts=self.ids.ts(),
                    channel_id=channel_id,
                    user_id=self.bot.id,
                    text=payload.get("text") or "",
                    blocks=self.views.named(payload.get("blocks") or []),
                    attachments=payload.get("attachments") or [],
                    metadata=payload.get("metadata"),
                    thread_ts=payload.get("thread_ts"),
                    only_for=only_for,
                )
            )

    def response_url(self, where: Answerable) -> str:
        """Return an address at which the app can answer for a while."""
        return f"{self._host.base_url}/response/{self.team.id}/{self.response_urls.issue(where)}"

    def message_json(self, message: Message) -> Json:
        """Return a message as Slack shows it to apps."""
        return message.to_json(self.bot_id, self.app.app_id, self.team.id)

    def view_json(self, view_id: str) -> Json:
        """Return an open view as Slack shows it to apps."""
        with self._changed:
            return snapshot.view_json(self, self.views.find(view_id))
