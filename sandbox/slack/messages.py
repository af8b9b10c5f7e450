"""What was said: messages by channel, and files in them."""

from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, field
from typing import Self

from sandbox.slack.delivery import Json
from sandbox.slack.errors import SlackError


@dataclass
class File:
    """An uploaded file; `content` arrives by the upload URL."""

    id: str
    name: str
    content: bytes = b""

    def to_record(self) -> Json:
        """Return everything about it, for a file."""
        return vars(self) | {"content": b64encode(self.content).decode()}

    @classmethod
    def from_record(cls, record: Json) -> Self:
        """Read back what `to_record` gave."""
        return cls(**record | {"content": b64decode(record["content"])})


@dataclass
class Message:
    """A message in a channel; an ephemeral one is seen by `only_for` alone."""

    ts: str
    channel_id: str
    user_id: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    edited_ts: str | None = None
    only_for: str | None = None
    files: list[Json] = field(default_factory=list)

    def to_json(self, bot_id: str, app_id: str, team_id: str) -> Json:
        """Return the message as chat.postMessage and payloads show it."""
        whole: Json = {
            "type": "message",
            "ts": self.ts,
            "user": self.user_id,
            "team": team_id,
            "text": self.text,
            "blocks": self.blocks,
            "bot_id": bot_id,
            "app_id": app_id,
        }
        optional = {
            "attachments": self.attachments,
            "metadata": self.metadata,
            "thread_ts": self.thread_ts,
            "files": self.files,
            "edited": {"user": self.user_id, "ts": self.edited_ts} if self.edited_ts else None,
        }
        return whole | {key: value for key, value in optional.items() if value}

    def to_record(self) -> Json:
        """Return everything about it, for a file."""
        return asdict(self)

    @classmethod
    def from_record(cls, record: Json) -> Self:
        """Read back what `to_record` gave."""
        return cls(**record)


class Messages:
    """All messages of a workspace, in order of their timestamps. The workspace's lock guards it."""

    def __init__(self) -> None:
        self._by_channel: dict[str, dict[str, Message]] = {}

    def add(self, message: Message) -> Message:
        """Add a message to its channel."""
        self._by_channel.setdefault(message.channel_id, {})[message.ts] = message
        return message

    def find(self, channel_id: str, ts: str) -> Message:
        """Return a message, or refuse as chat.update does."""
        try:
            return self._by_channel[channel_id][ts]
        except KeyError:
            raise SlackError("message_not_found") from None

    def remove(self, message: Message) -> None:
        """Forget a message."""
        del self._by_channel[message.channel_id][message.ts]

    def seen_by(self, user_id: str, channel_id: str) -> list[Message]:
        """Return what somebody sees in a channel."""
        everything = self._by_channel.get(channel_id, {}).values()
        return [message for message in everything if message.only_for in {None, user_id}]

    def lasting(self) -> list[Message]:
        """Return all messages that outlive a reload: the ephemeral ones don't."""
        channels = self._by_channel.values()
        return [message for each in channels for message in each.values() if message.only_for is None]
