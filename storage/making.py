"""Keeping what a plan shows, piece by piece, while nobody can see it yet.

SQLite lets one write at a time, and a hundred thousand rows take seconds: so a piece is sealed before its
short transaction begins, and the plan is ready with the last one.
"""

import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Delete, and_, delete, insert, update
from sqlmodel import Session, col, select

from storage.choice import add_ticks
from storage.database import Database
from storage.index import is_decided
from storage.persons import person_digest
from storage.plan_records import PlanState
from storage.records import Scope
from storage.secrets import Keyring, Sealed
from storage.statements import changed, in_batches, table_of
from storage.tables import PlanIndexRow, PlanRowTable, PlanTable
from sync.plan import Fingerprint, PlanRow, shown

PIECE = 1_000
"""Rows in a transaction: some 20 ms."""


class NoLongerMine(Exception):
    """The plan is no longer being prepared, or somebody else has begun to make it."""


@dataclass(frozen=True, slots=True)
class Making:
    """One making of a plan that is in preparation; it keeps nothing after another one was begun.

    A process can be taken for dead, and its plan be made by another, while it goes on: their rows never mix.
    Every method raises NoLongerMine.
    """

    database: Database
    keys: Keyring
    scope: Scope
    plan_id: str
    mark: str = field(default_factory=lambda: secrets.token_hex(16))

    def begin(self) -> None:
        """Take the plan over from whoever was making it."""
        taken = update(PlanTable).where(is_preparing(self.plan_id)).values(making=self.mark)
        with self.database.writing() as session:
            _raise_unless(changed(session, taken))

    def keep(self, rows: Sequence[PlanRow], ticked: Collection[int]) -> str:
        """Keep the rows, and give their fingerprint; what an earlier making has left is erased.

        Their positions rise, with gaps where only some people of a list are looked at anew.
        """
        fingerprint, start = Fingerprint(), 0
        for piece in in_batches(rows, PIECE):
            sealed = [self._sealed(row, fingerprint) for row in piece]
            positions = range(start, start := piece[-1].position + 1)
            with self._writing() as session:
                session.execute(self._left(col(PlanRowTable.position).between(positions[0], positions[-1])))
                session.execute(insert(table_of(PlanRowTable)), sealed)
                add_ticks(session, self.plan_id, (each for each in positions if each in ticked))
        with self._writing() as session:
            session.execute(self._left(col(PlanRowTable.position) >= start))
        return str(fingerprint)

    def finish(self, values: Mapping[str, object], index: Sealed) -> None:
        """Make the plan ready, with these values in its head."""
        head = {"state": PlanState.READY, "making": None, **values}
        with self._writing() as session:
            session.add(PlanIndexRow(**self._owner(), content=index))
            session.execute(update(PlanTable).where(self._is_mine()).values(head))

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        mine = select(PlanTable.id).where(self._is_mine()).with_for_update()
        with self.database.writing() as session:
            _raise_unless(session.exec(mine).first())
            yield session

    def _is_mine(self) -> ColumnElement[bool]:
        return and_(is_preparing(self.plan_id), col(PlanTable.making) == self.mark)

    def _sealed(self, row: PlanRow, fingerprint: Fingerprint) -> dict[str, object]:
        content = shown(row.difference)
        fingerprint.add(row.position, content)
        return {
            **self._owner(),
            "position": row.position,
            "status": row.difference.status,
            "person": person_digest(self.keys, self.scope, row.difference.desired.number),
            "identity": is_decided(row.difference),
            "content": self.keys.seal(content),
        }

    def _owner(self) -> dict[str, Any]:
        whose = {"enterprise_id": self.scope.enterprise_id, "team_id": self.scope.team_id}
        return {**whose, "plan_id": self.plan_id}

    def _left(self, where: ColumnElement[bool]) -> Delete:
        return delete(PlanRowTable).where(col(PlanRowTable.plan_id) == self.plan_id, where)


def is_preparing(plan_id: str) -> ColumnElement[bool]:
    """Pick a plan if it is still in preparation."""
    return and_(col(PlanTable.id) == plan_id, col(PlanTable.state) == PlanState.PREPARING)


def _raise_unless(met: object) -> None:
    if not met:
        raise NoLongerMine
