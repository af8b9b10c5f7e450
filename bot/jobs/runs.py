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
from storage.records import CANARY_FAILED, ENDED, RunHead, RunState
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
from sync.unanswered import give_up_unanswered, settle_unanswered, settles_in

_log = structlog.get_logger(__name__)
CLOSED = "closed_now"
"""What `reason_of` gives for 勤革時's closed hours."""

MISDIRECTED = "company_changed"
"""Why a run was stopped whose accesses lead to another company now."""
UNANSWERED = "unanswered"
"""What a run waits for that has sent everything, and not got every answer."""


@dataclass(frozen=True, slots=True)
class Step:
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
        return self._advance(Step(run, self.store.runs.ledger(run_id, holder), holder, recheck))

    def conclude(self, run_id: str) -> None:
        """Close the run and report it."""
        run = self.store.runs.get(run_id)
        if run.done < run.total:  # taken up again since: a later leg ends it
            return
        if run.state not in ENDED:
            ended_as = _end_of(run)
            self.store.runs.set_state(run_id, ended_as, reason=run.reason, moment=self.clock())
        ended = self.store.runs.get(run_id)
        self._rechecked.pop(run_id, None)
        self.reports.report_result(ended)  # where Slack does not take it, the clock tries again
        _count(ended)

    def abandon(self, run_id: str) -> None:
        """End a run that can't be carried on for a reason that nobody foresaw."""
        run = self.store.runs.get(run_id)
        if run.state not in ENDED:
            give_up(self.store.runs.ledger(run_id, self.store.runs.holder(run_id)), Reason.INTERNAL)
            self.store.runs.set_state(run_id, RunState.STOPPED, moment=self.clock())
        self.conclude(run_id)

    def _advance(self, step: Step) -> float | None:
        """Carry on; when another process has come to do so, end this one."""
        try:
            with self.lifeline.at_work():
                return self._carry_on_or_stop(step)
        except RunTakenOver:
            self.lifeline.give_way()
        return None

    def _carry_on_or_stop(self, step: Step) -> float | None:
        try:
            return self._carry_on(step)
        except RenkeiError as error:
            self.store.runs.raise_if_taken_over(step.run.id, step.holder)
            return self._stopped_by(step, error)

    def _stopped_by(self, step: Step, error: RenkeiError) -> float | None:
        """Wait, or end the run, as what was in the way asks for."""
        match error:
            case RunCancelled():
                return self._cancel(step)
            case ClosedNow():
                return self._wait_for_opening(step, error)
            case RemoteUnavailable() | IncompleteFetch():
                return self._wait_for_return(step, error)
            case CanaryFailed():
                return self._stop(step, Reason.CANARY, CANARY_FAILED)
            case CredentialsRejected() | NotIntegrated():
                return self._stop(step, Reason.CREDENTIALS_REJECTED, reason_of(error))
            case _:
                raise error

    def _carry_on(self, step: Step) -> float | None:
        run = step.run
        if run.cancelled_at is not None:
            raise RunCancelled
        integration = self.store.integrations.load(run.scope)
        source = self.remotes.for_import(integration, run.direction.source)
        target = self.remotes.for_import(integration, run.direction.target)
        if self.store.runs.is_misdirected(run.id):  # asked after they were read
            return self._stop(step, Reason.COMPANY_CHANGED, MISDIRECTED)
        if step.recheck or self._rechecked.get(run.id) != step.holder:
            self._recheck(step, source, target)
        if self._carry_out_chunk(step, target):
            return 0.0
        return self._settle(step, target)

    def _recheck(self, step: Step, source: RemoteSystem, target: RemoteSystem) -> None:
        """See what has changed since somebody last looked: after a start, a pause, or another process."""
        self.reports.update_progress(step.run.id, at_once=True)
        settle_unanswered(step.ledger, target, self.clock(), self.tempo.settle_after)
        if step.run.undo_of is None:  # what is taken back goes by what was written, not by the source
            recheck_source(step.ledger, source, step.run.as_of)
        self._rechecked[step.run.id] = step.holder

    def _carry_out_chunk(self, step: Step, target: RemoteSystem) -> bool:
        run = step.run
        waits = run.state is not RunState.RUNNING

        def after_row() -> None:
            nonlocal waits
            if waits:  # only a row that was reached ends a wait
                self._note_running(step)
                waits = False
            self.reports.update_progress(run.id)
            self.lifeline.raise_if_stopping()

        if run.state is RunState.QUEUED:
            self._note_running(step)
        return carry_out_chunk(
            step.ledger,
            target,
            self.clock,
            after_row=after_row,
            decided=self._decided(run),
            writers=self.tempo.writers,
        )

    def _settle(self, step: Step, target: RemoteSystem) -> float | None:
        """Wait for what was sent without an answer, as long as it may still arrive."""
        pause = settle_unanswered(step.ledger, target, self.clock(), self.tempo.settle_after)
        if not pause:
            return pause
        self._wait(step, UNANSWERED, self.clock() + timedelta(seconds=pause))
        return min(pause, self.tempo.nap)

    def _cancel(self, step: Step) -> float | None:
        """Close what was not reached; what was sent without an answer is still asked for, if it can be."""
        skip_open(step.ledger, Reason.CANCELLED)
        try:
            integration = self.store.integrations.load(step.run.scope)
            target = self.remotes.for_import(integration, step.run.direction.target)
            while (pause := self._settle(step, target)) == 0.0:
                skip_open(step.ledger, Reason.CANCELLED)  # what has proved not to have arrived
        except RenkeiError:  # who has cancelled does not want to wait for a system that is away
            return self._give_up(step)
        return pause

    def _decided(self, run: RunHead) -> Decided:
        scope, direction = run.scope, run.direction
        return Decided(
            suppressed=self.store.suppressions.of(scope, direction, today(self.clock())),
            ignored=self.store.identities.ties(scope, direction).ignored,
        )

    def _note_running(self, step: Step) -> None:
        now = self.clock()
        self.store.runs.set_state(step.run.id, RunState.RUNNING, moment=now, holder=step.holder)

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

    def _wait_for_opening(self, step: Step, error: ClosedNow) -> float | None:
        """Wait for the hours to end; a closure that no hours explain is not believed for ever."""
        now = self.clock()
        hours = self.store.integrations.load(step.run.scope).closed_hours
        if opens_at(now, hours) is None and self._waited(step.run, CLOSED) > self.tempo.away_limit:
            return self._stop(step, Reason.UNAVAILABLE, CLOSED)
        self._wait(step, CLOSED, error.opens_at)
        return min(max((error.opens_at - now).total_seconds(), 0.1), self.tempo.nap)

    def _wait_for_return(self, step: Step, error: RemoteUnavailable | IncompleteFetch) -> float | None:
        """Wait for a system that is away: twice as long each time, or as long as it says itself."""
        _log.info("system_away", run=step.run.id, system=error.system)
        reason, waited = reason_of(error), self._waited(step.run, reason_of(error))
        named = getattr(error, "retry_after", None)
        if waited > self.tempo.away_limit + timedelta(seconds=named or 0.0):
            return self._stop(step, Reason.UNAVAILABLE, reason)
        growing = max(waited.total_seconds(), self.tempo.away_pause)
        pause = named or min(growing, self.tempo.away_longest)
        self._wait(step, reason, self.clock() + timedelta(seconds=pause))
        return float(min(pause, self.tempo.nap))

    def _waited(self, run: RunHead, reason: str) -> timedelta:
        """Tell how long a run has waited for the same thing."""
        since = run.waiting_since if run.reason == reason else None
        return self.clock() - since if since else timedelta(0)

    def _wait(self, step: Step, reason: str, until: datetime) -> None:
        now, run_id = self.clock(), step.run.id
        self.store.runs.set_state(
            run_id, RunState.WAITING, reason=reason, wakes_at=until, moment=now, holder=step.holder
        )
        self.reports.update_progress(run_id, at_once=True)

    def _stop(self, step: Step, reason: Reason, about: str) -> float | None:
        """Close the rows that were not reached; they can be taken up again once the cause is gone."""
        skip_open(step.ledger, reason)
        pause = self._give_up(step) if reason is not Reason.CANARY else None
        if pause is None:
            give_up(step.ledger, reason)
            now = self.clock()
            self.store.runs.set_state(
                step.run.id, RunState.STOPPED, reason=about, moment=now, holder=step.holder
            )
        return pause

    def _give_up(self, step: Step) -> float | None:
        """Close what was sent without an answer, but not while it may still arrive.

        The next run in the line might create the same person. Give the seconds until then, None at the end.
        """
        now = self.clock()
        pause = settles_in(step.ledger, now, self.tempo.settle_after)
        if pause <= 0:
            give_up_unanswered(step.ledger)
            return None
        self._wait(step, UNANSWERED, now + timedelta(seconds=pause))
        return min(pause, self.tempo.nap)


def _end_of(run: RunHead) -> RunState:
    if not run.counts[OutcomeKind.SKIPPED]:
        return RunState.FINISHED
    return RunState.CANCELLED if run.cancelled_at is not None else RunState.STOPPED


def _count(ended: RunHead) -> None:
    RUNS.labels(ended.state).inc()
    for kind, people in ended.counts.items():
        OUTCOMES.labels(kind).inc(people)
