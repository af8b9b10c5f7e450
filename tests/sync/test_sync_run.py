"""A run writes what was shown, each row once, and can be stopped and taken up anywhere."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from sync.diff import Change, Update
from sync.errors import (
    RemoteRejected,
    RemoteUnavailable,
)
from sync.fields import Field
from sync.ledger import RowState
from sync.model import Choice, Placement, PlacementChoices, System
from sync.outcome import Moved, Outcome, OutcomeKind, Reason, failed, held, succeeded
from sync.run import CANARIES, carry_out_chunk, recheck_source
from tests.sync.fakes import NOON, FakeClock, FakeSystem, a_ledger
from tests.sync.people import a_person
from tests.sync.rows import a_creation, a_target, an_update, outcome_of

AS_OF = date(2026, 4, 1)


def test_rows_are_created_and_updated_as_they_were_shown() -> None:
    ledger = a_ledger(an_update("1"), a_creation("2"))
    target = a_target(a_person("1"))
    assert carry_out_chunk(ledger, target, FakeClock())
    assert ledger.outcomes == {0: succeeded(), 1: succeeded(remote_id="id-2")}
    assert target.people["id-1"].last_name == "赤木"
    assert target.people["id-2"].last_name == "青木"
    assert target.writes[0] == ("1", {Field.LAST_NAME: "赤木"})


def test_every_write_is_noted_before_it_is_sent() -> None:
    ledger = a_ledger(an_update())
    target = a_target(a_person())
    target.before_write = lambda: ledger.steps.append(("written", 0))
    carry_out_chunk(ledger, target, FakeClock())
    assert ledger.steps == [("intent", 0), ("sent", 0), ("written", 0), ("outcome", 0)]
    assert ledger.intents[0] == (Change(Field.LAST_NAME, "青木", "赤木"),)


def test_rows_go_in_chunks_until_none_is_left() -> None:
    ledger = a_ledger(*(a_creation(str(number)) for number in range(5)))
    target = a_target()
    ticks: list[int] = []
    chunks = 0
    while carry_out_chunk(ledger, target, FakeClock(), size=2, after_row=lambda: ticks.append(1)):
        chunks += 1
    assert (chunks, len(ticks), len(target.people)) == (3, 5, 5)


def test_a_row_whose_target_has_moved_is_held_and_names_the_field() -> None:
    ledger = a_ledger(an_update(was="青木"))
    target = a_target(a_person(last_name="青山"))
    carry_out_chunk(ledger, target, FakeClock())
    assert outcome_of(ledger) == held(Reason.TARGET_MOVED, (Moved(Field.LAST_NAME, "青木", "青山"),))
    assert target.writes == []


def test_what_is_there_already_is_not_written_again() -> None:
    ledger = a_ledger(an_update(becomes="赤木"))
    target = a_target(a_person(last_name="赤木"))
    carry_out_chunk(ledger, target, FakeClock())
    assert outcome_of(ledger) == succeeded(Reason.ALREADY_THERE)
    assert target.writes == []


def test_somebody_who_is_not_there_any_more_is_held() -> None:
    ledger = a_ledger(an_update())
    carry_out_chunk(ledger, a_target(), FakeClock())
    assert outcome_of(ledger) == held(Reason.TARGET_GONE)


def test_somebody_who_has_another_number_now_is_held() -> None:
    ledger = a_ledger(an_update())
    carry_out_chunk(ledger, a_target(a_person("99", remote_id="id-0012")), FakeClock())
    assert outcome_of(ledger) == held(Reason.TARGET_MOVED, (Moved(Field.NUMBER, "0012", "99"),))


def test_a_record_that_has_become_somebody_elses_is_held() -> None:
    seen = a_person(birth_date=date(1990, 1, 1))
    now = replace(seen, last_name="田中", first_name="陸", birth_date=date(2001, 2, 3))
    change = Change(Field.EMAIL, None, "a@example.jp")
    ledger = a_ledger(Update(desired=seen, existing=seen, changes=(change,)))
    target = a_target(now)
    carry_out_chunk(ledger, target, FakeClock())
    assert outcome_of(ledger).reason is Reason.TARGET_MOVED
    assert outcome_of(ledger).fields == (Field.LAST_NAME, Field.FIRST_NAME, Field.BIRTH_DATE)
    assert target.writes == []


def test_what_somebody_else_has_written_already_is_not_written_again() -> None:
    kana = Change(Field.LAST_NAME_KANA, None, "アカギ")
    row = replace(an_update(), changes=(*an_update().changes, kana))
    target = a_target(a_person(last_name="赤木"))
    carry_out_chunk(a_ledger(row), target, FakeClock())
    assert target.writes == [("0012", {Field.LAST_NAME_KANA: "アカギ"})]


def test_a_number_that_was_taken_meanwhile_is_held() -> None:
    ledger = a_ledger(a_creation())
    target = a_target(a_person())
    carry_out_chunk(ledger, target, FakeClock())
    assert outcome_of(ledger) == held(Reason.NUMBER_TAKEN)
    assert target.writes == []


def test_a_refused_row_fails_alone() -> None:
    ledger = a_ledger(a_creation("1"), a_creation("2"))
    target = a_target()
    target.failing = [RemoteRejected(System.SMARTHR, 400, ("姓を入力してください。",))]
    carry_out_chunk(ledger, target, FakeClock())
    assert outcome_of(ledger, 0) == failed(Reason.REJECTED, detail=("姓を入力してください。",))
    assert outcome_of(ledger, 1) == succeeded(remote_id="id-2")


@pytest.mark.parametrize(
    ("target", "placement"),
    [
        (System.SMARTHR, Placement()),
        (System.KINKAKUJI, Placement(division=Choice("1000", "本社"))),
    ],
)
def test_a_creation_without_a_place_fails_alone_and_nothing_is_sent(
    target: System, placement: Placement
) -> None:
    ledger = a_ledger(a_creation("1"), an_update("2"), placement=placement)
    there = replace(a_target(a_person("2", last_name="青木")), system=target)
    assert carry_out_chunk(ledger, there, FakeClock())
    assert ledger.outcomes == {0: failed(Reason.PLACEMENT_GONE), 1: succeeded()}
    assert [number for number, _ in there.writes] == ["2"]


def test_a_creation_that_is_refused_names_the_placement_if_that_has_gone() -> None:
    tokyo, osaka = Choice("1", "東京"), Choice("2", "大阪")
    ledger, target = a_ledger(a_creation("1"), a_creation("2")), a_target()
    ledger.rows = [
        replace(row, placement=Placement(establishment=place))
        for row, place in zip(ledger.rows, (tokyo, osaka), strict=True)
    ]
    target.choices = PlacementChoices(establishments=(replace(tokyo, name="東京本社"),))
    target.failing = [RemoteRejected(System.SMARTHR, 400), RemoteRejected(System.SMARTHR, 400)]
    carry_out_chunk(ledger, target, FakeClock())
    assert ledger.outcomes == {0: failed(Reason.REJECTED), 1: failed(Reason.PLACEMENT_GONE)}


def test_a_target_that_keeps_another_value_is_a_failure_that_names_the_field() -> None:
    ledger = a_ledger(*(an_update(str(number)) for number in range(5)))
    target = a_target(*(a_person(str(number)) for number in range(5)))
    target.dropped, target.dropped_after = frozenset({Field.LAST_NAME}), CANARIES
    assert carry_out_chunk(ledger, target, FakeClock())
    assert outcome_of(ledger, 4) == failed(Reason.WRITTEN_OTHERWISE, (Field.LAST_NAME,))


def test_an_update_is_addressed_to_the_person_as_they_are_now() -> None:
    now = a_person(email="a@example.jp", other_emails=("added-meanwhile@example.jp",))
    target = a_target(now)
    carry_out_chunk(a_ledger(an_update()), target, FakeClock())
    assert target.addressed == [now]


def test_what_was_read_stands_for_minutes_and_is_then_read_again() -> None:
    clock, ledger = FakeClock(), a_ledger(an_update("1"), an_update("2"), an_update("3"))
    target = a_target(a_person("1"), a_person("2"), a_person("3"))
    target.before_write = lambda: clock.go_on(minutes=3)
    reads: list[datetime] = []
    target.before_read = lambda: reads.append(clock())
    ledger.written_before = CANARIES
    while carry_out_chunk(ledger, target, clock):
        pass
    assert len(target.writes) == 3
    assert reads == [NOON, NOON + timedelta(minutes=6)]


def test_what_waited_too_long_for_its_turn_is_read_again_before_it_is_written() -> None:
    clock, ledger = FakeClock(), a_ledger(an_update())
    target = a_target(a_person())
    waits = [timedelta(minutes=6)]
    target.before_sending = lambda: clock.go_on(seconds=waits.pop().total_seconds()) if waits else None
    assert carry_out_chunk(ledger, target, clock)
    assert target.writes == []
    assert ledger.state(0) is RowState.PENDING
    carry_out_chunk(ledger, target, clock)
    assert outcome_of(ledger) == succeeded()


def test_a_target_that_takes_too_long_to_be_read_is_away_and_nothing_is_written() -> None:
    clock, ledger = FakeClock(), a_ledger(an_update())
    target = a_target(a_person())
    target.before_read = lambda: clock.go_on(minutes=5)
    with pytest.raises(RemoteUnavailable):
        carry_out_chunk(ledger, target, clock)
    assert target.writes == []
    assert ledger.state(0) is RowState.PENDING


def test_a_row_whose_source_has_moved_is_held_and_names_the_fields() -> None:
    difference = a_creation(last_name_kana="アオキ")
    moved = replace(difference.desired, last_name="青山", last_name_kana="あおき")
    ledger = a_ledger(difference)
    recheck_source(ledger, a_target(moved), AS_OF)
    assert outcome_of(ledger) == held(Reason.SOURCE_MOVED, (Moved(Field.LAST_NAME, "青木", "青山"),))


def test_a_row_whose_source_has_another_number_now_is_held() -> None:
    difference = a_creation()
    ledger = a_ledger(difference)
    recheck_source(ledger, a_target(replace(difference.desired, number="99")), AS_OF)
    assert outcome_of(ledger) == held(Reason.SOURCE_MOVED, (Moved(Field.NUMBER, "0012", "99"),))


def test_a_row_whose_source_has_left_is_held() -> None:
    difference = a_creation()
    ledger = a_ledger(difference)
    recheck_source(ledger, a_target(replace(difference.desired, resigned_on=date(2026, 3, 31))), AS_OF)
    assert outcome_of(ledger) == held(Reason.SOURCE_GONE)


def test_an_unmoved_source_holds_nothing() -> None:
    difference = a_creation()
    ledger = a_ledger(difference)
    recheck_source(ledger, a_target(difference.desired), AS_OF)
    assert ledger.outcomes == {}


def test_a_refusal_stays_a_refusal_when_the_masters_cannot_be_read() -> None:
    ledger = a_ledger(a_creation())
    target = FakeSystem(failing=[RemoteRejected(System.SMARTHR, 400, ("だめです",))])
    target.before_write = lambda: setattr(target, "deaf", RemoteUnavailable(System.SMARTHR, "down"))
    carry_out_chunk(ledger, target, FakeClock())
    assert outcome_of(ledger) == failed(Reason.REJECTED, detail=("だめです",))


def test_neither_outcomes_nor_people_nor_changes_show_values_in_logs() -> None:
    shown = repr(
        [
            failed(Reason.REJECTED, detail=("秘密",)),
            Outcome(OutcomeKind.FAILED, Reason.REJECTED, (), ("秘密",)),
            a_person(last_name="秘密"),
            Change(Field.LAST_NAME, None, "秘密"),
            a_creation(last_name="秘密"),
            held(Reason.SOURCE_MOVED, (Moved(Field.LAST_NAME, "青木", "秘密"),)),
        ]
    )
    assert "秘密" not in shown
