"""Finds what a person means by a label: a button, a field, an option."""

from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.slack.blockkit.walk import elements_of, options_of
from sandbox.slack.delivery import Json
from sandbox.slack.element_kinds import KINDS
from sandbox.slack.reading import label_of, lines_of


@dataclass(frozen=True)
class Found:
    """An element on the screen, and the option in it that was meant, if any."""

    block: Json
    element: Json
    option: str | None = None

    @property
    def ids(self) -> tuple[str, str]:
        """(block_id, action_id)."""
        return self.block["block_id"], self.element["action_id"]


def button(blocks: list[Json], label: str) -> Found | None:
    """Return the button, or the entry of an overflow menu, with this text."""
    for block, element in _elements(blocks):
        if element["type"] in {"button", "icon_button"} and label_of(element["text"]) == label:
            return Found(block, element)
        if element["type"] == "overflow":
            for option in options_of(element):
                if label_of(option["text"]) == label:
                    return Found(block, element, option["value"])
    return None


def field(blocks: list[Json], label: str) -> Found | None:
    """Return the element that goes by this name: its input's label, its placeholder or its section's text."""
    for block, element in _elements(blocks):
        names = [label_of(block.get("label")), label_of(element.get("placeholder"))]
        if block["type"] == "section":
            names += lines_of([{"text": block.get("text")}])
        if element["type"] in KINDS and label in names:
            return Found(block, element)
    return None


def tick_box(blocks: list[Json], text: str) -> Found | None:
    """Return the checkbox or radio button whose text or description contains this."""
    for block, element in _elements(blocks):
        if element["type"] in {"checkboxes", "radio_buttons"}:
            for option in options_of(element):
                if any(text in line for line in lines_of([option])):
                    return Found(block, element, option["value"])
    return None


def option_value(options: list[Json], text: str) -> str | None:
    """Return the value of the option with this text."""
    return next((option["value"] for option in options if label_of(option["text"]) == text), None)


def _elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    for block in blocks:
        for _, element in elements_of(block):
            yield block, element
