"""Moving everything that is sealed or marked to the newest key, so that an old key can be dropped."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Row, Table, and_, bindparam, select, tuple_, update

from storage.columns import SealedText
from storage.database import Database
from storage.marking import mark_everything
from storage.secrets import Keyring
from storage.tables import METADATA

BATCH = 500
"""Rows in one transaction: some 50 ms, so that nobody waits for long."""


def reseal_everything(database: Database, keys: Keyring) -> int:
    """Seal every value with the newest key, and tell how many there were. Raises SealBroken.

    What is marked with a keyed digest of a number is marked anew, too. It can be cut short and begun again;
    meanwhile values under either key can be opened and found.
    """
    mark_everything(database, keys)
    return sum(
        _reseal_column(database, keys, table, column)
        for table in METADATA.sorted_tables
        for column in table.columns
        if isinstance(column.type, SealedText)
    )


def _reseal_column(database: Database, keys: Keyring, table: Table, column: Column[Any]) -> int:
    with database.reading() as session:
        rows = session.connection().execute(select(*table.primary_key).where(column.is_not(None))).all()
    for start in range(0, len(rows), BATCH):
        _reseal_rows(database, keys, column, rows[start : start + BATCH])
    return len(rows)


def _reseal_rows(
    database: Database, keys: Keyring, column: Column[Any], rows: Sequence[Row[*tuple[Any, ...]]]
) -> None:
    names = list(column.table.primary_key)
    these = select(*names, column).where(tuple_(*names).in_([tuple(row) for row in rows]))
    is_row = and_(*(name == bindparam(f"is_{name.name}") for name in names))
    change = update(column.table).where(is_row).values({column: bindparam("sealed")})
    with database.writing() as session:
        # Locked, so that a value saved meanwhile is not overwritten by the one before it.
        found = session.connection().execute(these.with_for_update()).all()
        changes = [
            {f"is_{name.name}": value for name, value in zip(names, row[:-1], strict=True)}
            | {"sealed": keys.reseal(row[-1])}
            for row in found
        ]
        if changes:
            session.connection().execute(change, changes)
