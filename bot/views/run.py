"""Messages about plans and runs. No name, no value, no word of the remote's: a channel reads them."""

from collections.abc import Sequence
from datetime import datetime

from bot.texts import Texts, joined
from bot.views.ahead import ahead_line
from bot.views.blocks import (
    Json,
    actions,
    bullets,
    context,
    header,
    line,
    person,
    rich,
    section,
    words,
)
from bot.views.buttons import (
    cancel_button,
    plan_button,
    recheck_button,
    resume_button,
    retry_button,
    run_button,
    start_button,
)
from bot.views.people import number_text
from bot.views.progress import bar, counts_text, is_cancelling, standing_text
from bot.views.row_sentences import outcome_text
from bot.views.sentences import failure_text, reason_text, unexpected_text
from bot.views.undo import deed_label, deed_noun, undo_verdict
from bot.views.when import day_text
from storage.plan_records import PlanHead
from storage.run_records import ENDED, OutcomeRow, RunHead, RunState
from sync.diff import Status
from sync.outcome import OutcomeKind

BUTTONS = "buttons"
"""The id of a message's buttons, the same however often it is edited: a confirmation that somebody reads
meanwhile still finds its button. Slack gives new ids with every edit."""
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


def progress_message(t: Texts, run: RunHead, now: datetime, ahead: RunHead | None = None) -> Json:
    """{"text", "blocks"} of the one message about a run, edited in place until it ends.

    `ahead` is the run that goes first, if one does.
    """
    if run.state in ENDED:
        return _over(t, run)
    title = f"{_SIGNS[run.state]} {deed_label(t, run)}"
    percent = 100 if run.total == 0 else 100 * run.done // run.total
    standing = t("Waiting for its turn.") if ahead else standing_text(t, run, now)
    done = t("{done} of {total}", done=f"{run.done:,}", total=f"{run.total:,}")
    blocks = [
        header(title),
        rich(line(words(bar(run.done, run.total)), words(f"  {percent}%  ", "bold"), words(done))),
        section(f"{standing}\n{counts_text(t, run)}"),
        *([rich(ahead_line(t, run.scope, ahead, now))] if ahead else ()),
        _started_by(t, run),
        actions(run_button(t, run.id), *cancel_buttons(t, run), block_id=BUTTONS),
    ]
    return {"text": f"{title} {percent}%", "blocks": blocks}


def cancel_buttons(t: Texts, run: RunHead) -> list[Json]:
    """Offer to end a run early, unless it has ended or somebody has said so."""
    return [] if run.state in ENDED or is_cancelling(run) else [cancel_button(t, run.id)]


def _over(t: Texts, run: RunHead) -> Json:
    """Leave a line of a run that has ended: the result is a message of its own."""
    ended = {
        RunState.FINISHED: t("{deed} is finished.", deed=deed_noun(t, run)),
        RunState.STOPPED: t("{deed} has stopped before the end.", deed=deed_noun(t, run)),
        RunState.CANCELLED: t("{deed} was cancelled before the end.", deed=deed_noun(t, run)),
    }
    text = f"{_SIGNS[run.state]} {ended[run.state]}"
    result = t("The result is in a message of its own.")
    return {"text": text, "blocks": [section(joined(text, result)), _started_by(t, run)]}


def resumed_message(t: Texts, run: RunHead, user_id: str) -> Json:
    """{"text", "blocks"} that take the result's place once the rest of a run is taken up again."""
    title = _verdict(t, run)
    result = t("The rest was taken up again. The result is in a message of its own.")
    by = rich(line(words(t("Taken up again by ")), person(user_id)))
    blocks = [
        section(f"{title}\n{deed_label(t, run)}"),
        section(result),
        by,
        actions(run_button(t, run.id), block_id=BUTTONS),
    ]
    return {"text": title, "blocks": blocks}


def result_message(t: Texts, run: RunHead, failures: Sequence[OutcomeRow], more: int) -> Json:
    """{"text", "blocks"} about a run that has ended; `more` rows failed beyond those given."""
    title = _verdict(t, run)
    blocks = [
        header(title),
        section(f"{deed_label(t, run)}\n{counts_text(t, run)}"),
        *_stopped(t, run),
        *_cancelled(t, run),
        *_failures(t, run, *_told(run, failures, more)),
        _started_by(t, run),
        actions(run_button(t, run.id), *resume_buttons(t, run), *retry_buttons(t, run), block_id=BUTTONS),
    ]
    return {"text": f"{title} {counts_text(t, run)}", "blocks": blocks}


