"""Who is who, as far as it is remembered: links between the two systems, and people who are not linked."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, or_
from sqlmodel import Session, col, select

from storage.database import Database
from storage.events import Decision, Events, PersonEventKind
from storage.records import Scope
from storage.statements import changed, insert_new, within
from storage.tables import IgnoredRow, LinkRow
from sync.calendar import Clock
from sync.identity import Link, Ties
from sync.model import Direction, EmployeeNumber, System


class Identities:
    """Keeps links and decisions. A record of either system is linked once at most."""

    def __init__(self, database: Database, clock: Clock, events: Events) -> None:
        self._database = database
        self._clock = clock
        self._events = events

    def ties(self, scope: Scope, direction: Direction) -> Ties:
        """Give everything that is remembered, for a plan in this direction."""
        links = select(LinkRow.smarthr_id, LinkRow.kinkakuji_key, LinkRow.confirmed)
        ignored = select(IgnoredRow.remote_id).where(
            within(IgnoredRow, scope), IgnoredRow.system == direction.source
        )
        with self._database.reading() as session:
            rows = session.exec(links.where(within(LinkRow, scope)).order_by(col(LinkRow.smarthr_id)))
            return Ties(tuple(Link(*row) for row in rows), frozenset(session.exec(ignored)))

    def remember(self, scope: Scope, links: Iterable[Link]) -> None:
        """Remember certain matches; whoever is linked already stays as they are."""
        with self._database.writing() as session:
            add_links(session, scope, links, self._clock())

    def confirm(
        self, scope: Scope, link: Link, by: str, reason: str, *, number: EmployeeNumber | None
    ) -> None:
        """Note that somebody said: these two records are one human being.

        It takes the place of whatever either record was linked to, and neither is ignored any more. `number`
        is the person's in the source: by it the decision is found again.
        """
        either = or_(
            col(LinkRow.smarthr_id) == link.smarthr_id, col(LinkRow.kinkakuji_key) == link.kinkakuji_key
        )
        confirmed = Link(link.smarthr_id, link.kinkakuji_key, confirmed=True)
        with self._database.writing() as session:
            session.execute(delete(LinkRow).where(within(LinkRow, scope), either))
            add_links(session, scope, [confirmed], self._clock())
            session.execute(delete(IgnoredRow).where(_is(scope, System.SMARTHR, link.smarthr_id)))
            session.execute(delete(IgnoredRow).where(_is(scope, System.KINKAKUJI, link.kinkakuji_key)))
            decision = Decision(number=number, reason=reason)
            self._events.note(session, scope, PersonEventKind.CONFIRMED, by, decision)

    def ignore(  # noqa: PLR0913 - what is decided, of whom, by whom and why
        self,
        scope: Scope,
        system: System,
        remote_id: str,
        by: str,
        reason: str,
        *,
        number: EmployeeNumber | None,
    ) -> None:
        """Note that somebody said: this person of a system is not to be linked. Harmless when it is so."""
        row = IgnoredRow(
            enterprise_id=scope.enterprise_id, team_id=scope.team_id, system=system, remote_id=remote_id
        )
        decision = Decision(number=number, reason=reason, system=system)
        with self._database.writing() as session:
            if session.exec(select(IgnoredRow).where(_is(scope, system, remote_id))).first() is None:
                insert_new(session, IgnoredRow, [row.model_dump()])
                self._events.note(session, scope, PersonEventKind.IGNORED, by, decision)

    def heed(  # noqa: PLR0913 - what is decided, of whom, by whom and why
        self,
        scope: Scope,
        system: System,
        remote_id: str,
        by: str,
        reason: str,
        *,
        number: EmployeeNumber | None,
    ) -> None:
        """Link a person again who was ignored; harmless when they are not."""
        decision = Decision(number=number, reason=reason, system=system)
        with self._database.writing() as session:
            if changed(session, delete(IgnoredRow).where(_is(scope, system, remote_id))):
                self._events.note(session, scope, PersonEventKind.HEEDED, by, decision)


def add_links(session: Session, scope: Scope, links: Iterable[Link], moment: datetime) -> None:
    """Remember links; whoever is linked already stays as they are."""
    rows = [
        {
            "enterprise_id": scope.enterprise_id,
            "team_id": scope.team_id,
            "smarthr_id": link.smarthr_id,
            "kinkakuji_key": link.kinkakuji_key,
            "confirmed": link.confirmed,
            "linked_at": moment,
        }
        for link in links
    ]
    insert_new(session, LinkRow, rows)


def _is(scope: Scope, system: System, remote_id: str) -> ColumnElement[bool]:
    return and_(
        within(IgnoredRow, scope),
        col(IgnoredRow.system) == system,
        col(IgnoredRow.remote_id) == remote_id,
    )
