"""取り込み: runs, and what became of their rows."""

import hashlib
import json
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import case, func, update
from sqlmodel import Session, col, select

from storage.boxes import TEXT, WRITABLE
from storage.daily import excesses_of
from storage.database import Database
from storage.heads import run_head, run_heads
from storage.ledger import RunLedger, outcome_row
from storage.lines import first_in, is_any_unnamed, name_tenants, stands_before, tenant_of
from storage.records import Scope
from storage.resuming import Resume, resume_run
from storage.rosters import companies_of
from storage.run_records import ENDED, OutcomeRow, RunHead, RunState, Stop
from storage.run_states import held, keep_time, take_over
from storage.secrets import Keyring
from storage.starting import Start, start_run
from storage.statements import found, scope_of, within
from storage.tables import LedgerTable, PlanTable, RunTable
from sync.calendar import Clock
from sync.errors import RunTakenOver
from sync.limits import Excess
from sync.model import Direction
from sync.outcome import OutcomeKind, Reason

_TROUBLED_FIRST = case(
    (col(LedgerTable.kind) == OutcomeKind.SUCCEEDED, 2), (col(LedgerTable.kind).is_(None), 1), else_=0
)
TO_RETRY = (OutcomeKind.FAILED, OutcomeKind.HELD, OutcomeKind.SKIPPED, OutcomeKind.UNKNOWN)


