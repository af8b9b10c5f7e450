"""取り込み as storage hands it out: frozen, with personal values hidden from its repr."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from storage.records import Scope
from sync.diff import Change, Status
from sync.model import Direction, EmployeeNumber, Placement
from sync.outcome import Outcome, OutcomeKind, Reason
from sync.placing import Rule


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
    result_channel: str | None = None
    """Where it stands: the admin channel of that moment, or the person's own where that took nothing."""
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
