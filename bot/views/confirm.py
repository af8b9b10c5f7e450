"""The last screen before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.ids import Callback
from bot.texts import Texts
from bot.views.blocks import Json, modal, section
from sync.model import Placement
from sync.plan import PlanRow

if TYPE_CHECKING:
    from storage.records import PlanHead


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm:
    """What pressing the button would do."""

    creates: int
    updates: int
    placement: Placement
    first: tuple[PlanRow, ...]
    """The first few of the chosen, to be recognised."""
    writes_email: bool
    """Whether an e-mail address is written anywhere."""
    closes_at: datetime | None
    """When 勤革時 closes next, None when it never does."""
    choice: str
    """The fingerprint of what was chosen: it comes back with the press."""


@dataclass(frozen=True, slots=True)
class ConfirmForm:
    """What was confirmed."""

    plan_id: str
    choice: str


def confirm_view(t: Texts, head: PlanHead, confirm: Confirm) -> Json:
    """Show the numbers and ask."""
    return modal(t("Confirm"), [section("…")], callback=Callback.CONFIRM, close=t("Back"))


def parse_confirm(view: Mapping[str, Any]) -> ConfirmForm:
    """Read which plan, and which choice of it, was confirmed."""
    raise NotImplementedError
