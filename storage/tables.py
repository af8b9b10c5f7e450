"""Every row that Renkei remembers.

Names, employee numbers and every other personal value stand in sealed columns only, tokens too; what else is
sealed could quote one. States and kinds are the values of the enums in storage's records and `sync`.
"""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index
from sqlmodel import Field

from storage.bases import METADATA as METADATA
from storage.bases import Base, Owned, Scoped
from storage.columns import SealedText, UTCDateTime
from storage.person_tables import LinkRow as LinkRow
from storage.person_tables import PersonEventRow as PersonEventRow
from storage.person_tables import RosterRow as RosterRow
from storage.person_tables import SuppressionRow as SuppressionRow
from storage.person_tables import UnlinkedRow as UnlinkedRow
from storage.plan_records import PlanOptions
from storage.values import (
    ByField,
    ChoicesJson,
    CountsJson,
    HoursJson,
    OptionsJson,
    PoliciesJson,
    RulesJson,
)
from sync.calendar import ClosedHours
from sync.diff import Status
from sync.model import Direction, PlacementChoices
from sync.placing import Rule


class IntegrationRow(Scoped, table=True):
    """連携設定 of a workspace, without the accesses."""

    __tablename__ = "integrations"
    admin_channel: str | None = None
    closed_hours: tuple[ClosedHours, ...] = Field(sa_type=HoursJson)
    prefer_business_name: bool
    policies: Mapping[Direction, ByField] = Field(sa_type=PoliciesJson)
    language: str
    repertoire: str
    revision: int


class AccessRow(Scoped, table=True):
    """How a workspace gets into one of the two systems, and what is known about it."""

    __tablename__ = "accesses"
    system: str = Field(primary_key=True)
    subdomain: str
    token: str = Field(sa_type=SealedText)
    state: str
    problem: str | None = None
    checked_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class DraftRow(Owned, table=True):
    """連携設定 as typed, while it is tested; `content` is the whole draft, sealed."""

    __tablename__ = "drafts"
    id: str = Field(primary_key=True)
    user_id: str
    created_at: datetime = Field(sa_type=UTCDateTime)
    content: str = Field(sa_type=SealedText)


class AdministratorRow(Scoped, table=True):
    """Somebody who may use Renkei in a workspace, and who said so."""

    __tablename__ = "administrators"
    user_id: str = Field(primary_key=True)
    added_by: str
    added_at: datetime = Field(sa_type=UTCDateTime)


class PlanTable(Owned, table=True):
    """差分一覧: the head of a plan."""

    __tablename__ = "plans"
    id: str = Field(primary_key=True)
    user_id: str
    direction: str
    as_of: date
    state: str = Field(index=True)
    counts: Mapping[Status, int] = Field(sa_type=CountsJson)
    target_size: int
    created_at: datetime = Field(sa_type=UTCDateTime)
    made_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    expires_at: datetime = Field(sa_type=UTCDateTime, index=True)
    view_id: str
    revision: int
    failure: str | None = None
    failure_detail: str | None = Field(default=None, sa_type=SealedText)
    retry_of: str | None = None
    revises: str | None = None
    undo_of: str | None = None
    original_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    options: PlanOptions = Field(sa_type=OptionsJson)
    accepted: str | None = Field(default=None, sa_type=SealedText)
    terms: str | None = None
    rules: tuple[Rule, ...] = Field(default=(), sa_type=RulesJson)
    choices: PlacementChoices | None = Field(default=None, sa_type=ChoicesJson)
    fingerprint: str | None = None
    making: str | None = None


class PlanIndexRow(Owned, table=True):
    """What searching and filtering a plan needs to know of all its rows, in one sealed piece."""

    __tablename__ = "plan_indexes"
    plan_id: str = Field(primary_key=True, foreign_key="plans.id", ondelete="CASCADE")
    content: str = Field(sa_type=SealedText)


class PlanRowTable(Owned, table=True):
    """One person of a plan; `content` is the difference, sealed; `person` the keyed digest of the number."""

    __tablename__ = "plan_rows"
    plan_id: str = Field(primary_key=True, foreign_key="plans.id", ondelete="CASCADE")
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    status: str
    person: str | None = None
    identity: bool
    content: str = Field(sa_type=SealedText)


class SelectionRow(Owned, table=True):
    """A row of a plan that is ticked."""

    __tablename__ = "selections"
    __table_args__ = (
        ForeignKeyConstraint(
            ["plan_id", "position"], ["plan_rows.plan_id", "plan_rows.position"], ondelete="CASCADE"
        ),
    )
    plan_id: str = Field(primary_key=True)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})


