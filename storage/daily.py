"""What would pass a limit, all that is written on the same day included: one answer for preview and press."""

from datetime import datetime, time

from sqlalchemy import and_, func, or_
from sqlmodel import Session, col, select

from storage.statements import lock_until_commit, scope_of, within
from storage.tables import LedgerTable, PlanRowTable, PlanTable, RunTable, SelectionRow
from sync.calendar import TOKYO, today
from sync.diff import Status
from sync.limits import Excess, Tally, excesses
from sync.model import Direction
from sync.outcome import OutcomeKind

WRITTEN = (OutcomeKind.SUCCEEDED, OutcomeKind.UNKNOWN)


def excesses_of(session: Session, plan: PlanTable, moment: datetime) -> tuple[Excess, ...]:
    """Give every limit that the ticked rows of a plan would pass at `moment`."""
    return excesses(_chosen(session, plan.id), _earlier_today(session, plan, moment), plan.target_size)


def excesses_of_rest(session: Session, plan: PlanTable, run_id: str, moment: datetime) -> tuple[Excess, ...]:
    """Give every limit that those whom a run of the plan did not reach would pass at `moment`."""
    return excesses(_not_reached(session, run_id), _earlier_today(session, plan, moment), plan.target_size)


def lock_day(session: Session, plan: PlanTable) -> None:
    """Let one run after the other into the same target begin, so that each counts the one before it."""
    scope, target = scope_of(plan), Direction(plan.direction).target
    lock_until_commit(session, scope.enterprise_id, scope.team_id, target)


def _chosen(session: Session, plan_id: str) -> Tally:
    is_ticked = (col(SelectionRow.plan_id) == col(PlanRowTable.plan_id)) & (
        col(SelectionRow.position) == col(PlanRowTable.position)
    )
    chosen = (
        select(PlanRowTable.status, PlanRowTable.identity, func.count())
        .join(SelectionRow, is_ticked)
        .where(PlanRowTable.plan_id == plan_id)
        .group_by(PlanRowTable.status, col(PlanRowTable.identity))
    )
    return sum((_tally(*found) for found in session.exec(chosen)), Tally())


def _not_reached(session: Session, run_id: str) -> Tally:
    rest = (
        select(LedgerTable.status, PlanRowTable.identity, func.count())
        .join(RunTable)
        .join(
            PlanRowTable,
            (col(PlanRowTable.plan_id) == col(RunTable.plan_id))
            & (col(PlanRowTable.position) == col(LedgerTable.position)),
        )
        .where(LedgerTable.run_id == run_id, LedgerTable.kind == OutcomeKind.SKIPPED)
        .group_by(LedgerTable.status, col(PlanRowTable.identity))
    )
    return sum((_tally(*found) for found in session.exec(rest)), Tally())


def _earlier_today(session: Session, plan: PlanTable, moment: datetime) -> Tally:
    """Count whom runs into the same target have written today, perhaps written, or are still to write.

    A run that was started before midnight writes today what it has not written by then.
    """
    midnight = datetime.combine(today(moment), time.min, TOKYO)
    into_same_target = RunTable.direction == plan.direction  # a direction has one target
    touches_today = or_(col(RunTable.finished_at).is_(None), col(RunTable.finished_at) >= midnight)
    written_today = and_(col(LedgerTable.kind).in_(WRITTEN), col(LedgerTable.done_at) >= midnight)
    written = (
        select(LedgerTable.status, func.count())
        .join(RunTable)
        .where(within(RunTable, scope_of(plan)), into_same_target, touches_today)
        .where(or_(col(LedgerTable.kind).is_(None), written_today))
        .group_by(LedgerTable.status)
    )
    return sum((_tally(status, False, size) for status, size in session.exec(written)), Tally())


def _tally(status: str, identity: bool, size: int) -> Tally:  # noqa: FBT001 - a column's value
    if status == Status.CREATE:
        return Tally(creates=size)
    return Tally(updates=size, identities=size if identity else 0)
