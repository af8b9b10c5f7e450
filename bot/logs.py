"""Logs: one line an event, without a token and without anybody's data.

An exception is logged as its kinds and places. Its text is left out unless it is one of ours, whose texts
hold no personal value (`sync.errors`): a remote's words, or pydantic's, can quote a name.
"""

import logging
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from traceback import extract_tb
from typing import Literal

import structlog
from slack_sdk.errors import SlackApiError
from structlog.typing import EventDict, Processor, WrappedLogger

from sync.errors import RenkeiError

_TOKENS = re.compile(
    r"xox[a-z]-[\w.-]+|xapp-[\w.-]+|xoxe\.[\w.-]+|shr_\w+|(?<=Bearer )\S+|(?<=[?&]ticket=)[^&\s]+",
    re.IGNORECASE,
)
"""Slack's, SmartHR's and any bearer's; the ticket stands in a Socket Mode address."""
_QUIET = {
    "slack_bolt": logging.WARNING,
    "slack_sdk": logging.WARNING,
    "httpx": logging.WARNING,  # INFO shows addresses, in which a search holds an employee number
    "httpcore": logging.WARNING,
    "dbos": logging.WARNING,
    "apscheduler": logging.WARNING,
    "alembic": logging.WARNING,
    "werkzeug": logging.WARNING,
    "websocket": logging.CRITICAL,  # says nothing that the Socket Mode client doesn't say
}
"""From which level on a library is heard. DEBUG would print whole requests, with people's data."""


def configure_logs(form: Literal["json", "pretty"] | None) -> None:
    """Send every logger's lines to standard error: by default pretty on a terminal and JSON elsewhere."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(is_heard)
    handler.setFormatter(_formatter(form or ("pretty" if sys.stderr.isatty() else "json")))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    dbos = logging.getLogger("dbos")
    dbos.handlers = [handler]  # it adds one of its own only where there is none
    dbos.propagate = False


def is_heard(record: logging.LogRecord) -> bool:
    """Tell whether a line is let through: Bolt and DBOS reset their loggers' levels, so the handler asks."""
    return record.levelno >= _QUIET.get(record.name.partition(".")[0], logging.INFO)


def redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Blot out every token in every text of an event."""
    return {key: _without_tokens(value) for key, value in event.items()}


def name_exception(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Put an exception's kinds and places where its traceback would stand."""
    given = event.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["error"] = " < ".join(map(_kind, _causes(error)))
        event["at"] = " > ".join(
            f"{Path(f.filename).name}:{f.lineno}" for f in extract_tb(error.__traceback__)
        )
    return event


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        name_exception,
        redact,
    ]


def _formatter(form: Literal["json", "pretty"]) -> logging.Formatter:
    last: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_shared(),
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        use_get_message=True,
    )


def _without_tokens(value: object) -> object:
    return _TOKENS.sub("[token]", value) if isinstance(value, str) else value


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _kind(error: BaseException) -> str:
    name = type(error).__name__
    if isinstance(error, RenkeiError):
        return f"{name}({error})"
    if isinstance(error, SlackApiError):
        return f"{name}({error.response['error']})"
    return name
