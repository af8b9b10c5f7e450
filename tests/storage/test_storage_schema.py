"""How the tables come to be, and that they are what the code takes them for."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event, inspect, select, text
from sqlalchemy.exc import IntegrityError

from storage.database import Database, lock_file, migrate, open_database
from storage.errors import AlreadyRunning, TablesOutdated
from storage.schema import downgrade, is_ours
from storage.store import Store
from storage.tables import METADATA
from tests.storage.builders import KEYS, Watch

FULL = 2
"""SQLite's number for the one `synchronous` that loses no commit in WAL (sqlite.org, pragma.html)."""
PRAGMAS = {"journal_mode": "wal", "synchronous": FULL, "foreign_keys": 1, "busy_timeout": 30_000}


def test_migrations_and_models_agree(database: Database) -> None:
    with database.engine.begin() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_ours})
        assert compare_metadata(context, METADATA) == []


def test_a_table_of_somebody_else_is_left_alone(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("CREATE TABLE workflow_status (id INTEGER)"))
        context = MigrationContext.configure(connection, opts={"include_name": is_ours})
        assert compare_metadata(context, METADATA) == []


def test_migrating_again_changes_nothing(url: str) -> None:
    migrate(url)


def test_two_processes_that_migrate_at_once_both_succeed(empty_url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(migrate, [empty_url] * 4))
    database = open_database(empty_url)
    assert set(inspect(database.engine).get_table_names()) >= set(METADATA.tables)
    database.close()


def test_a_database_without_the_newest_tables_is_not_ready(empty_url: str) -> None:
    database = open_database(empty_url)
    store = Store(database, KEYS, Watch())
    with pytest.raises(TablesOutdated):
        store.ping()
    migrate(empty_url)
    store.ping()
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(TablesOutdated):
        store.ping()
    database.close()


def test_a_file_keeps_what_was_committed_through_a_power_cut_and_lets_whoever_comes_wait(
    tmp_path: Path,
) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'renkei.db'}")
    with database.engine.connect() as connection:
        said = {name: connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in PRAGMAS}
    database.close()
    assert said == PRAGMAS


@pytest.mark.postgres
def test_a_stopped_process_keeps_no_lock_until_it_is_taken_for_dead(empty_postgresql: str) -> None:
    database = open_database(empty_postgresql)
    with database.engine.connect() as connection:
        said = connection.execute(text("SHOW idle_in_transaction_session_timeout")).scalar_one()
    database.close()
    assert said == "15s"


def test_no_connection_outlives_the_end_of_a_process_not_even_one_in_use(url: str) -> None:
    database = open_database(url)
    opened: list[object] = []
    closed: list[object] = []
    event.listen(database.engine, "connect", lambda connection, _record: opened.append(connection))
    event.listen(database.engine, "close", lambda connection, _record: closed.append(connection))
    with database.reading() as in_use:
        in_use.execute(select(1))
        with database.reading() as idle:
            idle.execute(select(1))
        database.close()
        in_use.execute(select(1))
    with database.reading() as late:
        late.execute(select(1))
    assert len(opened) == 3
    assert set(map(id, opened)) == set(map(id, closed))


def test_the_way_back_leaves_nothing_behind(database: Database, url: str) -> None:
    with database.engine.begin() as connection:
        downgrade(connection)
    assert inspect(database.engine).get_table_names() == ["alembic_version"]
    migrate(url)


def test_every_row_says_which_workspace_it_belongs_to() -> None:
    # A one-time state is given before the workspace is known; workspaces may share a token and its pace;
    # working processes serve all of them, and what is pressed is kept as a digest.
    without = {"oauth_states", "paces", "pace_minutes", "workers", "presses"}
    for name, table in METADATA.tables.items():
        assert name in without or {"enterprise_id", "team_id"} <= set(table.columns.keys()), name


def test_one_process_at_a_time_uses_an_sqlite_file(tmp_path: object) -> None:
    url = f"sqlite:///{tmp_path}/renkei.db"
    with lock_file(url), pytest.raises(AlreadyRunning), lock_file(url):
        pass
    with lock_file(url):
        pass


def test_postgresql_is_shared_freely() -> None:
    url = "postgresql+psycopg://somewhere/renkei"
    with lock_file(url), lock_file(url):
        pass


def test_sqlite_in_memory_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a file"):
        open_database("sqlite://")


def test_what_a_failed_transaction_wrote_is_gone(database: Database) -> None:
    insert = text("INSERT INTO paces VALUES ('a', 1, 1, 0)")
    with pytest.raises(IntegrityError), database.writing() as session:
        list(map(session.execute, [insert, insert]))
    with database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM paces")).scalar_one() == 0
