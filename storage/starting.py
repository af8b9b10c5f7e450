"""How a plan becomes a run: once, of exactly what was confirmed, in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Insert, SelectBase, func, insert, literal
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from storage.choice import fingerprint_of
from storage.daily import excesses_of, lock_day
from storage.errors import ChoiceMoved, PlanExpired, PlanStarted, TermsMoved
from storage.lines import enter
from storage.plan_records import PlanState
from storage.records import Scope
from storage.rewriting import raise_if_rewritten
from storage.run_records import RunState
from storage.secrets import Keyring, Sealed
from storage.statements import found, table_of, within
from storage.tables import LedgerTable, PlanRowTable, PlanTable, RunTable, SelectionRow
from sync.errors import StalePlan
from sync.ledger import RowState
from sync.limits import raise_if_unsafe

COPIED = ("enterprise_id", "team_id", "position", "status", "person", "content")


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Somebody's press on 連携を実行する."""

    scope: Scope
    plan_id: str
    user_id: str
    choice: str
    """The fingerprint of what was confirmed."""
    terms: str
    """The digest of what a comparison would go by now."""
    justification: Sealed | None
    """Why a limit is passed, if one is; sealed."""
    moment: datetime


def start_run(session: Session, keys: Keyring, start: Start) -> RunTable:
    """Make the run. Raises NotFound, PlanExpired, PlanStarted, TermsMoved, ChoiceMoved or UnsafePlan."""
    mine = select(PlanTable).where(within(PlanTable, start.scope), PlanTable.id == start.plan_id)
    # The lock makes a second press wait, and then find the plan STARTED; SQLite has locked the whole file.
    plan = found(session.exec(mine.with_for_update()).first())
    raise_if_over(session, plan, start.moment)
    if plan.terms != start.terms:
        raise TermsMoved
    if fingerprint_of(session, plan) != start.choice:
        raise ChoiceMoved
    raise_if_rewritten(session, keys, plan)
    lock_day(session, plan)
    raise_if_unsafe(excesses_of(session, plan, start.moment), start.justification)
    plan.state = PlanState.STARTED
    run = _to_run(plan, start)
    enter(session, keys, run, start.moment)
    session.add(run)
    session.flush()
    session.execute(_copy_chosen(run))
    copied = select(func.count()).where(LedgerTable.run_id == run.id)
    run.total = session.exec(copied).one()
    return run


def raise_if_over(session: Session, plan: PlanTable, moment: datetime) -> None:
    """Raise PlanStarted, PlanExpired or StalePlan for a plan that can't be carried out at `moment`."""
    if plan.state == PlanState.STARTED:
        raise PlanStarted(session.exec(select(RunTable.id).where(RunTable.plan_id == plan.id)).one())
    if plan.state == PlanState.EXPIRED or plan.expires_at <= moment:
        raise PlanExpired
    if plan.state != PlanState.READY:
        raise StalePlan(f"the plan is {plan.state}")


def _to_run(plan: PlanTable, start: Start) -> RunTable:
    return RunTable(
        id=uuid4().hex,
        enterprise_id=plan.enterprise_id,
        team_id=plan.team_id,
        plan_id=plan.id,
        user_id=start.user_id,
        direction=plan.direction,
        as_of=plan.as_of,
        state=RunState.QUEUED,
        total=0,
        waited_seconds=0.0,
        rules=plan.rules,
        justification=start.justification,
        created_at=start.moment,
        queued_at=start.moment,
        retry_of=plan.retry_of,
        undo_of=plan.undo_of,
        original_at=plan.original_at,
    )


def _copy_chosen(run: RunTable) -> Insert:
    """Copy the ticked rows, still sealed: a run outlives what its plan shows."""
    return insert(table_of(LedgerTable)).from_select(["run_id", "state", "attempts", *COPIED], _chosen(run))


def _chosen(run: RunTable) -> SelectBase:
    is_ticked = (col(SelectionRow.plan_id) == col(PlanRowTable.plan_id)) & (
        col(SelectionRow.position) == col(PlanRowTable.position)
    )
    rows = table_of(PlanRowTable).columns
    return (
        select_columns(
            literal(run.id),
            literal(RowState.PENDING),
            literal(0),
            *(rows[name] for name in COPIED),
        )
        .join(SelectionRow, is_ticked)
        .where(col(PlanRowTable.plan_id) == run.plan_id)
    )
