"""Builders of blocks for the tests of the Slack stand-in."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str = "本文", **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}} | more


def button(action_id: str = "go", text: str = "次へ", **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(text)} | more


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements)} | more


def option(value: str, text: str | None = None) -> Json:
    return {"text": plain(text or value), "value": value}


def text_input(block_id: str, label: str = "社員番号", element: Json | None = None, **more: Any) -> Json:
    own = {"type": "plain_text_input", "action_id": "value"} | (element or {})
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": own} | more


def field(block_id: str, label: str, kind: str, element: Json | None = None, **more: Any) -> Json:
    own = {"type": kind, "action_id": "value"} | (element or {})
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": own} | more


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "callback_id": "cb", "title": plain("取り込み"), "blocks": list(blocks)} | more


def form(*blocks: Json, **more: Any) -> Json:
    return modal(*blocks, submit=plain("次へ"), **more)


def home(*blocks: Json) -> Json:
    return {"type": "home", "blocks": list(blocks)}
