"""Making a plan: read both sides, compare, keep, show."""

import secrets
from dataclasses import dataclass, replace

import structlog

from bot.deliveries import Deliveries
from bot.remotes import Remotes
from bot.views.sentences import UNEXPECTED, failure_of
from storage.records import Integration, PlanHead, PlanState
from storage.store import Store
from sync.calendar import Clock
from sync.errors import RenkeiError
from sync.plan import Plan
from sync.service import PreviewRequest, preview

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Plans:
    """Makes plans in the background."""

    store: Store
    remotes: Remotes
    deliveries: Deliveries
    clock: Clock

    def prepare(self, plan_id: str) -> None:
        """Make a plan that was begun, or say why it could not be made."""
        head = self.store.plans.get(plan_id)
        if head.state is PlanState.PREPARING and self._may_see(head):
            self._make(head)
        made = self.store.plans.get(plan_id)
        self.deliveries.show_plan(made if self._may_see(made) else _refused(made))

    def _may_see(self, head: PlanHead) -> bool:
        """Ask again: reading took a while, and whoever asked may have been removed meanwhile."""
        return self.store.administrators.contains(head.scope, head.user_id)

    def _make(self, head: PlanHead) -> None:
        integration = self.store.integrations.load(head.scope)
        try:
            plan = self._preview(head, integration)
            target = self.remotes.of(integration, head.direction.target)
            self.store.plans.save(head.id, plan, target.fetch_placement_choices())
        except RenkeiError as error:
            _log.info("plan_failed", plan=head.id, error=type(error).__name__)
            self.store.plans.fail(head.id, *failure_of(error))
            return
        except Exception as error:  # noqa: BLE001 - whoever waits for the plan is always told
            reference = secrets.token_hex(4)
            _log.error("plan_failed", plan=head.id, reference=reference, exc_info=error)
            self.store.plans.fail(head.id, UNEXPECTED, {"reference": reference})
            return
        if head.retry_of is not None:
            self.store.plans.tick(head.id, add=[row.position for row in plan.rows if row.is_tickable])

    def _preview(self, head: PlanHead, integration: Integration) -> Plan:
        numbers = None if head.retry_of is None else self.store.runs.retry_numbers(head.retry_of)
        request = PreviewRequest(
            direction=head.direction,
            as_of=head.as_of,
            policies=integration.policies[head.direction],
            only=numbers,
        )
        source = self.remotes.of(integration, head.direction.source)
        target = self.remotes.of(integration, head.direction.target)
        return preview(request, source, target, self.clock())


def _refused(head: PlanHead) -> PlanHead:
    return replace(head, state=PlanState.FAILED, failure="refused", failure_detail={})
