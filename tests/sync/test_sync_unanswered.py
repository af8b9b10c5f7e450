"""A write without an answer is resolved by reading, and sent again only when it has proved not to arrive."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sync.diff import Change, Create, Update
from sync.errors import OutcomeUnknown, RemoteRejected, RunCancelled, RunTakenOver
from sync.fields import Field
from sync.ledger import RowState
from sync.model import System
from sync.outcome import OutcomeKind, Reason, succeeded, unknown
from sync.run import carry_out_chunk
from sync.unanswered import SENDS_MOST, SETTLE_AFTER, settle_unanswered
from tests.sync.fakes import NOON, FakeClock, FakeLedger, FakeSystem, a_ledger
from tests.sync.people import a_person
from tests.sync.rows import a_creation, a_target, an_update, outcome_of

LOST = OutcomeUnknown(System.SMARTHR)
SETTLED = NOON + SETTLE_AFTER


@pytest.mark.parametrize("difference", [an_update(), a_creation()], ids=["update", "create"])
def test_what_is_there_has_succeeded(difference: Create | Update) -> None:
    ledger = a_ledger(difference, state=RowState.SENT)
    target = a_target(a_person(last_name="赤木" if isinstance(difference, Update) else "青木"))
    assert settle_unanswered(ledger, target, NOON) is None
    assert outcome_of(ledger).reason is Reason.CONFIRMED_BY_READING
    assert target.writes == []


def test_what_is_not_there_may_still_arrive_and_is_waited_for() -> None:
    ledger, target = sent_without_answer()
    assert settle_unanswered(ledger, target, NOON + timedelta(seconds=5)) == SETTLE_AFTER.total_seconds() - 5
    assert ledger.state(0) is RowState.SENT
    target.people = a_target(a_person()).people
    assert settle_unanswered(ledger, target, SETTLED) is None
    assert outcome_of(ledger) == succeeded(Reason.CONFIRMED_BY_READING, "id-0012")
    assert len(target.writes) == 1


def test_a_creation_is_sent_again_after_two_readings_the_second_a_minute_after_the_time_out() -> None:
    ledger, target = sent_without_answer()
    reads: list[int] = []
    target.before_read = lambda: reads.append(len(target.writes))
    assert settle_unanswered(ledger, target, SETTLED) == 0
    assert ledger.state(0) is RowState.PENDING
    assert carry_out_chunk(ledger, target, FakeClock(SETTLED))
    assert outcome_of(ledger) == succeeded(remote_id="id-0012")
    assert len(target.writes) == 2
    assert reads[:2] == [1, 1], "read twice before it is sent again"


def test_whoever_turns_up_between_the_two_readings_is_not_created_again() -> None:
    ledger, target = sent_without_answer()
    settle_unanswered(ledger, target, SETTLED)
    target.people = a_target(a_person()).people
    carry_out_chunk(ledger, target, FakeClock(SETTLED))
    assert outcome_of(ledger) == succeeded(Reason.CONFIRMED_BY_READING, "id-0012")
    assert len(target.writes) == 1


def test_a_creation_under_whose_number_somebody_else_is_found_is_for_a_person_to_decide() -> None:
    ledger, target = sent_without_answer()
    target.people = a_target(a_person(last_name="青山")).people
    assert settle_unanswered(ledger, target, NOON) is None
    assert outcome_of(ledger) == unknown()


def test_a_creation_that_is_found_twice_is_for_a_person_to_decide() -> None:
    ledger, target = sent_without_answer()
    target.people = a_target(a_person(), a_person(remote_id="id-twice")).people
    assert settle_unanswered(ledger, target, NOON) is None
    assert outcome_of(ledger) == unknown()


def test_an_update_that_did_not_arrive_is_written_with_the_same_values() -> None:
    ledger = a_ledger(an_update(), state=RowState.SENT)
    target = a_target(a_person())
    assert settle_unanswered(ledger, target, SETTLED) == 0
    carry_out_chunk(ledger, target, FakeClock(SETTLED))
    assert outcome_of(ledger) == succeeded()
    assert len(target.writes) == 1


def test_what_an_earlier_sending_meant_to_write_is_kept_beside_what_is_sent_now() -> None:
    both = (Change(Field.LAST_NAME, "青木", "赤木"), Change(Field.FIRST_NAME, "葵", "梓"))
    ledger, target = a_ledger(replace(an_update(), changes=both)), a_target(a_person())
    target.failing = [LOST]
    carry_out_chunk(ledger, target, FakeClock())
    target.people = a_target(a_person(first_name="梓")).people
    settle_unanswered(ledger, target, SETTLED)
    carry_out_chunk(ledger, target, FakeClock(SETTLED))
    assert outcome_of(ledger) == succeeded()
    assert target.writes[-1] == ("0012", {Field.LAST_NAME: "赤木"})
    assert ledger.intents[0] == both


def test_a_second_creation_that_is_refused_because_the_first_arrived_has_succeeded() -> None:
    ledger, target = sent_without_answer()
    settle_unanswered(ledger, target, SETTLED)
    target.before_write = lambda: target.people.update(a_target(a_person()).people)
    target.failing = [RemoteRejected(System.SMARTHR, 400)]
    carry_out_chunk(ledger, target, FakeClock(SETTLED))
    assert outcome_of(ledger) == succeeded(Reason.CONFIRMED_BY_READING, "id-0012")


def test_of_an_update_that_somebody_has_overwritten_nobody_can_tell() -> None:
    ledger = a_ledger(an_update(), state=RowState.SENT)
    target = a_target(a_person(last_name="青山"))
    settle_unanswered(ledger, target, SETTLED)
    carry_out_chunk(ledger, target, FakeClock(SETTLED))
    assert outcome_of(ledger).kind is OutcomeKind.UNKNOWN
    assert target.writes == []


def test_after_so_many_sendings_a_person_has_to_look() -> None:
    ledger, target = a_ledger(a_creation()), a_target()
    target.failing = [LOST] * (SENDS_MOST + 1)
    clock = FakeClock()
    while carry_out_chunk(ledger, target, clock) or settle_unanswered(ledger, target, clock()) is not None:
        clock.go_on(minutes=2)
    assert outcome_of(ledger) == unknown()
    assert len(target.writes) == SENDS_MOST


@pytest.mark.parametrize("ended", [RunCancelled(), RunTakenOver()], ids=["cancelled", "taken over"])
def test_nothing_goes_out_once_the_run_has_ended_here(ended: RunCancelled | RunTakenOver) -> None:
    ledger, target = a_ledger(a_creation("1"), a_creation("2")), a_target()
    ledger.ends = ended
    with pytest.raises(type(ended)):
        carry_out_chunk(ledger, target, FakeClock())
    assert target.writes == []
    assert ledger.outcomes == {}
    assert [row.state for row in ledger.rows] == [RowState.PENDING] * 2


def sent_without_answer() -> tuple[FakeLedger, FakeSystem]:
    ledger, target = a_ledger(a_creation()), a_target()
    target.failing = [LOST]
    carry_out_chunk(ledger, target, FakeClock())
    assert ledger.state(0) is RowState.SENT
    return ledger, target
