"""Why somebody decides something, in their own words: asked for wherever a decision stays."""

from collections.abc import Mapping
from typing import Any

from bot.ids import Action
from bot.texts import Texts, joined
from bot.views.blocks import Json, input_block
from bot.views.state import typed

LEAST, MOST = 5, 300
"""Characters: enough to say something, and no more than a history can show."""


def reason_input(t: Texts, label: str = "", hint: str = "", typed_before: str = "") -> Json:
    """Ask for the reason: of a decision about a person, unless `label` and `hint` say of what."""
    element: Json = {
        "type": "plain_text_input",
        "action_id": Action.REASON,
        "multiline": True,
        "min_length": LEAST,
        "max_length": MOST,
    }
    if typed_before:
        element["initial_value"] = typed_before
    kept = t("Kept in this person's history, where administrators read it.")
    hints = joined(t("At least {n} characters.", n=LEAST), hint or kept)
    return input_block(Action.REASON, label or t("Reason"), element, hint=hints)


def parse_reason(view: Mapping[str, Any]) -> str:
    """Read the reason; "" when there is none."""
    return typed(view, Action.REASON)


def reason_problem(t: Texts, reason: str) -> dict[str, str]:
    """Say what is wrong with a reason, by block_id: Slack counts spaces as letters, and we don't."""
    if len(reason) >= LEAST:
        return {}
    return {Action.REASON: t("Write the reason in words: at least {n} characters.", n=LEAST)}
