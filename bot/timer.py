"""The clock in every process. What is to happen once, however many there are, goes by its moment."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

LATE_SECONDS = 300
"""A call that comes late, because the machine slept, is still worth this much later."""
AT_ONCE = 8
"""Threads, more than there are calls: none waits for another."""
MIDNIGHT = datetime(2026, 1, 1, tzinfo=UTC)
"""What every process counts its intervals from, so that their moments are the same."""

_log = structlog.get_logger(__name__)


class Timer:
    """Makes each call every so many seconds on a thread of its own, telling it the moment that it was due.

    The schedule lives in memory: a job store that processes share makes each of them fire (APScheduler's
    manual, FAQ). Whoever is told the same moment in two processes can see that it is the same call.
    """

    def __init__(self) -> None:
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": _TellingExecutor(AT_ONCE)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": LATE_SECONDS},
        )

    def every(self, seconds: float, name: str, call: Callable[[datetime], object]) -> None:
        """Make a call at every multiple of so many seconds; one that fails is made again at the next."""
        told = {"due": MIDNIGHT}  # each time another; see below
        self._scheduler.add_job(
            _guarded, "interval", (name, call), told, id=name, seconds=seconds, start_date=MIDNIGHT
        )

    def start(self) -> None:
        """Begin."""
        self._scheduler.start()

    def stop(self) -> None:
        """Call nothing more; what is being done is left to end by itself."""
        self._scheduler.shutdown(wait=False)


class _TellingExecutor(ThreadPoolExecutor):  # type: ignore[misc] # it ships no annotations
    """APScheduler 3 keeps to itself when a call was due; no two calls of one job are under way at a time."""

    def _do_submit_job(self, job: Any, run_times: list[datetime]) -> None:  # noqa: ANN401 - the same
        job.kwargs["due"] = run_times[-1]
        super()._do_submit_job(job, run_times)


def _guarded(name: str, call: Callable[[datetime], object], due: datetime) -> None:
    try:
        call(due)
    except Exception as error:  # noqa: BLE001 - the next time tries again; the log names the kind
        _log.error("timer_call_failed", call=name, exc_info=error)
