"""Everything that Renkei remembers, behind one door."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, or_, update
from sqlmodel import col, select

from storage.administrators import Administrators
from storage.database import Database, open_database
from storage.events import Events
from storage.identities import Identities
from storage.installations import Installations
from storage.integrations import Integrations
from storage.pace import Paces, Rhythm, TokenPace, database_now
from storage.plan_records import PlanState
from storage.plans import Plans
from storage.presses import Presses
from storage.reporting import Reporting
from storage.resealing import reseal_everything
from storage.rosters import Rosters
from storage.rules import Rules
from storage.runs import Runs
from storage.schema import raise_if_outdated
from storage.secrets import Keyring
from storage.statements import changed
from storage.suppressions import Suppressions
from storage.tables import (
    AccessRow,
    InstallationRow,
    LedgerTable,
    OAuthStateRow,
    PersonEventRow,
    PlanIndexRow,
    PlanRowTable,
    PlanTable,
    RosterRow,
    SelectionRow,
)
from storage.undoing import Undoing
from storage.users import Users
from storage.workers import Workers
from sync.calendar import Clock
from sync.model import System

SEALED_FIRST = (
    AccessRow.token,
    InstallationRow.content,
    LedgerTable.content,
    RosterRow.content,
    PersonEventRow.payload,
)
"""Of these something is sealed as soon as anything is."""


class Store:
    """Safe to share between threads; every method of every part is one short transaction."""

    def __init__(self, database: Database, keys: Keyring, clock: Clock) -> None:
        self._database = database
        self._keys = keys
        self._clock = clock
        self.integrations = Integrations(database, keys, clock)
        self.administrators = Administrators(database, clock)
        self.plans = Plans(database, keys, clock)
        self.runs = Runs(database, keys, clock)
        self.undoing = Undoing(database, keys)
        self.events = Events(database, keys, clock)
        self.identities = Identities(database, clock, self.events)
        self.rosters = Rosters(database, keys, clock)
        self.suppressions = Suppressions(database, keys, clock, self.events)
        self.rules = Rules(database)
        self.installations = Installations(database, keys, clock)
        self.paces = Paces(database)
        self.users = Users(database, clock)
        self.presses = Presses(database, keys)
        self.reporting = Reporting(database, clock)
        self.workers = Workers(database)

    @classmethod
    def open(cls, url: str, keys: Keyring, clock: Clock) -> "Store":
        """Open the store at an SQLAlchemy URL, whose tables `storage.database.migrate` has made."""
        return cls(open_database(url), keys, clock)

    def pace(self, system: System, tenant_token: str, rhythm: Rhythm) -> TokenPace:
        """Give one client the pace of a token, which it shares with everybody who has the token."""
        return self.paces.of(system, self._keys.digest("pace", system, tenant_token), rhythm)

    def ping(self) -> None:
        """Make sure that the database answers and has the tables that this version works with.

        Raises the driver's error, or TablesOutdated.
        """
        with self._database.reading() as session:
            raise_if_outdated(session.connection())

    def off_by(self, clock: Clock) -> timedelta:
        """Tell how far a machine's clock is from the database's at least: asking takes a moment itself."""
        before = clock()
        with self._database.reading() as session:
            theirs = datetime.fromtimestamp(database_now(session) / 1000, UTC)
        return max(before - theirs, theirs - clock(), timedelta(0))

    def prove_keys(self) -> None:
        """Open something that is sealed, if anything is. Raises SealBroken when no key of the ring does."""
        with self._database.reading() as session:
            for column in SEALED_FIRST:
                sealed = session.exec(select(column).limit(1)).first()
                if sealed is not None:
                    self._keys.open(sealed)

    def erase_expired(self) -> int:
        """Erase what has outlived its use, and tell how much that was.

        Of a plan that expires only the head is kept; what a run needs of it, the run has copied.
        """
        now = self._clock()
        with self._database.writing() as session:
            past = col(PlanTable.expires_at) <= now
            shown = select(PlanTable.id).where(past, or_(_has(PlanRowTable), _has(PlanIndexRow)))
            waiting = col(PlanTable.state).in_((PlanState.PREPARING, PlanState.READY))
            expired = list(session.exec(shown))
            erased = changed(session, update(PlanTable).where(past, waiting).values(state=PlanState.EXPIRED))
            for table in (SelectionRow, PlanRowTable, PlanIndexRow):
                session.execute(delete(table).where(col(table.plan_id).in_(expired)))
            erased += changed(session, delete(OAuthStateRow).where(col(OAuthStateRow.expires_at) <= now))
        erased += self.integrations.erase_expired() + self.suppressions.erase_expired()
        self.plans.forget(expired)
        erased += self.presses.erase_expired()
        self.paces.forget_unused()
        return erased

    def reseal(self) -> int:
        """Seal everything with the newest key, so that older ones can be dropped; tell how many values."""
        return reseal_everything(self._database, self._keys)

    def close(self) -> None:
        """Close every connection."""
        self._database.close()


def _has(shown: type[PlanRowTable | PlanIndexRow]) -> ColumnElement[bool]:
    """Pick plans of which something is kept, even by a making that came to no end."""
    return exists().where(col(shown.plan_id) == col(PlanTable.id))
