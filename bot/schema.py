"""Brings every table up to date: Renkei's own and the engine's, which share a database."""

from dbos import DBOS

from bot.settings import Settings
from storage.database import migrate


def migrate_all(settings: Settings) -> None:
    """Make or change the tables; harmless when there is nothing to do."""
    migrate(settings.database_url)
    DBOS.migrate(system_database_url=settings.database_url)
