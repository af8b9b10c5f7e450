"""What is remembered of single people beyond a plan. Remote ids name nobody by themselves."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from storage.bases import Owned, Scoped
from storage.columns import SealedText, UTCDateTime


class LinkRow(Scoped, table=True):
    """Two records that are one human being's; each of them is linked once at most."""

    __tablename__ = "identity_links"
    __table_args__ = (UniqueConstraint("enterprise_id", "team_id", "kinkakuji_key"),)
    smarthr_id: str = Field(primary_key=True)
    kinkakuji_key: str
    confirmed: bool
    linked_at: datetime = Field(sa_type=UTCDateTime)


class UnlinkedRow(Scoped, table=True):
    """Somebody of a system of whom a person decided that no record of the other system is to be theirs.

    `kind` is the event that says in which sense: ignored, or apart. Nobody is both.
    """

    __tablename__ = "unlinked_people"
    system: str = Field(primary_key=True)
    remote_id: str = Field(primary_key=True)
    kind: str


class RosterRow(Scoped, table=True):
    """Everybody whom a system had when it was last read as a whole; `content` is sealed."""

    __tablename__ = "rosters"
    system: str = Field(primary_key=True)
    saved_at: datetime = Field(sa_type=UTCDateTime)
    content: str = Field(sa_type=SealedText)


class SuppressionRow(Scoped, table=True):
    """A field of a person of the source that stays as it is in the target."""

    __tablename__ = "suppressions"
    direction: str = Field(primary_key=True)
    remote_id: str = Field(primary_key=True)
    field: str = Field(primary_key=True)
    until: date | None = Field(default=None, index=True)
    by: str
    added_at: datetime = Field(sa_type=UTCDateTime)
    reason: str = Field(sa_type=SealedText)


class PersonEventRow(Owned, table=True):
    """A decision about one person; `person` is the keyed digest of their number, `payload` is sealed."""

    __tablename__ = "person_events"
    id: str = Field(primary_key=True)
    person: str | None = Field(default=None, index=True)
    kind: str
    by: str
    at: datetime = Field(sa_type=UTCDateTime)
    payload: str = Field(sa_type=SealedText)
