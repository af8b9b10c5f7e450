"""Making a plan: read both sides, compare, keep, show."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import structlog

from bot.accepted import accepted_missing
from bot.bases import basis_of_plan, digest_of_basis
from bot.deliveries import Deliveries
from bot.remotes import Remotes
from bot.views.failures import failure_of
from bot.views.sentences import UNEXPECTED
from storage.errors import NotUndoable, WhyNot
from storage.plan_records import PlanHead, PlanState
from storage.records import Integration
from storage.run_records import RunHead
from storage.store import Store
from sync.calendar import Clock, today
from sync.errors import RenkeiError
from sync.model import Employee, PlacementChoices, System
from sync.plan import Basis, Plan
from sync.service import Preview, PreviewRequest, preview
from sync.undo import Written, make_undo, record_ids

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
        if not self._may_see(made):
            self.deliveries.show_plan(_refused(made))
        elif made.state is PlanState.PREPARING:
            _log.info("plan_made_elsewhere", plan=plan_id)  # and whoever makes it shows it
        else:
            self.deliveries.show_plan(made)

    def _may_see(self, head: PlanHead) -> bool:
        """Ask again: reading took a while, and whoever asked may have been removed meanwhile."""
        return self.store.administrators.contains(head.scope, head.user_id)

    def _make(self, head: PlanHead) -> None:
        integration = self.store.integrations.load(head.scope)
        try:
            self._keep(head, integration)
        except RenkeiError as error:
            _log.info("plan_failed", plan=head.id, error=type(error).__name__)
            self.store.plans.fail(head.id, *failure_of(error))
            return
        except Exception as error:  # noqa: BLE001 - whoever waits for the plan is always told
            reference = secrets.token_hex(4)
            _log.error("plan_failed", plan=head.id, reference=reference, exc_info=error)
            self.store.plans.fail(head.id, UNEXPECTED, {"reference": reference})
            return

    def _keep(self, head: PlanHead, integration: Integration) -> None:
        """Read, compare, and keep the plan with what has been learned about who is who and who is there."""
        if head.undo_of is not None:
            self._keep_undo(head, head.undo_of, integration)
            return
        basis = basis_of_plan(self.store, integration, head, today(self.clock()))
        terms = digest_of_basis(self.store, head.scope, basis)
        accepted = accepted_missing(self.store, head)
        # What was seen is let go of before the plan is kept: of a large company it is much.
        plan, choices = self._learned(head, self._preview(head, integration, basis, accepted), accepted)
        if self.store.plans.save(head.id, plan, choices, terms=terms, rules=basis.rules):
            self._tick_failed(head, plan)

    def _learned(
        self, head: PlanHead, made: Preview, accepted: Mapping[System, int]
    ) -> tuple[Plan, PlacementChoices]:
        """Remember who is there and who is who, and give what is left to be kept."""
        # In this order: with another company's people, what links them is forgotten first.
        for system, present in made.seen.items():
            self.store.rosters.save(head.scope, {system: present}, accepted=system in accepted)
        self.store.identities.remember(head.scope, made.plan.links)
        return made.plan, made.choices

    def _keep_undo(self, head: PlanHead, run_id: str, integration: Integration) -> None:
        """Read whom the run has written, and keep the plan with everybody ticked who can be put back."""
        basis = basis_of_plan(self.store, integration, head, today(self.clock()))
        terms = digest_of_basis(self.store, head.scope, basis)
        run, written = self.store.runs.get(run_id), self.store.undoing.written(run_id)
        live = self._fetch_written(integration, run, written)
        size = self.store.plans.get(run.plan_id).target_size
        plan = make_undo(basis, written, live, self.clock(), target_size=size)
        kept = self.store.plans.save(head.id, plan, PlacementChoices(), terms=terms)
        if kept and not self.store.plans.was_made_before(head.id):
            self.store.plans.tick(head.id, add=[row.position for row in plan.rows])

    def _fetch_written(
        self, integration: Integration, run: RunHead, written: Sequence[Written]
    ) -> list[Employee]:
        ids = record_ids(written)
        if not ids:
            return []
        live = self.remotes.of(integration, run.direction.target).fetch_live(ids, [])
        # A renewed token of 勤革時 can't be told from another company's; its people can.
        if not live and self.store.runs.is_misdirected(run.id):
            raise NotUndoable(WhyNot.ELSEWHERE)
        return live

    def _preview(
        self, head: PlanHead, integration: Integration, basis: Basis, accepted: Mapping[System, int]
    ) -> Preview:
        request = PreviewRequest(
            basis=basis,
            known=self.store.rosters.known(head.scope),
            accepted_missing=accepted,
            only=None if head.retry_of is None else self.store.runs.retry_people(head.retry_of),
        )
        source = self.remotes.of(integration, head.direction.source)
        target = self.remotes.of(integration, head.direction.target)
        return preview(request, source, target, self.clock())

    def _tick_failed(self, head: PlanHead, plan: Plan) -> None:
        """Tick who is to be tried again; who was held back is to be looked at first."""
        if head.retry_of is not None and not self.store.plans.was_made_before(head.id):
            people = set(self.store.runs.retry_people(head.retry_of, held=False))
            again = [row.position for row in plan.rows if row.difference.desired.remote_id in people]
            self.store.plans.tick(head.id, add=again)


def _refused(head: PlanHead) -> PlanHead:
    return replace(head, state=PlanState.FAILED, failure="refused", failure_detail={})
