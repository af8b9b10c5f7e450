"""The screen on which people are chosen: twenty a page, each with everything that would be written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.ids import Callback
from bot.texts import Texts
from bot.views.blocks import Json, modal, section
from sync.diff import Status
from sync.plan import PlanRow

if TYPE_CHECKING:
    from datetime import date

    from storage.records import PlanHead

PAGE_SIZE = 20
"""People a page. Each takes two blocks of a modal's hundred; a page stays short enough to read."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rows are listed."""

    status: Status | None = None
    """None: everybody."""
    query: str = ""
    """As typed; "" matches everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PickScreen:
    """Everything that the screen shows."""

    head: PlanHead
    rows: tuple[PlanRow, ...]
    """The people of this page."""
    ticked: frozenset[int]
    """The positions that are ticked, of this page at least."""
    filter: Filter
    page: int
    """From 1."""
    pages: int
    """At least 1."""
    matching: int
    """How many people match the filter."""
    matching_tickable: int
    """How many of these can be ticked."""
    selected: int
    """How many are ticked in the whole plan."""
    revision: int
    """One more than that of the view which this one replaces; 1 for the first."""
    today: date
    note: str | None = None
    """What became of the last press: numbers that were not found, nothing ticked yet …"""


@dataclass(frozen=True, slots=True)
class PickForm:
    """What stands in the screen when something is pressed."""

    plan_id: str
    revision: int
    page: int
    shown: frozenset[int]
    """The positions that could be ticked on this page."""
    ticked: frozenset[int]
    filter: Filter


def pick_view(t: Texts, screen: PickScreen) -> Json:
    """Show a page of the plan. A pager button's value is the page that it leads to."""
    return modal(t("Choose people"), [section("…")], callback=Callback.PICK, close=t("Close"))


def parse_pick(view: Mapping[str, Any]) -> PickForm:
    """Read the screen; positions of this page only."""
    raise NotImplementedError
