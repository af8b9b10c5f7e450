"""Where new people are put."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.ids import Action, Callback
from bot.texts import Texts
from bot.views.blocks import Json, modal, section
from sync.model import Placement, PlacementChoices

if TYPE_CHECKING:
    from storage.records import PlanHead


def placement_view(
    t: Texts, head: PlanHead, creates: int, choices: PlacementChoices, problem: str | None = None
) -> Json:
    """Ask where the new people are put. `metadata`: {"plan": id}."""
    return modal(t("Placement"), [section(problem or "…")], callback=Callback.PLACEMENT, close=t("Back"))


def placement_options(choices: PlacementChoices, kind: Action, text: str) -> list[Json]:
    """Give the entries whose name or code holds `text`, at most 100: the answer to an external select."""
    raise NotImplementedError


def parse_placement(view: Mapping[str, Any], choices: PlacementChoices) -> Placement:
    """Read the choice. A code that `choices` doesn't hold (any more) gives None in its place."""
    raise NotImplementedError
