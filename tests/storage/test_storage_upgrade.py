"""What the first release has kept is opened by this one."""

import json
from contextlib import closing

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.database import Database, migrate, open_database
from storage.plan_records import PlanOptions
from storage.run_records import RunState
from storage.schema import upgrade
from storage.store import Store
from sync.diff import Blocked, BlockReason, Create, Update
from sync.ledger import LedgerRow, RowState
from sync.outcome import OutcomeKind, Reason
from sync.text import Repertoire
from tests.storage.builders import ALL_IN_TOKYO, CHOICES, IN_TOKYO, KEYS, NOON, SCOPE, TODAY, Watch

FIRST_RELEASE = "0001"
PERSON: dict[str, object] = {
    "remote_id": "key-1",
    "number": "0001",
    "last_name": "山田",
    "first_name": "太郎",
    "last_name_kana": None,
    "first_name_kana": None,
    "gender": "male",
    "birth_date": "1990-05-17",
    "hired_on": "2020-04-01",
    "resigned_on": None,
    "email": None,
    "other_emails": [],
    "standing": "unknown",
}
CHANGE = {"field": "last_name", "old": None, "new": "山田"}
CREATE = {"desired": PERSON, "changes": [CHANGE], "status": "create"}
UPDATE = {"desired": PERSON, "existing": PERSON, "changes": [CHANGE], "kept": ["email"], "status": "update"}
BLOCKED = {
    "desired": PERSON,
    "reason": "number_spelled_otherwise",
    "existing": PERSON,
    "status": "blocked",
}
ROWS = {"create": CREATE, "update": UPDATE, "blocked": BLOCKED}
PLACEMENT = {"establishment": {"code": "e-1", "name": "東京本社"}, "division": None, "category": None}
OUTCOME = {"kind": "held", "reason": "target_moved", "fields": ["last_name"], "detail": []}
INDEX = [{"position": 0, "status": "create", "number": "0001", "key": "0001", "tickable": True}]
PLAN = {
    "id": "p1",
    "user_id": "U0ANNA",
    "direction": "pull",
    "as_of": TODAY.isoformat(),
    "state": "ready",
    "counts": json.dumps({"create": 1, "update": 1, "unchanged": 0, "blocked": 1}),
    "target_size": 3,
    "created_at": NOON.isoformat(),
    "expires_at": "2026-04-02 03:00:00+00:00",
    "view_id": "V0001",
    "revision": 1,
    "placement": json.dumps(PLACEMENT),
    "choices": json.dumps(
        {
            "establishments": [{"code": "e-1", "name": "東京本社"}, {"code": "e-2", "name": "大阪支社"}],
            "divisions": [],
            "categories": [],
        }
    ),
    "fingerprint": "f",
}
RUN = {
    "id": "r1",
    "plan_id": "p1",
    "user_id": "U0ANNA",
    "direction": "pull",
    "as_of": TODAY.isoformat(),
    "state": "running",
    "waited_seconds": 0.0,
    "total": 2,
    "placement": json.dumps(PLACEMENT),
    "created_at": "2026-04-01 03:00:00+00:00",
}
SETTINGS = {
    "closed_hours": "[]",
    "prefer_business_name": False,
    "policies": "{}",
    "language": "ja",
    "revision": 3,
}


def test_a_plan_and_a_run_of_the_first_release_still_open(empty_url: str) -> None:
    with closing(open_database(empty_url)) as database:
        make_first_release(database)
    migrate(empty_url)
    with closing(Store.open(empty_url, KEYS, Watch())) as store:
        head = store.plans.load(SCOPE, "p1")
        assert (head.rules, head.choices, head.options) == (ALL_IN_TOKYO, CHOICES, PlanOptions())
        assert (head.terms, head.accepted, head.revises) == (None, None, None)
        created, updated, blocked = (row.difference for row in store.plans.rows("p1", [0, 1, 2]))
        assert isinstance(created, Create)
        assert isinstance(updated, Update)
        assert isinstance(blocked, Blocked)
        assert blocked.reason is BlockReason.NUMBER_CHANGED
        assert [entry.remote_id for entry in store.plans.index("p1")] == [""]
        assert store.plans.ticked("p1") == {0}
        run = store.runs.get("r1")
        assert (run.state, run.rules, run.justification) == (RunState.RUNNING, ALL_IN_TOKYO, None)
        assert store.runs.ledger("r1").load_open() == [LedgerRow(0, created, IN_TOKYO, RowState.PENDING)]
        (closed,) = store.runs.outcomes("r1", [OutcomeKind.HELD], 0, 20)
        assert closed.outcome is not None
        assert (closed.outcome.reason, closed.outcome.moved) == (Reason.TARGET_MOVED, ())
        settings = store.integrations.load(SCOPE)
        assert (settings.revision, settings.repertoire) == (3, Repertoire.UNICODE)


def test_events_of_the_first_release_are_found_once_everything_is_resealed(empty_url: str) -> None:
    with closing(open_database(empty_url)) as database:
        make_first_release(database)
    migrate(empty_url)
    with closing(Store.open(empty_url, KEYS, Watch())) as store:
        store.reseal()
        assert [event.run_id for event in store.events.of_person(SCOPE, "0001")] == ["r1"]


def test_a_process_of_the_release_before_that_still_runs_can_take_no_row(empty_url: str) -> None:
    """As it did: told to stop first or not, it must not write what a new process writes, too."""
    take = text(
        "UPDATE ledger_rows SET state = 'sent', claimed_at = :now WHERE run_id = 'r1' AND position = 0"
    )
    with closing(open_database(empty_url)) as database:
        make_first_release(database)
        with database.writing() as session:
            session.execute(take, {"now": NOON})
        migrate(empty_url)
        with pytest.raises(DBAPIError, match="claimed_at"), database.writing() as session:
            session.execute(take, {"now": NOON})


def make_first_release(database: Database) -> None:
    """A plan with three rows, one of them ticked, and a run of which one row is done."""
    with database.engine.begin() as connection:
        upgrade(connection, FIRST_RELEASE)
    with database.writing() as session:

        def insert(table: str, **values: object) -> None:
            row = {"enterprise_id": "", "team_id": "T0001", **values}
            names, places = ", ".join(row), ", ".join(f":{name}" for name in row)
            session.execute(text(f"INSERT INTO {table} ({names}) VALUES ({places})"), row)  # noqa: S608 - our own

        insert("integrations", **SETTINGS)
        insert("plans", **PLAN)
        insert("plan_indexes", plan_id="p1", content=sealed(INDEX))
        for position, (status, difference) in enumerate(ROWS.items()):
            content = sealed(difference)
            insert("plan_rows", plan_id="p1", position=position, status=status, content=content)
        insert("selections", plan_id="p1", position=0)
        insert("runs", **RUN)
        row = {"run_id": "r1", "attempts": 0}
        insert("ledger_rows", **row, position=0, status="create", content=sealed(CREATE), state="pending")
        done = {"state": "done", "kind": "held", "reason": "target_moved", "payload": sealed(OUTCOME)}
        moment = {"done_at": "2026-04-01 03:01:00+00:00"}
        insert("ledger_rows", **row, position=1, status="update", content=sealed(UPDATE), **done, **moment)


def sealed(value: object) -> str:
    return KEYS.seal(json.dumps(value).encode())
