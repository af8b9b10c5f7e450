"""The elements that hold a value: what their state is called and where it begins."""

from dataclasses import dataclass
from typing import Any

from sandbox.slack.blockkit.walk import elements_of, options_of
from sandbox.slack.delivery import Json


@dataclass(frozen=True)
class Kind:
    """How one type of element keeps its value in `state.values`."""

    held: str
    """The key of the value: value, selected_option, selected_users …"""
    initial: str
    """The element's own key for the value to start with."""
    many: bool = False
    options: bool = False
    """Whether values are option objects."""

    def empty(self) -> Any:  # noqa: ANN401 - any JSON
        """Return the value of an input that nobody has touched."""
        return [] if self.many else None


_TYPED = Kind("value", "initial_value")
_ONE = Kind("selected_option", "initial_option", options=True)
_SEVERAL = Kind("selected_options", "initial_options", many=True, options=True)
KINDS: dict[str, Kind] = {
    "plain_text_input": _TYPED,
    "email_text_input": _TYPED,
    "url_text_input": _TYPED,
    "number_input": _TYPED,
    "static_select": _ONE,
    "external_select": _ONE,
    "radio_buttons": _ONE,
    "overflow": _ONE,
    "multi_static_select": _SEVERAL,
    "multi_external_select": _SEVERAL,
    "checkboxes": _SEVERAL,
    "users_select": Kind("selected_user", "initial_user"),
    "channels_select": Kind("selected_channel", "initial_channel"),
    "conversations_select": Kind("selected_conversation", "initial_conversation"),
    "multi_users_select": Kind("selected_users", "initial_users", many=True),
    "multi_channels_select": Kind("selected_channels", "initial_channels", many=True),
    "multi_conversations_select": Kind("selected_conversations", "initial_conversations", many=True),
    "datepicker": Kind("selected_date", "initial_date"),
    "timepicker": Kind("selected_time", "initial_time"),
    "datetimepicker": Kind("selected_date_time", "initial_date_time"),
    "file_input": Kind("files", "initial_files", many=True),
}


def value_of(element: Json, wanted: object, offered: list[Json]) -> object:
    """Return what an element holds once a person set it to `wanted`.

    For elements with options `wanted` is the option's value, or a list of them; they are looked up among the
    element's own options and those `offered` by the app. Raises LookupError for one that isn't there.
    """
    kind = KINDS[element["type"]]
    if wanted is None or wanted == []:
        return kind.empty()
    if not kind.options:
        return wanted
    known = {option["value"]: option for option in [*options_of(element), *offered]}
    return [known[str(each)] for each in wanted] if isinstance(wanted, list) else known[str(wanted)]


def with_ids(blocks: list[Json], new_id: "NewId") -> list[Json]:
    """Return the blocks with the block_ids and action_ids that Slack adds where they are missing."""
    named = [dict(block) | {"block_id": block.get("block_id") or new_id()} for block in blocks]
    for block in named:
        for key in ("accessory", "element"):
            if isinstance(block.get(key), dict):
                block[key] = _with_action_id(block[key], new_id)
        if block["type"] in {"actions", "context_actions"}:
            block["elements"] = [_with_action_id(element, new_id) for element in block["elements"]]
    return named


class NewId:
    """Makes short ids like those that Slack adds."""

    def __init__(self) -> None:
        self._count = 0

    def __call__(self) -> str:
        """Return the next one."""
        self._count += 1
        return f"auto{self._count}"


def _with_action_id(element: Json, new_id: NewId) -> Json:
    if element["type"] == "image":
        return element
    return element | {"action_id": element.get("action_id") or new_id()}


def find_element(blocks: list[Json], block_id: str | None, action_id: str) -> tuple[Json, Json]:
    """Return (block, element) of an action_id; LookupError when it isn't on the screen."""
    for block in blocks:
        if block_id in {None, block["block_id"]}:
            for _, element in elements_of(block):
                if element.get("action_id") == action_id:
                    return block, element
    raise LookupError(f"no element {action_id!r} in block {block_id!r}")
