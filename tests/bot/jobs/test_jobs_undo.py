"""Making the list of what can be put back: only the target is read, and everybody ticked who can be."""

from dataclasses import dataclass, replace
from typing import Any

from bot.bases import terms_now
from bot.jobs.plans import Plans
from storage.plan_records import PlanHead, PlanState
from storage.records import Credentials, Integration
from storage.run_records import RunHead, RunState
from sync.diff import Create, Status
from sync.errors import ClosedNow, CredentialProblem, CredentialsRejected
from sync.model import Direction, System
from sync.outcome import succeeded
from sync.plan import Plan
from tests.bot.listeners.desk import Desk, desk, texts
from tests.storage.builders import (
    ANNA,
    NOON,
    SCOPE,
    TODAY,
    person,
    plan_between,
    plan_for,
    started,
)
from tests.sync.fakes import FakeSystem
from tests.sync.people import with_changes

MIXED = plan_for("0001", "0002", "0003")
"""0001 and 0003 differ, 0002 is new."""
DEAF = CredentialsRejected(System.SMARTHR, CredentialProblem.TOKEN)


@dataclass
class OnlyTheTarget:
    """Lets nobody reach the source."""

    target: FakeSystem

    def of(self, _integration: Integration, system: System) -> FakeSystem:
        assert system is self.target.system
        return self.target


def test_whoever_can_be_put_back_is_ticked_and_the_list_is_shown() -> None:
    with desk() as at:
        run, target = imported(at, MIXED)
        head = prepared(at, run, target)
        assert (head.counts[Status.UPDATE], head.counts[Status.BLOCKED]) == (2, 1)
        assert at.store.plans.ticked(head.id) == {0, 1}
        assert "選択中 2名" in texts(at.slack.calls)


def test_the_limits_go_by_the_target_as_the_import_found_it() -> None:
    with desk() as at:
        run, target = imported(at, MIXED)
        target.people = {}
        assert prepared(at, run, target).target_size == 2


def test_the_list_can_be_carried_out_until_what_it_goes_by_changes() -> None:
    with desk() as at:
        head = prepared(at, *imported(at, MIXED))
        assert head.terms == terms_now(at.store, head, TODAY)


def test_a_list_that_is_made_anew_keeps_the_choice() -> None:
    with desk() as at:
        run, target = imported(at, MIXED)
        first = prepared(at, run, target)
        at.store.plans.tick(first.id, remove=[0])
        anew = prepared(at, run, target, press="again", revises=first.id)
        assert at.store.plans.ticked(anew.id) == {1}


def test_for_who_was_created_nobody_is_called() -> None:
    with desk() as at:
        run, target = imported(at, plan_between([person("0001")], []))
        target.deaf = DEAF
        head = prepared(at, run, target)
        assert (head.state, head.counts[Status.BLOCKED]) == (PlanState.READY, 1)


def test_a_target_that_can_not_be_read_says_why_there_is_no_list() -> None:
    with desk() as at:
        run, target = imported(at, MIXED)
        for error, code in ((DEAF, "credentials_token"), (ClosedNow(NOON), "closed_now")):
            target.deaf = error
            head = prepared(at, run, target, press=code)
            assert (head.state, head.failure) == (PlanState.FAILED, code)


def test_another_company_with_none_of_the_people_is_told_from_one_that_lacks_them() -> None:
    with desk() as at:
        run, target = imported(at, MIXED)
        target.people = {}
        assert prepared(at, run, target).counts[Status.BLOCKED] == 3
        connect(at, "another")
        head = prepared(at, run, target, press="elsewhere")
        assert (head.state, head.failure) == (PlanState.FAILED, "not_undoable_elsewhere")


def test_a_renewed_token_does_not_keep_anybody_from_being_put_back() -> None:
    with desk() as at:
        run, target = imported(at, MIXED)
        connect(at, "example", kinkakuji="kot-renewed")
        assert prepared(at, run, target).counts[Status.UPDATE] == 2


def connect(at: Desk, subdomain: str, kinkakuji: str = "kot-made-up") -> None:
    integration = at.store.integrations.load(SCOPE)
    at.store.integrations.save(
        replace(
            integration,
            smarthr=Credentials(subdomain=subdomain, token="shr_made_up"),
            kinkakuji=Credentials(token=kinkakuji),
        )
    )


def imported(at: Desk, plan: Plan) -> tuple[RunHead, FakeSystem]:
    """Carry out everything that a plan proposes, and give the run and the target as it left it."""
    at.store.administrators.add(SCOPE, ANNA, by=ANNA)
    connect(at, "example")
    run, target = started(at.store, plan), FakeSystem()
    ledger = at.store.runs.ledger(run.id)
    for row in ledger.load_open():
        ledger.claim(row.position, row.difference.changes)
        ledger.mark_sent(row.position)
        ledger.save_outcome(row.position, succeeded())
        if not isinstance(row.difference, Create):
            record = with_changes(row.difference.existing, row.difference.changes)
            target.people[record.remote_id] = record
    at.store.runs.set_state(run.id, RunState.FINISHED, moment=NOON)
    return run, target


def prepared(
    at: Desk, run: RunHead, target: FakeSystem, *, press: str = "undo", revises: str | None = None
) -> PlanHead:
    head = at.store.plans.begin(
        SCOPE, ANNA, Direction.PULL, TODAY, "V0001", press=press, revises=revises, undo_of=run.id
    )
    remotes: Any = OnlyTheTarget(target)
    Plans(at.store, remotes, at.deliveries, at.watch).prepare(head.id)
    return at.store.plans.load(SCOPE, head.id)
