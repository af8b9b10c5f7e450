"""What a human does in Slack; each deed goes to the app and waits for its acknowledgement."""

from sandbox.slack.delivery import Delivery, Json
from sandbox.slack.workspace import Workspace


class Person:
    """One user of a workspace, acting.

    Every method returns after the acknowledgement or after Slack's 3 seconds without one. A method
    that may have nothing to tell the app (`change`, `close`) then returns None.
    """

    def __init__(self, workspace: Workspace, user_id: str) -> None:
        self.workspace = workspace
        self.user_id = user_id

    def command(self, text: str, channel_id: str | None = None) -> Delivery:
        """Type a slash command ("/renkei pull") into a channel; without one, into the app's DM."""
        raise NotImplementedError

    def shortcut(self, callback_id: str) -> Delivery:
        """Choose a global shortcut."""
        raise NotImplementedError

    def press(  # noqa: PLR0913 - the ways of naming one button among those on the screen
        self,
        action_id: str,
        *,
        view_id: str | None = None,
        channel: str | None = None,
        ts: str | None = None,
        block_id: str | None = None,
        value: str | None = None,
    ) -> Delivery:
        """Press a button: in a view (`view_id`; a modal or App Home) or in a message (`channel`, `ts`).

        `block_id` and `value` tell apart buttons that share an action_id.
        """
        raise NotImplementedError

    def change(self, view_id: str, block_id: str, action_id: str, value: object) -> Delivery | None:
        """Set an input of a view, as `state.values` would hold it in short.

        text, date, time and number: str; select and radio: the option's value; multi-select and
        checkboxes: list of values; users and channels: ids; None or [] empties it. The app hears of it
        (block_actions) when the element stands in a section or actions block or has dispatch_action.
        """
        raise NotImplementedError

    def suggest(self, view_id: str, block_id: str, action_id: str, text: str) -> Delivery:
        """Type into an external select; the delivery's response holds options or option_groups."""
        raise NotImplementedError

    def submit(self, view_id: str) -> Delivery | None:
        """Press a modal's submit button; None when Slack itself refuses (a required input is empty)."""
        raise NotImplementedError

    def close(self, view_id: str) -> Delivery | None:
        """Close a modal; the app hears of it only with notify_on_close."""
        raise NotImplementedError

    def open_home(self) -> Delivery:
        """Open the app's Home tab (app_home_opened)."""
        raise NotImplementedError

    def snapshot(self) -> Json:
        """Everything that this person sees, JSON-ready."""
        return self.workspace.snapshot(self.user_id)
