"""How a run is taken up again: whom it did not reach, from its ledger, as they were shown and confirmed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from storage.daily import excesses_of_rest, lock_day
from storage.errors import PlanExpired, TermsMoved
from storage.lines import enter
from storage.records import Scope
from storage.rewriting import raise_if_rewritten
from storage.run_records import CANARY_FAILED, RESUMABLE, RunState
from storage.secrets import Keyring
from storage.statements import changed, found, within
from storage.tables import LedgerTable, PlanTable, RunTable
from sync.errors import StalePlan
from sync.ledger import RowState
from sync.limits import raise_if_unsafe
from sync.outcome import OutcomeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """Somebody's press on 残りを再開する."""

    scope: Scope
    run_id: str
    user_id: str
    terms: str
    """The digest of what a comparison would go by now."""
    moment: datetime


def resume_run(session: Session, keys: Keyring, resume: Resume) -> RunTable:
    """Open the rows again that the run did not reach, and put it at the end of its line.

    A run that has not ended, or has nobody left, stays as it is: the second of two presses changes nothing.
    Raises NotFound, PlanExpired, TermsMoved, StalePlan or UnsafePlan.
    """
    mine = select(RunTable).where(within(RunTable, resume.scope), RunTable.id == resume.run_id)
    run = found(session.exec(mine.with_for_update()).first())
    if run.state not in RESUMABLE:
        return run
    plan = found(session.get(PlanTable, run.plan_id))
    _raise_if_over(run, plan, resume)
    raise_if_rewritten(session, keys, run)
    lock_day(session, plan)
    raise_if_unsafe(excesses_of_rest(session, plan, run.id, resume.moment), run.justification)
    if _open_again(session, run):
        _begin_leg(run, resume)
        enter(session, keys, run, resume.moment)
    return run


def _raise_if_over(run: RunTable, plan: PlanTable, resume: Resume) -> None:
    if plan.expires_at <= resume.moment:
        raise PlanExpired
    if plan.terms != resume.terms:
        raise TermsMoved
    if run.reason == CANARY_FAILED:
        raise StalePlan("what was written is to be looked at first")


def _open_again(session: Session, run: RunTable) -> int:
    """Open the rows that were not reached. How often one was sent before, and as what, still counts."""
    skipped = (col(LedgerTable.run_id) == run.id) & (col(LedgerTable.kind) == OutcomeKind.SKIPPED)
    empty = dict.fromkeys(("kind", "reason", "payload", "intended_at", "done_at"))
    return changed(session, update(LedgerTable).where(skipped).values(state=RowState.PENDING, **empty))


def _begin_leg(run: RunTable, resume: Resume) -> None:
    """Begin anew what is told of the run. Since it ended it has waited: that is no time that it worked."""
    run.state = RunState.QUEUED
    run.leg += 1
    run.resumed_by = resume.user_id
    run.waiting_since = run.finished_at if run.started_at is not None else None
    for name in ("reason", "wakes_at", "holder", "cancelled_by", "cancelled_at", "finished_at"):
        setattr(run, name, None)
    for name in (
        "stop_rows",
        "stop_about",
        "channel",
        "message_ts",
        "result_channel",
        "result_ts",
        "reporting_at",
    ):
        setattr(run, name, None)
