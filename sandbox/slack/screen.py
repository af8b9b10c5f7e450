"""A person's deeds by what they see: labels and button texts, not ids."""

import time
from collections.abc import Callable

from sandbox.slack import finding
from sandbox.slack.blockkit.walk import options_of
from sandbox.slack.delivery import Delivery, Json
from sandbox.slack.finding import Found
from sandbox.slack.input_state import held_value
from sandbox.slack.messages import File
from sandbox.slack.person import Person
from sandbox.slack.reading import label_of, lines_of, plain

PATIENCE = 5.0
"""Seconds that `wait_for` waits unless told otherwise."""


class NotSeenError(AssertionError):
    """What was looked for isn't on the screen; the message lists what is."""


class Screen:
    """What one person sees, and their hands on it.

    Works on the topmost modal; without one on the Home tab. Names are whole labels, except for `tick`.
    """

    def __init__(self, person: Person) -> None:
        self.person = person

    def modal(self) -> Json | None:
        """Return the topmost modal."""
        modals: list[Json] = self.person.snapshot()["modals"]
        return modals[-1] if modals else None

    def home(self) -> Json | None:
        """Return the Home tab."""
        home: Json | None = self.person.snapshot()["home"]
        return home

    def texts(self) -> list[str]:
        """Return what stands on the view in front, title first, line by line."""
        view = self.modal() or self.home()
        return [label_of(view.get("title")), *lines_of(view["blocks"])] if view else []

    def text(self) -> str:
        """Return `texts` as one text, for `in`."""
        return "\n".join(self.texts())

    def messages(self, channel_id: str | None = None) -> list[str]:
        """Return the messages of a channel, oldest first, each as one text; without one, of the app's DM."""
        return ["\n".join(_message_lines(message)) for message in self._channel(channel_id)["messages"]]

    def files(self, channel_id: str | None = None) -> list[File]:
        """Return a channel's files with their content, oldest first; without one, those of the app's DM."""
        messages = self._channel(channel_id)["messages"]
        files = self.person.workspace.files
        return [files[each["id"]] for message in messages for each in message["files"]]

    def errors(self) -> dict[str, str]:
        """Return the complaints shown in the form, by the label of the field."""
        view = self._view()
        labels = {block["block_id"]: label_of(block.get("label")) for block in view["blocks"]}
        return {labels[block_id]: text for block_id, text in view["errors"].items()}

    def value(self, label: str) -> object:
        """Return what stands in a field: a text, an option's value, ids …, as `state.values` holds it."""
        view = self._view()
        block_id, action_id = self._field(view, label).ids
        return held_value(view["state"]["values"][block_id][action_id])

    def press(self, label: str, channel_id: str | None = None) -> Delivery:
        """Press a button of the view in front, or of a channel's newest message; say yes if it asks."""
        if channel_id:
            return self._press_in_message(label, channel_id)
        view = self._view()
        found = self._seen(finding.button(view["blocks"], label), label)
        block_id, action_id = found.ids
        return self.person.press(action_id, view_id=view["id"], block_id=block_id, value=found.option)

    def fill(self, label: str, text: str) -> Delivery | None:
        """Write into a field (a date as YYYY-MM-DD); what stood there goes."""
        view = self._view()
        return self.person.change(view["id"], *self._field(view, label).ids, text)

    def choose(self, label: str, *options: str) -> Delivery | None:
        """Choose in a menu by the options' texts, people by their names, channels by theirs."""
        view = self._view()
        found = self._field(view, label)
        values = [self._option(view, found, option) for option in options]
        wanted = values if found.element["type"].startswith("multi_") else values[0]
        return self.person.change(view["id"], *found.ids, wanted)

    def tick(self, text: str) -> Delivery | None:
        """Tick the box, or choose the radio button, whose text contains this."""
        view = self._view()
        found = self._seen(finding.tick_box(view["blocks"], text), text)
        if found.element["type"] == "radio_buttons":
            return self.person.change(view["id"], *found.ids, found.option)
        return self.person.change(view["id"], *found.ids, [*self._ticked(view, found), found.option])

    def untick(self, text: str) -> Delivery | None:
        """Take the tick away from the box whose text contains this."""
        view = self._view()
        found = self._seen(finding.tick_box(view["blocks"], text), text)
        left = [value for value in self._ticked(view, found) if value != found.option]
        return self.person.change(view["id"], *found.ids, left)

    def submit(self) -> Delivery | None:
        """Press the modal's submit button; None when Slack itself refuses (see `errors`)."""
        return self.person.submit(self._view()["id"])

    def close(self) -> Delivery | None:
        """Press the modal's close button."""
        return self.person.close(self._view()["id"])

    def wait_for(self, what: str | Callable[["Screen"], object], timeout: float = PATIENCE) -> None:
        """Wait until a text stands on the view in front, or until a predicate of this screen holds."""
        deadline = time.monotonic() + timeout
        while True:
            version = self.person.workspace.version
            if what in self.text() if isinstance(what, str) else what(self):
                return
            left = deadline - time.monotonic()
            if left <= 0:
                raise NotSeenError(f"{what!r} did not appear in {timeout} s; seen: {self.texts()}")
            self.person.workspace.wait_for_change(version, left)

    def wait_for_message(self, text: str, channel_id: str | None = None, timeout: float = PATIENCE) -> None:
        """Wait until a message of a channel (or of the app's DM) contains a text."""
        self.wait_for(lambda screen: any(text in message for message in screen.messages(channel_id)), timeout)

    def _press_in_message(self, label: str, channel_id: str) -> Delivery:
        for message in reversed(self._channel(channel_id)["messages"]):
            found = finding.button(message["blocks"], label)
            if found:
                block_id, action_id = found.ids
                ts = message["ts"]
                return self.person.press(
                    action_id, channel=channel_id, ts=ts, block_id=block_id, value=found.option
                )
        raise NotSeenError(f"no button {label!r} in {channel_id}; seen: {self.messages(channel_id)}")

    def _channel(self, channel_id: str | None) -> Json:
        wanted = channel_id or self.person.workspace.dm(self.person.user_id).id
        channels: list[Json] = self.person.snapshot()["channels"]
        for channel in channels:
            if channel["id"] == wanted:
                return channel
        raise NotSeenError(f"{self.person.user_id} sees no channel {wanted}")

    def _view(self) -> Json:
        view = self.modal() or self.home()
        if view is None:
            raise NotSeenError("no modal and no Home tab")
        return view

    def _field(self, view: Json, label: str) -> Found:
        return self._seen(finding.field(view["blocks"], label), label)

    def _seen(self, found: Found | None, what: str) -> Found:
        if found is None:
            raise NotSeenError(f"no {what!r}; seen: {self.texts()}")
        return found

    def _ticked(self, view: Json, found: Found) -> list[str]:
        block_id, action_id = found.ids
        state = view["state"]["values"][block_id][action_id]
        return [option["value"] for option in state["selected_options"]]

    def _option(self, view: Json, found: Found, text: str) -> str:
        value = finding.option_value(self._offers(view, found, text), text)
        if value is None:
            raise NotSeenError(f"no option {text!r} in {label_of(found.block.get('label'))!r}")
        return value

    def _offers(self, view: Json, found: Found, text: str) -> list[Json]:
        """Return what unfolds: the element's own options, the app's, or people and channels."""
        kind = found.element["type"].removeprefix("multi_")
        snapshot = self.person.snapshot()
        if kind == "external_select":
            answer = self.person.suggest(view["id"], *found.ids, text).response
            return options_of(answer)
        if kind == "users_select":
            return [_offer(user["id"], user["real_name"]) for user in snapshot["users"]]
        if kind in {"channels_select", "conversations_select"}:
            return [_offer(channel["id"], channel["name"]) for channel in snapshot["channels"]]
        return options_of(found.element)


def _offer(value: str, text: str) -> Json:
    return {"value": value, "text": {"type": "plain_text", "text": text}}


def _message_lines(message: Json) -> list[str]:
    """Return what a message shows: its blocks if it has any, else its text; then the names of its files."""
    shown = lines_of(message["blocks"]) if message["blocks"] else [plain(message["text"])]
    return [*shown, *[file["name"] for file in message["files"]]]
