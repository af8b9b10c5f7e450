"""How many missing people somebody has accepted: as many as they were shown, and no more."""

from bot.views.missing import MISSING
from storage.plan_records import PlanHead, PlanState
from storage.store import Store
from sync.model import System


def accepted_missing(store: Store, head: PlanHead) -> dict[System, int]:
    """Count them by system, for a plan that is to be made.

    A reason is about the refusals that led to it, one after the other. It says nothing of who is missing once
    a list has been made: whoever was accepted is known no more by then.
    """
    found: dict[System, int] = {}
    while head.accepted is not None and head.revises is not None:
        head = store.plans.get(head.revises)
        if head.state is not PlanState.FAILED:
            break
        if head.failure == MISSING:
            shown = int(head.failure_detail["missing"].replace(",", ""))
            found.setdefault(System(head.failure_detail["system"]), shown)
    return found
