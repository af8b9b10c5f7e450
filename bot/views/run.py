"""Messages about plans and runs. No name, no value, no word of the remote's: a channel reads them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.texts import Texts
from bot.views.blocks import Json, section

if TYPE_CHECKING:
    from storage.records import OutcomeRow, PlanHead, RunHead

FAILURES_SHOWN = 20


def progress_message(t: Texts, run: RunHead, now: datetime) -> Json:
    """{"text", "blocks"} of the one message about a run, edited in place until it ends."""
    return {"text": "…", "blocks": [section("…")]}


def result_message(t: Texts, run: RunHead, failures: Sequence[OutcomeRow], more: int) -> Json:
    """{"text", "blocks"} about a run that has ended; `more` rows failed beyond those given."""
    return {"text": "…", "blocks": [section("…")]}


def run_started_view(t: Texts, run: RunHead) -> Json:
    """Say in the modal that the run is under way and where to follow it."""
    raise NotImplementedError


def dm_ready_message(t: Texts, head: PlanHead) -> Json:
    """{"text", "blocks"} for the person whose modal was closed while the plan was made."""
    return {"text": "…", "blocks": [section("…")]}


def dm_failed_message(t: Texts, head: PlanHead) -> Json:
    """{"text", "blocks"} saying why there is no plan (head.failure)."""
    return {"text": "…", "blocks": [section("…")]}
