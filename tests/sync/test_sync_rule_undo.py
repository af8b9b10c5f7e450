"""An undo restores exactly what is still as the run left it, and leaves what was edited since."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sync.diff import Blocked, Create, Unchanged, Update, Writable
from sync.fields import COMPARED, NOT_CLEARABLE, Field
from sync.model import Direction, Employee
from sync.outcome import OutcomeKind
from sync.plan import Basis, People, Plan, make_plan
from sync.run import carry_out_chunk
from sync.terms import Terms
from sync.undo import Written, make_undo
from tests.sync.fakes import NOON, FakeClock, FakeSystem, a_ledger, tickable
from tests.sync.people import EDITS, TERMS, companies, with_changes

Company = tuple[list[Employee], list[Employee]]
Target = dict[str, Employee]
DIRECTIONS = st.sampled_from(Direction)


@given(DIRECTIONS, TERMS, companies(), st.data())
def test_after_an_undo_every_field_is_as_before_or_as_somebody_left_it_since(
    direction: Direction, terms: Terms, company: Company, data: st.DataObject
) -> None:
    basis, before = a_basis(direction, terms), by_id(company[1])
    run = chosen(basis, company, data)
    left = after(before, run)
    edited = {each: replace(person, **data.draw(SOME_EDITS, "edits")) for each, person in left.items()}
    again = {key: data.draw(LATER_RUNS, "written by a later run too") for key in edited}
    undone = carried_out(edited, undo(basis, run, edited, again), direction)
    for key, person in undone.items():
        for field in COMPARED:
            was, wrote, now = (field.of(each[key]) for each in (before, left, edited))
            is_ours = was != wrote and now == wrote and field not in again[key]
            is_stuck = was is None and field in NOT_CLEARABLE[direction.target]
            assert field.of(person) == (was if is_ours and not is_stuck else now)


@given(DIRECTIONS, TERMS, companies(), st.data())
def test_an_undo_names_every_field_that_it_leaves(
    direction: Direction, terms: Terms, company: Company, data: st.DataObject
) -> None:
    basis, before = a_basis(direction, terms), by_id(company[1])
    run = chosen(basis, company, data)
    left = after(before, run)
    edited = {each: replace(person, **data.draw(SOME_EDITS, "edits")) for each, person in left.items()}
    again = {key: data.draw(LATER_RUNS, "written by a later run too") for key in edited}
    for row in undo(basis, run, edited, again).rows:
        difference = row.difference
        if isinstance(difference, Update | Blocked) and difference.existing is not None:
            person = difference.existing.remote_id
            wrote = {each: (each.of(before[person]), each.of(left[person])) for each in COMPARED}
            ours = {each for each, (was, new) in wrote.items() if was != new}
            back = {each for each in ours if each.of(edited[person]) == wrote[each][0]}
            shown = (
                {change.field for change in difference.changes} if isinstance(difference, Update) else set()
            )
            left_alone = {*difference.edited, *difference.rewritten, *difference.unclearable}
            assert shown | left_alone == ours - back
            assert set(difference.rewritten) == (ours - back) & again[person]


@given(DIRECTIONS, TERMS, companies(), st.data())
def test_a_second_undo_of_the_same_run_has_nothing_to_write(
    direction: Direction, terms: Terms, company: Company, data: st.DataObject
) -> None:
    basis, before = a_basis(direction, terms), by_id(company[1])
    run = chosen(basis, company, data)
    edited = {
        each: replace(person, **data.draw(SOME_EDITS, "edits")) for each, person in after(before, run).items()
    }
    undone = carried_out(edited, undo(basis, run, edited), direction)
    assert tickable(undo(basis, run, undone)) == []


@given(DIRECTIONS, TERMS, companies(), st.data())
def test_an_undo_creates_nobody_and_lists_everybody_whom_the_run_has_written(
    direction: Direction, terms: Terms, company: Company, data: st.DataObject
) -> None:
    basis, before = a_basis(direction, terms), by_id(company[1])
    run = chosen(basis, company, data)
    plan = undo(basis, run, after(before, run))
    listed = [row.difference for row in plan.rows]
    assert sorted(each.desired.remote_id for each in listed) == sorted(each.desired.remote_id for each in run)
    assert all(isinstance(each, Update | Unchanged | Blocked) for each in listed)
    created = {each.desired.remote_id for each in run if isinstance(each, Create)}
    assert created <= {each.desired.remote_id for each in listed if isinstance(each, Blocked)}


SOME_EDITS: st.SearchStrategy[dict[str, Any]] = st.just({}) | EDITS


LATER_RUNS: st.SearchStrategy[frozenset[Field]] = st.just(frozenset()) | st.frozensets(
    st.sampled_from(COMPARED)
)


def a_basis(direction: Direction, terms: Terms) -> Basis:
    return Basis(direction=direction, as_of=NOON.date(), terms=replace(terms, suppressed={}))


def by_id(people: list[Employee]) -> Target:
    return {person.remote_id: person for person in people}


def chosen(basis: Basis, company: Company, data: st.DataObject) -> list[Writable]:
    """Tick some of a plan between the two sides."""
    shown = tickable(make_plan(basis, People(*company), NOON))
    return [each for each in shown if data.draw(st.booleans(), "ticked")]


def after(before: Target, run: list[Writable]) -> Target:
    """Give the target as a run leaves it."""
    updates = [each for each in run if not isinstance(each, Create)]
    written = {each.existing.remote_id: with_changes(each.existing, each.changes) for each in updates}
    return before | written


def undo(
    basis: Basis, run: list[Writable], target: Target, again: Mapping[str, frozenset[Field]] | None = None
) -> Plan:
    written = [Written(each, each.changes, _rewritten(each, again or {})) for each in run]
    return make_undo(basis, written, target.values(), NOON, target_size=len(target))


def _rewritten(row: Writable, again: Mapping[str, frozenset[Field]]) -> frozenset[Field]:
    return frozenset() if isinstance(row, Create) else again.get(row.existing.remote_id, frozenset())


def carried_out(target: Target, plan: Plan, direction: Direction) -> Target:
    """Carry out everything that an undo proposes, as any run does."""
    system, ledger = FakeSystem(dict(target), direction.target), a_ledger(*tickable(plan))
    while carry_out_chunk(ledger, system, FakeClock()):
        pass
    assert {outcome.kind for outcome in ledger.outcomes.values()} <= {OutcomeKind.SUCCEEDED}
    return system.people
