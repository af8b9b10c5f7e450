"""The slow work, one file a kind: making plans, carrying out runs, testing integrations."""

from dataclasses import dataclass

from bot.jobs.chores import Chores
from bot.jobs.integrations import Integrations
from bot.jobs.plans import Plans
from bot.jobs.runs import Runs


@dataclass(frozen=True, slots=True)
class Jobs:
    """What the engine can carry out. It passes ids only; each job loads the rest."""

    plans: Plans
    runs: Runs
    integrations: Integrations
    chores: Chores

    def prepare_plan(self, plan_id: str) -> None:
        """Fetch, compare, keep and show a plan."""
        self.plans.prepare(plan_id)

    def test_integration(self, draft_id: str) -> None:
        """Test a draft of 連携設定 and keep it when it works."""
        self.integrations.test(draft_id)

    def tick(self) -> None:
        """Do what is due by the clock."""
        self.chores.do_all()

    def hold(self, run_id: str, holder: str, leg: int) -> bool:
        """Take a run over from whoever carried it out before; False in another leg."""
        return self.runs.hold(run_id, holder, leg)

    def announce(self, run_id: str) -> None:
        """Post a run's message."""
        self.runs.announce(run_id)

    def advance(self, run_id: str, *, holder: str, recheck: bool) -> float | None:
        """Carry out a run's next chunk; give the seconds to wait before the next one, None at the end."""
        return self.runs.advance(run_id, holder=holder, recheck=recheck)

    def conclude(self, run_id: str, *, holder: str) -> None:
        """Close a run and report it."""
        self.runs.conclude(run_id, holder=holder)

    def abandon(self, run_id: str, *, holder: str) -> float | None:
        """End a run that can't be carried on; give the seconds to wait before more is done, or None."""
        return self.runs.abandon(run_id, holder=holder)
