"""Ways through a tree of blocks: each element with its place, each text in it."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]


def elements_of(block: Json) -> Iterator[tuple[str, Json]]:
    """Yield the elements of a block with their JSON pointers below it."""
    if isinstance(block.get("accessory"), dict):
        yield "/accessory", block["accessory"]
    if isinstance(block.get("element"), dict):
        yield "/element", block["element"]
    if block.get("type") in {"actions", "context_actions"} and isinstance(block.get("elements"), list):
        for index, element in enumerate(block["elements"]):
            if isinstance(element, dict):
                yield f"/elements/{index}", element


def options_of(element: Json) -> list[Json]:
    """Return all options of an element, those in groups too."""
    groups: list[Json] = element.get("option_groups") or [{"options": element.get("options") or []}]
    return [option for group in groups for option in group.get("options") or []]


def characters(node: object) -> int:
    """Count the characters of every text below `node`."""
    if isinstance(node, list):
        return sum(characters(item) for item in node)
    if isinstance(node, dict):
        own = len(node["text"]) if isinstance(node.get("text"), str) else 0
        return own + sum(characters(part) for part in node.values())
    return 0
