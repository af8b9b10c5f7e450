"""Who posts a run's messages to Slack, and when it is tried again."""

from datetime import datetime, timedelta

from sqlmodel import col, select

from storage.database import Database
from storage.records import ENDED
from storage.statements import found
from storage.tables import RunTable
from sync.calendar import Clock

CLAIMED_FOR = timedelta(minutes=1)
"""After this whoever claimed it has died: one try takes less, see `bot.reports`."""
LONGEST_PAUSE = timedelta(hours=1)
REPORTED_WITHIN = timedelta(days=3)
"""A result that Slack has not taken by then is read in the history."""


class Reporting:
    """Lets one process at a time post what a run has to say."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def claim(self, run_id: str) -> bool:
        """Tell whether the caller may post now: no result is there, and nobody tries or has just tried."""
        now = self._clock()
        with self._database.writing() as session:
            run = found(session.get(RunTable, run_id, with_for_update=True))
            if run.result_ts is not None or not _is_due(run, now):
                return False
            run.reporting_at = now
            return True

    def release(self, run_id: str) -> None:
        """Let the next one try at once."""
        with self._database.writing() as session:
            found(session.get(RunTable, run_id, with_for_update=True)).reporting_at = None

    def due(self) -> list[str]:
        """Give the runs that have ended without a result in Slack and whose next try has come."""
        now = self._clock()
        unreported = select(RunTable).where(
            col(RunTable.state).in_(ENDED),
            col(RunTable.result_ts).is_(None),
            col(RunTable.finished_at) > now - REPORTED_WITHIN,
        )
        with self._database.reading() as session:
            oldest_first = session.exec(unreported.order_by(col(RunTable.finished_at)))
            return [run.id for run in oldest_first if _is_due(run, now)]


def _is_due(run: RunTable, now: datetime) -> bool:
    """Tell whether the pause since the last try is over: as long as the tries before it took, in bounds."""
    if run.reporting_at is None:
        return True
    tried_for = run.reporting_at - (run.finished_at or run.reporting_at)
    return now - run.reporting_at >= min(max(tried_for, CLAIMED_FOR), LONGEST_PAUSE)
