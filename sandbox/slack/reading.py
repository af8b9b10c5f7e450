"""What a person reads: blocks flattened to lines of plain text."""

import html
from collections.abc import Iterator

from sandbox.slack.delivery import Json


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
    match node:
        case list():
            for item in node:
                yield from _lines(item)
        case {
            "type": "rich_text_section" | "rich_text_preformatted" | "rich_text_quote",
            "elements": elements,
        }:
            yield "".join(_inline(element) for element in elements)
        case {"type": "raw_number", "value": value}:
            yield str(value)
        case {"type": "image", "alt_text": alt}:
            yield alt
        case {"type": "data_table", "caption": caption, "rows": rows}:
            yield caption
            yield from _lines(rows)
        case {"text": str(text)}:
            yield plain(text)
        case dict():
            for key, part in node.items():
                if key not in {"confirm", "initial_option", "initial_options"}:
                    yield from _lines(part) if isinstance(part, dict | list) else ()


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
