"""Employee numbers pasted at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.ids import Callback
from bot.texts import Texts
from bot.views.blocks import Json, modal, section


def paste_view(t: Texts, plan_id: str, problem: str | None = None) -> Json:
    """Ask for employee numbers; pushed above the pick view. `metadata`: {"plan": id}."""
    return modal(t("Paste numbers"), [section(problem or "…")], callback=Callback.PASTE, close=t("Back"))


def parse_paste(view: Mapping[str, Any]) -> tuple[str, ...]:
    """Read the numbers in the order in which they stand, each once."""
    raise NotImplementedError


def paste_note(t: Texts, *, found: int, missing: Sequence[str], not_tickable: Sequence[str]) -> str:
    """Say what became of the pasted numbers, for the pick view's note."""
    raise NotImplementedError
