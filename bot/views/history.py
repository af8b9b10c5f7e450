"""連携履歴: the runs, and one run with its rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.ids import Callback
from bot.texts import Texts
from bot.views.blocks import Json, modal, section

if TYPE_CHECKING:
    from storage.records import OutcomeRow, RunHead

RUNS_PAGE_SIZE = 10
ROWS_PAGE_SIZE = 20


def history_view(t: Texts, runs: Sequence[RunHead], page: int, pages: int) -> Json:
    """List runs, newest first; a pager button's value is the page (from 1) that it leads to."""
    return modal(t("Import history"), [section("…")], callback=Callback.HISTORY, close=t("Close"))


def run_view(  # noqa: PLR0913 - the parts of one screen
    t: Texts, run: RunHead, outcomes: Sequence[OutcomeRow], page: int, pages: int, *, may_see_names: bool
) -> Json:
    """Show one run. Names and the remote's own words only where `may_see_names`. `metadata`: {"run": id}."""
    return modal(t("Import history"), [section("…")], callback=Callback.RUN, close=t("Close"))
