"""How long a run waits: for its turn, for 勤革時 to open, for a system that is away."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.reports import Reports
from bot.tempo import Tempo
from bot.views.failures import reason_of
from storage.run_records import RunHead, RunState
from storage.store import Store
from sync.calendar import Clock, opens_at
from sync.errors import ClosedNow, IncompleteFetch, RemoteUnavailable
from sync.ledger import Ledger

_log = structlog.get_logger(__name__)
CLOSED = "closed_now"
"""What `reason_of` gives for 勤革時's closed hours."""
UNANNOUNCED = "closed_unannounced"
"""What `reason_of` gives when 勤革時 says that it is closed, and no closed hours explain it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a run: as whom it is made, and whether the source is to be read again first."""

    run: RunHead
    ledger: Ledger
    holder: str
    recheck: bool


@dataclass(frozen=True, slots=True)
class Waits:
    """Notes what a run waits for, and for how long. All in seconds, and never more than a nap at a time."""

    store: Store
    reports: Reports
    clock: Clock
    tempo: Tempo

    def asleep(self, run: RunHead) -> float:
        """Give what is left for a run that waits or stands in line, else 0: looks at clock and line alone."""
        if run.cancelled_at is not None:
            return 0.0
        if self.store.runs.ahead_of(run.id) is not None:
            self.reports.update_progress(run.id)
            return self.tempo.nap
        if run.state is not RunState.WAITING or run.wakes_at is None:
            return 0.0
        left = (self._wakes_at(run, run.wakes_at) - self.clock()).total_seconds()
        return min(max(left, 0.0), self.tempo.nap)

    def for_opening(self, step: Step, error: ClosedNow) -> float | None:
        """Wait for the closed hours to end; of a closure that none explain, as for a system that is away."""
        if not error.is_foreseen:
            return self._for_return(step, reason_of(error), named=None)
        left = (error.opens_at - self.clock()).total_seconds()
        return self.wait(step, reason_of(error), max(left, 0.1))

    def for_return(self, step: Step, error: RemoteUnavailable | IncompleteFetch) -> float | None:
        """Wait for a system that is away: twice as long each time, or as long as it says; None at the end."""
        _log.info("system_away", run=step.run.id, system=error.system)
        return self._for_return(step, reason_of(error), named=getattr(error, "retry_after", None))

    def wait(self, step: Step, reason: str, seconds: float, *, is_away: bool = False) -> float:
        """Note that a run waits, for a system that is away or for something else. Raises RunTakenOver."""
        now = self.clock()
        self.store.runs.set_state(
            step.run.id,
            RunState.WAITING,
            reason=reason,
            wakes_at=now + timedelta(seconds=seconds),
            is_away=is_away,
            moment=now,
            holder=step.holder,
        )
        self.reports.update_progress(step.run.id, at_once=True)
        return min(seconds, self.tempo.nap)

    def _for_return(self, step: Step, reason: str, named: float | None) -> float | None:
        """Wait as long as was named or, where nobody can tell, as long as all pauses before it together."""
        since, now = step.run.away_since, self.clock()
        away = now - since if since else timedelta(0)
        if away > self.tempo.away_limit + timedelta(seconds=named or 0.0):
            return None
        growing = min(max(away.total_seconds(), self.tempo.away_pause), self.tempo.away_longest)
        return self.wait(step, reason, named or growing, is_away=True)

    def _wakes_at(self, run: RunHead, wakes_at: datetime) -> datetime:
        """Tell when a waiting run goes on; the closed hours may have been changed meanwhile."""
        if run.reason not in {CLOSED, UNANNOUNCED}:
            return wakes_at
        now = self.clock()
        opening = opens_at(now, self.store.integrations.load(run.scope).closed_hours)
        if opening is not None:
            return opening
        return now if run.reason == CLOSED else wakes_at