class RunTable(Owned, table=True):
    """取り込み: the head of a run. A plan has one run at most."""

    __tablename__ = "runs"
    __table_args__ = (Index(None, "enterprise_id", "team_id", "created_at"),)
    id: str = Field(primary_key=True)
    plan_id: str = Field(foreign_key="plans.id", unique=True)
    user_id: str
    direction: str
    as_of: date
    state: str = Field(index=True)
    reason: str | None = None
    wakes_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    waiting_since: datetime | None = Field(default=None, sa_type=UTCDateTime)
    waited_seconds: float
    away_since: datetime | None = Field(default=None, sa_type=UTCDateTime)
    stop_rows: str | None = None
    stop_about: str | None = None
    total: int
    rules: tuple[Rule, ...] = Field(default=(), sa_type=RulesJson)
    justification: str | None = Field(default=None, sa_type=SealedText)
    companies: str | None = None
    channel: str | None = None
    message_ts: str | None = None
    result_ts: str | None = None
    result_channel: str | None = None
    created_at: datetime = Field(sa_type=UTCDateTime)
    started_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    retry_of: str | None = None
    undo_of: str | None = None
    original_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    tenant: str | None = Field(default=None, index=True)
    queued_at: datetime = Field(sa_type=UTCDateTime)
    holder: str | None = None
    leg: int = 0
    resumed_by: str | None = None
    cancelled_by: str | None = None
    cancelled_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    reporting_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class LedgerTable(Owned, table=True):
    """A row of a run: pending, intent, sent or done.

    Sealed: `content` is the difference, `intent` what was meant to be written, `payload` the outcome.
    `person` is the keyed digest of the number.
    """

    __tablename__ = "ledger_rows"
    __table_args__ = (Index(None, "run_id", "state", "kind"),)
    run_id: str = Field(primary_key=True, foreign_key="runs.id", ondelete="CASCADE")
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    status: str
    person: str | None = Field(default=None, index=True)
    content: str = Field(sa_type=SealedText)
    state: str
    attempts: int
    kind: str | None = None
    reason: str | None = None
    payload: str | None = Field(default=None, sa_type=SealedText)
    intent: str | None = Field(default=None, sa_type=SealedText)
    intended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class PlacementRulesRow(Scoped, table=True):
    """The rules of placement of a workspace in one direction, in their order."""

    __tablename__ = "placement_rules"
    direction: str = Field(primary_key=True)
    rules: tuple[Rule, ...] = Field(sa_type=RulesJson)
    revision: int


class InstallationRow(Scoped, table=True):
    """A Slack installation with its tokens, sealed. `user_id` is "" for the bot's own."""

    __tablename__ = "installations"
    is_enterprise_install: bool = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    saved_at: datetime = Field(sa_type=UTCDateTime)
    content: str = Field(sa_type=SealedText)


class OAuthStateRow(Base, table=True):
    """An installation that was begun, by the hash of its one-time state; no workspace is known yet."""

    __tablename__ = "oauth_states"
    digest: str = Field(primary_key=True)
    expires_at: datetime = Field(sa_type=UTCDateTime)


class PaceRow(Base, table=True):
    """When the next call with a token may start, by the token's keyed hash; workspaces may share a token.

    Milliseconds since 1970 of the database's own clock.
    """

    __tablename__ = "paces"
    key: str = Field(primary_key=True)
    next_ms: int = Field(sa_type=BigInteger)
    blocked_until_ms: int = Field(sa_type=BigInteger)
    widened_until_ms: int = Field(default=0, sa_type=BigInteger)


class PaceMinuteRow(Base, table=True):
    """How many calls were let through with a token in a minute since 1970 of the database's own clock."""

    __tablename__ = "pace_minutes"
    key: str = Field(primary_key=True)
    minute: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    calls: int


class WorkerRow(Base, table=True):
    """A process that carries work out, and when it was last seen, by the database's own clock."""

    __tablename__ = "workers"
    executor_id: str = Field(primary_key=True)
    host: str
    version: str
    started_ms: int = Field(sa_type=BigInteger)
    seen_ms: int = Field(sa_type=BigInteger)


class PressRow(Base, table=True):
    """Something that was pressed or delivered, by a digest of where and what: it has its effect once.

    `answer` is how a submission with an effect was answered, sealed.
    """

    __tablename__ = "presses"
    key: str = Field(primary_key=True)
    claimed_at: datetime = Field(sa_type=UTCDateTime, index=True)
    answer: str | None = Field(default=None, sa_type=SealedText)


class UserRow(Scoped, table=True):
    """What Slack said of a person: the language they read, and when it said so."""

    __tablename__ = "users"
    user_id: str = Field(primary_key=True)
    language: str
    saved_at: datetime = Field(sa_type=UTCDateTime)
