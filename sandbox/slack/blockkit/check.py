"""The two questions one asks of Block Kit: may this be a view, may this be a message."""

import json
from collections.abc import Iterator
from typing import Any

from sandbox.slack.blockkit.blocks import BLOCK
from sandbox.slack.blockkit.crosschecks import block_problems
from sandbox.slack.blockkit.objects import plain
from sandbox.slack.blockkit.schema import Bool, Choice, ListOf, Problem, Shape, Spec, Str
from sandbox.slack.blockkit.walk import characters

Json = dict[str, Any]

VIEW_BYTES = 250 * 1024
"""Counted as slack_sdk sends it, with six bytes for あ: Slack doesn't say how it counts."""
MESSAGE_CHARACTERS = 12_000
"""Slack's limit is undocumented: 13,297 was refused in bolt-js#2509, as was 11,341 of markdown in #2867."""

_VIEW: dict[str, Spec] = {
    "blocks!": ListOf(BLOCK, 100),
    "private_metadata": Str(3000, least=0),
    "callback_id": Str(255, least=0),
    "external_id": Str(255, least=0),
}
_TITLE = plain(24)
MODAL = Shape(
    _VIEW
    | {
        "type!": Choice(("modal",)),
        "title!": _TITLE,
        "submit": _TITLE,
        "close": _TITLE,
        "clear_on_close": Bool(),
        "notify_on_close": Bool(),
        "submit_disabled": Bool(),
    }
)
HOME = Shape(_VIEW | {"type!": Choice(("home",))})

_BLOCKS = ListOf(BLOCK, 50, least=0)
_TEXT = Str(40_000, least=0)


def check_view(view: Json) -> list[Problem]:
    """Return why Slack would refuse the view (a modal or App Home); nothing when it would take it."""
    surface = view.get("type")
    if surface not in ("modal", "home"):
        return [Problem("/type", "must be one of: modal, home")]
    found = list((MODAL if surface == "modal" else HOME).problems(view, ""))
    if found:
        return found
    found += block_problems(view["blocks"], surface)
    found += _missing_submit(view)
    size = len(json.dumps(view))
    if size > VIEW_BYTES:
        found.append(Problem("", f"view is {size} bytes, more than {VIEW_BYTES}", "view_too_large"))
    return found


def check_message(payload: Json) -> list[Problem]:
    """Return why Slack would refuse the message {"text", "blocks", "attachments", "metadata"}."""
    found = list(_content(payload))
    blocks = payload.get("blocks") or []
    found += _BLOCKS.problems(blocks, "/blocks")
    for index, attachment in enumerate(payload.get("attachments") or []):
        found += _BLOCKS.problems(attachment.get("blocks") or [], f"/attachments/{index}/blocks")
    if found:
        return found
    found += block_problems(blocks, "message")
    total = characters([block for block in blocks if block["type"] != "data_table"])
    if total > MESSAGE_CHARACTERS:
        reason = f"{total} characters in all blocks, more than {MESSAGE_CHARACTERS}"
        found.append(Problem("/blocks", reason, "msg_blocks_too_long"))
    return found


def _missing_submit(view: Json) -> Iterator[Problem]:
    has_input = any(block["type"] == "input" for block in view["blocks"])
    if view["type"] == "modal" and has_input and "submit" not in view:
        yield Problem("/submit", "missing required field: submit (the view has input blocks)")


def _content(payload: Json) -> Iterator[Problem]:
    text = payload.get("text") or ""
    if not (text or payload.get("blocks") or payload.get("attachments")):
        yield Problem("/text", "a message needs text, blocks or attachments", "no_text")
    if any(_TEXT.problems(text, "/text")):
        yield Problem("/text", "must be less than 40001 characters", "msg_too_long")
    if len(payload.get("attachments") or []) > 100:  # noqa: PLR2004 - docs.slack.dev/reference/methods/chat.postMessage
        yield Problem("/attachments", "no more than 100 items allowed", "too_many_attachments")
    yield from _metadata_problems(payload.get("metadata"))


def _metadata_problems(metadata: object) -> Iterator[Problem]:
    if metadata is None:
        return
    parts = metadata if isinstance(metadata, dict) else {}
    if not (isinstance(parts.get("event_type"), str) and isinstance(parts.get("event_payload"), dict)):
        yield Problem("/metadata", "needs event_type and event_payload", "invalid_metadata_format")
