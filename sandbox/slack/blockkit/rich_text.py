"""Rich text: sections, lists, quotes and preformatted text, and what may stand in a line."""

from sandbox.slack.blockkit.objects import ID
from sandbox.slack.blockkit.schema import Bool, Choice, Int, ListOf, Number, Shape, Spec, Str, Typed

_MOST = 10_000
_BOOL: Spec = Bool()
_STYLES = ["bold", "italic", "strike", "underline", "code", "highlight", "client_highlight", "unlink"]
_STYLE = Shape(dict.fromkeys(_STYLES, _BOOL))


def _inline(kind: str, own: dict[str, Spec]) -> Shape:
    common: dict[str, Spec] = {"type!": Choice((kind,)), "style": _STYLE}
    return Shape(common | own)


INLINE = Typed(
    {
        "text": _inline("text", {"text!": Str(_MOST * 10)}),
        "emoji": _inline("emoji", {"name!": Str(255), "unicode": Str(255), "skin_tone": Int(1, 6)}),
        "link": _inline("link", {"url!": Str(3000), "text": Str(_MOST), "unsafe": Bool()}),
        "user": _inline("user", {"user_id!": ID}),
        "channel": _inline("channel", {"channel_id!": ID}),
        "usergroup": _inline("usergroup", {"usergroup_id!": ID}),
        "broadcast": _inline("broadcast", {"range!": Choice(("here", "channel", "everyone"))}),
        "color": _inline("color", {"value!": Str(9, pattern=r"#[0-9A-Fa-f]{6}")}),
        "date": _inline(
            "date", {"timestamp!": Number(), "format!": Str(255), "url": Str(3000), "fallback": Str(255)}
        ),
    }
)


def _part(kind: str, own: dict[str, Spec]) -> Shape:
    common: dict[str, Spec] = {"type!": Choice((kind,))}
    return Shape(common | own)


_LINE: dict[str, Spec] = {"elements!": ListOf(INLINE, _MOST, least=0)}
_SECTION = _part("rich_text_section", _LINE)
PARTS: dict[str, Spec] = {
    "rich_text_section": _SECTION,
    "rich_text_quote": _part("rich_text_quote", _LINE | {"border": Int(0, 1)}),
    "rich_text_preformatted": _part(
        "rich_text_preformatted", _LINE | {"border": Int(0, 1), "language": Str(50)}
    ),
    "rich_text_list": _part(
        "rich_text_list",
        {
            "elements!": ListOf(Typed({"rich_text_section": _SECTION}), _MOST),
            "style!": Choice(("bullet", "ordered")),
            "indent": Int(0, 8),
            "offset": Int(0, _MOST),
            "border": Int(0, 1),
        },
    ),
}
RICH_TEXT = Shape(
    {"type!": Choice(("rich_text",)), "block_id": ID, "elements!": ListOf(Typed(PARTS), _MOST)},
)
