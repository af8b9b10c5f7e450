"""Carrying a run out: chunk by chunk, waiting for closed hours and for systems that are away."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.lifeline import Lifeline
from bot.metrics import OUTCOMES, RUNS
from bot.remotes import NotIntegrated, Remotes
from bot.reports import Reports
from bot.tempo import Tempo
from bot.views.failures import reason_of
from storage.records import ENDED, RunHead, RunState
from storage.store import Store
from sync.calendar import Clock, opens_at, today
from sync.decided import Decided
from sync.errors import (
    CanaryFailed,
    ClosedNow,
    CredentialsRejected,
    IncompleteFetch,
    RemoteUnavailable,
    RenkeiError,
    RunCancelled,
    RunTakenOver,
)
from sync.gate import UNANNOUNCED
from sync.ledger import Ledger
from sync.outcome import OutcomeKind, Reason
from sync.remote import RemoteSystem
from sync.run import carry_out_chunk, recheck_source
from sync.service import give_up, skip_open
from sync.unanswered import give_up_unanswered, settle_unanswered

_log = structlog.get_logger(__name__)
CLOSED = "closed_now"
"""What `reason_of` gives for 勤革時's closed hours."""

MISDIRECTED = "company_changed"
"""Why a run was stopped whose accesses lead to another company now."""
CANARY_FAILED = "canary_failed"
"""Why a run was stopped whose first rows read otherwise than they were written."""
UNANSWERED = "unanswered"
"""What a run waits for that has sent everything, and not got every answer."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One step of a run: as whom it is made, and whether the source is to be read again first."""

    run: RunHead
    ledger: Ledger
    holder: str
    recheck: bool


