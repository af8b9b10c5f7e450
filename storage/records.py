"""What storage hands out: frozen values, with secrets and personal values hidden from their repr."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from sync.calendar import DEFAULT_CLOSED_HOURS, ClosedHours
from sync.diff import Change, Status
from sync.fields import Field, FieldPolicy, default_policies
from sync.model import Direction, EmployeeNumber, Placement, PlacementChoices, Post, System
from sync.outcome import Outcome, OutcomeKind, Reason
from sync.placing import Rule
from sync.text import Likeness, Repertoire


@dataclass(frozen=True, slots=True)
class Scope:
    """The Slack workspace that a record belongs to; every record belongs to exactly one."""

    enterprise_id: str
    """"" outside Enterprise Grid."""
    team_id: str
    """"" when the app is installed for a whole Enterprise Grid."""


class Check(StrEnum):
    """What is known about the access to one of the two systems."""

    MISSING = "missing"
    UNVERIFIED = "unverified"
    """Saved while 勤革時 was closed; tested when it opens."""
    VERIFIED = "verified"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """How Renkei gets into SmartHR or 勤革時."""

    subdomain: str = ""
    """SmartHR's tenant; "" for 勤革時, whose token names the company by itself."""
    token: str = field(repr=False)
    check: Check = Check.UNVERIFIED
    problem: str | None = None
    """A `CredentialProblem`, or "unavailable", when the check failed."""
    checked_at: datetime | None = None

    @property
    def is_usable(self) -> bool:
        """Tell whether calls may be tried with it."""
        return self.check in {Check.UNVERIFIED, Check.VERIFIED}


def _default_policies() -> Mapping[Direction, Mapping[Field, FieldPolicy]]:
    return {direction: default_policies(direction) for direction in Direction}


@dataclass(frozen=True, slots=True, kw_only=True)
class Integration:
    """連携設定 of one workspace; an empty one when nothing has been saved yet."""

    scope: Scope
    smarthr: Credentials | None = None
    kinkakuji: Credentials | None = None
    admin_channel: str | None = None
    closed_hours: tuple[ClosedHours, ...] = DEFAULT_CLOSED_HOURS
    prefer_business_name: bool = False
    policies: Mapping[Direction, Mapping[Field, FieldPolicy]] = field(default_factory=_default_policies)
    language: str = "ja"
    """What the admin channel is written to in."""
    repertoire: Repertoire = Repertoire.UNICODE
    """Which characters 勤革時 can hold."""
    revision: int = 0
    """How often the settings have been saved: who saves must have seen the newest."""

    @property
    def is_ready(self) -> bool:
        """Tell whether a preview can be made and a run be reported."""
        accesses = (self.smarthr, self.kinkakuji)
        return bool(self.admin_channel) and all(access and access.is_usable for access in accesses)

    def access_to(self, system: System) -> Credentials | None:
        """Give the access to one of the two systems."""
        return self.smarthr if system is System.SMARTHR else self.kinkakuji


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """連携設定 as typed, kept for ten minutes while the connections are tested."""

    id: str
    scope: Scope
    user_id: str
    subdomain: str | None = None
    smarthr_token: str | None = field(default=None, repr=False)
    """None leaves the saved token as it is."""
    kinkakuji_token: str | None = field(default=None, repr=False)
    """None leaves the saved token as it is."""
    admin_channel: str | None = None
    administrators: tuple[str, ...] = ()
    closed_hours: tuple[ClosedHours, ...] = DEFAULT_CLOSED_HOURS
    prefer_business_name: bool = False
    repertoire: Repertoire = Repertoire.UNICODE
    revision: int = 0
    """Which `Integration.revision` the form was opened with."""
    view_id: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanOptions:
    """この回の条件: what a single plan does otherwise than 連携設定 says."""

    policies: Mapping[Field, FieldPolicy] = field(default_factory=dict)
    """Only of the fields that are treated otherwise."""
    spellings: frozenset[Likeness] = frozenset()
    """Which of COSMETIC and VARIANT are written along with real differences."""


