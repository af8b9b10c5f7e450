"""What happens by the clock: erasing what has expired, testing what waited for 勤革時 to open."""

from collections.abc import Callable

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from sync.calendar import TOKYO

LATE_SECONDS = 300
"""A tick that comes late, because the machine slept, is still worth this much later."""

_log = structlog.get_logger(__name__)


class Timer:
    """Calls each task every so many seconds, on a thread of its own; other processes may call it too."""

    def __init__(self, tasks: dict[str, Callable[[], object]], seconds: float) -> None:
        self._scheduler = BackgroundScheduler(
            timezone=TOKYO,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": LATE_SECONDS},
        )
        for name, task in tasks.items():
            self._scheduler.add_job(_guarded, "interval", (name, task), seconds=seconds, id=name)

    def start(self) -> None:
        """Begin; the first calls come that much later."""
        self._scheduler.start()

    def stop(self) -> None:
        """Call nothing more; what is being done is left to end by itself."""
        self._scheduler.shutdown(wait=False)


def _guarded(name: str, task: Callable[[], object]) -> None:
    try:
        task()
    except Exception as error:  # noqa: BLE001 - the next tick tries again; the log names the kind
        _log.error("timer_task_failed", task=name, exc_info=error)
