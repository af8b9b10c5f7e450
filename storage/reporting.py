"""Who posts a run's messages to Slack, and when it is tried again."""

from datetime import datetime, timedelta

from sqlmodel import col, select

from storage.database import Database
from storage.run_records import ENDED
from storage.statements import found
from storage.tables import RunTable
from sync.calendar import Clock

CLAIMED_FOR = timedelta(minutes=1)
"""After this whoever claimed it has died: a try that is alive has ended by then (`bot.posting.PATIENCE`)."""
LONGEST_PAUSE = timedelta(hours=1)
REPORTED_WITHIN = timedelta(days=3)
"""A result that Slack has not taken by then is read in the history."""


class Reporting:
    """Lets one process at a time post what a run has to say."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def claim_message(self, run_id: str) -> bool:
        """Tell whether the caller may post the run's message now: it is not there, nor is a result."""
        return self._claim(run_id, is_result=False) is not None

    def claim_result(self, run_id: str) -> int | None:
        """Give the leg of the run whose result the caller may post now; None when it is there."""
        return self._claim(run_id, is_result=True)

    def forget_message(self, run_id: str, ts: str) -> None:
        """Note that the run's message is no longer there: somebody has deleted it."""
        with self._database.writing() as session:
            run = found(session.get(RunTable, run_id, with_for_update=True))
            if run.message_ts == ts:  # it was not posted anew meanwhile
                run.message_ts = None

    def put_off(self, run_id: str, seconds: float) -> None:
        """Let nobody try for at least so long: Slack has said so."""
        before = self._clock() + timedelta(seconds=seconds) - CLAIMED_FOR
        with self._database.writing() as session:
            found(session.get(RunTable, run_id, with_for_update=True)).reporting_at = before

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

    def _claim(self, run_id: str, *, is_result: bool) -> int | None:
        now = self._clock()
        with self._database.writing() as session:
            run = found(session.get(RunTable, run_id, with_for_update=True))
            is_there = run.result_ts is not None or (run.message_ts is not None and not is_result)
            is_early = is_result and run.state not in ENDED  # it was taken up again
            if is_there or is_early or not _is_due(run, now):
                return None
            run.reporting_at = now
            return run.leg


def _is_due(run: RunTable, now: datetime) -> bool:
    """Tell whether the pause since the last try is over: as long as the tries before it took, in bounds."""
    if run.reporting_at is None:
        return True
    tried_for = run.reporting_at - (run.finished_at or run.reporting_at)
    return now - run.reporting_at >= min(max(tried_for, CLAIMED_FOR), LONGEST_PAUSE)
