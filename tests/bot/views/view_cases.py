"""Every view and message of Renkei × {none, one, many, longest, hostile}, each a function of the texts."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from bot.texts import Texts
from bot.views import integration as settings
from bot.views.buttons import start_button
from bot.views.confirm import Confirm, confirm_view
from bot.views.help import help_view
from bot.views.history import history_view, run_view
from bot.views.loading import loading_view, message_view, told_message
from bot.views.paste import paste_view
from bot.views.pick import Filter, pick_view
from bot.views.run import (
    dm_failed_message,
    dm_ready_message,
    progress_message,
    result_message,
    run_started_view,
)
from bot.views.sentences import failure_text
from storage.records import RunState
from sync.diff import BlockReason, Change, Difference, Status, Update
from sync.fields import COMPARED, Field
from sync.model import Choice, Direction, Placement
from sync.outcome import Outcome, OutcomeKind, Reason
from tests.bot.views.setting_cases import setting_views
from tests.bot.views.view_builders import (
    HOSTILE,
    LONGEST,
    NOON,
    blocked,
    create,
    head,
    integration,
    outcome_row,
    pick_form,
    rejected,
    rows,
    run,
    screen,
    unchanged,
    update,
)

Json = dict[str, Any]
Named = Iterator[tuple[str, Callable[[Texts], Json]]]

LONG_PLACEMENT = Placement(division=Choice("1" * 150, LONGEST), category=Choice("2", LONGEST))
ENDED = run(RunState.FINISHED, finished_at=NOON, placement=LONG_PLACEMENT)


def picks() -> Named:
    nobody = screen(head=head(counts={}), page=1, pages=1, matching=0, matching_tickable=0, selected=0)
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
    reasons = screen(*[blocked(reason, number=None) for reason in BlockReason])
    yield "pick, blocked for every reason", partial(pick_view, screen=reasons)


def _much_changed() -> Update:
    """Everything changed late in a long text, and the resignation day cleared: the most there is to say."""
    changes = [Change(field, LONGEST + "1", LONGEST + "2") for field in COMPARED]
    cleared = Change(Field.RESIGNED_ON, "2027-03-31", None)
    return replace(update(LONGEST), changes=(*changes[:8], cleared))


def confirms() -> Named:
    one = Confirm(
        creates=0,
        updates=1,
        placement=Placement(),
        first=rows(update()),
        writes_email=False,
        standing_checks=0,
        closes_at=None,
        choice="f" * 64,
    )
    many = Confirm(
        creates=1200,
        updates=1800,
        placement=LONG_PLACEMENT,
        first=rows(*[create(LONGEST, LONGEST)] * 10),
        writes_email=True,
        standing_checks=3000,
        closes_at=NOON,
        choice="f" * 64,
    )
    yield "confirm, one", partial(confirm_view, head=head(), confirm=one)
    yield "confirm, many", partial(confirm_view, head=head(), confirm=many)


def histories() -> Named:
    yield "history, nothing yet", partial(history_view, runs=[], page=1, pages=1)
    every_state = [run(state) for state in RunState]
    yield "history, every state", partial(history_view, runs=every_state * 2, page=3, pages=5)
    page = partial(run_view, run=ENDED, page=3, pages=5, checks={0})
    yield "run, no row", partial(page, outcomes=[])
    longest = [outcome_row(rejected(LONGEST), LONGEST, LONGEST)] * 20
    yield "run, twenty of the longest", partial(page, outcomes=longest)
    hostile = [outcome_row(rejected(HOSTILE), HOSTILE, HOSTILE)]
    yield "run, hostile", partial(page, outcomes=hostile)
    reasons = [outcome_row(Outcome(OutcomeKind.HELD, reason)) for reason in Reason]
    yield "run, every reason", partial(page, outcomes=[outcome_row(None), *reasons])


def others() -> Named:
    yield "loading", partial(loading_view, title=LONGEST, text=LONGEST)
    yield "message", partial(message_view, title=LONGEST, sentence=LONGEST, remedy=LONGEST * 9)
    yield "paste", partial(paste_view, form=pick_form(Filter(Status.UNCHANGED), page=500))
    yield "run started", partial(run_started_view, run=run())
    yield "help", partial(help_view, version="0.1.0")


def channel_messages() -> Named:
    for state in RunState:
        waiting = run(state, reason="unavailable:smarthr", wakes_at=NOON + timedelta(hours=1))
        yield f"progress, {state}", partial(progress_message, run=waiting, now=NOON)
    yield "progress, nobody", partial(progress_message, run=run(total=0, counts={}), now=NOON)
    yield from result_messages()


def result_messages() -> Named:
    failures = [outcome_row(rejected(HOSTILE), LONGEST, HOSTILE)] * 20
    for state in (RunState.FINISHED, RunState.STOPPED):
        ended = run(state, reason="credentials_permission:kinkakuji")
        yield f"result, {state}", partial(result_message, run=ended, failures=failures, more=400)
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
    for family in (picks, confirms, histories, setting_views, others):
        yield from family()


def messages() -> Named:
    yield from channel_messages()
    yield from direct_messages()
