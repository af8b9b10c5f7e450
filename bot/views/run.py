"""Messages about plans and runs. No name, no value, no word of the remote's: a channel reads them."""

from collections.abc import Sequence
from datetime import datetime

from bot.ids import Callback
from bot.texts import Texts
from bot.views.blocks import (
    Json,
    actions,
    alert,
    bullets,
    context,
    header,
    line,
    modal,
    person,
    rich,
    section,
    words,
)
from bot.views.buttons import (
    history_button,
    plan_button,
    recheck_button,
    retry_button,
    run_button,
    start_button,
)
from bot.views.labels import direction_label
from bot.views.people import number_text
from bot.views.progress import bar, counts_text, standing_text
from bot.views.row_sentences import outcome_text
from bot.views.sentences import failure_text, reason_text, unexpected_text
from bot.views.when import day_text
from storage.records import ENDED, OutcomeRow, PlanHead, RunHead, RunState
from sync.diff import Status
from sync.model import Direction
from sync.outcome import OutcomeKind

FAILURES_SHOWN = 20
"""Failed people whom a message names; a message of theirs stays below half of Slack's 12,000 letters."""
_SIGNS = {
    RunState.QUEUED: "⏳",
    RunState.RUNNING: "⏳",
    RunState.WAITING: "⏸️",
    RunState.FINISHED: "📋",
    RunState.STOPPED: "⛔",
    RunState.CANCELLED: "🛑",
}


def progress_message(t: Texts, run: RunHead, now: datetime) -> Json:
    """{"text", "blocks"} of the one message about a run, edited in place until it ends."""
    title = f"{_SIGNS[run.state]} {direction_label(t, run.direction)}"
    if run.state in ENDED:
        return _over(t, run, title)
    percent = 100 if run.total == 0 else 100 * run.done // run.total
    done = t("{done} of {total}", done=f"{run.done:,}", total=f"{run.total:,}")
    blocks = [
        header(title),
        rich(line(words(bar(run.done, run.total)), words(f"  {percent}%  ", "bold"), words(done))),
        section(f"{standing_text(t, run, now)}\n{counts_text(t, run)}"),
        _started_by(t, run),
        actions(run_button(t, run.id)),
    ]
    return {"text": f"{title} {percent}%", "blocks": blocks}


def _over(t: Texts, run: RunHead, title: str) -> Json:
    """Leave a line of a run that has ended: the result is a message of its own."""
    text = f"{title}\u3000{standing_text(t, run, run.finished_at or run.created_at)}"
    result = t("The result is in a message of its own.")
    return {"text": text, "blocks": [section(f"{text} {result}"), _started_by(t, run)]}


def result_message(t: Texts, run: RunHead, failures: Sequence[OutcomeRow], more: int) -> Json:
    """{"text", "blocks"} about a run that has ended; `more` rows failed beyond those given."""
    title = _verdict(t, run)
    blocks = [
        header(title),
        section(f"{direction_label(t, run.direction)}\n{counts_text(t, run)}"),
        *_stopped(t, run),
        *_failures(t, run.direction, failures[:FAILURES_SHOWN], more + len(failures[FAILURES_SHOWN:])),
        _started_by(t, run),
        actions(run_button(t, run.id), *retry_buttons(t, run)),
    ]
    return {"text": f"{title} {counts_text(t, run)}", "blocks": blocks}


def retry_buttons(t: Texts, run: RunHead) -> list[Json]:
    """Offer to look at the people again who were not imported, once a run has ended with some.

    Whoever failed can be tried again; whoever was only held back has nothing to mend, but is to be looked at.
    """
    if run.state not in ENDED or _succeeded(run) == run.total:
        return []
    is_held_only = _succeeded(run) + run.counts.get(OutcomeKind.HELD, 0) == run.total
    return [recheck_button(t, run.id) if is_held_only else retry_button(t, run.id)]


def run_started_view(t: Texts, run: RunHead) -> Json:
    """Say in the modal that the run is under way and where to follow it."""
    started = t.plural(
        "The import of {n} person has started.", "The import of {n} people has started.", run.total
    )
    blocks = [
        alert(started, "success"),
        section(t("It goes on in the background: you may close this window.")),
        section(t("Progress and result are posted in the admin channel.")),
        actions(run_button(t, run.id), history_button(t)),
    ]
    view = modal(t("Import started"), blocks, callback=Callback.NOTICE, close=t("Close"))
    return view | {"clear_on_close": True}  # the screens below have done their work


def dm_ready_message(t: Texts, head: PlanHead) -> Json:
    """{"text", "blocks"} for the person whose modal was closed while the plan was made."""
    text = t("The list of differences is ready.")
    new, different = head.counts.get(Status.CREATE, 0), head.counts.get(Status.UPDATE, 0)
    counts = t("{new} new, {different} different", new=f"{new:,}", different=f"{different:,}")
    blocks = [
        section(f"{text}\n{_about(t, head)}\n{counts}"),
        actions(plan_button(t, head.id)),
        context(t("It can be opened for 24 hours.")),
    ]
    return {"text": text, "blocks": blocks}


def dm_failed_message(t: Texts, head: PlanHead) -> Json:
    """{"text", "blocks"} saying why there is no plan (head.failure)."""
    text = t("The list of differences could not be made.")
    happened, remedy = (
        failure_text(t, head.failure, head.failure_detail) if head.failure else unexpected_text(t, head.id)
    )
    blocks = [
        section(f"{text}\n{_about(t, head)}"),
        section(f"{happened}\n{remedy}"),
        actions(start_button(t)),
    ]
    return {"text": text, "blocks": blocks}


def _about(t: Texts, head: PlanHead) -> str:
    as_of = t("As of {day}", day=day_text(t, head.as_of))
    return f"{direction_label(t, head.direction)} ・ {as_of}"


def _succeeded(run: RunHead) -> int:
    return run.counts.get(OutcomeKind.SUCCEEDED, 0)


def _verdict(t: Texts, run: RunHead) -> str:
    if run.state is RunState.STOPPED:
        return t("⛔ The import stopped before the end")
    left = run.total - _succeeded(run)
    if left == 0:
        return t.plural("✅ {n} person was imported", "✅ All {n} people were imported", run.total)
    return t.plural("⚠️ {n} person was not imported", "⚠️ {n} people were not imported", left)


def _stopped(t: Texts, run: RunHead) -> list[Json]:
    if run.state is not RunState.STOPPED:
        return []
    happened, remedy = reason_text(t, run.reason) if run.reason else unexpected_text(t, run.id)
    return [section(f"{happened}\n{remedy}")]


def _failures(t: Texts, direction: Direction, rows: Sequence[OutcomeRow], more: int) -> list[Json]:
    lines = [_failure(t, direction, row) for row in rows]
    listed = [rich(bullets(lines))] if lines else []
    return listed + ([context(t.plural("and {n} more person", "and {n} more people", more))] if more else [])


def _failure(t: Texts, direction: Direction, row: OutcomeRow) -> Json:
    number = words(number_text(t, row.number), "bold")
    if row.outcome is None:
        return line(number, words(t(": no result yet")))
    happened, remedy = outcome_text(t, row.outcome, direction)
    return line(number, words(f"\u3000{happened} {remedy}".rstrip()))


def _started_by(t: Texts, run: RunHead) -> Json:
    return rich(line(words(t("Started by ")), person(run.user_id)))
