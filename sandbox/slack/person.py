"""What a human does in Slack; each deed goes to the app and waits for its acknowledgement."""

from sandbox.slack import acks, payloads
from sandbox.slack.delivery import Delivery, Envelope, Json, Kind
from sandbox.slack.directory import User
from sandbox.slack.element_kinds import KINDS, find_element, value_of
from sandbox.slack.events import send_event
from sandbox.slack.input_state import missing_inputs
from sandbox.slack.response_urls import Answerable
from sandbox.slack.views import OpenView
from sandbox.slack.workspace import Workspace

_STATIC_PARTS = ("action_id", "type", "text", "value", "placeholder", "style")


class Person:
    """One user of a workspace, acting.

    Every method returns after the acknowledgement or after Slack's 3 seconds without one. A method
    that may have nothing to tell the app (`change`, `submit`, `close`) then returns None. Naming something
    that isn't on the screen raises LookupError.
    """

    def __init__(self, workspace: Workspace, user_id: str) -> None:
        self.workspace = workspace
        self.user_id = user_id

    @property
    def user(self) -> User:
        """The person's own record."""
        return self.workspace.users[self.user_id]

    def command(self, text: str, channel_id: str | None = None) -> Delivery:
        """Type a slash command ("/renkei pull") into a channel; without one, into the app's DM."""
        workspace = self.workspace
        if text.split(" ", maxsplit=1)[0] not in {known.command for known in workspace.app.commands}:
            raise LookupError(f"{text} は有効なコマンドではありません")
        channel = workspace.channels[channel_id] if channel_id else workspace.dm(self.user_id)
        url = workspace.response_url(Answerable(channel.id, self.user_id))
        payload = payloads.command(workspace, self.user, channel, text, url)
        delivery = self._deliver("slash_commands", payload)
        return acks.after_command(workspace, channel.id, self.user_id, delivery)

    def shortcut(self, callback_id: str) -> Delivery:
        """Choose a global shortcut."""
        if callback_id not in {known.callback_id for known in self.workspace.app.shortcuts}:
            raise LookupError(f"no shortcut {callback_id!r}")
        return self._deliver("interactive", payloads.shortcut(self.workspace, self.user, callback_id))

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

        `block_id` tells apart buttons that share an action_id. `value` is the choice in a menu that stands in
        a message, or in an overflow menu.
        """
        if view_id is None:
            return self._press_in_message(action_id, str(channel), str(ts), block_id, value)
        with self.workspace.change():
            view = self._view(view_id)
            block, element = find_element(view.blocks, block_id, action_id)
            action = _action(block, element, value)
        return self._act(view, action)

    def change(
        self, view_id: str, block_id: str, action_id: str, value: object, *, dispatch: bool = True
    ) -> Delivery | None:
        """Set an input of a view, as `state.values` would hold it in short.

        text, date, time and number: str; select and radio: the option's value; multi-select and
        checkboxes: list of values; users and channels: ids; None or [] empties it. The app hears of it
        (block_actions) when the element stands in a section or actions block or has dispatch_action;
        without `dispatch` it does not: text was typed, and Enter not pressed.
        """
        with self.workspace.change():
            view = self._view(view_id)
            block, element = find_element(view.blocks, block_id, action_id)
            held = {KINDS[element["type"]].held: value_of(element, value, view.offered.get(block_id, []))}
            view.values[block_id][action_id] = {"type": element["type"]} | held
            view.errors.pop(block_id, None)
        if not dispatch or (block["type"] == "input" and not block.get("dispatch_action")):
            return None
        return self._act(view, _named(block, element) | held)

    def suggest(self, view_id: str, block_id: str, action_id: str, text: str) -> Delivery:
        """Type into an external select; the delivery's response holds options or option_groups."""
        view = self._view(view_id)
        asked = {"action_id": action_id, "value": text}
        shown = self.workspace.view_json(view_id)
        payload = payloads.suggestion(self.workspace, self.user, shown, block_id, asked)
        delivery = self._deliver("interactive", payload)
        return acks.after_suggestion(self.workspace, view, block_id, delivery)

    def submit(self, view_id: str) -> Delivery | None:
        """Press a modal's submit button; None when Slack itself refuses (a required input is empty)."""
        with self.workspace.change():
            view = self._view(view_id)
            if "submit" not in view.source:
                raise LookupError("the view has no submit button")
            view.errors = missing_inputs(view.blocks, view.values)
            if view.errors:
                return None
        payload = payloads.submission(self.workspace, self.user, self.workspace.view_json(view_id))
        return acks.after_submission(self.workspace, view, self._deliver("interactive", payload))

    def close(self, view_id: str) -> Delivery | None:
        """Close a modal by its close button; the app hears of it only with notify_on_close.

        With clear_on_close the whole stack goes, and the app hears of each view.
        """
        with self.workspace.change():
            view = self._view(view_id)
            is_cleared = bool(view.source.get("clear_on_close"))
            shown = self.workspace.view_json
            stack = self.workspace.views.stacks[self.user_id][::-1]
            told = [shown(each.id) for each in (stack if is_cleared else [view])]
            if is_cleared:
                self.workspace.views.clear(self.user_id)
            else:
                self.workspace.views.close(view)
        deliveries = [
            self._deliver(
                "interactive", payloads.closed(self.workspace, self.user, each, is_cleared=is_cleared)
            )
            for each in told
            if each["notify_on_close"]
        ]
        return deliveries[0] if deliveries else None

    def open_home(self) -> Delivery | None:
        """Open the app's Home tab; None when the app hasn't subscribed to app_home_opened."""
        workspace = self.workspace
        home = workspace.views.homes.get(self.user_id)
        inner: Json = {
            "type": "app_home_opened",
            "user": self.user_id,
            "channel": workspace.dm(self.user_id).id,
            "tab": "home",
        }
        if home:
            inner["view"] = workspace.view_json(home.id)
        return send_event(workspace, inner)

    def snapshot(self) -> Json:
        """Everything that this person sees, JSON-ready."""
        return self.workspace.snapshot(self.user_id)

    def _press_in_message(
        self, action_id: str, channel_id: str, ts: str, block_id: str | None, value: str | None
    ) -> Delivery:
        workspace = self.workspace
        with workspace.change():
            channel = workspace.channels[channel_id]
            message = workspace.messages.find(channel_id, ts)
            block, element = find_element(message.blocks, block_id, action_id)
            action = _action(block, element, value)
        url = workspace.response_url(Answerable(channel_id, self.user_id, ts))
        payload = payloads.message_action(workspace, self.user, channel, message, action, url)
        return self._deliver("interactive", payload)

    def _act(self, view: OpenView, action: Json) -> Delivery:
        shown = self.workspace.view_json(view.id)
        return self._deliver("interactive", payloads.view_action(self.workspace, self.user, shown, action))

    def _view(self, view_id: str) -> OpenView:
        view = self.workspace.views.find(view_id)
        if view.user_id != self.user_id:
            raise LookupError(f"{view_id} is not on this person's screen")
        return view

    def _deliver(self, kind: Kind, payload: Json) -> Delivery:
        return self.workspace.courier.deliver(Envelope(self.workspace.ids.new("E"), kind, payload))


def _action(block: Json, element: Json, value: str | None) -> Json:
    if element["type"] not in KINDS:
        return _named(block, element)
    return _named(block, element) | {KINDS[element["type"]].held: value_of(element, value, [])}


def _named(block: Json, element: Json) -> Json:
    shown = {key: element[key] for key in _STATIC_PARTS if key in element}
    return {"block_id": block["block_id"]} | shown
