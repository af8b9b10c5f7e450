"""Views and messages that are about taking a run back, each a function of the texts."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from bot.texts import Texts
from bot.views.begun import run_resumed_view, run_started_view
from bot.views.confirm import Confirm, confirm_view
from bot.views.history import history_view, run_view
from bot.views.later import Later
from bot.views.person import PersonScreen, person_view
from bot.views.pick import pick_view
from bot.views.run import dm_ready_message, progress_message, result_message
from bot.views.undo import undo_waiting_view
from storage.plan_records import PlanHead
from storage.run_records import RunHead, RunState
from sync.diff import Blocked, BlockReason, Change, Difference, Status, Update
from sync.fields import COMPARED, Field
from sync.outcome import OutcomeKind
from tests.bot.views.person_cases import person_screen
from tests.bot.views.view_builders import (
    HOSTILE,
    LONGEST,
    NOON,
    employee,
    head,
    outcome_row,
    rejected,
    rows,
    run,
    screen,
    unchanged,
    update,
)

Json = dict[str, Any]
Named = Iterator[tuple[str, Callable[[Texts], Json]]]

EARLIER: dict[str, Any] = {"undo_of": "c" * 32, "original_at": NOON - timedelta(hours=3)}
"""09:00 in Tokyo."""
REASONS = (
    BlockReason.CREATED,
    BlockReason.TARGET_GONE,
    BlockReason.EDITED_SINCE,
    BlockReason.NOT_CLEARABLE,
    BlockReason.NOT_KEPT,
    BlockReason.IGNORED,
)


def undo_head(**more: Any) -> PlanHead:
    return head(counts={Status.UPDATE: 20, Status.BLOCKED: 6}, **EARLIER, **more)


def undo_run(state: RunState = RunState.RUNNING, **more: Any) -> RunHead:
    return run(state, **EARLIER, **more)


def put_back(text: str = "山田") -> Update:
    """Some of it is put back, some has been edited since, and some can't be emptied."""
    changes = (Change(Field.LAST_NAME, text, "旧姓"), Change(Field.EMAIL, text, None))
    return replace(
        update(),
        changes=changes,
        kept=(),
        edited=(Field.HIRED_ON,),
        unclearable=(Field.GENDER, Field.BIRTH_DATE),
    )


def left(reason: BlockReason, **more: Any) -> Blocked:
    return Blocked(desired=employee(), reason=reason, **more)


def undo_person(difference: Difference) -> PersonScreen:
    return replace(person_screen(difference), head=undo_head())


def undo_views() -> Named:
    yield "undo, waiting", undo_waiting_view
    everybody: list[Difference] = [put_back(), unchanged(), *map(left, REASONS)]
    yield "undo, one of each", partial(pick_view, screen=screen(*everybody, head=undo_head()))
    all_fields: dict[str, Any] = {"edited": COMPARED, "rewritten": COMPARED, "unclearable": COMPARED}
    blocked = [left(BlockReason.EDITED_SINCE, **all_fields)] * 19
    full = screen(*blocked, replace(put_back(LONGEST), **all_fields), head=undo_head(), note=LONGEST * 9)
    full = replace(full, is_busy=True)
    yield "undo, twenty of the longest", partial(pick_view, screen=full)
    nothing = screen(head=undo_head(), page=1, pages=1, matching=0, matching_tickable=0, chosen={})
    yield "undo, nobody matches", partial(pick_view, screen=nothing)
    confirm = Confirm(counts={Status.UPDATE: 20}, first=rows(put_back(HOSTILE)), choice="f" * 64)
    yield "undo, confirm", partial(confirm_view, head=undo_head(), confirm=confirm)
    for name, difference in (("put back", put_back(LONGEST)), ("left", left(BlockReason.IGNORED))):
        yield f"undo, person {name}", partial(person_view, screen=undo_person(difference))
    ended = undo_run(RunState.FINISHED, finished_at=NOON)
    yield "undo, history", partial(history_view, runs=[ended, run()], page=1, pages=1)
    page = partial(run_view, outcomes=[outcome_row(rejected())], page=1, pages=1, checks={0})
    yield "undo, run", partial(page, run=ended)
    later = Later(now=NOON, opens_at=NOON)
    for begun in (run_started_view, run_resumed_view):
        yield f"undo, {begun.__name__}", partial(begun, run=undo_run())
        yield f"undo, {begun.__name__} later", partial(begun, run=undo_run(), later=later)
    taken_back = partial(page, run=run(RunState.FINISHED), is_undoable=True, undos=[ended, undo_run()])
    yield "run, was undone, and is being undone", taken_back
    yield "run, can be undone", partial(page, run=run(RunState.FINISHED), is_undoable=True)


def undo_messages() -> Named:
    for state in RunState:
        yield f"undo progress, {state}", partial(progress_message, run=undo_run(state), now=NOON)
        result = partial(result_message, run=undo_run(state), more=1)
        yield f"undo result, {state}", partial(result, failures=[outcome_row(rejected(HOSTILE), LONGEST)])
    well = undo_run(RunState.FINISHED, total=2, counts={OutcomeKind.SUCCEEDED: 2})
    yield "undo result, all well", partial(result_message, run=well, failures=[], more=0)


def undo_direct_messages() -> Named:
    yield "undo ready", partial(dm_ready_message, head=undo_head())
