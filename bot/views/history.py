"""連携履歴: the runs, and one run with its rows."""

from collections.abc import Container, Iterator, Sequence

from bot.ids import HISTORY_TURNS, RUN_TURNS, Action, Callback
from bot.texts import Texts
from bot.views.blocks import (
    Json,
    actions,
    alert,
    bullets,
    button,
    clip,
    divider,
    line,
    modal,
    person,
    rich,
    section,
    words,
)
from bot.views.buttons import run_button
from bot.views.changes import changes_list, moved_list, new_values
from bot.views.facts import fact, placement_text
from bot.views.labels import outcome_label, status_label
from bot.views.metadata import dump_metadata
from bot.views.pager import pager
from bot.views.people import NAME_MOST, number_text
from bot.views.progress import counts_text, is_cancelling, is_reserved, standing_text
from bot.views.row_sentences import outcome_text
from bot.views.run import cancel_buttons, reached_text, resume_buttons, retry_buttons
from bot.views.standing import standing_note
from bot.views.undo import deed_facts, deed_label, undo_buttons, undone_facts
from bot.views.when import moment_text
from storage.run_records import OutcomeRow, RunHead, RunState
from sync.diff import Status
from sync.outcome import Outcome, Reason

RUNS_PAGE_SIZE = 10
ROWS_PAGE_SIZE = 20
DETAIL_MOST = 300
"""Letters of a remote's own message that are shown."""
REASON_MOST = 300
CERTAIN = frozenset({Reason.WRITTEN, Reason.CONFIRMED_BY_READING, Reason.PLACED_OTHERWISE})
"""Why rows have ended whose values the target holds as they were sent."""


def history_view(t: Texts, runs: Sequence[RunHead], page: int, pages: int) -> Json:
    """List runs, newest first; a pager button's value is the page (from 1) that it leads to."""
    blocks = [block for run in runs for block in _entry(t, run)]
    return modal(
        t("Import history"),
        [*(blocks or [section(t("Nothing has been imported yet."))]), *pager(t, HISTORY_TURNS, page, pages)],
        callback=Callback.HISTORY,
        close=t("Close"),
    )


def run_view(  # noqa: PLR0913 - the parts of one screen
    t: Texts,
    run: RunHead,
    outcomes: Sequence[OutcomeRow],
    page: int,
    pages: int,
    *,
    checks: Container[int],
    is_resumable: bool = False,
    is_undoable: bool = False,
    undos: Sequence[RunHead] = (),
    note: str = "",
) -> Json:
    """Show one run, with names and the remote's own words: for administrators only.

    `checks` holds the positions of those whose standing somebody has to look at. `note` stands above
    all. `metadata`: {"run": id}.
    """
    blocks = [
        *([alert(note, "info")] if note else ()),
        *([alert(standing_text(t, run, run.created_at), "warning")] if is_cancelling(run) else ()),
        rich(bullets([*_facts(t, run), *undone_facts(t, run, undos)])),
        section(counts_text(t, run)),
        actions(*_buttons(t, run, is_resumable=is_resumable, is_undoable=is_undoable)),
        divider(),
        *(_row(t, run, row, is_to_check=row.position in checks) for row in outcomes),
        *pager(t, RUN_TURNS, page, pages),
    ]
    return modal(
        t("Import details"),
        blocks,
        callback=Callback.RUN,
        close=t("Close"),
        metadata=dump_metadata(run=run.id, page=page),
    )


def _buttons(t: Texts, run: RunHead, *, is_resumable: bool, is_undoable: bool) -> Iterator[Json]:
    yield from cancel_buttons(t, run)
    if is_resumable:
        yield from resume_buttons(t, run)
    yield from retry_buttons(t, run)
    yield from undo_buttons(t, run, is_possible=is_undoable)
    yield button(Action.BACK_TO_HISTORY, t("Back to the history"))


