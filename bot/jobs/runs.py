"""Carrying a run out: chunk by chunk, waiting for closed hours and for systems that are away."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.metrics import OUTCOMES, RUNS
from bot.remotes import NotIntegrated, Remotes
from bot.reports import Reports
from bot.tempo import Tempo
from bot.views.failures import reason_of
from storage.records import ENDED, RunHead, RunState
from storage.store import Store
from sync.calendar import Clock, opens_at, today
from sync.decided import Decided
from sync.errors import ClosedNow, CredentialsRejected, IncompleteFetch, RemoteUnavailable, RenkeiError
from sync.gate import UNANNOUNCED
from sync.outcome import Reason
from sync.run import carry_out_chunk, recheck_source
from sync.service import give_up

_log = structlog.get_logger(__name__)
CLOSED = "closed_now"
"""What `reason_of` gives for 勤革時's closed hours."""

MISDIRECTED = "company_changed"
"""Why a run was stopped whose accesses lead to another company now."""


class ResultNotPosted(Exception):
    """Slack took the result neither in the channel nor in a direct message; to be tried again."""


@dataclass(frozen=True, slots=True)
class Runs:
    """Carries runs out in the background. Every step may be repeated after a crash."""

    store: Store
    remotes: Remotes
    reports: Reports
    clock: Clock
    tempo: Tempo
    park_if_stopping: Callable[[], None]
    """Called between rows: does not return once the process is to stop."""
    _rechecked: set[str] = field(default_factory=set, init=False)
    """The runs whose source this process has read again."""

    def announce(self, run_id: str) -> None:
        """Post the run's message."""
        self.reports.post_progress(self.store.runs.get(run_id))

    def advance(self, run_id: str, *, recheck: bool) -> float | None:
        """Carry out the next chunk; give the seconds to wait before the next one, None at the end."""
        run = self.store.runs.get(run_id)
        asleep = self._sleeps_for(run)
        if asleep > 0:  # looks at the clock alone: while 勤革時 is closed, nobody is called
            return min(asleep, self.tempo.nap)
        try:
            return 0.0 if self._carry_out_chunk(run, recheck=recheck) else None
        except ClosedNow as error:
            return self._wait_for_opening(run, error)
        except (RemoteUnavailable, IncompleteFetch) as error:
            return self._wait_for_return(run, error)
        except (CredentialsRejected, NotIntegrated) as error:
            self._stop(run, Reason.CREDENTIALS_REJECTED, reason_of(error))
        return None

    def conclude(self, run_id: str) -> None:
        """Close the run and report it."""
        run = self.store.runs.get(run_id)
        if run.state not in ENDED:
            self.store.runs.set_state(run_id, RunState.FINISHED, moment=self.clock())
        ended = self.store.runs.get(run_id)
        self._rechecked.discard(run_id)
        if ended.result_ts is None and not self.reports.report_result(ended):
            raise ResultNotPosted
        _count(ended)

    def abandon(self, run_id: str) -> None:
        """End a run that can't be carried on for a reason that nobody foresaw."""
        run = self.store.runs.get(run_id)
        if run.state not in ENDED:
            self._stop(run, Reason.INTERNAL, None)
        self.conclude(run_id)

    def _carry_out_chunk(self, run: RunHead, *, recheck: bool) -> bool:
        integration = self.store.integrations.load(run.scope)
        source = self.remotes.of(integration, run.direction.source)
        target = self.remotes.of(integration, run.direction.target)
        if self.store.runs.is_misdirected(run.id):  # asked after they were read
            self._stop(run, Reason.COMPANY_CHANGED, MISDIRECTED)
            return False
        ledger = self.store.runs.ledger(run.id)
        if recheck or run.id not in self._rechecked:  # another process, or this one before a crash, may have
            recheck_source(ledger, source, run.as_of)
            self._rechecked.add(run.id)
        waits = run.state is not RunState.RUNNING

        def after_row() -> None:
            nonlocal waits
            if waits:  # only a row that was reached ends a wait
                self._note_running(run.id)
                waits = False
            self.reports.update_progress(run.id)
            self.park_if_stopping()

        if run.state is RunState.QUEUED:
            self._note_running(run.id)
        return carry_out_chunk(ledger, target, self.clock, after_row=after_row, decided=self._decided(run))

    def _decided(self, run: RunHead) -> Decided:
        scope, direction = run.scope, run.direction
        return Decided(
            suppressed=self.store.suppressions.of(scope, direction, today(self.clock())),
            ignored=self.store.identities.ties(scope, direction).ignored,
        )

    def _note_running(self, run_id: str) -> None:
        self.store.runs.set_state(run_id, RunState.RUNNING, moment=self.clock())

    def _wait_for_opening(self, run: RunHead, error: ClosedNow) -> float:
        self._wait(run, error, error.opens_at)
        remaining = (error.opens_at - self.clock()).total_seconds()
        return min(max(remaining, 0.1), self.tempo.nap)

    def _sleeps_for(self, run: RunHead) -> float:
        """Give the seconds until 勤革時 opens for a run that waits for it, else 0; no call is made for it."""
        if run.state is not RunState.WAITING or run.reason != CLOSED or run.wakes_at is None:
            return 0.0
        now = self.clock()
        opening = opens_at(now, self.store.integrations.load(run.scope).closed_hours)
        if opening is None and not _is_unannounced(run):
            return 0.0  # the hours have been changed meanwhile
        return max(((opening or run.wakes_at) - now).total_seconds(), 0.0)

    def _wait_for_return(self, run: RunHead, error: RemoteUnavailable | IncompleteFetch) -> float | None:
        _log.info("system_away", run=run.id, system=error.system)
        named = getattr(error, "retry_after", None)
        since = run.waiting_since if run.reason == reason_of(error) else None
        limit = self.tempo.away_limit + timedelta(seconds=named or 0)
        if since is not None and self.clock() - since > limit:
            self._stop(run, Reason.UNAVAILABLE, reason_of(error))
            return None
        pause = named or self.tempo.away_pause
        self._wait(run, error, self.clock() + timedelta(seconds=pause))
        return float(pause)

    def _wait(self, run: RunHead, error: RenkeiError, until: datetime) -> None:
        self.store.runs.set_state(
            run.id, RunState.WAITING, reason=reason_of(error), wakes_at=until, moment=self.clock()
        )
        self.reports.update_progress(run.id, at_once=True)

    def _stop(self, run: RunHead, reason: Reason, about: str | None) -> None:
        """Close the rows that were not reached; they can be retried once the cause is gone."""
        give_up(self.store.runs.ledger(run.id), reason)
        self.store.runs.set_state(run.id, RunState.STOPPED, reason=about, moment=self.clock())


def _is_unannounced(run: RunHead) -> bool:
    """Tell whether 勤革時 itself said that it is closed, at a time that we took for open."""
    if run.wakes_at is None or run.waiting_since is None:
        return False
    return run.wakes_at - run.waiting_since <= UNANNOUNCED


def _count(ended: RunHead) -> None:
    RUNS.labels(ended.state).inc()
    for kind, people in ended.counts.items():
        OUTCOMES.labels(kind).inc(people)
