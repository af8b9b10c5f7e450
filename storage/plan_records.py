"""差分一覧 as storage hands it out: frozen, with personal values hidden from its repr."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from storage.records import Scope
from sync.diff import Status
from sync.fields import Field, FieldPolicy
from sync.model import Direction, EmployeeNumber, PlacementChoices, Post
from sync.placing import Rule
from sync.text import Likeness


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
