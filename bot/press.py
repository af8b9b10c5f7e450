"""What a person did in Slack, parsed once: a command, a shortcut, a click, a submission."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from slack_sdk import WebClient

from bot.naming import delivery_name, press_name
from storage.records import Scope

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """One thing that one person did. `client` speaks as the app in their workspace."""

    scope: Scope
    user_id: str
    client: WebClient = field(repr=False)
    trigger_id: str = ""
    """Opens a modal for 3 seconds; "" where Slack gives none."""
    text: str = field(default="", repr=False)
    """What stands behind a slash command."""
    value: str = ""
    """What the pressed button carries."""
    block_id: str = ""
    """The block in which something was pressed or chosen."""
    is_ticked: bool = False
    """Whether a checkbox has a tick after the press."""
    typed: str = field(default="", repr=False)
    """What was typed into an external select."""
    view: Json | None = field(default=None, repr=False)
    """The modal in which it happened."""
    delivery: str = ""
    """Names what was done once, however often Slack delivers it."""
    name: str = ""
    """Names what was pressed: the same for two clicks on it. See `bot.naming`."""

    @property
    def word(self) -> str:
        """The first word behind a slash command, which says what is asked for; "" when there is none."""
        return self.text.partition(" ")[0].casefold()

    @property
    def rest(self) -> str:
        """What stands behind that word."""
        return self.text.partition(" ")[2].strip()

    @property
    def modal(self) -> Json:
        """The modal that was submitted or pressed in. Raises LookupError where there is none."""
        if self.view is None:
            raise LookupError("this did not happen in a modal")
        return self.view

    def show(self, view: dict[str, Any]) -> str:
        """Show a view in the place of the modal in which it happened, or in one of its own; give its id."""
        if self.view:
            shown = self.client.views_update(view_id=self.view_id, view=view)
        else:
            shown = self.client.views_open(trigger_id=self.trigger_id, view=view)
        return str(shown["view"]["id"])

    @property
    def view_id(self) -> str:
        """The id of the modal in which it happened, "" when it happened in a message."""
        return str(self.view["id"]) if self.view else ""


def parse_press(body: Json, client: WebClient) -> Press:
    """Read Slack's payload of a command, shortcut, block action, submission or suggestion."""
    action: Json = next(iter(body.get("actions") or ()), {})
    return Press(
        scope=_scope(body),
        user_id=body.get("user_id") or body["user"]["id"],
        client=client,
        trigger_id=body.get("trigger_id") or "",
        text=" ".join((body.get("text") or "").split()),
        value=_value(action),
        block_id=action.get("block_id") or "",
        is_ticked=bool(action.get("selected_options")),
        typed=body.get("value") or "",
        view=body.get("view"),
        delivery=delivery_name(body),
        name=press_name(body),
    )


def _scope(body: Json) -> Scope:
    team, enterprise = body.get("team") or {}, body.get("enterprise") or {}
    if body.get("is_enterprise_install") in {True, "true"}:
        return Scope(enterprise.get("id") or body.get("enterprise_id") or "", "")
    return Scope(
        enterprise.get("id") or body.get("enterprise_id") or "",
        team.get("id") or body.get("team_id") or body.get("user", {}).get("team_id") or "",
    )


def _value(action: Json) -> str:
    chosen = action.get("selected_option") or {}
    return str(action.get("value") or chosen.get("value") or "")