class PlanState(StrEnum):
    """Where a plan stands."""

    PREPARING = "preparing"
    READY = "ready"
    FAILED = "failed"
    STARTED = "started"
    """A run was made from it; there is never a second one."""
    EXPIRED = "expired"
    """Its rows are erased; the head is kept so that an old screen can be explained."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanHead:
    """差分一覧 without its rows."""

    id: str
    scope: Scope
    user_id: str
    direction: Direction
    as_of: date
    state: PlanState
    counts: Mapping[Status, int]
    target_size: int
    """How many people the target has, of any standing."""
    created_at: datetime
    made_at: datetime | None = None
    expires_at: datetime
    view_id: str
    revision: int = 0
    """Which showing of the list is the newest one."""
    failure: str | None = None
    """An error's code, when the preview could not be made."""
    failure_detail: Mapping[str, str] = field(default_factory=dict, repr=False)
    retry_of: str | None = None
    """The run whose failed rows this plan is about."""
    revises: str | None = None
    """The plan that this one takes the place of: its ticks are carried over."""
    undo_of: str | None = None
    """The run that this plan takes back: its rows put back what that run has written."""
    original_at: datetime | None = None
    """When that run was started."""
    options: PlanOptions = field(default_factory=PlanOptions)
    accepted: str | None = field(default=None, repr=False)
    """Why somebody accepted that people are missing, in their own words."""
    terms: str | None = None
    """A digest of what the comparison went by (`sync.digest.digest_of`); None before that was kept."""
    rules: tuple[Rule, ...] = ()
    """Where new people are put: this plan's own answers first, then the rules of 連携設定."""
    choices: PlacementChoices | None = None
    fingerprint: str | None = None
    """A digest of everything that the rows show."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """What a search and a filter need to know of one row."""

    position: int
    status: Status
    number: EmployeeNumber | None = field(repr=False)
    key: str = field(repr=False)
    """`sync.text.search_key` of number, names and kana."""
    tickable: bool
    remote_id: str = ""
    """The source's id of the person."""
    posts: tuple[Post, ...] = ()
    """Of a 新規登録: what its placement is decided by."""
    identity: bool = False
    """Whether a person decided that these two records are one human being."""


class RunState(StrEnum):
    """Where a run stands."""

    QUEUED = "queued"
    RUNNING = "running"
    WAITING = "waiting"
    """For closed hours to end or a system to come back; goes on by itself."""
    FINISHED = "finished"
    STOPPED = "stopped"
    """Somebody has to mend a token or a permission first."""
    CANCELLED = "cancelled"
    """Somebody has ended it between two rows; the rest can be taken up again."""


CANARY_FAILED = "canary_failed"
"""Why a run was stopped whose first rows were written otherwise than meant: somebody has to look first."""
RESUMABLE = frozenset({RunState.CANCELLED, RunState.STOPPED})
ENDED = frozenset({RunState.FINISHED, RunState.STOPPED, RunState.CANCELLED})


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a run is ended before its last row; it has ended once no write of its can arrive any more."""

    rows: Reason
    """What the rows say that it did not reach."""
    about: str | None
    """What the run itself says; None of what nobody foresaw."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunHead:
    """取り込み without its rows."""

    id: str
    plan_id: str
    scope: Scope
    user_id: str
    direction: Direction
    as_of: date
    state: RunState
    reason: str | None = None
    wakes_at: datetime | None = None
    waiting_since: datetime | None = None
    """When the present wait began; asking again in vain does not begin a new one. Of a run that goes on after
    a crash: when its last row was written."""
    waited: timedelta = timedelta(0)
    """How long all earlier waits took together."""
    away_since: datetime | None = None
    """Since when a system has been away, closed hours or not; None once a row was reached again."""
    stop: Stop | None = None
    """Why it is being stopped, or was."""
    total: int
    counts: Mapping[OutcomeKind, int]
    rules: tuple[Rule, ...] = ()
    """Where new people are put; `sync.placing.place` says of one person."""
    justification: str | None = field(default=None, repr=False)
    """Why a limit was passed, in the words of whoever pressed."""
    channel: str | None = None
    message_ts: str | None = None
    result_ts: str | None = None
    """The message with the result; None until it is posted."""
    created_at: datetime
    started_at: datetime | None = None
    finished_at: datetime | None = None
    retry_of: str | None = None
    undo_of: str | None = None
    """The run that this one takes back."""
    original_at: datetime | None = None
    """When that run was started."""
    queued_at: datetime
    """Since when it stands in the line of its target; taken up again, it stands at the end."""
    leg: int = 0
    """How often it was taken up again."""
    resumed_by: str | None = None
    """The Slack user who did so last."""
    cancelled_by: str | None = None
    """The Slack user who ended it early."""
    cancelled_at: datetime | None = None

    @property
    def done(self) -> int:
        """How many rows have an outcome."""
        return sum(self.counts.values())

    @property
    def is_cut_short(self) -> bool:
        """Whether it ended before somebody whom it may still be taken up again for."""
        may_go_on = self.state in RESUMABLE and self.reason != CANARY_FAILED
        return may_go_on and self.counts.get(OutcomeKind.SKIPPED, 0) > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRow:
    """One person of a run and what became of them; no outcome while the row is open."""

    position: int
    number: EmployeeNumber | None = field(repr=False)
    name: str = field(repr=False)
    status: Status
    outcome: Outcome | None
    placement: Placement | None = None
    """Where a new person is put."""
    written: tuple[Change, ...] = ()
    """What was written, or may have been, each with the value that the target had until then."""


@dataclass(frozen=True, slots=True)
class InstallationKey:
    """What a Slack installation is looked up by."""

    enterprise_id: str
    team_id: str
    is_enterprise_install: bool = False
    user_id: str | None = None
    """None for the bot's own installation of a workspace."""
