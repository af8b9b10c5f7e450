"""The tables' way from one version to the next, by Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from storage.tables import METADATA

NEWEST = "head"
NOTHING = "base"
MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(connection: Connection, revision: str = NEWEST) -> None:
    """Bring the tables up to a revision, within the connection's transaction."""
    command.upgrade(config(connection), revision)


def downgrade(connection: Connection, revision: str = NOTHING) -> None:
    """Take the tables back to a revision, within the connection's transaction. What they held is gone."""
    command.downgrade(config(connection), revision)


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
