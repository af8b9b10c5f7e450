"""Rows of a run, and a target to carry them out on."""

from sync.diff import Change, Create, Update, diff
from sync.fields import Field
from sync.model import Employee, System
from sync.outcome import Outcome
from tests.sync.fakes import FakeLedger, FakeSystem
from tests.sync.people import a_person, going_by


def an_update(number: str = "0012", was: str = "青木", becomes: str = "赤木") -> Update:
    desired = a_person(number, remote_id=f"source-{number}", last_name=becomes)
    return Update(
        desired=desired,
        existing=a_person(number, last_name=was),
        changes=(Change(Field.LAST_NAME, was, becomes),),
    )


def a_creation(number: str = "0012", **values: object) -> Create:
    person = a_person(number, remote_id=f"source-{number}", **values)
    found = diff(person, None, System.SMARTHR, going_by())
    assert isinstance(found, Create)
    return found


def a_target(*people: Employee) -> FakeSystem:
    return FakeSystem({person.remote_id: person for person in people})


def outcome_of(ledger: FakeLedger, position: int = 0) -> Outcome:
    return ledger.outcomes[position]
