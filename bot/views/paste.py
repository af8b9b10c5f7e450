"""Employee numbers pasted at once."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from bot.ids import Action, Callback
from bot.texts import Texts
from bot.views.blocks import Json, alert, clip, input_block, modal
from bot.views.metadata import dump_metadata
from bot.views.people import NUMBER_MOST
from bot.views.state import typed

LISTED = 10
"""Numbers that a note names before it counts the rest."""
_BETWEEN = re.compile(r"[\s,、，;；]+")


def paste_view(t: Texts, plan_id: str, problem: str | None = None) -> Json:
    """Ask for employee numbers, above the pick view. `metadata`: {"plan"}."""
    element = {"type": "plain_text_input", "action_id": Action.NUMBERS, "multiline": True, "max_length": 3000}
    hint = t("One a line, or separated by spaces or commas. Leading zeros matter: 0012 is not 12.")
    blocks = [
        *([alert(problem, "warning")] if problem else []),
        input_block(Action.NUMBERS, t("Employee numbers"), element, hint=hint),
    ]
    return modal(
        t("Paste employee numbers"),
        blocks,
        callback=Callback.PASTE,
        submit=t("Choose"),
        close=t("Back"),
        metadata=dump_metadata(plan=plan_id),
    )


def parse_paste(view: Mapping[str, Any]) -> tuple[str, ...]:
    """Read the numbers in the order in which they stand, each once."""
    numbers = _BETWEEN.split(typed(view, Action.NUMBERS))
    return tuple(dict.fromkeys(number for number in numbers if number))


def paste_note(t: Texts, *, found: int, missing: Sequence[str], not_tickable: Sequence[str]) -> str:
    """Say what became of the pasted numbers, for the pick view's note."""
    lines = [t.plural("Chosen by number: {n} person.", "Chosen by number: {n} people.", found)]
    if missing:
        lines.append(t("Not in this list: {numbers}", numbers=_listed(t, missing)))
    if not_tickable:
        lines.append(t("Nothing to import: {numbers}", numbers=_listed(t, not_tickable)))
    return "\n".join(lines)


def _listed(t: Texts, numbers: Sequence[str]) -> str:
    shown = t(", ").join(clip(number, NUMBER_MOST) for number in numbers[:LISTED])
    rest = len(numbers) - LISTED
    return shown if rest <= 0 else shown + t.plural(" and {n} more", " and {n} more", rest)