class Runs:
    """Keeps runs; their rows are changed through `ledger` only."""

    def __init__(self, database: Database, keys: Keyring, clock: Clock) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock

    def start(  # noqa: PLR0913 - what is pressed, by whom, and what they had seen
        self,
        scope: Scope,
        plan_id: str,
        user_id: str,
        *,
        choice: str,
        terms: str,
        justification: str | None = None,
    ) -> RunHead:
        """Make the one run of a plan, of what was confirmed under the fingerprint `choice`.

        `terms` is the digest of what a comparison would go by now; `justification` says why a limit is
        passed. Raises NotFound, PlanExpired, PlanStarted (with the run's id), TermsMoved, ChoiceMoved or
        UnsafePlan, and changes nothing.
        """
        said = (justification or "").strip()
        start = Start(
            scope=scope,
            plan_id=plan_id,
            user_id=user_id,
            choice=choice,
            terms=terms,
            justification=TEXT.seal(self._keys, said) if said else None,
            moment=self._clock(),
        )
        with self._database.writing() as session:
            run = start_run(session, self._keys, start)
            run.companies = self._companies(session, scope)
            return run_head(self._keys, run, {})

    def resume(self, scope: Scope, run_id: str, user_id: str, *, terms: str) -> RunHead:
        """Take up again those whom a run did not reach, as they were confirmed; once, however often pressed.

        `terms` is the digest of what a comparison would go by now; the reason to pass a limit still stands.
        Raises NotFound, PlanExpired, TermsMoved, StalePlan or UnsafePlan, and changes nothing.
        """
        moment = self._clock()
        resume = Resume(scope=scope, run_id=run_id, user_id=user_id, terms=terms, moment=moment)
        with self._database.writing() as session:
            return self._heads(session, [resume_run(session, self._keys, resume)])[0]

    def is_resumable(self, run: RunHead) -> bool:
        """Tell whether somebody was not reached who may still be taken up again. `resume` may find more."""
        with self._database.reading() as session:
            plan = found(session.get(PlanTable, run.plan_id))
            return run.is_cut_short and plan.expires_at > self._clock()

    def cancel(self, scope: Scope, run_id: str, user_id: str) -> RunHead:
        """Have a run end before its next row, unless it has ended. The first who says so is noted.

        Raises NotFound.
        """
        mine = select(RunTable).where(within(RunTable, scope), RunTable.id == run_id)
        with self._database.writing() as session:
            run = found(session.exec(mine.with_for_update()).first())
            if run.state not in ENDED and run.cancelled_at is None:
                run.cancelled_by, run.cancelled_at = user_id, self._clock()
            return self._heads(session, [run])[0]

    def ahead_of(self, run_id: str) -> RunHead | None:
        """Give the run, of any workspace with the same tenant, that goes first; None when this one does.

        Raises NotFound.
        """
        self._name_tenants()
        with self._database.reading() as session:
            return self._head(session, stands_before(session, found(session.get(RunTable, run_id))))

    def busy(self, scope: Scope, direction: Direction) -> RunHead | None:
        """Give the run, of any workspace, that a run in this direction would have to wait for first."""
        self._name_tenants()
        with self._database.reading() as session:
            tenant = tenant_of(session, self._keys, scope, direction.target)
            return self._head(session, first_in(session, tenant))

    def excesses(self, plan_id: str) -> tuple[Excess, ...]:
        """Give every limit that the choice would pass if it were started now. Raises NotFound.

        `start` asks the same, so what is shown is what is decided.
        """
        with self._database.reading() as session:
            return excesses_of(session, found(session.get(PlanTable, plan_id)), self._clock())

    def is_misdirected(self, run_id: str) -> bool:
        """Tell whether the accesses lead to other companies than when the run was started.

        A renewed token of 勤革時 can't be told from another company's. Raises NotFound.
        """
        with self._database.reading() as session:
            run = found(session.get(RunTable, run_id))
            return run.companies not in {None, self._companies(session, scope_of(run))}

    def load(self, scope: Scope, run_id: str) -> RunHead:
        """Give a run. Raises NotFound, also when it is another workspace's."""
        mine = select(RunTable).where(within(RunTable, scope), RunTable.id == run_id)
        with self._database.reading() as session:
            return self._heads(session, [found(session.exec(mine).first())])[0]

    def get(self, run_id: str) -> RunHead:
        """Give a run to the background, which knows only ids. Raises NotFound."""
        with self._database.reading() as session:
            return self._heads(session, [found(session.get(RunTable, run_id))])[0]

    def hold(self, run_id: str, holder: str, leg: int = 0) -> bool:
        """Note who carries a run out from now on; whoever did before finds out at their next row.

        False, and nothing is noted, once the run has begun another `leg`: that one is somebody else's.
        """
        with self._database.writing() as session:
            run = found(session.get(RunTable, run_id, with_for_update=True))
            if run.leg != leg:
                return False
            take_over(session, run, holder, self._clock())
            return True

    def raise_if_taken_over(self, run_id: str, holder: str) -> None:
        """Raise RunTakenOver unless this holder still carries the run out."""
        with self._database.reading() as session:
            if found(session.get(RunTable, run_id)).holder != holder:
                raise RunTakenOver("another process carries the run out")

    def holder(self, run_id: str) -> str | None:
        """Tell who holds a run. Raises NotFound."""
        with self._database.reading() as session:
            return found(session.get(RunTable, run_id)).holder

    def ledger(self, run_id: str, holder: str | None = None) -> RunLedger:
        """Give the rows of a run to whoever holds it; without a holder, as long as nobody does."""
        return RunLedger(self._database, self._keys, self._clock, run_id, holder)

    def outcomes(
        self, run_id: str, kinds: Collection[OutcomeKind] | None, offset: int, limit: int
    ) -> list[OutcomeRow]:
        """Give a page of rows: of some kinds, or all of them, open ones included.

        First those that somebody has to look at, then the open ones; each in the plan's order.
        """
        rows = select(LedgerTable).where(LedgerTable.run_id == run_id)
        if kinds is not None:
            rows = rows.where(col(LedgerTable.kind).in_(kinds))
        ordered = rows.order_by(_TROUBLED_FIRST, col(LedgerTable.position))
        with self._database.reading() as session:
            rules = found(session.get(RunTable, run_id)).rules
            page = session.exec(ordered.offset(offset).limit(limit))
            return [outcome_row(self._keys, row, rules) for row in page]

    def retry_people(self, run_id: str, *, held: bool = True) -> list[str]:
        """Give the source's ids of everybody who was not written, or perhaps not.

        Without `held`: not of those whose values have moved, whom somebody has to look at first.
        """
        kinds = [kind for kind in TO_RETRY if held or kind is not OutcomeKind.HELD]
        rows = select(LedgerTable.content).where(
            LedgerTable.run_id == run_id, col(LedgerTable.kind).in_(kinds)
        )
        with self._database.reading() as session:
            contents = list(session.exec(rows.order_by(col(LedgerTable.position))))
        return [WRITABLE.open(self._keys, content).desired.remote_id for content in contents]

    def set_state(  # noqa: PLR0913 - where a run stands, why, until when, and who says so
        self,
        run_id: str,
        state: RunState,
        *,
        reason: str | None = None,
        wakes_at: datetime | None = None,
        is_away: bool = False,
        moment: datetime,
        holder: str | None = None,
    ) -> None:
        """Note where a run stands from `moment` on, and whether it waits because a system is away.

        Raises RunTakenOver when `holder` is given and holds the run no more, or it has ended.
        """
        with self._database.writing() as session:
            run = held(session, run_id, holder)
            keep_time(run, state, reason, moment, is_away=is_away)
            run.state, run.reason, run.wakes_at = state, reason, wakes_at

    def begin_stop(self, run_id: str, stop: Stop, holder: str) -> Stop:
        """Note why a run is to end before its last row, and give why: the first reason stays.

        Raises RunTakenOver.
        """
        with self._database.writing() as session:
            run = held(session, run_id, holder)
            if run.stop_rows is not None:
                return Stop(Reason(run.stop_rows), run.stop_about)
            run.stop_rows, run.stop_about = stop.rows, stop.about
            return stop

    def save_message(self, run_id: str, channel: str, ts: str, *, leg: int = 0) -> None:
        """Note which message in the admin channel tells of the run; whoever was to post it has done so.

        Once the run has begun another `leg`, which gets messages of its own, nothing is noted.
        """
        self._note(run_id, leg, {"channel": channel, "message_ts": ts, "reporting_at": None})

    def save_result(self, run_id: str, channel: str, ts: str, *, leg: int = 0) -> None:
        """Note which message holds the result of a run's leg."""
        self._note(run_id, leg, {"result_channel": channel, "result_ts": ts, "reporting_at": None})

    def history(self, scope: Scope, offset: int, limit: int) -> list[RunHead]:
        """Give a page of a workspace's runs, the newest first."""
        mine = select(RunTable).where(within(RunTable, scope))
        newest_first = mine.order_by(col(RunTable.created_at).desc(), col(RunTable.id))
        with self._database.reading() as session:
            return run_heads(
                session, self._keys, list(session.exec(newest_first.offset(offset).limit(limit)))
            )

    def count(self, scope: Scope) -> int:
        """Tell how many runs a workspace has had."""
        mine = select(func.count()).select_from(RunTable).where(within(RunTable, scope))
        with self._database.reading() as session:
            return session.exec(mine).one()

    def unfinished(self) -> list[RunHead]:
        """Give the runs of all workspaces that have not ended."""
        open_runs = select(RunTable).where(col(RunTable.state).not_in(ENDED))
        with self._database.reading() as session:
            oldest_first = session.exec(open_runs.order_by(col(RunTable.created_at)))
            return self._heads(session, list(oldest_first))

    def _name_tenants(self) -> None:
        with self._database.reading() as session:
            if not is_any_unnamed(session):
                return
        with self._database.writing() as session:
            name_tenants(session, self._keys)

    def _head(self, session: Session, run: RunTable | None) -> RunHead | None:
        return self._heads(session, [run])[0] if run is not None else None

    def _heads(self, session: Session, runs: Collection[RunTable]) -> list[RunHead]:
        return run_heads(session, self._keys, runs)

    def _companies(self, session: Session, scope: Scope) -> str:
        named = companies_of(session, self._keys, scope)
        return hashlib.sha256(json.dumps(named, sort_keys=True).encode()).hexdigest()

    def _note(self, run_id: str, leg: int, values: Mapping[str, object]) -> None:
        same_leg = (col(RunTable.id) == run_id) & (col(RunTable.leg) == leg)
        with self._database.writing() as session:
            session.execute(update(RunTable).where(same_leg).values(dict(values)))
