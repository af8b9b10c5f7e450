"""Every view and message of Renkei × {none, one, many, longest, hostile}, each a function of the texts."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from bot.texts import Texts
from bot.views import integration as settings
from bot.views.begun import run_resumed_view, run_started_view
from bot.views.buttons import start_button
from bot.views.confirm import Confirm, ConfirmForm, anew_view, confirm_view
from bot.views.facts import Placed
from bot.views.filter import Filter
from bot.views.help import help_view
from bot.views.history import history_view, run_view
from bot.views.later import Later, later_view
from bot.views.loading import loading_view, message_view, told_message
from bot.views.paste import paste_view
from bot.views.pick import pick_view
from bot.views.run import (
    dm_failed_message,
    dm_ready_message,
    progress_message,
    result_message,
)
from bot.views.sentences import failure_text
from storage.plan_records import PlanOptions
from storage.records import Scope
from storage.run_records import RunHead, RunState
from sync.diff import Blocked, BlockReason, Change, Difference, Notice, Status, Unchanged, Update
from sync.fields import COMPARED, Field, FieldPolicy, Mode
from sync.limits import Excess, ExcessKind
from sync.model import Choice, Direction, Placement
from sync.outcome import Moved, Outcome, OutcomeKind, Reason, held, succeeded
from sync.placing import Part
from sync.text import Likeness
from tests.bot.views.setting_cases import setting_views
from tests.bot.views.undo_cases import undo_direct_messages, undo_messages, undo_views
from tests.bot.views.view_builders import (
    HOSTILE,
    LONGEST,
    NOON,
    blocked,
    create,
    employee,
    head,
    integration,
    outcome_row,
    pick_form,
    rejected,
    respelled,
    rows,
    run,
    screen,
    spaced,
    unchanged,
    update,
)

Json = dict[str, Any]
CUT_SHORT = {OutcomeKind.SUCCEEDED: 40, OutcomeKind.FAILED: 10, OutcomeKind.SKIPPED: 150}
Named = Iterator[tuple[str, Callable[[Texts], Json]]]

LONG_PLACEMENT = Placement(division=Choice("1" * 150, LONGEST), category=Choice("2", LONGEST))
ENDED = run(RunState.FINISHED, finished_at=NOON, justification=LONGEST)
EVERY_TERM = PlanOptions(
    policies=dict.fromkeys(COMPARED, FieldPolicy(Mode.FILL_ONLY, never_blank=False)),
    spellings=frozenset({Likeness.COSMETIC, Likeness.VARIANT}),
)


def picks() -> Named:
    nobody = screen(head=head(counts={}), page=1, pages=1, matching=0, matching_tickable=0, chosen={})
    yield "pick, nobody at all", partial(pick_view, screen=nobody)
    yield "pick, nobody matches", partial(pick_view, screen=screen(filter=Filter(Status.CREATE, LONGEST)))
    mixed = screen(create(), update(), unchanged(), blocked(), note="✓")
    yield "pick, one of each", partial(pick_view, screen=mixed)
    longest: list[Difference] = [create(LONGEST, LONGEST)]
    longest += [_much_changed() for _ in range(19)]
    into_smarthr = head(Direction.PULL)
    full = screen(*longest, head=into_smarthr, ticked=frozenset(range(20)), note=LONGEST * 9)
    yield "pick, twenty of the longest", partial(pick_view, screen=full)
    hostile = screen(
        create(HOSTILE, HOSTILE), update(HOSTILE, HOSTILE, HOSTILE), filter=Filter(None, HOSTILE)
    )
    yield "pick, hostile", partial(pick_view, screen=hostile)
    doubtful = {"existing": employee(LONGEST, last_name=LONGEST), "other": employee(HOSTILE)}
    reasons = screen(*[blocked(reason, number=None, **doubtful) for reason in BlockReason])
    yield "pick, blocked for every reason", partial(pick_view, screen=reasons)
    yield from _twenty_blocked()
    excesses = tuple(Excess(kind, 98_765, 12_345, 43_210) for kind in ExcessKind)
    strange = head(options=EVERY_TERM, accepted=LONGEST, as_of=date(2026, 4, 1))
    everything = screen(spaced(), respelled(), head=strange, excesses=excesses, filter=Filter(chosen=True))
    yield "pick, by other terms and beyond every limit", partial(pick_view, screen=everything)
    quiet = screen(*[spaced(LONGEST)] * 10, *[_noted(notice) for notice in Notice], page=1, note="✓" * 300)
    yield "pick, nothing but spelling and notices", partial(pick_view, screen=quiet)


def _twenty_blocked() -> Named:
    long = employee(LONGEST, last_name=LONGEST)
    piled = "葛" + "\U000e0100" * 900
    unstorable: dict[str, Any] = {
        "reason": BlockReason.UNSTORABLE,
        "field": Field.LAST_NAME_KANA,
        "character": piled,
    }
    doubtful: dict[str, Any] = {"reason": BlockReason.NUMBERS_ROTATED, "other": long}
    for name, more in (("marks", unstorable), ("doubts", doubtful)):
        blocked_row = Blocked(desired=long, existing=long, **more)
        twenty = screen(*[blocked_row] * 20, note=LONGEST * 9)
        yield f"pick, twenty blocked by {name}", partial(pick_view, screen=twenty)


def _much_changed() -> Update:
    """Everything changed late in a long text, and the resignation day cleared: the most there is to say."""
    changes = [Change(field, LONGEST + "1", LONGEST + "2", Likeness.VARIANT) for field in COMPARED]
    cleared = Change(Field.RESIGNED_ON, "2027-03-31", None)
    changed = replace(update(LONGEST), changes=(*changes[:4], cleared), folded=tuple(changes[4:8]))
    return replace(changed, kept=COMPARED, suppressed=COMPARED, notices=tuple(Notice))


def _noted(notice: Notice) -> Unchanged:
    return replace(unchanged(LONGEST), suppressed=COMPARED, notices=(notice,))


def confirms() -> Named:
    one = Confirm(counts={Status.UPDATE: 1}, first=rows(update()), choice="f" * 64)
    many = Confirm(
        counts=dict.fromkeys((Status.CREATE, Status.UPDATE, Status.VARIANT, Status.COSMETIC), 1200),
        places=tuple(Placed(part, Choice(str(n), LONGEST), 1200) for part in Part for n in range(30)),
        first=rows(*[create(LONGEST, LONGEST)] * 10),
        writes_email=True,
        standing_checks=3000,
        pauses_at=NOON,
        excesses=tuple(Excess(kind, 98_765, 12_345, 43_210) for kind in ExcessKind),
        choice="f" * 64,
    )
    yield "confirm, one", partial(confirm_view, head=head(), confirm=one)
    yield "confirm, many", partial(confirm_view, head=head(options=EVERY_TERM), confirm=many)
    moved = failure_text(Texts("ja"), "terms_moved", {})
    yield "list to be made anew", partial(anew_view, plan_id="b" * 32, sentence=moved)


def histories() -> Named:
    yield "history, nothing yet", partial(history_view, runs=[], page=1, pages=1)
    every_state = [run(state, justification=LONGEST) for state in RunState]
    yield "history, every state", partial(history_view, runs=every_state * 2, page=3, pages=5)
    page = partial(run_view, run=ENDED, page=3, pages=5, checks={0})
    yield "run, no row", partial(page, outcomes=[])
    cut_short = run(RunState.CANCELLED, CUT_SHORT, cancelled_by="U2", cancelled_at=NOON, resumed_by="U3")
    yield "run, cut short", partial(page, run=cut_short, outcomes=[], is_resumable=True)
    cancelling = run(cancelled_by="U2", cancelled_at=NOON)
    yield "run, being cancelled", partial(page, run=cancelling, outcomes=[])
    longest = [outcome_row(rejected(LONGEST), LONGEST, LONGEST)] * 20
    yield "run, twenty of the longest", partial(page, outcomes=longest)
    hostile = [outcome_row(rejected(HOSTILE), HOSTILE, HOSTILE)]
    yield "run, hostile", partial(page, outcomes=hostile)
    reasons = [outcome_row(Outcome(OutcomeKind.HELD, reason)) for reason in Reason]
    yield "run, every reason", partial(page, outcomes=[outcome_row(None), *reasons])
    everything = held(Reason.SOURCE_MOVED, tuple(Moved(field, LONGEST, None) for field in COMPARED))
    moved = [outcome_row(everything, LONGEST, LONGEST, placement=LONG_PLACEMENT)] * 20
    yield "run, twenty held for everything", partial(page, outcomes=moved)
    everywhere = tuple(Change(field, LONGEST, LONGEST) for field in COMPARED)
    for status in (Status.CREATE, Status.UPDATE):
        written = [outcome_row(succeeded(), LONGEST, LONGEST, status=status, written=everywhere)] * 20
        yield f"run, twenty written in every field, {status}", partial(page, outcomes=written)


def begun() -> Named:
    yield "run started", partial(run_started_view, run=run())
    yield "run resumed", partial(run_resumed_view, run=run(leg=2))
    form = ConfirmForm("b" * 32, "f" * 64, LONGEST[:300])
    for name, ahead in others_ahead():
        later = Later(ahead=ahead, opens_at=NOON + timedelta(days=1), now=NOON)
        yield f"later, {name}", partial(later_view, head=head(), form=form, later=later)
        yield f"run queued, {name}", partial(run_started_view, run=run(), later=later)
    closed = Later(opens_at=NOON, now=NOON)
    usual = replace(form, justification=None)
    yield "later, closed", partial(later_view, head=head(), form=usual, later=closed)
    yield "run resumed in closed hours", partial(run_resumed_view, run=run(leg=1), later=closed)


def others_ahead() -> Iterator[tuple[str, RunHead]]:
    for state in (RunState.QUEUED, RunState.RUNNING, RunState.WAITING):
        yield f"after one that is {state}", run(state, wakes_at=NOON)
    yield "after one that waits for nobody knows what", run(RunState.WAITING)
    yield "after one that is being cancelled", run(cancelled_by="U2", cancelled_at=NOON)
    yield "after another workspace's", run(scope=Scope("", "T2"))


def others() -> Named:
    yield "loading", partial(loading_view, title=LONGEST, text=LONGEST)
    yield "message", partial(message_view, title=LONGEST, sentence=LONGEST, remedy=LONGEST * 9)
    yield "paste", partial(paste_view, form=pick_form(Filter(Status.UNCHANGED), page=500))
    yield "help", partial(help_view, version="0.1.0")


def channel_messages() -> Named:
    for state in RunState:
        waiting = run(state, reason="unavailable:smarthr", wakes_at=NOON + timedelta(hours=1))
        yield f"progress, {state}", partial(progress_message, run=waiting, now=NOON)
    for name, ahead in others_ahead():
        yield f"progress, {name}", partial(progress_message, run=run(RunState.QUEUED), now=NOON, ahead=ahead)
    cancelling = run(cancelled_by="U2", cancelled_at=NOON)
    yield "progress, being cancelled", partial(progress_message, run=cancelling, now=NOON)
    yield "progress, nobody", partial(progress_message, run=run(total=0, counts={}), now=NOON)
    yield from result_messages()
    yield from undo_messages()


def result_messages() -> Named:
    failures = [outcome_row(rejected(HOSTILE), LONGEST, HOSTILE)] * 20
    for state in (RunState.FINISHED, RunState.STOPPED):
        ended = run(state, reason="credentials_permission:kinkakuji")
        yield f"result, {state}", partial(result_message, run=ended, failures=failures, more=400)
    cut_short = run(RunState.CANCELLED, CUT_SHORT, cancelled_by="U2", cancelled_at=NOON)
    yield "result, cancelled", partial(result_message, run=cut_short, failures=failures, more=400)
    well = run(RunState.FINISHED, total=50)
    yield "result, all well", partial(result_message, run=well, failures=[], more=0)
    stopped = run(RunState.STOPPED)
    yield "result, stopped for nobody knows what", partial(result_message, run=stopped, failures=[], more=0)


def direct_messages() -> Named:
    yield "plan ready", partial(dm_ready_message, head=head())
    closed = head(failure="closed_now", failure_detail={"opens_at": NOON.isoformat()})
    yield "plan failed", partial(dm_failed_message, head=closed)
    yield "plan failed for nobody knows what", partial(dm_failed_message, head=head())
    saved = partial(settings.settings_saved_message, integration=integration())
    yield "settings saved", partial(saved, problems={})
    too_late = failure_text(Texts("ja"), "too_late", {})
    yield "too late", lambda t: told_message(*too_late, (start_button(t),))
    yield "settings not saved", partial(saved, problems={"a": LONGEST})


def views() -> Named:
    for family in (picks, confirms, histories, begun, undo_views, setting_views, others):
        yield from family()


def messages() -> Named:
    yield from channel_messages()
    yield from direct_messages()
    yield from undo_direct_messages()
