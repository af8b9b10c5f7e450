"""The app as it is registered with Slack: names, secrets, commands, scopes."""

from dataclasses import dataclass
from typing import Self

from sandbox.slack.delivery import Json


@dataclass(frozen=True)
class Command:
    """A slash command of the app's manifest."""

    command: str
    description: str
    usage_hint: str = ""


@dataclass(frozen=True)
class Shortcut:
    """A global shortcut of the app's manifest."""

    callback_id: str
    name: str
    description: str = ""


@dataclass(frozen=True)
class AppSettings:
    """One app. Payloads go to `request_url` over signed HTTP, or over Socket Mode when that is None."""

    app_id: str = "A0RENKEI"
    name: str = "Renkei"
    client_id: str = "1234.5678"
    client_secret: str = "client-secret"
    signing_secret: str = "signing-secret"
    app_token: str = "xapp-renkei"
    request_url: str | None = None
    redirect_uri: str | None = None
    commands: tuple[Command, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    scopes: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    has_home: bool = True
    """Whether the app has a Home tab."""

    @classmethod
    def from_manifest(cls, manifest: Json, **more: str | None) -> Self:
        """Read commands, shortcuts, scopes and events from an app manifest (its parsed YAML)."""
        features = manifest["features"]
        commands = [
            Command(each["command"], each["description"], each.get("usage_hint", ""))
            for each in features.get("slash_commands", [])
        ]
        shortcuts = [
            Shortcut(each["callback_id"], each["name"], each["description"])
            for each in features.get("shortcuts", [])
            if each["type"] == "global"
        ]
        return cls(
            name=manifest["display_information"]["name"],
            commands=tuple(commands),
            shortcuts=tuple(shortcuts),
            scopes=frozenset(manifest["oauth_config"]["scopes"]["bot"]),
            events=frozenset(manifest["settings"].get("event_subscriptions", {}).get("bot_events", [])),
            has_home=features.get("app_home", {}).get("home_tab_enabled", False),
            **more,  # type: ignore[arg-type] # the callers' own names of str fields
        )
