"""What is due again and again: erasing what has expired, testing what waited for 勤革時 to open."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import structlog

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Chores:
    """Does them one after another; none keeps the next one from being done."""

    calls: Mapping[str, Callable[[], object]]

    def do_all(self) -> None:
        """Do all of them. What fails is done at the next tick."""
        for name, call in self.calls.items():
            try:
                call()
            except Exception as error:  # noqa: BLE001 - the next tick tries again; the log names the kind
                _log.error("chore_failed", chore=name, exc_info=error)