@dataclass(frozen=True, slots=True)
class Runs:
    """Carries runs out in the background. Every step may be repeated after a crash."""

    store: Store
    remotes: Remotes
    reports: Reports
    clock: Clock
    tempo: Tempo
    lifeline: Lifeline
    _rechecked: dict[str, str] = field(default_factory=dict, init=False)
    """The runs whose source this process has read again, and as which holder."""

    def hold(self, run_id: str, holder: str) -> None:
        """Take a run over from whoever carried it out before, if anybody did."""
        self.store.runs.hold(run_id, holder)

    def announce(self, run_id: str) -> None:
        """Post the run's message."""
        self.reports.post_progress(self.store.runs.get(run_id))

    def advance(self, run_id: str, *, holder: str, recheck: bool) -> float | None:
        """Carry out the next chunk; give the seconds to wait before the next one, None at the end."""
        run = self.store.runs.get(run_id)
        if run.state in ENDED:
            return None
        asleep = self._sleeps_for(run)
        if asleep > 0:  # looks at the clock and the line alone: nobody is called
            return min(asleep, self.tempo.nap)
        return self._advance(Leg(run, self.store.runs.ledger(run_id, holder), holder, recheck))

    def conclude(self, run_id: str) -> None:
        """Close the run and report it."""
        run = self.store.runs.get(run_id)
        if run.done < run.total:  # taken up again since: a later leg ends it
            return
        if run.state not in ENDED:
            left = run.cancelled_at and run.counts[OutcomeKind.SKIPPED]
            ended_as = RunState.CANCELLED if left else RunState.FINISHED
            self.store.runs.set_state(run_id, ended_as, moment=self.clock())
        ended = self.store.runs.get(run_id)
        self._rechecked.pop(run_id, None)
        self.reports.report_result(ended)  # where Slack does not take it, the clock tries again
        _count(ended)

    def abandon(self, run_id: str) -> None:
        """End a run that can't be carried on for a reason that nobody foresaw."""
        run = self.store.runs.get(run_id)
        if run.state not in ENDED:
            self._stop(run, Reason.INTERNAL, None)
        self.conclude(run_id)

    def _advance(self, leg: Leg) -> float | None:
        """Carry on; when another process has come to do so, end this one."""
        try:
            try:
                return self._carry_on(leg)
            except RenkeiError as error:
                self.store.runs.raise_if_taken_over(leg.run.id, leg.holder)
                return self._stopped_by(leg, error)
        except RunTakenOver:
            self.lifeline.give_way()
        return None

    def _stopped_by(self, leg: Leg, error: RenkeiError) -> float | None:
        """Wait, or end the run, as what was in the way asks for."""
        run = leg.run
        match error:
            case RunCancelled():
                return self._cancel(leg)
            case ClosedNow():
                return self._wait_for_opening(run, error)
            case RemoteUnavailable() | IncompleteFetch():
                return self._wait_for_return(run, error)
            case CanaryFailed():
                self._stop(run, Reason.CANARY, CANARY_FAILED)
            case CredentialsRejected() | NotIntegrated():
                self._stop(run, Reason.CREDENTIALS_REJECTED, reason_of(error))
            case _:
                raise error
        return None

    def _carry_on(self, leg: Leg) -> float | None:
        run = leg.run
        if run.cancelled_at is not None:
            raise RunCancelled
        integration = self.store.integrations.load(run.scope)
        source = self.remotes.for_import(integration, run.direction.source)
        target = self.remotes.for_import(integration, run.direction.target)
        if self.store.runs.is_misdirected(run.id):  # asked after they were read
            self._stop(run, Reason.COMPANY_CHANGED, MISDIRECTED)
            return None
        if leg.recheck or self._rechecked.get(run.id) != leg.holder:
            self._recheck(leg, source, target)
        if self._carry_out_chunk(leg, target):
            return 0.0
        return self._settle(leg, target)

    def _recheck(self, leg: Leg, source: RemoteSystem, target: RemoteSystem) -> None:
        """See what has changed since somebody last looked: after a start, a pause, or another process."""
        self.reports.update_progress(leg.run.id, at_once=True)
        settle_unanswered(leg.ledger, target, self.clock(), self.tempo.settle_after)
        if leg.run.undo_of is None:  # what is taken back goes by what was written, not by the source
            recheck_source(leg.ledger, source, leg.run.as_of)
        self._rechecked[leg.run.id] = leg.holder

    def _carry_out_chunk(self, leg: Leg, target: RemoteSystem) -> bool:
        run = leg.run
        waits = run.state is not RunState.RUNNING

        def after_row() -> None:
            nonlocal waits
            if waits:  # only a row that was reached ends a wait
                self._note_running(run.id)
                waits = False
            self.reports.update_progress(run.id)
            self.lifeline.park_if_stopping()

        if run.state is RunState.QUEUED:
            self._note_running(run.id)
        return carry_out_chunk(
            leg.ledger,
            target,
            self.clock,
            after_row=after_row,
            decided=self._decided(run),
            writers=self.tempo.writers,
        )

    def _settle(self, leg: Leg, target: RemoteSystem) -> float | None:
        """Wait for what was sent without an answer, as long as it may still arrive."""
        pause = settle_unanswered(leg.ledger, target, self.clock(), self.tempo.settle_after)
        if not pause:
            return pause
        self._wait(leg.run, UNANSWERED, self.clock() + timedelta(seconds=pause))
        return min(pause, self.tempo.nap)

    def _cancel(self, leg: Leg) -> float | None:
        """Close what was not reached; what was sent without an answer is still asked for, if it can be."""
        skip_open(leg.ledger, Reason.CANCELLED)
        try:
            integration = self.store.integrations.load(leg.run.scope)
            pause = self._settle(leg, self.remotes.for_import(integration, leg.run.direction.target))
        except RenkeiError:  # who has cancelled does not want to wait for a system that is away
            give_up_unanswered(leg.ledger)
            return None
        skip_open(leg.ledger, Reason.CANCELLED)  # what has proved not to have arrived
        return pause or None

    def _decided(self, run: RunHead) -> Decided:
        scope, direction = run.scope, run.direction
        return Decided(
            suppressed=self.store.suppressions.of(scope, direction, today(self.clock())),
            ignored=self.store.identities.ties(scope, direction).ignored,
        )

    def _note_running(self, run_id: str) -> None:
        self.store.runs.set_state(run_id, RunState.RUNNING, moment=self.clock())

    def _sleeps_for(self, run: RunHead) -> float:
        """Give the seconds until a run that waits, or stands in line, is to be looked at again, else 0."""
        if run.cancelled_at is not None:
            return 0.0
        if self.store.runs.ahead_of(run.id) is not None:
            self.reports.update_progress(run.id)
            return self.tempo.nap
        if run.state is not RunState.WAITING or run.wakes_at is None:
            return 0.0
        return max((self._wakes_at(run, run.wakes_at) - self.clock()).total_seconds(), 0.0)

    def _wakes_at(self, run: RunHead, wakes_at: datetime) -> datetime:
        """Tell when a waiting run goes on; the closed hours may have been changed meanwhile."""
        if run.reason != CLOSED:
            return wakes_at
        now = self.clock()
        opening = opens_at(now, self.store.integrations.load(run.scope).closed_hours)
        if opening is not None:
            return opening
        # 勤革時 itself has said that it is closed, which is not believed for long; or the hours were changed.
        return wakes_at if wakes_at - now <= UNANNOUNCED else now

    def _wait_for_opening(self, run: RunHead, error: ClosedNow) -> float:
        self._wait(run, reason_of(error), error.opens_at)
        remaining = (error.opens_at - self.clock()).total_seconds()
        return min(max(remaining, 0.1), self.tempo.nap)

    def _wait_for_return(self, run: RunHead, error: RemoteUnavailable | IncompleteFetch) -> float | None:
        """Wait for a system that is away: twice as long each time, or as long as it says itself."""
        _log.info("system_away", run=run.id, system=error.system)
        named = getattr(error, "retry_after", None)
        since = run.waiting_since if run.reason == reason_of(error) else None
        waited = (self.clock() - since).total_seconds() if since else 0.0
        if waited > self.tempo.away_limit.total_seconds() + (named or 0.0):
            self._stop(run, Reason.UNAVAILABLE, reason_of(error))
            return None
        pause = named or min(max(waited, self.tempo.away_pause), self.tempo.away_longest)
        self._wait(run, reason_of(error), self.clock() + timedelta(seconds=pause))
        return float(min(pause, self.tempo.nap))

    def _wait(self, run: RunHead, reason: str, until: datetime) -> None:
        self.store.runs.set_state(
            run.id, RunState.WAITING, reason=reason, wakes_at=until, moment=self.clock()
        )
        self.reports.update_progress(run.id, at_once=True)

    def _stop(self, run: RunHead, reason: Reason, about: str | None) -> None:
        """Close the rows that were not reached; they can be taken up again once the cause is gone."""
        give_up(self.store.runs.ledger(run.id), reason)
        self.store.runs.set_state(run.id, RunState.STOPPED, reason=about, moment=self.clock())


def _count(ended: RunHead) -> None:
    RUNS.labels(ended.state).inc()
    for kind, people in ended.counts.items():
        OUTCOMES.labels(kind).inc(people)
