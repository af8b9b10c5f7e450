"""Marking rows of a person anew with the newest key, so that they are found without the older ones."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, select, tuple_, update

from storage.boxes import DIFFERENCE
from storage.database import Database
from storage.events import DECISION
from storage.persons import person_digest
from storage.records import Scope
from storage.secrets import Keyring
from storage.statements import in_batches, table_of
from storage.tables import LedgerTable, PersonEventRow, PlanRowTable
from sync.model import EmployeeNumber

NumberOf = Callable[[str], EmployeeNumber | None]
BATCH = 500


def mark_everything(database: Database, keys: Keyring) -> None:
    """Mark every row that is found by a person's number. Raises SealBroken."""

    def of_difference(content: str) -> EmployeeNumber | None:
        return DIFFERENCE.open(keys, content).desired.number

    def of_decision(payload: str) -> EmployeeNumber | None:
        return DECISION.open(keys, payload).number

    _mark_table(database, keys, table_of(PlanRowTable), "content", of_difference)
    _mark_table(database, keys, table_of(LedgerTable), "content", of_difference)
    _mark_table(database, keys, table_of(PersonEventRow), "payload", of_decision)


def _mark_table(database: Database, keys: Keyring, table: Table, sealed: str, number_of: NumberOf) -> None:
    names = list(table.primary_key)
    with database.reading() as session:
        all_keys = session.connection().execute(select(*names)).all()
    for batch in in_batches(all_keys, BATCH):
        these = tuple_(*names).in_([tuple(key) for key in batch])
        wanted = select(table.c.enterprise_id, table.c.team_id, table.c[sealed], *names).where(these)
        with database.writing() as session:
            for enterprise_id, team_id, content, *key in session.connection().execute(wanted).all():
                mark = person_digest(keys, Scope(enterprise_id, team_id), number_of(content))
                change = update(table).where(_is(table, key)).values(person=mark)
                session.connection().execute(change)


def _is(table: Table, key: Sequence[Any]) -> ColumnElement[bool]:
    return and_(*(column == value for column, value in zip(table.primary_key, key, strict=True)))
