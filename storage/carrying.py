"""Ticks that go over to the plan that takes another one's place: only of what is shown exactly as before."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from storage.boxes import DIFFERENCE
from storage.plan_records import PlanState
from storage.secrets import Keyring
from storage.tables import PlanRowTable, PlanTable, SelectionRow
from sync.diff import Difference
from sync.plan import PlanRow


def ticked_before(session: Session, keys: Keyring, plan_id: str) -> dict[str, Difference]:
    """Give what is ticked in the plan that this one revises, by the source's id of the person.

    Nothing when that one has been carried out or is erased: it waits for nothing any more. One that could not
    be made is passed over: it stands for the one before it.
    """
    plan = session.get(PlanTable, plan_id)
    revised = made_before(session, plan)
    if plan is None or revised is None:
        return {}
    former = select(PlanRowTable.content).join(
        SelectionRow,
        (col(SelectionRow.plan_id) == col(PlanRowTable.plan_id))
        & (col(SelectionRow.position) == col(PlanRowTable.position)),
    )
    ours = (PlanTable.enterprise_id == plan.enterprise_id, PlanTable.team_id == plan.team_id)
    waiting = (PlanTable.state == PlanState.READY, PlanTable.direction == plan.direction)
    rows = former.join(PlanTable, col(PlanTable.id) == col(PlanRowTable.plan_id)).where(
        PlanTable.id == revised, *ours, *waiting
    )
    differences = (DIFFERENCE.open(keys, content) for content in session.exec(rows))
    return {each.desired.remote_id: each for each in differences}


def still_ticked(rows: Iterable[PlanRow], before: dict[str, Difference]) -> list[int]:
    """Give the positions of the rows that show what was ticked; what was not seen is not ticked."""
    return [row.position for row in rows if before.get(row.difference.desired.remote_id) == row.difference]


def made_before(session: Session, plan: PlanTable | None) -> str | None:
    """Give the list that this one stands for, passing over those that could not be made."""
    while plan is not None and plan.revises is not None:
        revised = plan.revises
        plan = session.get(PlanTable, revised)
        if plan is None or plan.state != PlanState.FAILED:
            return revised
    return None
