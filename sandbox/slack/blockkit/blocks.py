"""The blocks: their limits, and the surfaces that show them."""

from typing import Literal

from sandbox.slack.blockkit.elements import (
    CONTEXT_PARTS,
    ELEMENTS,
    IN_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    MESSAGE_ELEMENTS,
    Rules,
)
from sandbox.slack.blockkit.objects import ID, SLACK_FILE, plain, text
from sandbox.slack.blockkit.rich_text import RICH_TEXT
from sandbox.slack.blockkit.schema import Bool, Choice, Int, ListOf, Number, Shape, Spec, Str, Typed

Surface = Literal["modal", "home", "message"]

_EVERYWHERE = frozenset({"modal", "home", "message"})
SURFACES: dict[str, frozenset[str]] = {
    "alert": frozenset({"modal"}),
    "table": frozenset({"message"}),
    "data_table": frozenset({"message"}),
    "markdown": frozenset({"message"}),
    "context_actions": frozenset({"message"}),
}
"""Where a block may stand; what isn't listed may stand everywhere."""


def surfaces_of(block_type: str) -> frozenset[str]:
    """Return the surfaces on which a block of this type is shown."""
    return SURFACES.get(block_type, _EVERYWHERE)


def _block(kind: str, own: Rules, one_of: tuple[str, ...] = ()) -> Shape:
    common: Rules = {"type!": Choice((kind,)), "block_id": ID}
    return Shape(common | own, one_of=one_of)


def _cell(*kinds: str) -> Spec:
    cells: Rules = {
        "raw_text": Shape({"type!": Choice(("raw_text",)), "text!": Str(20_000)}),
        "raw_number": Shape({"type!": Choice(("raw_number",)), "value!": Number(), "text": Str(255)}),
        "rich_text": RICH_TEXT,
    }
    return Typed({kind: cells[kind] for kind in kinds})


_COLUMN = Shape({"align": Choice(("left", "center", "right")), "is_wrapped": Bool()})
_TABLE_ROW = ListOf(_cell("raw_text", "raw_number", "rich_text"), 20)

BLOCKS: Rules = {
    "section": _block(
        "section",
        {
            "text": text(3000),
            "fields": ListOf(text(2000), 10),
            "accessory": Typed(ELEMENTS, IN_SECTION),
            "expand": Bool(),
        },
        one_of=("text", "fields"),
    ),
    "header": _block("header", {"text!": plain(150)}),
    "divider": _block("divider", {}),
    "image": _block(
        "image",
        {"alt_text!": Str(2000), "image_url": Str(3000), "slack_file": SLACK_FILE, "title": plain(2000)},
        one_of=("image_url", "slack_file"),
    ),
    "context": _block("context", {"elements!": ListOf(Typed(CONTEXT_PARTS), 10)}),
    "actions": _block("actions", {"elements!": ListOf(Typed(ELEMENTS, IN_ACTIONS), 25)}),
    "context_actions": _block("context_actions", {"elements!": ListOf(Typed(MESSAGE_ELEMENTS), 5)}),
    "input": _block(
        "input",
        {
            "label!": plain(2000),
            "element!": Typed(ELEMENTS, IN_INPUT),
            "hint": plain(2000),
            "optional": Bool(),
            "dispatch_action": Bool(),
        },
    ),
    "rich_text": RICH_TEXT,
    "alert": _block(
        "alert",
        {"text!": text(200), "level": Choice(("default", "info", "warning", "error", "success"))},
    ),
    "markdown": _block("markdown", {"text!": Str(12_000)}),
    "table": _block("table", {"rows!": ListOf(_TABLE_ROW, 100), "column_settings": ListOf(_COLUMN, 20)}),
    # The documentation says 101 rows, newer libraries 201: the stricter figure counts.
    "data_table": _block(
        "data_table",
        {
            "caption!": Str(3000),
            "rows!": ListOf(_TABLE_ROW, 101, least=2),
            "page_size": Int(1, 100),
            "row_header_column_index": Int(0, 19),
        },
    ),
}
BLOCK = Typed(BLOCKS)