def retry_buttons(t: Texts, run: RunHead) -> list[Json]:
    """Offer to look at the people again who were not imported, once a run has ended with some.

    Whoever failed can be tried again; whoever was only held back, or not reached because somebody cancelled
    the run, has nothing to mend, but is to be looked at.
    """
    if run.state not in ENDED or _succeeded(run) == run.total:
        return []
    nothing_to_mend = [OutcomeKind.SUCCEEDED, OutcomeKind.HELD]
    if run.state is RunState.CANCELLED:
        nothing_to_mend.append(OutcomeKind.SKIPPED)
    is_to_be_looked_at = sum(run.counts.get(kind, 0) for kind in nothing_to_mend) == run.total
    offered = recheck_button if is_to_be_looked_at else retry_button
    return [offered(t, run.id, is_first=not run.is_cut_short)]


def resume_buttons(t: Texts, run: RunHead) -> list[Json]:
    """Offer to take up again whom a run did not reach."""
    return [resume_button(t, run.id)] if run.is_cut_short else []


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
    if head.undo_of is not None:
        return deed_label(t, head)
    as_of = t("As of {day}", day=day_text(t, head.as_of))
    return f"{deed_label(t, head)} ・ {as_of}"


def _succeeded(run: RunHead) -> int:
    return run.counts.get(OutcomeKind.SUCCEEDED, 0)


def _verdict(t: Texts, run: RunHead) -> str:
    left = run.total - _succeeded(run)
    if run.undo_of is not None:
        return undo_verdict(t, run, left)
    if run.state is RunState.STOPPED:
        return t("⛔ The import stopped before the end")
    if run.state is RunState.CANCELLED:
        return t("🛑 The import was cancelled")
    if left == 0:
        return t.plural("✅ {n} person was imported", "✅ All {n} people were imported", run.total)
    return t.plural("⚠️ {n} person was not imported", "⚠️ {n} people were not imported", left)


def _stopped(t: Texts, run: RunHead) -> list[Json]:
    if run.state is not RunState.STOPPED:
        return []
    happened, remedy = reason_text(t, run.reason) if run.reason else unexpected_text(t, run.id)
    return [section(f"{happened}\n{remedy}")]


def _cancelled(t: Texts, run: RunHead) -> list[Json]:
    """Say who has cancelled a run, and how many it had reached by then, or that it was too late."""
    if run.cancelled_by is None or run.state not in {RunState.CANCELLED, RunState.FINISHED}:
        return []
    by = rich(line(words(t("Cancelled by ")), person(run.cancelled_by)))
    if run.state is RunState.CANCELLED:
        return [by, section(reached_text(t, run))]
    return [by, section(late_text(t))]


def late_text(t: Texts) -> str:
    """Say that a run was over before it could be cancelled."""
    return t("It was over before it could be cancelled.")


def reached_text(t: Texts, run: RunHead) -> str:
    """Say how many people a run has come to."""
    reached = run.done - run.counts.get(OutcomeKind.SKIPPED, 0)
    return t("It came to {reached} of {total}.", reached=f"{reached:,}", total=f"{run.total:,}")


def _told(run: RunHead, failures: Sequence[OutcomeRow], more: int) -> tuple[list[OutcomeRow], int]:
    """Give whom the result names, and how many more there are; of a cancelled run not who was not reached."""
    if run.state is not RunState.CANCELLED:
        return list(failures[:FAILURES_SHOWN]), more + len(failures[FAILURES_SHOWN:])
    told = [row for row in failures if row.outcome and row.outcome.kind is not OutcomeKind.SKIPPED]
    troubled = len(failures) + more - run.counts.get(OutcomeKind.SKIPPED, 0)
    return told[:FAILURES_SHOWN], max(0, troubled - len(told[:FAILURES_SHOWN]))


def _failures(t: Texts, run: RunHead, rows: Sequence[OutcomeRow], more: int) -> list[Json]:
    lines = [_failure(t, run, row) for row in rows]
    listed = [rich(bullets(lines))] if lines else []
    return listed + ([context(t.plural("and {n} more person", "and {n} more people", more))] if more else [])


def _failure(t: Texts, run: RunHead, row: OutcomeRow) -> Json:
    number = words(number_text(t, row.number), "bold")
    if row.outcome is None:
        return line(number, words(t(": no result yet")))
    said = outcome_text(t, row.outcome, run.direction, undoes=run.undo_of is not None)
    return line(number, words(f"\u3000{said.together}"))


def _started_by(t: Texts, run: RunHead) -> Json:
    return rich(line(words(t("Started by ")), person(run.user_id)))
