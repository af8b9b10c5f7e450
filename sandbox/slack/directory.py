"""Who and what is in a workspace: its name, its people, its channels."""

from dataclasses import dataclass, field
from typing import Literal

from sandbox.slack.delivery import Json

ChannelKind = Literal["channel", "private", "dm"]


@dataclass(frozen=True)
class Team:
    """A workspace's name; `enterprise_id` when it belongs to an Enterprise Grid."""

    id: str = "T0TSUBAME"
    name: str = "つばめ製作所"
    domain: str = "tsubame"
    enterprise_id: str | None = None

    def enterprise(self) -> Json | None:
        """Return the `enterprise` part of payloads."""
        return {"id": self.enterprise_id, "name": self.name} if self.enterprise_id else None


@dataclass
class User:
    """A person or a bot."""

    id: str
    name: str
    real_name: str
    is_admin: bool = False
    is_owner: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    deleted: bool = False
    locale: str = "ja-JP"
    tz: str = "Asia/Tokyo"

    def to_json(self, team: Team, *, with_locale: bool = False) -> Json:
        """Return the user as users.info does."""
        own: Json = {key: value for key, value in vars(self).items() if key != "locale"}
        if with_locale:
            own["locale"] = self.locale
        return own | {
            "team_id": team.id,
            "is_ultra_restricted": False,
            "is_primary_owner": False,
            "profile": {"real_name": self.real_name, "display_name": self.real_name},
        }


@dataclass
class Channel:
    """A public or private channel, or the direct messages between one person and the app."""

    id: str
    name: str
    kind: ChannelKind = "channel"
    members: set[str] = field(default_factory=set)
    is_ext_shared: bool = False
    is_archived: bool = False

    def to_json(self, member: str) -> Json:
        """Return the channel as conversations.info shows it to `member`."""
        common: Json = {
            "id": self.id,
            "is_channel": self.kind == "channel",
            "is_group": self.kind == "private",
            "is_im": self.kind == "dm",
            "is_private": self.kind != "channel",
            "is_archived": self.is_archived,
            "is_ext_shared": self.is_ext_shared,
            "is_shared": self.is_ext_shared,
            "num_members": len(self.members),
        }
        if self.kind == "dm":
            return common | {"user": next(iter(self.members - {member}), None)}
        return common | {"name": self.name, "name_normalized": self.name, "is_member": member in self.members}
