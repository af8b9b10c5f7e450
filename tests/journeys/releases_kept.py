"""What the releases before this one left behind (`tests.journeys.recording`), put back to go on with."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from dbos import DBOS
from sqlalchemy import Boolean, Connection, Engine, MetaData, NullPool, create_engine, inspect, text

from sandbox.clock import TOKYO
from sandbox.company import Company
from storage.locks import sqlite_file
from storage.schema import upgrade
from tests.journeys.recording import nobody
from tests.journeys.stage import Stage, renkei

RELEASES = Path(__file__).with_name("releases")
IN_CLOSED_HOURS = datetime(2026, 11, 20, 8, 30, tzinfo=TOKYO)
SCHEMAS = {None, "dbos"}
"""Where our tables and the engine's are in PostgreSQL; in SQLite they share the file."""
MADE_ANEW = frozenset({"alembic_version", "dbos_migrations"})


@contextmanager
def left_by(release: str, database_url: str) -> Iterator[Stage]:
    """Raise the stand-ins as the release left them, over the database that it left; no bot is there yet."""
    folder = RELEASES / release
    put_back(release, database_url)
    company = Company.load(folder / "company.json")
    with renkei(
        company=company,
        at=IN_CLOSED_HOURS,
        over_http=True,
        connected=False,
        database_url=database_url,
        bot=nobody,
    ) as stage:
        stage.sandbox.slack.load(folder / "slack.json")
        yield stage


def put_back(release: str, database_url: str) -> None:
    """Fill an empty database with what the release left."""
    file = sqlite_file(database_url)
    if file is not None:
        with closing(sqlite3.connect(file)) as database:
            database.executescript(dump_of(release))
        return
    DBOS.migrate(system_database_url=database_url)
    with create_engine(database_url, poolclass=NullPool).begin() as there:
        upgrade(there, release)
        there.execute(text("SET LOCAL TIME ZONE 'UTC'"))
        with unpacked(release) as engine, engine.connect() as here:
            for schema in SCHEMAS:
                copy_tables(here, there, schema)


def dump_of(release: str) -> str:
    return (RELEASES / release / "database.sql").read_text(encoding="utf-8")


@contextmanager
def unpacked(release: str) -> Iterator[Engine]:
    """Give the release's database, in memory."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(dump_of(release))
        yield create_engine("sqlite://", creator=lambda: database)


def copy_tables(here: Connection, there: Connection, schema: str | None) -> None:
    """Copy the rows of all tables that are in a schema `there`."""
    tables, known = MetaData(schema=schema), set(inspect(here).get_table_names()) - MADE_ANEW
    tables.reflect(there, only=lambda name, _: name in known)
    for table in tables.sorted_tables:
        truths = {column.name for column in table.columns if isinstance(column.type, Boolean)}
        rows = here.execute(text(f"SELECT * FROM {table.name}")).mappings()  # noqa: S608 - a table of ours
        copies = [
            {name: bool(value) if name in truths else value for name, value in row.items()} for row in rows
        ]
        if copies:
            there.execute(table.insert(), copies)
