"""The manifest asks Slack for what the code uses, and for no more."""

import inspect
import re
from pathlib import Path
from typing import Any

import yaml
from slack_sdk import WebClient

from bot.ids import COMMAND, Callback
from bot.installations import SCOPES
from bot.server import EVENTS_PATH

ROOT = Path(__file__).parents[3]
MANIFEST: dict[str, Any] = yaml.safe_load((ROOT / "app_manifest.yml").read_text(encoding="utf-8"))
CODE = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "bot").rglob("*.py"))

SCOPES_OF = {
    # docs.slack.dev/reference/methods
    "apps_connections_open": set(),
    "auth_test": set(),
    "chat_postMessage": {"chat:write", "im:write"},  # also to a person, for whom a DM is opened
    "chat_update": {"chat:write"},
    "conversations_info": {"channels:read", "groups:read"},
    "conversations_open": {"im:write"},
    "files_upload_v2": {"files:write"},
    "users_info": {"users:read"},
    "views_open": set(),
    "views_push": set(),
    "views_update": set(),
}


def called_methods() -> set[str]:
    """Every name behind a dot in the code that is a Web API method of slack_sdk."""
    names = set(re.findall(r"\.([a-z]+_\w+)\b", CODE))
    return {name for name in names if inspect.isfunction(getattr(WebClient, name, None))}


def test_every_method_that_the_code_calls_is_known_here() -> None:
    called = called_methods()
    assert {"views_open", "chat_postMessage", "chat_update"} <= called
    assert called <= set(SCOPES_OF)


def test_the_scopes_are_those_of_the_methods_called_and_of_the_command() -> None:
    needed = {"commands"}.union(*(SCOPES_OF[method] for method in called_methods()))
    assert set(MANIFEST["oauth_config"]["scopes"]["bot"]) == needed
    assert set(SCOPES) == needed


def test_the_command_and_the_shortcut_are_those_that_the_code_registers() -> None:
    assert [each["command"] for each in MANIFEST["features"]["slash_commands"]] == [COMMAND]
    assert [each["callback_id"] for each in MANIFEST["features"]["shortcuts"]] == [Callback.SHORTCUT]


def test_the_usage_hint_names_every_form_of_the_command() -> None:
    (command,) = MANIFEST["features"]["slash_commands"]
    assert set(command["usage_hint"].strip("[]").split("|")) == {
        "pull",
        "push",
        "history",
        "who",
        "settings",
        "help",
    }


def test_the_events_are_those_that_forget_an_installation() -> None:
    assert "enable_token_revocation_listeners()" in CODE
    assert MANIFEST["settings"]["event_subscriptions"]["bot_events"] == ["app_uninstalled", "tokens_revoked"]
    assert MANIFEST["settings"]["interactivity"]["is_enabled"]


def test_it_is_for_socket_mode_and_names_no_address() -> None:
    assert MANIFEST["settings"]["socket_mode_enabled"] is True
    assert EVENTS_PATH not in (ROOT / "app_manifest.yml").read_text(encoding="utf-8")


def test_direct_messages_are_possible_and_an_empty_home_is_not_shown() -> None:
    home = MANIFEST["features"]["app_home"]
    assert home["messages_tab_enabled"] is True
    assert home["home_tab_enabled"] is False


def test_every_text_fits_slacks_manifest_schema() -> None:
    # slackapi/manifest-schema, manifest.schema.1.0.0.json
    display, features = MANIFEST["display_information"], MANIFEST["features"]
    assert len(display["name"]) <= 35
    assert len(display["description"]) <= 140
    assert 175 <= len(display["long_description"]) <= 4000
    assert re.fullmatch(r"#[0-9a-f]{6}", display["background_color"])
    assert len(features["bot_user"]["display_name"]) <= 80
    for command in features["slash_commands"]:
        assert re.fullmatch(r"/[a-z0-9_-]{1,31}", command["command"])
        assert len(command["description"]) <= 2000
        assert len(command["usage_hint"]) <= 1000
    for shortcut in features["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150
        assert shortcut["type"] in {"global", "message"}