def _entry(t: Texts, run: RunHead) -> list[Json]:
    summary = rich(
        line(
            words(moment_text(t, run.created_at), "bold"),
            words(f"\u3000{deed_label(t, run)}\u3000"),
            person(run.user_id),
            words(f"\n{_state(t, run)} ・ {counts_text(t, run)}"),
            *_reason(t, run),
        )
    )
    return [summary, actions(run_button(t, run.id))]


def _reason(t: Texts, run: RunHead) -> list[Json]:
    if not run.justification:
        return []
    said = t("{label}: ", label=t("Reason for passing a limit")) + clip(run.justification, REASON_MOST)
    return [words(f"\n{said}")]


def _state(t: Texts, run: RunHead) -> str:
    if is_reserved(run):
        return t("Begins by itself")
    states = {
        RunState.QUEUED: t("Queued"),
        RunState.RUNNING: t("Running"),
        RunState.WAITING: t("Paused"),
        RunState.FINISHED: t("Finished"),
        RunState.STOPPED: t("Stopped"),
        RunState.CANCELLED: t("Cancelled"),
    }
    return states[run.state]


def _facts(t: Texts, run: RunHead) -> Iterator[Json]:
    yield from deed_facts(t, run)
    yield fact(t, t("State"), _state(t, run))
    if run.started_at is None:
        yield fact(t, t("Confirmed"), moment_text(t, run.created_at))
    else:
        yield fact(t, t("Started"), moment_text(t, run.started_at))
    if is_reserved(run) and run.wakes_at is not None:
        yield fact(t, t("Begins"), moment_text(t, run.wakes_at))
    if run.finished_at is not None:
        yield fact(t, t("Ended"), moment_text(t, run.finished_at))
    yield fact(t, t("People"), f"{run.total:,}")
    if run.justification:
        yield fact(t, t("Reason for passing a limit"), clip(run.justification, REASON_MOST))
    yield line(words(t("Started by ")), person(run.user_id))
    if run.resumed_by is not None:
        yield line(words(t("Taken up again by ")), person(run.resumed_by))
    if run.cancelled_by is not None:
        yield line(words(t("Cancelled by ")), person(run.cancelled_by))
    if run.state is RunState.CANCELLED:
        yield line(words(reached_text(t, run)))


def _row(t: Texts, run: RunHead, row: OutcomeRow, *, is_to_check: bool) -> Json:
    name = f"\u3000{clip(row.name, NAME_MOST)}" if row.name else ""
    title = words(f"{number_text(t, row.number)}{name}", "bold")
    place = placement_text(t, row.placement) if row.placement else ""
    status = words(f"\u3000{status_label(t, row.status)}{place}\n")
    if row.outcome is None:
        return rich(line(title, status, words(t("No result yet"))))
    said = words(_said(t, row.outcome, run))
    check = [words(f"\n{standing_note(t)}")] if is_to_check else []
    told = line(title, status, said, *_quoted(row.outcome), *check)
    return rich(told, *moved_list(t, row.outcome.moved), *_written(t, row))


def _written(t: Texts, row: OutcomeRow) -> list[Json]:
    """Say what the target had and has now; of what is not certain, what was sent."""
    if not row.written:
        return []
    is_certain = row.outcome is not None and row.outcome.reason in CERTAIN
    values = new_values(t, row.written) if row.status is Status.CREATE else ()
    shown = line(*values) if values else changes_list(t, row.written)
    return [shown] if is_certain else [line(words(t("What was sent:"), "italic")), shown]


def _said(t: Texts, outcome: Outcome, run: RunHead) -> str:
    undoes = run.undo_of is not None
    said = outcome_text(t, outcome, run.direction, quoted=True, undoes=undoes).together
    return f"{outcome_label(t, outcome.kind)}\u3000{said}".rstrip()


def _quoted(outcome: Outcome) -> list[Json]:
    detail = " ".join(outcome.detail)
    return [words("\n" + clip(detail, DETAIL_MOST), "italic")] if detail else []
