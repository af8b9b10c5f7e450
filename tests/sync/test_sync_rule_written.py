"""What is written is what was shown: the source's own text, kana alone as full-width katakana."""

import re

from hypothesis import given
from hypothesis import strategies as st

from sync.diff import Create, wanted
from sync.fields import KANA
from sync.model import Direction, Employee
from sync.outcome import OutcomeKind
from sync.plan import Basis, People, make_plan
from sync.run import carry_out_chunk
from sync.terms import Terms
from tests.sync.fakes import NOON, FakeClock, FakeSystem, a_ledger, tickable
from tests.sync.people import TERMS, companies

NEITHER_HIRAGANA_NOR_HALF_WIDTH = re.compile(r"[^\u3041-\u3096\uff66-\uff9f]*")


@given(st.sampled_from(Direction), TERMS, companies(), st.data())
def test_every_ticked_row_gives_the_target_exactly_what_the_source_has(
    direction: Direction,
    terms: Terms,
    company: tuple[list[Employee], list[Employee]],
    data: st.DataObject,
) -> None:
    basis = Basis(direction=direction, as_of=NOON.date(), terms=terms)
    shown = tickable(make_plan(basis, People(*company), NOON))
    ticked = [each for each in shown if data.draw(st.booleans(), "ticked")]
    target = FakeSystem({person.remote_id: person for person in company[1]}, direction.target)
    ledger = a_ledger(*ticked)
    carry_out_chunk(ledger, target, FakeClock())
    assert {outcome.kind for outcome in ledger.outcomes.values()} <= {OutcomeKind.SUCCEEDED}
    assert len(target.writes) == len(ledger.outcomes) == len(ticked)
    for difference, outcome in zip(ticked, ledger.outcomes.values(), strict=True):
        existing = None if isinstance(difference, Create) else difference.existing
        record = target.people[existing.remote_id if existing else outcome.remote_id]
        for change in difference.changes:
            source = change.field.of(difference.desired)
            assert change.field.of(record) == change.new == wanted(difference.desired, change.field)
            if change.field not in KANA:
                assert change.new == source
            elif change.new is not None:
                assert NEITHER_HIRAGANA_NOR_HALF_WIDTH.fullmatch(change.new)


@given(st.sampled_from(Direction), TERMS, companies())
def test_nobody_who_was_not_ticked_and_no_field_that_was_not_shown_is_written(
    direction: Direction, terms: Terms, company: tuple[list[Employee], list[Employee]]
) -> None:
    basis = Basis(direction=direction, as_of=NOON.date(), terms=terms)
    ticked = tickable(make_plan(basis, People(*company), NOON))[::2]
    target = FakeSystem({person.remote_id: person for person in company[1]}, direction.target)
    carry_out_chunk(a_ledger(*ticked), target, FakeClock())
    shown = {
        (each.desired.number, frozenset((change.field, change.new) for change in each.changes))
        for each in ticked
    }
    assert {(number, frozenset(values.items())) for number, values in target.writes} == shown
