"""Who is who, as far as it is remembered: links between the two systems, and people who are not linked."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Delete, and_, delete, or_
from sqlmodel import Session, col, select

from storage.database import Database
from storage.events import Decision, Events, PersonEventKind
from storage.records import Scope
from storage.statements import changed, in_batches, insert_new, upsert, within
from storage.tables import LinkRow, UnlinkedRow
from sync.calendar import Clock
from sync.identity import Link, Ties
from sync.model import Direction, EmployeeNumber, System

AT_ONCE = 1_000
"""Links in a transaction: some 20 ms."""


@dataclass(frozen=True, slots=True)
class Said:
    """Of whom something was said, by whom and why."""

    system: System
    remote_id: str
    by: str
    """The Slack user."""
    reason: str = field(repr=False)
    number: EmployeeNumber | None = field(repr=False)
    """The person's number: by it the decision is found again."""

    @property
    def decision(self) -> Decision:
        """Give it as the person's events keep it."""
        return Decision(number=self.number, reason=self.reason, system=self.system)


class Identities:
    """Keeps links and decisions. A record of either system is linked once at most."""

    def __init__(self, database: Database, clock: Clock, events: Events) -> None:
        self._database = database
        self._clock = clock
        self._events = events

    def ties(self, scope: Scope, direction: Direction) -> Ties:
        """Give everything that is remembered, for a plan in this direction.

        Whoever is ignored in one system is so in both directions; apart is said of the source alone.
        """
        links = select(LinkRow.smarthr_id, LinkRow.kinkakuji_key, LinkRow.confirmed)
        is_ignored = col(UnlinkedRow.kind) == PersonEventKind.IGNORED
        unlinked = select(UnlinkedRow.remote_id, UnlinkedRow.kind).where(
            within(UnlinkedRow, scope), or_(is_ignored, col(UnlinkedRow.system) == direction.source)
        )
        with self._database.reading() as session:
            rows = session.exec(links.where(within(LinkRow, scope)).order_by(col(LinkRow.smarthr_id)))
            linked = tuple(Link(*row) for row in rows)
            said = session.exec(unlinked).all()
        ignored, apart = (
            frozenset(person for person, kind in said if kind == wanted)
            for wanted in (PersonEventKind.IGNORED, PersonEventKind.APART)
        )
        return Ties(linked, ignored, apart)

    def remember(self, scope: Scope, links: Sequence[Link]) -> None:
        """Remember certain matches; whoever is linked already stays as they are."""
        for some in in_batches(links, AT_ONCE):
            with self._database.writing() as session:
                add_links(session, scope, some, self._clock())

    def confirm(
        self, scope: Scope, link: Link, by: str, reason: str, *, number: EmployeeNumber | None
    ) -> None:
        """Note that somebody said: these two records are one human being.

        It takes the place of whatever either record was linked to, and neither is ignored or apart any more.
        `number` is the person's in the source: by it the decision is found again.
        """
        either = or_(
            col(LinkRow.smarthr_id) == link.smarthr_id, col(LinkRow.kinkakuji_key) == link.kinkakuji_key
        )
        confirmed = Link(link.smarthr_id, link.kinkakuji_key, confirmed=True)
        with self._database.writing() as session:
            session.execute(delete(LinkRow).where(within(LinkRow, scope), either))
            add_links(session, scope, [confirmed], self._clock())
            session.execute(delete(UnlinkedRow).where(_is_either(scope, link)))
            decision = Decision(number=number, reason=reason)
            self._events.note(session, scope, PersonEventKind.CONFIRMED, by, decision)

    def ignore(self, scope: Scope, said: Said) -> None:
        """Note that somebody said: this person of a system is not to be linked. Harmless when it is so."""
        with self._database.writing() as session:
            if _unlink(session, scope, said, PersonEventKind.IGNORED):
                self._events.note(session, scope, PersonEventKind.IGNORED, said.by, said.decision)

    def set_apart(self, scope: Scope, said: Said) -> None:
        """Note that somebody said: nobody of the other system is this person. Harmless when it is so.

        What they were linked to is forgotten. It holds until they are created there, confirmed or heeded.
        """
        with self._database.writing() as session:
            forgotten = changed(session, _links_of(scope, said))
            if _unlink(session, scope, said, PersonEventKind.APART) or forgotten:
                self._events.note(session, scope, PersonEventKind.APART, said.by, said.decision)

    def heed(self, scope: Scope, said: Said, records: Collection[str] = ()) -> None:
        """Take back what was decided about a person; harmless when nothing was.

        They are neither ignored nor apart any more, and a link that somebody confirmed is forgotten.
        `records` are the ids of the other system's records that seem to be theirs: not ignored, either.
        """
        said_alone = delete(UnlinkedRow).where(
            or_(_is(scope, said.system, said.remote_id), _are_ignored(scope, said, records))
        )
        confirmed = _links_of(scope, said).where(col(LinkRow.confirmed))
        with self._database.writing() as session:
            if changed(session, said_alone) + changed(session, confirmed):
                self._events.note(session, scope, PersonEventKind.HEEDED, said.by, said.decision)


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


def link_created(session: Session, scope: Scope, link: Link, moment: datetime) -> None:
    """Remember whom somebody was created from; having a record now, they are apart no longer."""
    add_links(session, scope, [link], moment)
    is_apart = col(UnlinkedRow.kind) == PersonEventKind.APART
    session.execute(delete(UnlinkedRow).where(_is_either(scope, link), is_apart))


def _unlink(session: Session, scope: Scope, said: Said, kind: PersonEventKind) -> bool:
    """Keep in which sense somebody has no record; False when it is known already."""
    known = select(UnlinkedRow.kind).where(_is(scope, said.system, said.remote_id))
    if session.exec(known).first() == kind:
        return False
    ids = {"enterprise_id": scope.enterprise_id, "team_id": scope.team_id, "remote_id": said.remote_id}
    upsert(session, UnlinkedRow(system=said.system, kind=kind, **ids))
    return True


def _links_of(scope: Scope, said: Said) -> Delete:
    """Forget what a person is linked to."""
    own = LinkRow.smarthr_id if said.system is System.SMARTHR else LinkRow.kinkakuji_key
    return delete(LinkRow).where(within(LinkRow, scope), col(own) == said.remote_id)


def _is_either(scope: Scope, link: Link) -> ColumnElement[bool]:
    return or_(_is(scope, System.SMARTHR, link.smarthr_id), _is(scope, System.KINKAKUJI, link.kinkakuji_key))


def _are_ignored(scope: Scope, said: Said, remote_ids: Collection[str]) -> ColumnElement[bool]:
    """Pick those of the other system that are ignored."""
    return and_(
        within(UnlinkedRow, scope),
        col(UnlinkedRow.system) != said.system,
        col(UnlinkedRow.remote_id).in_(remote_ids),
        col(UnlinkedRow.kind) == PersonEventKind.IGNORED,
    )


def _is(scope: Scope, system: System, remote_id: str) -> ColumnElement[bool]:
    return and_(
        within(UnlinkedRow, scope),
        col(UnlinkedRow.system) == system,
        col(UnlinkedRow.remote_id) == remote_id,
    )
