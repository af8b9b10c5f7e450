"""差分一覧: plans, their rows, and what is chosen of them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from storage.boxes import DETAIL, DIFFERENCE, TEXT
from storage.carrying import made_before, still_ticked, ticked_before
from storage.choice import add_ticks, fingerprint_of, lock_ready, remove_ticks, ticked_of
from storage.database import Database
from storage.errors import NotFound
from storage.heads import plan_head
from storage.index import Index, OpenedIndexes, open_index, seal_index
from storage.making import Making, NoLongerMine, is_preparing
from storage.plan_records import PlanHead, PlanOptions, PlanState
from storage.records import Scope
from storage.secrets import Keyring
from storage.starting import raise_if_over
from storage.statements import found, in_batches, scope_of, within
from storage.tables import PlanIndexRow, PlanRowTable, PlanTable, RunTable
from sync.calendar import Clock
from sync.model import Direction, PlacementChoices
from sync.placing import Rule
from sync.plan import Plan, PlanRow

PLAN_LIFE = timedelta(hours=24)
"""How long a plan can be carried out; after it, what it shows is erased."""


class Plans:
    """Keeps plans. A page's rows are opened one by one, the search index at once."""

    def __init__(self, database: Database, keys: Keyring, clock: Clock) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock
        self._opened = OpenedIndexes()

    def begin(  # noqa: PLR0913 - what a preview is asked with, all of it
        self,
        scope: Scope,
        user_id: str,
        direction: Direction,
        as_of: date,
        view_id: str,
        *,
        press: str,
        retry_of: str | None = None,
        options: PlanOptions | None = None,
        revises: str | None = None,
        accepted: str | None = None,
        undo_of: str | None = None,
    ) -> PlanHead:
        """Make a plan that is being prepared; it expires in 24 hours.

        The same `press` never makes a second plan. `revises` is the plan whose place it takes, `undo_of` the
        run that it takes back, or NotFound. `accepted` says why it may be made although people are missing.
        """
        row = PlanTable(
            id=self._keys.digest("plan", scope.enterprise_id, scope.team_id, press)[:32],
            **_owner(scope),
            user_id=user_id,
            direction=direction,
            as_of=as_of,
            view_id=view_id,
            retry_of=retry_of,
            revises=revises,
            options=options or PlanOptions(),
            accepted=TEXT.seal(self._keys, accepted) if accepted else None,
            **self._taken_back(scope, undo_of),
            **_unprepared(self._clock()),
        )
        return self._add(scope, row)

    def load(self, scope: Scope, plan_id: str) -> PlanHead:
        """Give a plan's head. Raises NotFound, also when it is another workspace's."""
        mine = select(PlanTable).where(within(PlanTable, scope), PlanTable.id == plan_id)
        with self._database.reading() as session:
            return plan_head(self._keys, found(session.exec(mine).first()), self._clock())

    def load_ready(self, scope: Scope, plan_id: str) -> PlanHead:
        """Give the head of a plan that can be carried out.

        Raises NotFound, PlanStarted, PlanExpired, or StalePlan when there is nothing to be seen in it.
        """
        mine = select(PlanTable).where(within(PlanTable, scope), PlanTable.id == plan_id)
        with self._database.reading() as session:
            row = found(session.exec(mine).first())
            raise_if_over(session, row, self._clock())
            return plan_head(self._keys, row, self._clock())

    def get(self, plan_id: str) -> PlanHead:
        """Give a plan's head to the background, which knows only ids. Raises NotFound."""
        with self._database.reading() as session:
            return plan_head(self._keys, found(session.get(PlanTable, plan_id)), self._clock())

    def newest_ready(self, scope: Scope, direction: Direction) -> PlanHead | None:
        """Give the newest list of differences of a direction that can still be carried out."""
        waiting = select(PlanTable).where(
            within(PlanTable, scope),
            PlanTable.direction == direction,
            col(PlanTable.undo_of).is_(None),
            PlanTable.state == PlanState.READY,
            PlanTable.expires_at > self._clock(),
        )
        with self._database.reading() as session:
            row = session.exec(waiting.order_by(col(PlanTable.created_at).desc())).first()
            return plan_head(self._keys, row, self._clock()) if row else None

    def was_made_before(self, plan_id: str) -> bool:
        """Tell whether a list that this one stands for was made: then its ticks have been carried over."""
        with self._database.reading() as session:
            return made_before(session, session.get(PlanTable, plan_id)) is not None

    def is_newest_in(self, view_id: str, plan_id: str) -> bool:
        """Tell whether no plan has been begun for this view after this one: the view shows the newest."""
        mine = select(PlanTable.created_at).where(PlanTable.id == plan_id).scalar_subquery()
        newer = select(PlanTable.id).where(PlanTable.view_id == view_id, PlanTable.created_at > mine)
        with self._database.reading() as session:
            return session.exec(newer.limit(1)).first() is None

    def preparing_since(self, moment: datetime) -> list[PlanHead]:
        """Give the plans that have been in preparation since `moment` or longer, the oldest first."""
        preparing = select(PlanTable).where(
            PlanTable.state == PlanState.PREPARING, PlanTable.created_at <= moment
        )
        with self._database.reading() as session:
            rows = session.exec(preparing.order_by(col(PlanTable.created_at)))
            return [plan_head(self._keys, row, self._clock()) for row in rows]

    def save(
        self,
        plan_id: str,
        plan: Plan,
        choices: PlacementChoices,
        *,
        terms: str,
        rules: Sequence[Rule] = (),
    ) -> bool:
        """Make a plan ready to be shown; False when it is no longer being prepared, or by somebody else.

        `terms` is the digest of what it went by. What is ticked in the plan that it revises is ticked in it,
        where it shows the same.
        """
        with self._database.reading() as session:
            scope = scope_of(found(session.get(PlanTable, plan_id)))
            ticked = still_ticked(plan.rows, ticked_before(session, self._keys, plan_id))
        making = Making(self._database, self._keys, scope, plan_id)
        try:
            making.begin()
            kept = making.keep(plan.rows, frozenset(ticked))
            head = _ready(plan, choices, terms, rules) | {"fingerprint": kept}
            making.finish(head, seal_index(self._keys, plan.rows))
        except NoLongerMine:
            return False
        return True

    def fail(self, plan_id: str, failure: str, detail: Mapping[str, str]) -> None:
        """Note why a plan could not be made; harmless when it is no longer being prepared."""
        failed = {
            "state": PlanState.FAILED,
            "failure": failure,
            "failure_detail": DETAIL.seal(self._keys, dict(detail)),
        }
        with self._database.writing() as session:
            session.execute(update(PlanTable).where(is_preparing(plan_id)).values(failed))

    def index(self, plan_id: str) -> Index:
        """Give the search index, in the plan's order. Raises NotFound when there is none (any more)."""
        index = self._opened.get(plan_id)
        if index is None:
            with self._database.reading() as session:
                sealed = found(session.get(PlanIndexRow, plan_id)).content
            index = open_index(self._keys, sealed)
            self._opened.put(plan_id, index)
        return index

    def rows(self, plan_id: str, positions: Sequence[int]) -> list[PlanRow]:
        """Open these rows, in the order asked for. Raises NotFound when one is not there."""
        sealed: dict[int, str] = {}
        with self._database.reading() as session:
            for batch in in_batches(positions):
                wanted = select(PlanRowTable.position, PlanRowTable.content).where(
                    PlanRowTable.plan_id == plan_id, col(PlanRowTable.position).in_(batch)
                )
                sealed.update((position, content) for position, content in session.exec(wanted))
        if not sealed.keys() >= set(positions):
            raise NotFound
        return [PlanRow(position, DIFFERENCE.open(self._keys, sealed[position])) for position in positions]

    def ticked(self, plan_id: str) -> frozenset[int]:
        """Give the positions of the ticked rows."""
        with self._database.reading() as session:
            return frozenset(ticked_of(session, plan_id))

    def tick(self, plan_id: str, *, add: Iterable[int] = (), remove: Iterable[int] = ()) -> None:
        """Change the ticks: first `remove`, then `add`.

        What can't be ticked is passed over; nothing changes once the plan is carried out or expired.
        """
        with self._database.writing() as session:
            if lock_ready(session, plan_id) is not None:
                remove_ticks(session, plan_id, remove)
                add_ticks(session, plan_id, add)

    def save_rules(self, plan_id: str, rules: Sequence[Rule]) -> None:
        """Note where new people are put; nothing changes once the plan is carried out or expired."""
        with self._database.writing() as session:
            plan = lock_ready(session, plan_id)
            if plan is not None:
                plan.rules = tuple(rules)

    def next_revision(self, plan_id: str) -> int:
        """Count another showing of the list, and give its number; every one has its own."""
        counted = update(PlanTable).where(col(PlanTable.id) == plan_id)
        newest = counted.values(revision=PlanTable.revision + 1).returning(col(PlanTable.revision))
        with self._database.writing() as session:
            revision: int = session.execute(newest).scalar_one()
            return revision

    def chosen_fingerprint(self, plan_id: str) -> str:
        """Give a digest of the ticked rows and the rules of placement, to be confirmed. Raises NotFound."""
        with self._database.reading() as session:
            return fingerprint_of(session, found(session.get(PlanTable, plan_id)))

    def forget(self, plan_ids: Iterable[str]) -> None:
        """Let go of what is kept opened of plans that were erased."""
        self._opened.forget(plan_ids)

    def _add(self, scope: Scope, row: PlanTable) -> PlanHead:
        try:
            with self._database.writing() as session:
                session.add(row)
                session.flush()
                return plan_head(self._keys, row, self._clock())
        except IntegrityError:  # its other delivery came first
            return self.load(scope, row.id)

    def _taken_back(self, scope: Scope, run_id: str | None) -> dict[str, Any]:
        """Give what a plan keeps of the run that it takes back. Raises NotFound."""
        if run_id is None:
            return {}
        started = select(RunTable.created_at).where(within(RunTable, scope), RunTable.id == run_id)
        with self._database.reading() as session:
            return {"undo_of": run_id, "original_at": found(session.exec(started).first())}


def _owner(scope: Scope) -> dict[str, Any]:
    return {"enterprise_id": scope.enterprise_id, "team_id": scope.team_id}


def _unprepared(now: datetime) -> dict[str, Any]:
    """Give what is the same of every plan that nothing was read for yet."""
    return {
        "state": PlanState.PREPARING,
        "counts": {},
        "target_size": 0,
        "created_at": now,
        "expires_at": now + PLAN_LIFE,
        "revision": 0,
    }


def _ready(plan: Plan, choices: PlacementChoices, terms: str, rules: Sequence[Rule]) -> dict[str, object]:
    return {
        "counts": plan.counts(),
        "target_size": plan.target_size,
        "made_at": plan.made_at,
        "choices": choices,
        "terms": terms,
        "rules": tuple(rules),
    }
