"""What a person reads: blocks flattened to lines of plain text."""

import html
from collections.abc import Iterator

from sandbox.slack.delivery import Json

_RICH_LINES = frozenset({"rich_text_section", "rich_text_preformatted", "rich_text_quote"})
_UNSEEN = frozenset({"confirm", "initial_option", "initial_options", "style"})


def lines_of(blocks: list[Json]) -> list[str]:
    """Return the texts of blocks in reading order, one entry a text; button and option labels too."""
    return [line for block in blocks for line in _lines(block) if line]


def label_of(part: Json | None) -> str:
    """Return the text of a text object (a label, a button's text, a title)."""
    return plain((part or {}).get("text") or "")


def plain(text: str) -> str:
    """Return mrkdwn as it is seen, its escaped characters restored; bold and strike marks stay."""
    return html.unescape(text)


def _lines(node: object) -> Iterator[str]:
    if isinstance(node, list):
        for item in node:
            yield from _lines(item)
    elif isinstance(node, dict):
        own = _own_line(node)
        yield from _parts(node) if own is None else (own,)


def _own_line(node: Json) -> str | None:
    """Return the line that a node is as a whole; None when its parts are lines of their own."""
    match node:
        case {
            "type": "rich_text_section" | "rich_text_preformatted" | "rich_text_quote",
            "elements": elements,
        }:
            return "".join(_inline(element) for element in elements)
        case {"type": "raw_number", "value": value}:
            return str(value)
        case {"type": "image", "alt_text": str(alt)}:
            return alt
        case {"text": str(text)}:
            return plain(text)
        case _:
            return None


def _parts(node: Json) -> Iterator[str]:
    if isinstance(node.get("caption"), str):
        yield node["caption"]
    for key, part in node.items():
        if key not in _UNSEEN:
            yield from _lines(part)


def _inline(element: Json) -> str:
    match element:
        case {"type": "emoji", "name": name}:
            return f":{name}:"
        case {"type": "link", "url": url}:
            return str(element.get("text") or url)
        case {"type": "user", "user_id": user_id}:
            return f"<@{user_id}>"
        case {"type": "channel", "channel_id": channel_id}:
            return f"<#{channel_id}>"
        case {"type": "date"}:
            return str(element.get("fallback") or element["format"])
        case _:
            return str(element.get("text") or element.get("value") or element.get("range") or "")
