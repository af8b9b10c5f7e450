"""Who goes first into the same target, and until when: what somebody reads whose run has to wait for it."""

from datetime import datetime, timedelta

from bot.texts import Texts
from bot.views.blocks import Json, line, person, words
from bot.views.labels import system_label
from bot.views.progress import UNANNOUNCED, is_reserved, remaining
from bot.views.undo import deed_label
from bot.views.when import clock_or_day_text
from storage.records import Scope
from storage.run_records import RunHead, RunState


def ahead_line(t: Texts, scope: Scope, ahead: RunHead, now: datetime) -> Json:
    """Name to a reader of `scope` who runs what, and until when; of another workspace only that it does."""
    if ahead.scope != scope:
        target = system_label(t, ahead.direction.target)
        return line(words(t("Another workspace is importing into the same {target}.", target=target)))
    deed, until = deed_label(t, ahead), _until(t, ahead, now)
    if is_reserved(ahead):
        said = t(" has reserved “{deed}”{until}.", deed=deed, until=until)
    else:
        said = t(" is running “{deed}”{until}.", deed=deed, until=until)
    return line(person(ahead.user_id), words(said))


def _until(t: Texts, run: RunHead, now: datetime) -> str:
    if run.cancelled_at is not None:
        return t(" (it is being cancelled)")
    if run.state is RunState.QUEUED:
        return t(" (it has not begun)")
    if run.state is RunState.WAITING:
        return _paused(t, run, now)
    left = remaining(run, now)
    if left is None:
        return ""
    minutes = max(1, round(left / timedelta(minutes=1)))
    return t.plural(
        " (about {n} minute left, until about {clock})",
        " (about {n} minutes left, until about {clock})",
        minutes,
        clock=clock_or_day_text(t, now + left, now),
    )


def _paused(t: Texts, run: RunHead, now: datetime) -> str:
    if run.wakes_at is None:
        return t(" (paused)")
    wakes = clock_or_day_text(t, run.wakes_at, now)
    if run.reason == UNANNOUNCED:
        return t(" (Kinkakuji is not available; asked again at {wakes})", wakes=wakes)
    if is_reserved(run):
        return t(" (begins at {wakes})", wakes=wakes)
    return t(" (paused until {wakes})", wakes=wakes)
