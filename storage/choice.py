"""What somebody has chosen of a plan: the ticked rows and the rules that place the new people among them."""

import hashlib
from collections.abc import Iterable, Sequence

from pydantic import TypeAdapter
from sqlalchemy import SelectBase, delete, literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from storage.plan_records import PlanState
from storage.statements import in_batches
from storage.tables import PlanRowTable, PlanTable, SelectionRow
from sync.diff import Status
from sync.placing import Rule

TICKABLE = (Status.CREATE, Status.UPDATE, Status.VARIANT, Status.COSMETIC)
_RULES = TypeAdapter(tuple[Rule, ...])


def lock_ready(session: Session, plan_id: str) -> PlanTable | None:
    """Give a plan that may still be chosen from, and keep others from choosing until the transaction ends."""
    ready = select(PlanTable).where(PlanTable.id == plan_id, PlanTable.state == PlanState.READY)
    return session.exec(ready.with_for_update()).first()


def ticked_of(session: Session, plan_id: str) -> list[int]:
    """Give the ticked positions, in the plan's order."""
    ticked = select(SelectionRow.position).where(SelectionRow.plan_id == plan_id)
    return list(session.exec(ticked.order_by(col(SelectionRow.position))))


def fingerprint_of(session: Session, plan: PlanTable) -> str:
    """Give a digest of the choice: two differ when the ticks, the rules or anything shown differs.

    A plan's rows never change, so its own fingerprint stands for what they show.
    """
    digest = hashlib.sha256((plan.fingerprint or "").encode())
    digest.update(_RULES.dump_json(plan.rules))
    digest.update(",".join(map(str, ticked_of(session, plan.id))).encode())
    return digest.hexdigest()


def add_ticks(session: Session, plan_id: str, positions: Iterable[int]) -> None:
    """Tick those of the rows that can be ticked."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    columns = ["enterprise_id", "team_id", "plan_id", "position"]
    for batch in in_batches(sorted(set(positions))):
        statement = insert(SelectionRow).from_select(columns, _tickable(plan_id, batch))
        session.execute(statement.on_conflict_do_nothing())


def remove_ticks(session: Session, plan_id: str, positions: Iterable[int]) -> None:
    """Take ticks away; harmless where there are none."""
    mine = col(SelectionRow.plan_id) == plan_id
    for batch in in_batches(sorted(set(positions))):
        session.execute(delete(SelectionRow).where(mine, col(SelectionRow.position).in_(batch)))


def _tickable(plan_id: str, positions: Sequence[int]) -> SelectBase:
    return select(
        PlanRowTable.enterprise_id, PlanRowTable.team_id, literal(plan_id), PlanRowTable.position
    ).where(
        PlanRowTable.plan_id == plan_id,
        col(PlanRowTable.position).in_(positions),
        col(PlanRowTable.status).in_(TICKABLE),
    )
