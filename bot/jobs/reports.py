"""Results that Slack has not taken yet: tried again by the clock, long after their runs are over."""

from dataclasses import dataclass

from bot.reports import Reports
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Results:
    """Posts what is missing: at growing intervals, for three days (`storage.reporting`)."""

    store: Store
    reports: Reports

    def deliver(self) -> None:
        """Try every result whose time has come, each once."""
        for run_id in self.store.reporting.due():
            self.reports.report_result(self.store.runs.get(run_id))
