"""Whatever other people change meanwhile, on either side: nothing is written that was not shown.

They may change records between the preview and the press, between two chunks, and while a run pauses.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.diff import Create, Writable
from sync.errors import ClosedNow, OutcomeUnknown, RemoteUnavailable
from sync.model import Direction, Employee, System
from sync.outcome import OutcomeKind, Reason
from sync.plan import Basis, People, make_plan
from sync.run import carry_out_chunk, recheck_source
from sync.terms import Terms
from sync.unanswered import settle_unanswered
from tests.sync.fakes import NOON, FakeClock, FakeLedger, FakeSystem, a_ledger, tickable
from tests.sync.people import EDITS, TERMS, a_member, companies, going_by

AS_OF = NOON.date()
Fact = tuple[str, object, object, object]
"""Whose record, which field, the value that it has and the one that it is given."""


@dataclass(frozen=True)
class Edit:
    """What somebody does to a record of one side."""

    in_source: bool
    whom: int
    deletes: bool
    copies: bool
    """Takes over, of these fields, what the other side has; else gives them other values."""
    values: dict[str, Any]

    def apply(self, source: FakeSystem, target: FakeSystem) -> None:
        people, others = (source.people, target.people) if self.in_source else (target.people, source.people)
        if self.whom >= len(people):
            new = replace(a_member(self.whom, "added"), **self.values)
            people[new.remote_id] = new
            return
        key = list(people)[self.whom]
        twin = next((each for each in others.values() if each.number == people[key].number), None)
        if self.deletes:
            del people[key]
        elif self.copies and twin is not None:
            people[key] = replace(people[key], **{name: getattr(twin, name) for name in self.values})
        else:
            people[key] = replace(people[key], **self.values)


NUMBERS = st.fixed_dictionaries({}, optional={"number": st.sampled_from(["0", "1", "2", "９", None])})  # noqa: RUF001 - width matters
BIRTHS = st.fixed_dictionaries({}, optional={"birth_date": st.sampled_from([date(1961, 3, 14), None])})
"""With another name it makes a record another human being's."""
ANY_EDIT = st.builds(
    Edit,
    in_source=st.booleans(),
    whom=st.integers(0, 4),
    deletes=st.sampled_from([False, False, False, True]),
    copies=st.booleans(),
    values=st.builds(
        lambda *parts: {key: value for each in parts for key, value in each.items()}, EDITS, NUMBERS, BIRTHS
    ),
)
ROUNDS = st.lists(st.lists(ANY_EDIT, min_size=1, max_size=4), min_size=1, max_size=4)


@dataclass
class Meanwhile:
    """What happens while a run goes on."""

    rounds: list[list[Edit]]
    """What others do, one occasion after another."""
    stops: list[Exception | None]
    """How the writes end, one after another; None: well."""
    loses_answers: int = 0


STOPS = (ClosedNow(NOON), RemoteUnavailable(System.SMARTHR, "down"), OutcomeUnknown(System.SMARTHR))
MEANWHILE = st.builds(
    lambda rounds, stops, lost: Meanwhile(list(rounds), list(stops), lost),
    ROUNDS,
    st.lists(st.none() | st.sampled_from(STOPS), max_size=3),
    st.integers(0, 2),
)


def shown_in(differences: list[Writable]) -> set[Fact]:
    return {
        (_record(each), change.field, change.old, change.new)
        for each in differences
        for change in each.changes
    }


def _record(difference: Writable) -> str:
    if isinstance(difference, Create):
        return f"id-{difference.desired.number}"
    return difference.existing.remote_id


def run_to_its_end(ledger: FakeLedger, source: FakeSystem, target: FakeSystem, meanwhile: Meanwhile) -> None:
    """Run by chunks of two, paused by every stop, while others go on editing."""
    target.failing, target.loses_answers = meanwhile.stops, meanwhile.loses_answers

    def let_others_edit() -> None:
        for edit in meanwhile.rounds.pop(0) if meanwhile.rounds else ():
            edit.apply(source, target)

    let_others_edit()
    recheck_source(ledger, source, AS_OF)
    is_open, clock = True, FakeClock()
    while is_open:
        let_others_edit()
        clock.go_on(minutes=1)  # so that what was sent without an answer settles
        try:
            goes_on = carry_out_chunk(ledger, target, clock, size=2)
            is_open = goes_on or settle_unanswered(ledger, target, clock()) is not None
        except (ClosedNow, RemoteUnavailable):
            let_others_edit()
            recheck_source(ledger, source, AS_OF)


@settings(max_examples=400)
@given(st.sampled_from(Direction), TERMS, companies(), MEANWHILE)
def test_every_write_was_shown_for_this_person_field_old_and_new_value(
    direction: Direction, terms: Terms, company: tuple[list[Employee], list[Employee]], meanwhile: Meanwhile
) -> None:
    basis = Basis(direction=direction, as_of=AS_OF, terms=terms)
    ticked = tickable(make_plan(basis, People(*company), NOON))
    source, target = (FakeSystem({person.remote_id: person for person in people}) for people in company)
    ledger = a_ledger(*ticked)
    run_to_its_end(ledger, source, target, meanwhile)
    assert set(target.facts) <= shown_in(ticked)
    assert sorted(ledger.outcomes) == list(range(len(ticked)))
    assert not [each for each in ledger.outcomes.values() if each.reason is Reason.REJECTED]


@given(st.sampled_from(Direction), companies(), MEANWHILE)
def test_a_row_that_moved_is_held_with_what_was_seen_and_what_it_is_now(
    direction: Direction, company: tuple[list[Employee], list[Employee]], meanwhile: Meanwhile
) -> None:
    basis = Basis(direction=direction, as_of=AS_OF, terms=going_by())
    ticked = tickable(make_plan(basis, People(*company), NOON))
    source, target = (FakeSystem({person.remote_id: person for person in people}) for people in company)
    ledger = a_ledger(*ticked)
    run_to_its_end(ledger, source, target, meanwhile)
    for outcome in ledger.outcomes.values():
        if outcome.reason in {Reason.SOURCE_MOVED, Reason.TARGET_MOVED}:
            assert outcome.kind is OutcomeKind.HELD
            assert outcome.moved
            assert all(each.shown != each.now for each in outcome.moved)
