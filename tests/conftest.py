"""The PostgreSQL that storage's tests and whole journeys run on, and at what pace journeys are played."""

from collections.abc import Iterator

import pytest

from tests import postgres
from tests.journeys.stage import SCALE


def pytest_report_header() -> str:
    return f"limits and pace run {SCALE:g} times faster than in real life, on both ends"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A PostgreSQL that a PyPI package brings, on a socket of its own."""
    with postgres.postgresql() as url:
        postgres.hasten(url)
        yield url


@pytest.fixture
def empty_postgresql(postgresql: str) -> str:
    """The same, without any table of ours or of the engine's."""
    return postgres.emptied(postgresql)
