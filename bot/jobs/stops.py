"""Ending a run before its last row: nothing more is written, and what was sent is cleared up first.

A run keeps its place in the line until no write of its can arrive any more: the next one might create the
same person.
"""

from dataclasses import dataclass

from bot.jobs.waits import Step, Waits
from bot.remotes import Remotes
from storage.errors import SealBroken
from storage.run_records import RunState, Stop
from storage.store import Store
from sync.calendar import Clock
from sync.errors import RenkeiError
from sync.outcome import Reason
from sync.remote import RemoteSystem
from sync.service import skip_open
from sync.unanswered import give_up_unanswered, settle_unanswered, settles_in

UNANSWERED = "unanswered"
"""What a run waits for that has sent everything, and not got every answer."""


@dataclass(frozen=True, slots=True)
class Stops:
    """Ends runs, step by step: what is given are the seconds to wait before the next one, None at the end."""

    store: Store
    remotes: Remotes
    waits: Waits

    def stop(self, step: Step, stop: Stop) -> float | None:
        """End a run because it can't go on; it can be taken up again once the cause is gone."""
        first = self.store.runs.begin_stop(step.run.id, stop, step.holder)
        pause = self._wind_up(step, first.rows)
        if pause is None:
            self.store.runs.set_state(
                step.run.id, RunState.STOPPED, reason=first.about, moment=self._clock(), holder=step.holder
            )
        return pause

    def cancel(self, step: Step) -> float | None:
        """End a run because somebody has said so."""
        return self._wind_up(step, Reason.CANCELLED)

    def settle(self, step: Step, target: RemoteSystem) -> float | None:
        """Ask for what was sent without an answer; 0 when rows may be written again at once."""
        pause = settle_unanswered(step.ledger, target, self._clock(), self.waits.tempo.settle_after)
        if not pause:
            return pause
        return self.waits.wait(step, UNANSWERED, pause)

    def _wind_up(self, step: Step, reason: Reason) -> float | None:
        """Close what was not reached, then what was sent as reading tells, if it can be read."""
        skip_open(step.ledger, reason)
        if self.store.runs.is_misdirected(step.run.id):  # another company would be read
            return self._give_up(step)
        try:
            integration = self.store.integrations.load(step.run.scope)
            target = self.remotes.for_import(integration, step.run.direction.target)
            while (pause := self.settle(step, target)) == 0.0:
                skip_open(step.ledger, reason)  # what has proved not to have arrived
        except (RenkeiError, SealBroken):  # nobody waits to end a run for what is away or can't be opened
            return self._give_up(step)
        return pause

    def _give_up(self, step: Step) -> float | None:
        """Close what was sent without an answer, but not while it may still arrive."""
        pause = settles_in(step.ledger, self._clock(), self.waits.tempo.settle_after)
        if pause <= 0:
            give_up_unanswered(step.ledger)
            return None
        return self.waits.wait(step, UNANSWERED, pause)

    @property
    def _clock(self) -> Clock:
        return self.waits.clock
