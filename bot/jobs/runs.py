"""Carrying a run out: chunk by chunk, waiting for closed hours and for systems that are away."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from bot.jobs.stops import Stops
from bot.jobs.waits import Step, Waits
from bot.lifeline import Lifeline
from bot.metrics import OUTCOMES, RUNS
from bot.remotes import NotIntegrated, Remotes
from bot.reports import Reports
from bot.tempo import Tempo
from bot.views.failures import reason_of
from storage.run_records import CANARY_FAILED, ENDED, RunHead, RunState, Stop
from storage.store import Store
from sync.calendar import Clock, today
from sync.decided import Decided
from sync.errors import (
    CanaryFailed,
    ClosedNow,
    CredentialProblem,
    CredentialsRejected,
    IncompleteFetch,
    PageInstead,
    RemoteUnavailable,
    RenkeiError,
    RunCancelled,
    RunTakenOver,
)
from sync.outcome import Outcome, OutcomeKind, Reason
from sync.remote import RemoteSystem
from sync.run import A_TURN, FRESH, carry_out_chunk, recheck_source
from sync.unanswered import settle_unanswered

_log = structlog.get_logger(__name__)
MISDIRECTED = "company_changed"
"""Why a run was stopped whose accesses lead to another company now."""
STAYED_CLOSED = "stayed_closed"
"""Why a run was stopped for which 勤革時 did not open, though no closed hours explain it."""
STILL = FRESH + 2 * A_TURN
"""Longer than a chunk takes from its beginning to the next one's."""


class RowsLeft(Exception):
    """A run was to be closed that still has rows without an outcome; whoever asked for it abandons it."""


