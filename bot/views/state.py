"""Reads what was typed and chosen in a view."""

from collections.abc import Mapping
from typing import Any

from bot.ids import Action

Json = Mapping[str, Any]


def element_of(view: Json, action: Action) -> Json:
    """Give the state of the one input with this action, in whatever block; empty when there is none."""
    values: Mapping[str, Json] = view["state"]["values"]
    return next((block[action] for block in values.values() if action in block), {})


def typed(view: Json, action: Action) -> str:
    """Give what stands in a text input, without surrounding space."""
    return (element_of(view, action).get("value") or "").strip()


def chosen(view: Json, action: Action) -> str | None:
    """Give the value of the entry chosen in a menu or among radio buttons."""
    option = element_of(view, action).get("selected_option") or {}
    return option.get("value")


def ticked(element: Json) -> list[str]:
    """Give the values of the ticked checkboxes."""
    return [option["value"] for option in element.get("selected_options") or ()]
