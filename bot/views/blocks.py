"""The few blocks and elements that Renkei's screens are made of.

Texts are plain or rich, never mrkdwn: nothing that a person typed can turn into a mention or a link.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from bot.ids import Action

Json = dict[str, Any]
Level = Literal["info", "warning", "error", "success"]
Style = Literal["bold", "strike", "italic", "code"]

SECTION_MOST, ALERT_MOST, HEADER_MOST, PLACEHOLDER_MOST, LABEL_MOST = 3000, 200, 150, 150, 2000
BUTTON_MOST = OPTION_MOST = 75
"""Slack's limits (docs.slack.dev/reference/block-kit)."""
_LEAD = 10
"""Letters shown before the first difference of two long texts."""


def length(text: str) -> int:
    """Count as UTF-16 does: Slack doesn't say how it counts 𠮷, so the larger figure counts."""
    return len(text.encode("utf-16-le")) // 2


def clip(text: str, most: int) -> str:
    """Cut to `most` characters with an ellipsis, never between a letter and the mark that belongs to it."""
    if length(text) <= most:
        return text
    kept = text[: most - 1]
    while length(kept) > most - 1:
        kept = kept[:-1]
    while kept and _continues(text[len(kept)]):
        kept = kept[:-1]
    return kept + "…"


def clip_both(old: str, new: str, most: int) -> tuple[str, str]:
    """Cut two texts, from shortly before the first difference if they would look the same otherwise."""
    cut = clip(old, most), clip(new, most)
    if old == new or cut[0] != cut[1]:
        return cut
    start = max(0, _first_difference(old, new) - _LEAD)
    while start and _continues(old[start]):
        start -= 1
    return "…" + clip(old[start:], most - 1), "…" + clip(new[start:], most - 1)


def _first_difference(old: str, new: str) -> int:
    pairs = enumerate(zip(old, new, strict=False))
    return next((index for index, (one, other) in pairs if one != other), min(len(old), len(new)))


def _continues(letter: str) -> bool:
    return bool(unicodedata.combining(letter)) or unicodedata.category(letter) == "Mn"


def plain(text: str, most: int = SECTION_MOST) -> Json:
    """Make a text in which nothing has a meaning: no mention, no link, no :emoji: by its name."""
    return {"type": "plain_text", "text": clip(text, most) or " ", "emoji": False}


def section(text: str) -> Json:
    """Make a paragraph."""
    return {"type": "section", "text": plain(text)}


def header(text: str) -> Json:
    """Make a headline."""
    return {"type": "header", "text": plain(text, HEADER_MOST)}


def context(text: str) -> Json:
    """Make a small grey line."""
    return {"type": "context", "elements": [plain(text, 2000)]}


def divider() -> Json:
    """Make a line across."""
    return {"type": "divider"}


def alert(text: str, level: Level = "info") -> Json:
    """Make a coloured box; modals only."""
    return {"type": "alert", "level": level, "text": plain(text, ALERT_MOST)}


def actions(*elements: Json, block_id: str | None = None) -> Json:
    """Make a row of buttons and menus."""
    block: Json = {"type": "actions", "elements": list(elements)}
    return block if block_id is None else block | {"block_id": block_id}


def button(
    action: Action,
    text: str,
    value: str = "",
    *,
    style: Literal["primary", "danger"] | None = None,
    confirm: Json | None = None,
) -> Json:
    """Make a button; `value` comes back with the press."""
    element: Json = {"type": "button", "action_id": action, "text": plain(text, BUTTON_MOST), "value": value}
    if style is not None:
        element["style"] = style
    if confirm is not None:
        element["confirm"] = confirm
    return element


def ask(title: str, text: str, confirm: str, deny: str) -> Json:
    """Make the question that a button asks before it acts."""
    return {
        "title": plain(title, 100),
        "text": plain(text, 300),
        "confirm": plain(confirm, 30),
        "deny": plain(deny, 30),
    }


def option(text: str, value: str, description: str | None = None) -> Json:
    """Make one entry of a menu, of radio buttons or of checkboxes."""
    entry: Json = {"text": plain(text, OPTION_MOST), "value": value}
    return entry if description is None else entry | {"description": plain(description, OPTION_MOST)}


def input_block(
    block_id: str, label: str, element: Json, *, hint: str | None = None, optional: bool = False
) -> Json:
    """Make a labelled input."""
    block: Json = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, LABEL_MOST),
        "element": element,
        "optional": optional,
    }
    return block if hint is None else block | {"hint": plain(hint, LABEL_MOST)}


def placeholder(text: str) -> Json:
    """Make the grey text of an empty input."""
    return plain(text, PLACEHOLDER_MOST)


def words(text: str, *styles: Style) -> Json:
    """Make a piece of a rich text line."""
    piece: Json = {"type": "text", "text": text or " "}
    return piece | {"style": dict.fromkeys(styles, True)} if styles else piece


def person(user_id: str) -> Json:
    """Name a Slack user in a rich text line."""
    return {"type": "user", "user_id": user_id}


def line(*pieces: Json) -> Json:
    """Make a line of rich text."""
    return {"type": "rich_text_section", "elements": list(pieces)}


def bullets(lines: Iterable[Json]) -> Json:
    """Make a list of rich text lines."""
    return {"type": "rich_text_list", "style": "bullet", "elements": list(lines)}


def rich(*parts: Json) -> Json:
    """Make a block of rich text lines and lists."""
    return {"type": "rich_text", "elements": list(parts)}


def modal(  # noqa: PLR0913 - the parts of a modal are Slack's
    title: str,
    blocks: Sequence[Json],
    *,
    callback: str,
    close: str,
    submit: str | None = None,
    metadata: str = "",
) -> Json:
    """Make a modal. Its title and its buttons hold 24 characters."""
    view: Json = {
        "type": "modal",
        "callback_id": callback,
        "title": plain(title, 24),
        "close": plain(close, 24),
        "private_metadata": metadata,
        "blocks": list(blocks),
    }
    return view if submit is None else view | {"submit": plain(submit, 24)}