@dataclass(frozen=True, slots=True)
class Runs:
    """Carries runs out in the background. Every step may be repeated after a crash."""

    store: Store
    remotes: Remotes
    reports: Reports
    clock: Clock
    tempo: Tempo
    lifeline: Lifeline
    _looked: dict[str, tuple[str, datetime]] = field(default_factory=dict, init=False)
    """When this process began its last chunk of each run, and as which holder."""

    def hold(self, run_id: str, holder: str, leg: int) -> bool:
        """Take a run over from whoever carried it out before, if anybody did; False in another leg."""
        return self.store.runs.hold(run_id, holder, leg)

    def announce(self, run_id: str) -> None:
        """Post the run's message."""
        self.reports.post_progress(self.store.runs.get(run_id))

    def advance(self, run_id: str, *, holder: str, recheck: bool) -> float | None:
        """Carry out the next chunk; give the seconds to wait before the next one, None at the end."""
        run = self.store.runs.get(run_id)
        if run.state in ENDED:
            return None
        asleep = self._waits.asleep(run)
        if asleep > 0:
            return asleep
        return self._advance(Step(run, self.store.runs.ledger(run_id, holder), holder, recheck))

    def conclude(self, run_id: str, *, holder: str) -> None:
        """Close the run and report it; nothing of one that others carry on or have taken up again since."""
        with suppress(RunTakenOver):
            self._conclude(run_id, holder)

    def abandon(self, run_id: str, *, holder: str) -> float | None:
        """End a run that can't be carried on for a reason that nobody foresaw, and report it.

        Give the seconds to wait before this is done again, None at the end.
        """
        with self.lifeline.at_work(), suppress(RunTakenOver):
            pause = self._abandon(run_id, holder)
            if pause is None:
                self._conclude(run_id, holder)
            return pause
        return None

    def _abandon(self, run_id: str, holder: str) -> float | None:
        self.store.runs.raise_if_taken_over(run_id, holder)
        run = self.store.runs.get(run_id)
        if run.state in ENDED or run.done == run.total:
            return None
        asleep = self._waits.asleep(run) if run.stop is not None else 0.0
        step = Step(run, self.store.runs.ledger(run_id, holder), holder, recheck=False)
        return asleep or self._stops.stop(step, Stop(Reason.INTERNAL, None))

    def _conclude(self, run_id: str, holder: str) -> None:
        self.store.runs.raise_if_taken_over(run_id, holder)
        run = self.store.runs.get(run_id)
        if run.done < run.total:
            raise RowsLeft
        if run.state not in ENDED:
            now = self.clock()
            self.store.runs.set_state(run_id, _end_of(run), reason=run.reason, moment=now, holder=holder)
        ended = self.store.runs.get(run_id)
        self._looked.pop(run_id, None)
        self.reports.report_result(ended)  # where Slack does not take it, the clock tries again
        _count(ended)

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
                return self._stops.cancel(step)
            case ClosedNow():
                pause = self._waits.for_opening(step, error)
                return pause or self._stops.stop(step, Stop(Reason.UNAVAILABLE, STAYED_CLOSED))
            case RemoteUnavailable() | IncompleteFetch():
                return self._away(step, error)
            case CredentialsRejected(problem=CredentialProblem.ADDRESS) if step.run.started_at is not None:
                return self._away(step, PageInstead(error.system, "it was there when the run began"))
            case CanaryFailed():
                return self._stops.stop(step, Stop(Reason.CANARY, CANARY_FAILED))
            case CredentialsRejected() | NotIntegrated():
                return self._stops.stop(step, Stop(Reason.CREDENTIALS_REJECTED, reason_of(error)))
            case _:
                raise error

    def _away(self, step: Step, error: RemoteUnavailable | IncompleteFetch) -> float | None:
        pause = self._waits.for_return(step, error)
        return pause or self._stops.stop(step, Stop(Reason.UNAVAILABLE, reason_of(error)))

    def _carry_on(self, step: Step) -> float | None:
        run = step.run
        if run.stop is not None:
            return self._stops.stop(step, run.stop)
        if run.cancelled_at is not None:
            raise RunCancelled
        integration = self.store.integrations.load(run.scope)
        source = self.remotes.for_import(integration, run.direction.source)
        target = self.remotes.for_import(integration, run.direction.target)
        if self.store.runs.is_misdirected(run.id):  # asked after they were read
            return self._stops.stop(step, Stop(Reason.COMPANY_CHANGED, MISDIRECTED))
        if step.recheck or self._has_stood_still(step):
            self._recheck(step, source, target)
        self._looked[run.id] = step.holder, self.clock()
        if self._carry_out_chunk(step, target):
            return 0.0
        return self._stops.settle(step, target)

    def _has_stood_still(self, step: Step) -> bool:
        """Tell whether the source was not looked at by this holder, or the machine has slept since."""
        holder, looked_at = self._looked.get(step.run.id, (None, None))
        return holder != step.holder or looked_at is None or self.clock() - looked_at > STILL

    def _recheck(self, step: Step, source: RemoteSystem, target: RemoteSystem) -> None:
        """See what has changed since somebody last looked: after a start, a pause, or another process."""
        self.reports.update_progress(step.run.id, at_once=True)
        settle_unanswered(step.ledger, target, self.clock(), self.tempo.settle_after)
        if step.run.undo_of is None:
            recheck_source(step.ledger, source, step.run.as_of)
            return
        # What is taken back goes by what was written, not by the source.
        for position, fields in self.store.undoing.rewritten(step.run.id).items():
            step.ledger.save_outcome(position, Outcome(OutcomeKind.HELD, Reason.TARGET_MOVED, fields))

    def _carry_out_chunk(self, step: Step, target: RemoteSystem) -> bool:
        run = step.run
        waits = run.state is not RunState.RUNNING or run.waiting_since is not None

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

    @property
    def _waits(self) -> Waits:
        return Waits(self.store, self.reports, self.clock, self.tempo)

    @property
    def _stops(self) -> Stops:
        return Stops(self.store, self.remotes, self._waits)

    def _decided(self, run: RunHead) -> Decided:
        scope, direction = run.scope, run.direction
        return Decided(
            suppressed=self.store.suppressions.of(scope, direction, today(self.clock())),
            ignored=self.store.identities.ties(scope, direction).ignored,
        )

    def _note_running(self, step: Step) -> None:
        now = self.clock()
        self.store.runs.set_state(step.run.id, RunState.RUNNING, moment=now, holder=step.holder)


def _end_of(run: RunHead) -> RunState:
    if not run.counts[OutcomeKind.SKIPPED]:
        return RunState.FINISHED
    return RunState.CANCELLED if run.cancelled_at is not None else RunState.STOPPED


def _count(ended: RunHead) -> None:
    RUNS.labels(ended.state).inc()
    for kind, people in ended.counts.items():
        OUTCOMES.labels(kind).inc(people)
