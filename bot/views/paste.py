"""Employee numbers pasted at once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.ids import Action, Callback
from bot.texts import Texts
from bot.views.blocks import Json, clip, input_block, modal
from bot.views.filter import Filter, parse_filter
from bot.views.metadata import dump_metadata, metadata
from bot.views.people import NUMBER_MOST
from bot.views.pick import PickForm
from bot.views.state import typed

LISTED = 10
"""Numbers that a note names before it counts the rest."""
_BETWEEN = re.compile(r"[\s,、，;；]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PasteForm:
    """What was pasted, and what the list below showed."""

    plan_id: str
    numbers: tuple[str, ...]
    """In the order in which they stand, each once."""
    filter: Filter
    """Without what was searched for."""
    page: int


def paste_view(t: Texts, form: PickForm) -> Json:
    """Ask for employee numbers, above the pick view, and remember where the list stands.

    What was searched for can be a name, so it is not remembered; its page then means nothing.
    """
    element = {"type": "plain_text_input", "action_id": Action.NUMBERS, "multiline": True, "max_length": 3000}
    hint = t("One a line, or separated by spaces or commas. Leading zeros matter: 0012 is not 12.")
    return modal(
        t("Paste employee numbers"),
        [input_block(Action.NUMBERS, t("Employee numbers"), element, hint=hint)],
        callback=Callback.PASTE,
        submit=t("Choose"),
        close=t("Back"),
        metadata=dump_metadata(
            plan=form.plan_id, page=1 if form.filter.query else form.page, filter=form.filter.entry
        ),
    )


def parse_paste(view: Mapping[str, Any]) -> PasteForm:
    """Read the numbers, and where the list below stands."""
    numbers = _BETWEEN.split(typed(view, Action.NUMBERS))
    own = metadata(view)
    return PasteForm(
        plan_id=own["plan"],
        numbers=tuple(dict.fromkeys(number for number in numbers if number)),
        filter=parse_filter(own["filter"]),
        page=int(own["page"]),
    )


def paste_note(
    t: Texts,
    *,
    found: int,
    missing: Sequence[str],
    not_tickable: Sequence[str],
    respelled: Sequence[str] = (),
) -> str:
    """Say what became of the pasted numbers, for the pick view's note.

    `respelled`: those of `found` for whom nothing but another spelling would be written.
    """
    lines = [t.plural("Chosen by number: {n} person.", "Chosen by number: {n} people.", found)]
    if respelled:
        lines.append(t("Of these, only the spelling differs: {numbers}", numbers=_listed(t, respelled)))
    if missing:
        lines.append(t("Not in this list: {numbers}", numbers=_listed(t, missing)))
    if not_tickable:
        lines.append(t("Nothing to import: {numbers}", numbers=_listed(t, not_tickable)))
    return "\n".join(lines)


def _listed(t: Texts, numbers: Sequence[str]) -> str:
    shown = t(", ").join(clip(number, NUMBER_MOST) for number in numbers[:LISTED])
    rest = len(numbers) - LISTED
    return shown if rest <= 0 else shown + t.plural(" and {n} more", " and {n} more", rest)
