"""A run that is stopped loses no outcome and writes nothing twice."""

from datetime import date, datetime

import pytest

from sync.calendar import TOKYO
from sync.diff import Create, Update
from sync.errors import (
    ClosedNow,
    CredentialProblem,
    CredentialsRejected,
    RemoteUnavailable,
    TooManyRequests,
)
from sync.ledger import RowState
from sync.model import System
from sync.outcome import Reason, skipped, succeeded, unknown
from sync.run import carry_out_chunk, recheck_source
from sync.service import give_up
from sync.unanswered import settle_unanswered
from tests.sync.fakes import NOON, FakeClock, a_ledger
from tests.sync.rows import a_creation, a_target, an_update, outcome_of

AS_OF = date(2026, 4, 1)
OPENS = datetime(2026, 4, 1, 10, tzinfo=TOKYO)
STOPS = [
    ClosedNow(OPENS),
    RemoteUnavailable(System.SMARTHR, "down"),
    CredentialsRejected(System.SMARTHR, CredentialProblem.TOKEN),
]


@pytest.mark.parametrize("stop", STOPS, ids=lambda error: type(error).__name__)
def test_a_write_that_provably_did_not_arrive_is_open_again(stop: Exception) -> None:
    ledger = a_ledger(a_creation("1"), a_creation("2"))
    target = a_target()
    target.failing = [stop]
    with pytest.raises(type(stop)):
        carry_out_chunk(ledger, target, FakeClock())
    assert ledger.outcomes == {}
    assert ledger.state(0) is RowState.PENDING
    carry_out_chunk(ledger, target, FakeClock())
    assert ledger.outcomes == {0: succeeded(remote_id="id-1"), 1: succeeded(remote_id="id-2")}


def test_a_write_that_was_one_call_too_many_for_a_moment_is_sent_again_at_once() -> None:
    ledger = a_ledger(a_creation("1"))
    target = a_target()
    target.failing = [TooManyRequests(System.SMARTHR, "status 429", 1.0)] * 3
    carry_out_chunk(ledger, target, FakeClock())
    assert ledger.outcomes == {0: succeeded(remote_id="id-1")}
    assert [number for number, _ in target.writes] == ["1"] * 4


@pytest.mark.parametrize(("pause", "times"), [(30.0, 1), (None, 1), (1.0, 4)])
def test_a_run_pauses_when_calls_are_refused_for_long_or_again_and_again(
    pause: float | None, times: int
) -> None:
    ledger = a_ledger(a_creation("1"))
    target = a_target()
    target.failing = [TooManyRequests(System.SMARTHR, "status 429", pause)] * times
    with pytest.raises(TooManyRequests):
        carry_out_chunk(ledger, target, FakeClock())
    assert (len(target.writes), ledger.state(0)) == (times, RowState.PENDING)


@pytest.mark.parametrize("difference", [an_update(), a_creation()], ids=["update", "create"])
def test_a_lost_answer_is_resolved_by_reading(difference: Create | Update) -> None:
    ledger = a_ledger(difference)
    target = a_target(*([difference.existing] if isinstance(difference, Update) else []))
    target.loses_answers = 1
    carry_out_chunk(ledger, target, FakeClock())
    created = "id-0012" if isinstance(difference, Create) else ""
    assert outcome_of(ledger) == succeeded(Reason.CONFIRMED_BY_READING, created)
    assert len(target.writes) == 1


@pytest.mark.parametrize("stop", STOPS, ids=lambda error: type(error).__name__)
def test_a_lost_answer_that_cant_be_read_yet_waits_and_is_not_taken_for_unsent(stop: Exception) -> None:
    ledger = a_ledger(a_creation())
    target = a_target()
    target.loses_answers = 1
    target.before_write = lambda: setattr(target, "deaf", stop)
    with pytest.raises(type(stop)):
        carry_out_chunk(ledger, target, FakeClock())
    assert ledger.state(0) is RowState.SENT
    target.deaf = None
    assert not carry_out_chunk(ledger, target, FakeClock())
    assert settle_unanswered(ledger, target, NOON) is None
    assert outcome_of(ledger) == succeeded(Reason.CONFIRMED_BY_READING, "id-0012")
    assert len(target.writes) == 1


def test_a_row_that_somebody_else_has_closed_is_not_written() -> None:
    ledger = a_ledger(a_creation("1"), a_creation("2"))
    target = a_target()
    target.before_write = lambda: ledger.save_outcome(1, succeeded())
    carry_out_chunk(ledger, target, FakeClock())
    assert [number for number, _ in target.writes] == ["1"]


def test_a_row_that_may_have_been_sent_is_left_to_the_target() -> None:
    ledger = a_ledger(a_creation(), state=RowState.SENT)
    recheck_source(ledger, a_target(), AS_OF)
    assert ledger.outcomes == {}


def test_giving_up_closes_what_is_open_and_keeps_what_is_closed() -> None:
    ledger = a_ledger(a_creation("1"), a_creation("2"))
    ledger.save_outcome(0, succeeded())
    give_up(ledger, Reason.UNAVAILABLE)
    assert ledger.outcomes == {0: succeeded(), 1: skipped(Reason.UNAVAILABLE)}


def test_giving_up_says_of_a_row_that_was_sent_that_nobody_can_tell() -> None:
    ledger = a_ledger(a_creation(), state=RowState.SENT)
    give_up(ledger, Reason.UNAVAILABLE)
    assert outcome_of(ledger) == unknown()
