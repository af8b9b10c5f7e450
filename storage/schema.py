"""The tables' way from one version to the next, by Alembic."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, column, inspect, select, table

from storage.errors import TablesOutdated
from storage.tables import METADATA

VERSION_TABLE = table("alembic_version", column("version_num"))
"""Where Alembic notes what the tables have been brought to."""
NEWEST = "head"
NOTHING = "base"
MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(connection: Connection, revision: str = NEWEST) -> None:
    """Bring the tables up to a revision, within the connection's transaction."""
    command.upgrade(config(connection), revision)


def downgrade(connection: Connection, revision: str = NOTHING) -> None:
    """Take the tables back to a revision, within the connection's transaction. What they held is gone."""
    command.downgrade(config(connection), revision)


def raise_if_outdated(connection: Connection) -> None:
    """Raise TablesOutdated unless the tables are at the newest revision that this code knows."""
    if not inspect(connection).has_table(VERSION_TABLE.name):
        raise TablesOutdated("it has no tables")
    if connection.scalars(select(VERSION_TABLE)).all() != [_newest()]:
        raise TablesOutdated("its tables are another version's")


@cache
def _newest() -> str | None:
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def config(connection: Connection) -> Config:
    """Give Alembic's settings."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    return settings


def is_ours(name: str | None, kind: str, parents: object) -> bool:
    """Tell our tables from those of DBOS, which may share the file and must be left alone."""
    del parents
    return kind != "table" or name in METADATA.tables
