"""What is decided after the press holds for everything that is not written yet."""

from typing import Any

import pytest

from sync.decided import Decided
from sync.fields import Field
from sync.ledger import RowState
from sync.outcome import Outcome, OutcomeKind, Reason, succeeded
from sync.run import carry_out_chunk
from tests.sync.fakes import FakeClock, FakeSystem, a_ledger
from tests.sync.people import a_person
from tests.sync.rows import a_creation, a_target, an_update, outcome_of

IGNORED = Outcome(OutcomeKind.HELD, Reason.IGNORED_SINCE)


@pytest.mark.parametrize("left_alone", ["source-0012", "id-0012"])
def test_whoever_is_not_linked_any_more_is_not_written(left_alone: str) -> None:
    ledger, target = a_ledger(an_update(), an_update("13")), a_target(a_person(), a_person("13"))
    carry_out_chunk(ledger, target, FakeClock(), decided=Decided(ignored=frozenset({left_alone})))
    assert ledger.outcomes == {0: IGNORED, 1: succeeded()}
    assert [number for number, _ in target.writes] == ["13"]


def test_nobody_is_created_who_is_not_linked_any_more() -> None:
    ledger, target = a_ledger(a_creation()), a_target()
    carry_out_chunk(ledger, target, FakeClock(), decided=Decided(ignored=frozenset({"source-0012"})))
    assert outcome_of(ledger) == IGNORED
    assert target.people == {}


def test_a_field_that_is_to_stay_as_it_is_holds_its_row_and_is_named() -> None:
    ledger, target = a_ledger(an_update()), a_target(a_person())
    carry_out_chunk(ledger, target, FakeClock(), decided=left(Field.LAST_NAME, Field.EMAIL))
    assert outcome_of(ledger) == Outcome(OutcomeKind.HELD, Reason.SUPPRESSED_SINCE, (Field.LAST_NAME,))
    assert target.writes == []


def test_a_field_that_was_not_to_be_written_holds_nothing() -> None:
    ledger, target = a_ledger(an_update()), a_target(a_person())
    carry_out_chunk(ledger, target, FakeClock(), decided=left(Field.EMAIL))
    assert outcome_of(ledger) == succeeded()


@pytest.mark.parametrize(
    ("field", "reason"), [(Field.EMAIL, Reason.SUPPRESSED_SINCE), (Field.LAST_NAME, Reason.WRITTEN)]
)
def test_a_new_person_is_held_by_a_field_unless_the_target_requires_it(field: Field, reason: Reason) -> None:
    ledger = a_ledger(a_creation(email="taro@example.com"))
    carry_out_chunk(ledger, a_target(), FakeClock(), decided=left(field))
    outcome: Any = outcome_of(ledger)
    assert outcome.reason is reason


def test_what_was_sent_before_the_decision_and_arrived_has_succeeded() -> None:
    assert _decided_about_what_was_sent(a_target(a_person())).reason is Reason.CONFIRMED_BY_READING


def test_what_was_sent_before_the_decision_and_did_not_arrive_is_held() -> None:
    assert _decided_about_what_was_sent(a_target()).reason is Reason.IGNORED_SINCE


def _decided_about_what_was_sent(target: FakeSystem) -> Outcome:
    ledger = a_ledger(a_creation(), state=RowState.SENT)
    ledger.ask_again(0)
    carry_out_chunk(ledger, target, FakeClock(), decided=Decided(ignored=frozenset({"source-0012"})))
    assert target.writes == []
    return outcome_of(ledger)


def left(*fields: Field) -> Decided:
    return Decided(suppressed={"source-0012": frozenset(fields)})
