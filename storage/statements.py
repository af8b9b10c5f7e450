"""Statements that the repositories share."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Table, and_, func, inspect
from sqlalchemy import select as select_columns
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import CursorResult
from sqlalchemy.sql.base import Executable
from sqlmodel import Session, SQLModel, col

from storage.bases import Owned, Scoped
from storage.errors import NotFound
from storage.records import Scope

T = TypeVar("T")
MOST_PARAMETERS = 10_000
"""Values in one statement. SQLite takes 32,766, PostgreSQL's protocol 65,535 (their manuals)."""


def within(table: type[Scoped] | type[Owned], scope: Scope) -> ColumnElement[bool]:
    """Say that a row belongs to the workspace."""
    return and_(col(table.enterprise_id) == scope.enterprise_id, col(table.team_id) == scope.team_id)


def scope_of(row: Scoped | Owned) -> Scope:
    """Tell which workspace a row belongs to."""
    return Scope(row.enterprise_id, row.team_id)


def table_of(row_type: type[SQLModel]) -> Table:
    """Give the table behind a row type."""
    table: Table = inspect(row_type).local_table
    return table


def upsert(session: Session, row: SQLModel) -> None:
    """Insert a row, or overwrite the one with its key, in one statement: two at once don't collide."""
    table = table_of(type(row))
    values = {column.name: getattr(row, column.name) for column in table.columns}
    keys = [column.name for column in table.primary_key]
    # The two statements read alike but are types of their own.
    insert: Any = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    rest = {name: value for name, value in values.items() if name not in keys}
    session.execute(insert(table).values(values).on_conflict_do_update(index_elements=keys, set_=rest))


def insert_new(session: Session, row_type: type[SQLModel], rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows, passing over those that would break a rule of uniqueness."""
    insert: Any = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    if rows:
        session.execute(insert(table_of(row_type)).on_conflict_do_nothing(), rows)


def lock_until_commit(session: Session, *name: str) -> None:
    """Let one transaction after the other pass here that gives the same name.

    SQLite has locked the whole file for whoever writes; PostgreSQL takes an advisory lock.
    """
    if session.get_bind().dialect.name == "postgresql":
        digest = hashlib.sha256("\0".join(name).encode()).digest()
        number = int.from_bytes(digest[:8], signed=True)
        session.execute(select_columns(func.pg_advisory_xact_lock(number)))


def changed(session: Session, statement: Executable) -> int:
    """Carry out an update or a delete and tell how many rows it met."""
    result = session.execute(statement)
    if not isinstance(result, CursorResult):
        raise TypeError("only an update or a delete tells how many rows it met")
    return result.rowcount


def in_batches(values: Sequence[T], size: int = MOST_PARAMETERS) -> Iterator[Sequence[T]]:
    """Cut values into as many as one statement takes."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def found(row: T | None) -> T:
    """Give the row. Raises NotFound when there is none."""
    if row is None:
        raise NotFound
    return row
