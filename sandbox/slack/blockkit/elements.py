"""The interactive elements, their limits, and the blocks that may hold them."""

from sandbox.slack.blockkit.objects import (
    BOX_OPTION,
    CONFIRM,
    ID,
    MENU_OPTION,
    OPTION_GROUP,
    OPTIONS_MOST,
    SLACK_FILE,
    STYLE,
    plain,
    text,
)
from sandbox.slack.blockkit.schema import Bool, Choice, Int, ListOf, Shape, Spec, Str

Rules = dict[str, Spec]

DATE = Str(10, pattern=r"\d{4}-\d{2}-\d{2}")
TIME = Str(5, pattern=r"([01]\d|2[0-3]):[0-5]\d")
DISPATCH_CONFIG = Shape(
    {"trigger_actions_on": ListOf(Choice(("on_enter_pressed", "on_character_entered")), 2)}
)
MANY = Int(1, 2**31 - 1)

MULTI = {
    "multi_static_select",
    "multi_external_select",
    "multi_users_select",
    "multi_conversations_select",
    "multi_channels_select",
}
SINGLE = {menu.removeprefix("multi_") for menu in MULTI}
PICKERS = {"datepicker", "timepicker", "datetimepicker"}
CHOICES = {"checkboxes", "radio_buttons"}
TYPED_IN = {"plain_text_input", "email_text_input", "number_input", "url_text_input"}

IN_SECTION = frozenset(SINGLE | MULTI | CHOICES | {"button", "overflow", "image", "datepicker", "timepicker"})
IN_ACTIONS = frozenset(SINGLE | MULTI | CHOICES | PICKERS | {"button", "overflow"})
IN_INPUT = frozenset(SINGLE | MULTI | CHOICES | PICKERS | TYPED_IN | {"file_input"})
MODAL_ONLY = frozenset({"email_text_input", "number_input", "url_text_input", "file_input"})
NOT_ON_HOME = frozenset({"datetimepicker"})


def _element(kind: str, own: Rules, *, focus: bool = True, one_of: tuple[str, ...] = ()) -> Shape:
    common: Rules = {"type!": Choice((kind,)), "action_id": ID}
    return Shape(common | ({"focus_on_load": Bool()} if focus else {}) | own, one_of=one_of)


def _menu(kind: str, own: Rules, one_of: tuple[str, ...] = ()) -> Shape:
    several: Rules = {"max_selected_items": MANY} if kind.startswith("multi_") else {}
    common: Rules = {"placeholder": plain(150), "confirm": CONFIRM}
    return _element(kind, common | several | own, one_of=one_of)


def _menu_pair(kind: str, own: Rules, initial: str, value: Spec, one_of: tuple[str, ...] = ()) -> Rules:
    """Return a menu and its multi_ twin, whose initial value is a list."""
    multi = f"multi_{kind}"
    return {
        kind: _menu(kind, own | {initial: value}, one_of),
        multi: _menu(multi, own | {f"{initial}s": ListOf(value, 10_000)}, one_of),
    }


_CONVERSATION_FILTER = Shape(
    {
        "include": ListOf(Choice(("im", "mpim", "private", "public")), 4),
        "exclude_external_shared_channels": Bool(),
        "exclude_bot_users": Bool(),
    }
)
_STATIC: Rules = {
    "options": ListOf(MENU_OPTION, OPTIONS_MOST),
    "option_groups": ListOf(OPTION_GROUP, OPTIONS_MOST),
}
_CONVERSATIONS: Rules = {
    "default_to_current_conversation": Bool(),
    "response_url_enabled": Bool(),
    "filter": _CONVERSATION_FILTER,
}
_IMAGE: Rules = {
    "type!": Choice(("image",)),
    "alt_text!": Str(2000),
    "image_url": Str(3000),
    "slack_file": SLACK_FILE,
}
_TYPED: Rules = {"placeholder": plain(150), "dispatch_action_config": DISPATCH_CONFIG}
_LENGTHS: Rules = {"min_length": Int(0, 3000), "max_length": Int(1, 3000)}
_NUMERIC = Str(100, pattern=r"-?\d+(\.\d+)?")

ELEMENTS: Rules = {
    "button": _element(
        "button",
        {
            "text!": plain(75),
            "value": Str(2000, least=0),
            "url": Str(3000),
            "style": STYLE,
            "confirm": CONFIRM,
            "accessibility_label": Str(75),
        },
    ),
    "overflow": _element("overflow", {"options!": ListOf(MENU_OPTION, 5), "confirm": CONFIRM}, focus=False),
    "image": Shape(_IMAGE, one_of=("image_url", "slack_file")),
    "checkboxes": _element(
        "checkboxes",
        {"options!": ListOf(BOX_OPTION, 10), "initial_options": ListOf(BOX_OPTION, 10), "confirm": CONFIRM},
    ),
    "radio_buttons": _element(
        "radio_buttons",
        {"options!": ListOf(BOX_OPTION, 10), "initial_option": BOX_OPTION, "confirm": CONFIRM},
    ),
    "datepicker": _element(
        "datepicker", {"initial_date": DATE, "placeholder": plain(150), "confirm": CONFIRM}
    ),
    "timepicker": _element(
        "timepicker",
        {"initial_time": TIME, "placeholder": plain(150), "confirm": CONFIRM, "timezone": Str(255)},
    ),
    "datetimepicker": _element(
        "datetimepicker", {"initial_date_time": Int(10**9, 10**10 - 1), "confirm": CONFIRM}
    ),
    "plain_text_input": _element(
        "plain_text_input",
        _TYPED | _LENGTHS | {"multiline": Bool(), "initial_value": Str(3000, least=0)},
    ),
    "email_text_input": _element("email_text_input", _TYPED | {"initial_value": Str(3000, least=0)}),
    "url_text_input": _element("url_text_input", _TYPED | {"initial_value": Str(3000, least=0)}),
    "number_input": _element(
        "number_input",
        _TYPED
        | {
            "is_decimal_allowed!": Bool(),
            "initial_value": _NUMERIC,
            "min_value": _NUMERIC,
            "max_value": _NUMERIC,
        },
    ),
    "file_input": _element(
        "file_input", {"filetypes": ListOf(Str(20), 100), "max_files": Int(1, 10)}, focus=False
    ),
    **_menu_pair("static_select", _STATIC, "initial_option", MENU_OPTION, ("options", "option_groups")),
    **_menu_pair("external_select", {"min_query_length": Int(0, 3000)}, "initial_option", MENU_OPTION),
    **_menu_pair("users_select", {}, "initial_user", ID),
    **_menu_pair("conversations_select", _CONVERSATIONS, "initial_conversation", ID),
    **_menu_pair("channels_select", {"response_url_enabled": Bool()}, "initial_channel", ID),
}

_FEEDBACK = Shape({"text!": plain(75), "value!": Str(2000), "accessibility_label": Str(75)})
MESSAGE_ELEMENTS: Rules = {
    "feedback_buttons": _element(
        "feedback_buttons", {"positive_button!": _FEEDBACK, "negative_button!": _FEEDBACK}, focus=False
    ),
    "icon_button": _element(
        "icon_button",
        {
            "icon!": Choice(("trash",)),
            "text!": plain(75),
            "value": Str(2000),
            "confirm": CONFIRM,
            "accessibility_label": Str(75),
            "visible_to_user_ids": ListOf(ID, 100),
        },
        focus=False,
    ),
}
CONTEXT_PARTS: Rules = {"image": ELEMENTS["image"], "plain_text": text(2000), "mrkdwn": text(2000)}
