"""The first rows of a run are read back one by one; a mismatch stops the run there."""

from contextlib import nullcontext
from dataclasses import replace

import pytest

from sync.errors import CanaryFailed
from sync.fields import Field
from sync.model import Post, PostKind
from sync.outcome import OutcomeKind, Reason, failed, succeeded
from sync.run import CANARIES, carry_out_chunk
from tests.sync.fakes import PLACED, FakeClock, FakeLedger, FakeSystem, a_ledger
from tests.sync.people import a_person
from tests.sync.rows import a_creation, a_target, an_update, outcome_of

PEOPLE = 8


def test_each_of_the_first_rows_is_read_back_before_the_next_is_written() -> None:
    ledger, target = a_run()
    seen: list[str] = []
    target.before_read = lambda: seen.append("read")
    target.before_write = lambda: seen.append("write")
    carry_out_chunk(ledger, target, FakeClock())
    assert seen == ["read", *["write", "read"] * CANARIES, *["write"] * (PEOPLE - CANARIES)]


def test_a_mismatch_that_only_reading_shows_stops_the_run_there() -> None:
    ledger, target = a_run()
    target.pretends = True
    target.dropped = frozenset({Field.LAST_NAME})
    with pytest.raises(CanaryFailed):
        carry_out_chunk(ledger, target, FakeClock())
    assert outcome_of(ledger) == failed(Reason.WRITTEN_OTHERWISE, (Field.LAST_NAME,))
    assert len(target.writes) == len(ledger.outcomes) == 1


def test_a_mismatch_in_the_answer_stops_the_run_as_well() -> None:
    ledger, target = a_run()
    target.dropped = frozenset({Field.LAST_NAME})
    with pytest.raises(CanaryFailed):
        carry_out_chunk(ledger, target, FakeClock())
    assert len(target.writes) == 1


def test_somebody_who_was_answered_for_and_is_not_there_stops_the_run_and_is_not_sent_again() -> None:
    ledger, target = a_ledger(a_creation("1"), a_creation("2")), a_target()
    target.after_write = target.people.clear
    with pytest.raises(CanaryFailed):
        carry_out_chunk(ledger, target, FakeClock())
    assert outcome_of(ledger) == failed(Reason.WRITTEN_OTHERWISE, (Field.NUMBER,), remote_id="id-1")
    assert len(target.writes) == 1
    assert ledger.load_unanswered() == []


def test_whoever_is_created_without_their_number_is_found_by_what_was_answered() -> None:
    ledger, target = a_ledger(a_creation("1"), a_creation("2")), a_target()
    target.after_write = lambda: target.people.update({"id-1": replace(target.people["id-1"], number=None)})
    with pytest.raises(CanaryFailed):
        carry_out_chunk(ledger, target, FakeClock())
    assert outcome_of(ledger) == failed(Reason.WRITTEN_OTHERWISE, (Field.NUMBER,), remote_id="id-1")


@pytest.mark.parametrize("rows_before", [0, CANARIES])
def test_whoever_is_created_in_another_place_is_told_and_linked(rows_before: int) -> None:
    ledger, target = a_ledger(a_creation("1"), placement=PLACED), a_target()
    ledger.written_before = rows_before
    target.puts = (Post(PostKind.ESTABLISHMENT, "e2", "大阪支社"),)
    with pytest.raises(CanaryFailed) if rows_before < CANARIES else nullcontext():
        carry_out_chunk(ledger, target, FakeClock())
    assert outcome_of(ledger) == failed(Reason.PLACED_OTHERWISE, remote_id="id-1")


def test_where_somebody_is_created_is_compared_with_what_the_target_tells() -> None:
    ledger, target = a_ledger(a_creation("1"), placement=PLACED), a_target()
    target.puts = (Post(PostKind.ESTABLISHMENT, "e1", "本社"), Post(PostKind.DEPARTMENT, "d9", "営業部"))
    carry_out_chunk(ledger, target, FakeClock())
    assert outcome_of(ledger) == succeeded(remote_id="id-1")


def test_whoever_was_refused_is_no_canary() -> None:
    ledger, target = a_run()
    target.people.pop("id-0")
    carry_out_chunk(ledger, target, FakeClock())
    assert outcome_of(ledger).kind is OutcomeKind.HELD
    assert ledger.count_written() == PEOPLE - 1


def test_a_run_that_was_taken_up_again_reads_back_only_what_is_missing() -> None:
    ledger, target = a_run()
    carry_out_chunk(ledger, target, FakeClock(), size=2)
    reads: list[int] = []
    target.before_read = lambda: reads.append(1)
    carry_out_chunk(ledger, target, FakeClock())
    assert len(reads) == 1 + CANARIES - 2


@pytest.mark.parametrize("writers", [1, 4])
def test_the_rest_is_written_by_as_many_as_there_are(writers: int) -> None:
    ledger, target = a_run()
    carry_out_chunk(ledger, target, FakeClock(), writers=writers)
    assert ledger.count_written() == len(target.writes) == PEOPLE


def a_run() -> tuple[FakeLedger, FakeSystem]:
    numbers = [str(number) for number in range(PEOPLE)]
    return a_ledger(*map(an_update, numbers)), a_target(*map(a_person, numbers))
