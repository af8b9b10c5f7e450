"""What the bot says in its log, formatted as in production."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr

import structlog

from bot.logs import configure_logs


@contextmanager
def captured_logs() -> Iterator[io.StringIO]:
    """Give everything that is logged until the block ends, and leave logging as it was."""
    root, engine, before = logging.getLogger(), logging.getLogger("dbos"), structlog.get_config()
    kept = (root.handlers, root.level, engine.handlers, engine.propagate)
    root.handlers, said = [], io.StringIO()
    with redirect_stderr(said):
        configure_logs("json")
    try:
        yield said
    finally:
        structlog.configure(**before)
        root.handlers, root.level, engine.handlers, engine.propagate = kept
