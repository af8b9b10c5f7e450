"""Heads of plans and runs, as they are handed out."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.boxes import DETAIL, TEXT
from storage.plan_records import PlanHead, PlanState
from storage.run_records import RunHead, RunState, Stop
from storage.secrets import Keyring
from storage.statements import scope_of
from storage.tables import LedgerTable, PlanTable, RunTable
from sync.model import Direction
from sync.outcome import OutcomeKind, Reason

Counts = Mapping[OutcomeKind, int]


def plan_head(keys: Keyring, row: PlanTable, moment: datetime) -> PlanHead:
    """Give a plan's head as of `moment`."""
    expired = row.state == PlanState.READY and row.expires_at <= moment
    return PlanHead(
        id=row.id,
        scope=scope_of(row),
        user_id=row.user_id,
        direction=Direction(row.direction),
        as_of=row.as_of,
        state=PlanState.EXPIRED if expired else PlanState(row.state),
        counts=row.counts,
        target_size=row.target_size,
        created_at=row.created_at,
        made_at=row.made_at,
        expires_at=row.expires_at,
        view_id=row.view_id,
        revision=row.revision,
        failure=row.failure,
        failure_detail=DETAIL.open(keys, row.failure_detail) if row.failure_detail else {},
        retry_of=row.retry_of,
        revises=row.revises,
        undo_of=row.undo_of,
        original_at=row.original_at,
        options=row.options,
        accepted=_text(keys, row.accepted),
        terms=row.terms,
        rules=row.rules,
        choices=row.choices,
        fingerprint=row.fingerprint,
    )


def run_head(keys: Keyring, run: RunTable, counts: Counts) -> RunHead:
    """Give a run's head with so many outcomes of each kind."""
    return RunHead(
        id=run.id,
        plan_id=run.plan_id,
        scope=scope_of(run),
        user_id=run.user_id,
        direction=Direction(run.direction),
        as_of=run.as_of,
        state=RunState(run.state),
        reason=run.reason,
        wakes_at=run.wakes_at,
        waiting_since=run.waiting_since,
        waited=timedelta(seconds=run.waited_seconds),
        away_since=run.away_since,
        stop=Stop(Reason(run.stop_rows), run.stop_about) if run.stop_rows else None,
        total=run.total,
        counts={kind: counts.get(kind, 0) for kind in OutcomeKind},
        rules=run.rules,
        justification=_text(keys, run.justification),
        channel=run.channel,
        message_ts=run.message_ts,
        result_ts=run.result_ts,
        result_channel=run.result_channel,
        created_at=run.created_at,
        started_at=run.started_at,
        finished_at=run.finished_at,
        retry_of=run.retry_of,
        undo_of=run.undo_of,
        original_at=run.original_at,
        queued_at=run.queued_at,
        leg=run.leg,
        resumed_by=run.resumed_by,
        cancelled_by=run.cancelled_by,
        cancelled_at=run.cancelled_at,
    )


def run_heads(session: Session, keys: Keyring, runs: Collection[RunTable]) -> list[RunHead]:
    """Give the heads of runs with their outcomes counted."""
    counts = _counts(session, [run.id for run in runs])
    return [run_head(keys, run, counts[run.id]) for run in runs]


def _counts(session: Session, run_ids: Iterable[str]) -> Mapping[str, Counts]:
    closed = (
        select(LedgerTable.run_id, LedgerTable.kind, func.count())
        .where(col(LedgerTable.run_id).in_(run_ids))
        .group_by(LedgerTable.run_id, col(LedgerTable.kind))
    )
    counts: defaultdict[str, dict[OutcomeKind, int]] = defaultdict(dict)
    for run_id, kind, count in session.exec(closed):
        if kind is not None:
            counts[run_id][OutcomeKind(kind)] = count
    return counts


def _text(keys: Keyring, sealed: str | None) -> str | None:
    return TEXT.open(keys, sealed) if sealed is not None else None
