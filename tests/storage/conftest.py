"""The same tests on SQLite and on a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database, migrate, open_database
from storage.store import Store
from tests.storage.builders import KEYS, Watch


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'renkei.db'}"
    return str(request.getfixturevalue("empty_postgresql"))


@pytest.fixture
def url(empty_url: str) -> str:
    """A database with our tables."""
    migrate(empty_url)
    return empty_url


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    database = open_database(url)
    yield database
    database.close()


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def store(database: Database, watch: Watch) -> Store:
    return Store(database, KEYS, watch)
