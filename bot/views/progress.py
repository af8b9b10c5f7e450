"""How far a run is, in figures."""

from datetime import datetime, timedelta

from bot.texts import Texts, joined
from bot.views.labels import outcome_label
from bot.views.sentences import reason_text
from bot.views.when import moment_text
from storage.run_records import ENDED, RunHead, RunState
from sync.outcome import OutcomeKind

BAR = 20
_MINUTE = timedelta(minutes=1)
UNANNOUNCED = "closed_unannounced"
"""What a run waits for that 勤革時 refuses as closed, outside the closed hours in the settings."""
UNANSWERED = "unanswered"
"""What a run waits for that has written everybody, and not got every answer."""


def bar(done: int, total: int) -> str:
    """Draw 「████░░░░」; full only when all is done."""
    filled = BAR if total == 0 else BAR * done // total
    return "█" * filled + "░" * (BAR - filled)


def counts_text(t: Texts, run: RunHead) -> str:
    """Give the outcomes so far, 「✅ 成功 12 ・ ❌ 失敗 1」, in a fixed order and without zeros."""
    parts = [f"{outcome_label(t, kind)} {n:,}" for kind in OutcomeKind if (n := run.counts.get(kind, 0))]
    return " ・ ".join(parts) or t("No result yet")


def is_cancelling(run: RunHead) -> bool:
    """Tell whether somebody has cancelled a run that has yet to come to its end."""
    return run.cancelled_at is not None and run.state not in ENDED


def is_reserved(run: RunHead) -> bool:
    """Tell whether a run waits for its beginning: nothing was sent yet."""
    return run.state is RunState.WAITING and run.done == 0 and run.reason != UNANSWERED


def remaining(run: RunHead, now: datetime) -> timedelta | None:
    """Tell how long a run still takes if it goes on as it has so far; None before anybody can tell."""
    if run.state is not RunState.RUNNING or run.started_at is None or run.done == 0:
        return None
    if run.waiting_since is not None:  # whoever carried it out has died; the next row shows the pace
        return None
    return (now - run.started_at - run.waited) / run.done * (run.total - run.done)


def standing_text(t: Texts, run: RunHead, now: datetime) -> str:
    """Say what a run that has not ended is doing, and for how long still as far as one can tell."""
    if is_cancelling(run):
        return t("Being cancelled: it ends as soon as whoever is being written is done.")
    if run.state is RunState.WAITING:
        return _waiting(t, run)
    if run.state is RunState.RUNNING:
        return _remaining(t, run, now)
    return t("It begins soon. Before anything is written, the newest values of both sides are read.")


def _waiting(t: Texts, run: RunHead) -> str:
    if run.wakes_at is None:
        return t("Paused. It goes on by itself.")
    if run.reason == UNANSWERED:
        return reason_text(t, run.reason).happened
    wakes = moment_text(t, run.wakes_at)
    if run.reason == UNANNOUNCED:
        asks_again = t("It is asked again at {wakes}.", wakes=wakes)
        return joined(reason_text(t, run.reason).happened, asks_again)
    if is_reserved(run):
        goes_on = t("The import begins by itself at {wakes}.", wakes=wakes)
    else:
        goes_on = t("The import goes on by itself at {wakes}.", wakes=wakes)
    if run.reason == "closed_now":
        return joined(t("Kinkakuji is in its closed hours."), goes_on)
    return joined(reason_text(t, run.reason).happened if run.reason else "", goes_on)


def _remaining(t: Texts, run: RunHead, now: datetime) -> str:
    left = remaining(run, now)
    if left is None:
        return t("Writing.")
    if left < _MINUTE:
        return t("Writing. Less than a minute left.")
    minutes = round(left / _MINUTE)
    return t.plural("Writing. About {n} minute left.", "Writing. About {n} minutes left.", minutes)
