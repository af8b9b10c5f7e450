"""Carrying a run out: chunk by chunk, waiting for closed hours and for systems that are away."""

from dataclasses import dataclass, field

import structlog

from bot.jobs.waits import Step, Waits
from bot.lifeline import Lifeline
from bot.metrics import OUTCOMES, RUNS
from bot.remotes import NotIntegrated, Remotes
from bot.reports import Reports
from bot.tempo import Tempo
from bot.views.failures import reason_of
from storage.records import CANARY_FAILED, ENDED, RunHead, RunState
from storage.store import Store
from sync.calendar import Clock, today
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
from sync.ledger import Ledger
from sync.outcome import OutcomeKind, Reason
from sync.remote import RemoteSystem
from sync.run import carry_out_chunk, recheck_source
from sync.service import give_up, skip_open
from sync.unanswered import give_up_unanswered, settle_unanswered, settles_in

_log = structlog.get_logger(__name__)
MISDIRECTED = "company_changed"
"""Why a run was stopped whose accesses lead to another company now."""
STAYED_CLOSED = "stayed_closed"
"""Why a run was stopped for which 勤革時 did not open, though no closed hours explain it."""
UNANSWERED = "unanswered"
"""What a run waits for that has sent everything, and not got every answer."""


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
    _rechecked: dict[str, str] = field(default_factory=dict, init=False)
    """The runs whose source this process has read again, and as which holder."""

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
        if self.store.runs.holder(run_id) != holder:
            return
        run = self.store.runs.get(run_id)
        if run.done < run.total:
            raise RowsLeft
        if run.state not in ENDED:
            ended_as = _end_of(run)
            self.store.runs.set_state(run_id, ended_as, reason=run.reason, moment=self.clock())
        ended = self.store.runs.get(run_id)
        self._rechecked.pop(run_id, None)
        self.reports.report_result(ended)  # where Slack does not take it, the clock tries again
        _count(ended)

    def abandon(self, run_id: str, *, holder: str) -> None:
        """End a run that can't be carried on for a reason that nobody foresaw."""
        if self.store.runs.holder(run_id) != holder:
            return
        run = self.store.runs.get(run_id)
        if run.state not in ENDED and run.done < run.total:
            ledger = self.store.runs.ledger(run_id, holder)
            skip_open(ledger, Reason.INTERNAL)
            self._read_once_more(run, ledger)
            give_up(ledger, Reason.INTERNAL)
            self.store.runs.set_state(run_id, RunState.STOPPED, moment=self.clock())
        self.conclude(run_id, holder=holder)

    def _read_once_more(self, run: RunHead, ledger: Ledger) -> None:
        """See what has arrived of what was sent, if that can be seen at all."""
        try:
            integration = self.store.integrations.load(run.scope)
            target = self.remotes.for_import(integration, run.direction.target)
            settle_unanswered(ledger, target, self.clock(), self.tempo.settle_after)
        except RenkeiError as error:
            _log.warning("not_read_again", run=run.id, error=type(error).__name__)

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
                pause = self._waits.for_opening(step, error)
                return pause or self._stop(step, Reason.UNAVAILABLE, STAYED_CLOSED)
            case RemoteUnavailable() | IncompleteFetch():
                pause = self._waits.for_return(step, error)
                return pause or self._stop(step, Reason.UNAVAILABLE, reason_of(error))
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
        return self._waits.wait(step, UNANSWERED, pause)

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

    @property
    def _waits(self) -> Waits:
        return Waits(self.store, self.reports, self.clock, self.tempo)

    def _decided(self, run: RunHead) -> Decided:
        scope, direction = run.scope, run.direction
        return Decided(
            suppressed=self.store.suppressions.of(scope, direction, today(self.clock())),
            ignored=self.store.identities.ties(scope, direction).ignored,
        )

    def _note_running(self, step: Step) -> None:
        now = self.clock()
        self.store.runs.set_state(step.run.id, RunState.RUNNING, moment=now, holder=step.holder)

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
        return self._waits.wait(step, UNANSWERED, pause)


def _end_of(run: RunHead) -> RunState:
    if not run.counts[OutcomeKind.SKIPPED]:
        return RunState.FINISHED
    return RunState.CANCELLED if run.cancelled_at is not None else RunState.STOPPED


def _count(ended: RunHead) -> None:
    RUNS.labels(ended.state).inc()
    for kind, people in ended.counts.items():
        OUTCOMES.labels(kind).inc(people)
