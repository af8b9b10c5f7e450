import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.settings import Settings

VARIABLES = [str(field.validation_alias) for field in Settings.model_fields.values()]


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the machine's environment says is not the tests' business."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def logs_left_as_found() -> Iterator[None]:
    root, dbos = logging.getLogger(), logging.getLogger("dbos")
    handlers, level = list(root.handlers), root.level
    of_dbos, propagates = list(dbos.handlers), dbos.propagate
    yield
    root.handlers[:], dbos.handlers[:] = handlers, of_dbos
    root.setLevel(level)
    dbos.propagate = propagates
    structlog.reset_defaults()
