"""Every view and message × {none, one, many, longest, hostile} × {ja, en}: Slack would take each of them."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from bot.texts import LANGUAGES, Texts
from bot.views import integration as settings
from bot.views.confirm import Confirm, confirm_view
from bot.views.help import help_view
from bot.views.history import history_view, run_view
from bot.views.loading import loading_view, message_view
from bot.views.paste import paste_view
from bot.views.pick import Filter, pick_view
from bot.views.placement import placement_view
from bot.views.run import (
    dm_failed_message,
    dm_ready_message,
    progress_message,
    result_message,
    run_started_view,
)
from bot.views.start import start_view
from sandbox.slack.blockkit import check_message, check_view
from storage.records import Check, RunState
from sync.diff import BlockReason, Status
from sync.model import Choice, Direction, Placement, PlacementChoices
from sync.outcome import Outcome, OutcomeKind, Reason
from tests.bot.views.view_builders import (
    HOSTILE,
    LONGEST,
    NOON,
    TODAY,
    access,
    blocked,
    choices,
    create,
    draft,
    head,
    integration,
    outcome_row,
    rejected,
    rows,
    run,
    screen,
    unchanged,
    update,
)

Json = dict[str, Any]
Case = Callable[[Texts], Json]

LONG_PLACEMENT = Placement(division=Choice("1" * 150, LONGEST), category=Choice("2", LONGEST))


def _starts() -> Iterator[tuple[str, Case]]:
    yield "blank", lambda t: start_view(t, direction=None, as_of=TODAY, today=TODAY)
    yield (
        "past, with a problem",
        lambda t: start_view(
            t, direction=Direction.PULL, as_of=date(2024, 1, 1), today=TODAY, problem=LONGEST
        ),
    )


def _picks() -> Iterator[tuple[str, Case]]:
    empty_plan = head(counts={})
    yield (
        "nobody at all",
        lambda t: pick_view(
            t, screen(head=empty_plan, page=1, pages=1, matching=0, matching_tickable=0, selected=0)
        ),
    )
    yield "nobody matches", lambda t: pick_view(t, screen(filter=Filter(Status.CREATE, LONGEST), matching=0))
    yield "one of each", lambda t: pick_view(t, screen(create(), update(), unchanged(), blocked(), note="✓"))
    full = [create(LONGEST, LONGEST), *[update(LONGEST, LONGEST, LONGEST, fields=9) for _ in range(19)]]
    ticked = frozenset(range(20))
    yield "twenty of the longest", lambda t: pick_view(t, screen(*full, ticked=ticked, note=LONGEST * 9))
    hostile = [create(HOSTILE, HOSTILE), update(HOSTILE, HOSTILE, HOSTILE)]
    yield "hostile", lambda t: pick_view(t, screen(*hostile, filter=Filter(None, HOSTILE)))
    reasons = [blocked(reason, number=None) for reason in BlockReason]
    yield "blocked for every reason", lambda t: pick_view(t, screen(*reasons))


def _placements() -> Iterator[tuple[str, Case]]:
    for direction in Direction:
        for n in (0, 1, 100, 101, 3000):
            plan, offered = head(direction, placement=LONG_PLACEMENT), choices(n)
            yield f"{direction} {n}", lambda t, p=plan, o=offered: placement_view(t, p, 12, o, LONGEST)
    long = tuple(Choice(str(n), LONGEST) for n in range(100))
    offered = PlacementChoices(establishments=long, divisions=long, categories=long)
    plan = head(placement=Placement(division=long[7], category=long[8]))
    yield "longest", lambda t: placement_view(t, plan, 1, offered)


def _confirms() -> Iterator[tuple[str, Case]]:
    few = Confirm(
        creates=0,
        updates=1,
        placement=Placement(),
        first=rows(update()),
        writes_email=False,
        closes_at=None,
        choice="f" * 64,
    )
    many = Confirm(
        creates=1200,
        updates=1800,
        placement=LONG_PLACEMENT,
        first=rows(*[create(LONGEST, LONGEST)] * 10),
        writes_email=True,
        closes_at=NOON,
        choice="f" * 64,
    )
    yield "one", lambda t: confirm_view(t, head(), few)
    yield "many", lambda t: confirm_view(t, head(), many)


def _histories() -> Iterator[tuple[str, Case]]:
    yield "nothing yet", lambda t: history_view(t, [], 1, 1)
    every_state = [run(state) for state in RunState]
    yield "every state", lambda t: history_view(t, every_state * 2, 3, 5)
    yield "no row", lambda t: run_view(t, run(), [], 1, 1, may_see_names=True)
    longest = [outcome_row(rejected(LONGEST), LONGEST, LONGEST)] * 20
    ended = run(RunState.FINISHED, finished_at=NOON, placement=LONG_PLACEMENT)
    yield "twenty of the longest", lambda t: run_view(t, ended, longest, 3, 5, may_see_names=True)
    reasons = [outcome_row(Outcome(OutcomeKind.HELD, reason)) for reason in Reason]
    yield (
        "every reason",
        lambda t: run_view(t, ended, [outcome_row(None), *reasons], 1, 1, may_see_names=False),
    )


def _settings() -> Iterator[tuple[str, Case]]:
    yield "first use", lambda t: settings.settings_view(t, integration(), None, [], {})
    for check in Check:
        known = integration(access(check, "token", "kaisha"), access(check, "ip_address"))
        yield f"{check}", lambda t, k=known: settings.settings_view(t, k, None, ["U1"], {})
    problems = {"subdomain": LONGEST, "elsewhere": LONGEST}
    yield "draft with problems", lambda t: settings.settings_view(t, integration(), draft(), ["U1"], problems)
    yield "testing", settings.testing_view
    yield "saved", lambda t: settings.settings_saved_view(t, integration(access(), access(Check.UNVERIFIED)))


def _others() -> Iterator[tuple[str, Case]]:
    yield "loading", lambda t: loading_view(t, LONGEST, LONGEST)
    yield "message", lambda t: message_view(t, LONGEST, LONGEST, LONGEST * 9)
    yield "paste", lambda t: paste_view(t, "b" * 32, 1)
    yield "paste with a problem", lambda t: paste_view(t, "b" * 32, 1, LONGEST)
    yield "started", lambda t: run_started_view(t, run())
    yield "help", lambda t: help_view(t, "0.1.0")


def _messages() -> Iterator[tuple[str, Case]]:
    for state in RunState:
        waiting = run(state, reason="unavailable:smarthr", wakes_at=NOON + timedelta(hours=1))
        yield f"progress {state}", lambda t, r=waiting: progress_message(t, r, NOON)
    yield "progress of nobody", lambda t: progress_message(t, run(total=0, counts={}), NOON)
    failures = [outcome_row(Outcome(OutcomeKind.FAILED, Reason.WRITTEN_OTHERWISE, ()), LONGEST)] * 20
    for state in (RunState.FINISHED, RunState.STOPPED):
        ended = run(state, reason="credentials_permission:kinkakuji")
        yield f"result {state}", lambda t, r=ended: result_message(t, r, failures, 400)
    yield "all well", lambda t: result_message(t, run(RunState.FINISHED, total=50), [], 0)
    yield "stopped for nobody knows what", lambda t: result_message(t, run(RunState.STOPPED), [], 0)
    yield "saved", lambda t: settings.settings_saved_message(t, integration(), {})
    yield "not saved", lambda t: settings.settings_saved_message(t, integration(), {"a": LONGEST})
    yield "plan ready", lambda t: dm_ready_message(t, head())
    yield (
        "plan failed",
        lambda t: dm_failed_message(
            t, head(failure="closed_now", failure_detail={"opens_at": NOON.isoformat()})
        ),
    )
    yield "plan failed for nobody knows what", lambda t: dm_failed_message(t, head())


VIEWS = [*_starts(), *_picks(), *_placements(), *_confirms(), *_histories(), *_settings(), *_others()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", [case for _, case in VIEWS], ids=[name for name, _ in VIEWS])
def test_slack_takes_the_view(case: Case, language: str) -> None:
    assert check_view(case(Texts(language))) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "case"), list(_messages()))
def test_slack_takes_the_message(name: str, case: Case, language: str) -> None:
    assert check_message(case(Texts(language))) == [], name
