"""What was begun but may never have reached the engine, because a process died between the two."""

from dataclasses import dataclass
from datetime import timedelta

from bot.services import Background
from storage.store import Store
from sync.calendar import Clock

FORGOTTEN_AFTER = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Hands it over again; the engine takes nothing twice."""

    store: Store
    background: Background
    clock: Clock

    def hand_over(self) -> None:
        """Hand over every plan and run that waits."""
        for head in self.store.plans.preparing_since(self.clock() - FORGOTTEN_AFTER):
            self.background.prepare_plan(head.id)
        for run in self.store.runs.unfinished():
            self.background.carry_out(run)
