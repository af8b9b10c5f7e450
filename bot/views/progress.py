"""How far a run is, in figures."""

from datetime import datetime

from bot.texts import Texts
from bot.views.labels import outcome_label
from bot.views.sentences import reason_text
from bot.views.when import moment_text
from storage.records import RunHead, RunState
from sync.outcome import OutcomeKind

BAR = 20
_MINUTE = 60


def bar(done: int, total: int) -> str:
    """Draw 「████░░░░」; full only when all is done."""
    filled = BAR if total == 0 else BAR * done // total
    return "█" * filled + "░" * (BAR - filled)


def counts_text(t: Texts, run: RunHead) -> str:
    """Give the outcomes so far, 「✅ 成功 12 ・ ❌ 失敗 1」, in a fixed order and without zeros."""
    parts = [f"{outcome_label(t, kind)} {n:,}" for kind in OutcomeKind if (n := run.counts.get(kind, 0))]
    return " ・ ".join(parts) or t("No result yet")


def standing_text(t: Texts, run: RunHead, now: datetime) -> str:
    """Say what the run is doing, and for how long still as far as one can tell."""
    match run.state:
        case RunState.QUEUED:
            return t("Waiting for its turn.")
        case RunState.WAITING:
            return _waiting(t, run)
        case RunState.RUNNING:
            return _remaining(t, run, now)
        case RunState.FINISHED:
            return t("Finished.")
        case RunState.STOPPED:
            return t("Stopped before the end.")
        case RunState.CANCELLED:
            return t("Cancelled before the end.")


def _waiting(t: Texts, run: RunHead) -> str:
    if run.wakes_at is None:
        return t("Paused. It goes on by itself.")
    wakes = moment_text(t, run.wakes_at)
    goes_on = t("The import goes on by itself at {wakes}.", wakes=wakes)
    if run.reason == "closed_now":
        return t("Kinkakuji is in its closed hours.") + f" {goes_on}"
    return f"{reason_text(t, run.reason).happened} {goes_on}" if run.reason else goes_on


def _remaining(t: Texts, run: RunHead, now: datetime) -> str:
    if run.started_at is None or run.done == 0:
        return t("Importing.")
    worked = (now - run.started_at - run.waited).total_seconds()
    seconds = worked / run.done * (run.total - run.done)
    if seconds < _MINUTE:
        return t("Importing. Less than a minute left.")
    minutes = round(seconds / _MINUTE)
    return t.plural("Importing. About {n} minute left.", "Importing. About {n} minutes left.", minutes)
