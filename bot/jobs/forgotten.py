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
        """Hand over every plan, run and draft of 連携設定 that may wait."""
        before = self.clock() - FORGOTTEN_AFTER
        for draft_id in self.store.integrations.drafts_since(before):
            self.background.test_integration(draft_id)
        for head in self.store.plans.preparing_since(before):
            self.background.prepare_plan(head.id)
        for run in self.store.runs.unfinished():
            self.background.carry_out(run)
