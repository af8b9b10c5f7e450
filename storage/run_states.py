"""Where a run stands: who may say so, when it began and ended, how long it has waited."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from storage.run_records import ENDED, RunState
from storage.statements import found
from storage.tables import LedgerTable, RunTable
from sync.errors import RunTakenOver


def held(session: Session, run_id: str, holder: str | None) -> RunTable:
    """Lock a run, for its holder if one is named. Raises NotFound or RunTakenOver."""
    run = found(session.get(RunTable, run_id, with_for_update=True))
    if holder is not None and (run.holder != holder or run.state in ENDED):
        raise RunTakenOver("another process carries the run out")
    return run


def keep_time(
    run: RunTable, state: RunState, reason: str | None, moment: datetime, *, is_away: bool = False
) -> None:
    """Note the time at which a run comes to stand in `state`, for `reason`."""
    _keep_waits(run, state, reason, moment)
    if state is RunState.RUNNING and run.started_at is None:
        run.started_at = moment
    if state is not RunState.WAITING:  # a row was reached, or none will be
        run.away_since = None
    elif is_away and run.away_since is None:
        run.away_since = moment
    run.finished_at = moment if state in ENDED else None


def take_over(session: Session, run: RunTable, holder: str, moment: datetime) -> None:
    """Note who carries a run out from now on; since its last row, nobody has."""
    is_cut_off = run.state == RunState.RUNNING and run.holder is not None
    if is_cut_off and run.waiting_since is None:
        run.waiting_since = _last_row(session, run) or (moment if run.leg else run.started_at)
    run.holder = holder


def _last_row(session: Session, run: RunTable) -> datetime | None:
    """Tell when the last row of the present leg got its outcome."""
    rows = (LedgerTable.run_id == run.id, col(LedgerTable.done_at) >= run.queued_at)
    return session.exec(select(func.max(LedgerTable.done_at)).where(*rows)).one()


def _keep_waits(run: RunTable, state: RunState, reason: str | None, moment: datetime) -> None:
    """Note since when it waits for the same thing, and how long it has waited so far."""
    goes_on_waiting = state is RunState.WAITING and run.waiting_since is not None and run.reason == reason
    if run.waiting_since is not None and not goes_on_waiting:
        run.waited_seconds += (moment - run.waiting_since).total_seconds()
        run.waiting_since = None
    if state is RunState.WAITING and not goes_on_waiting:
        run.waiting_since = moment
