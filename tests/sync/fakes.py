"""A system and a ledger that live in memory, for the run's own decisions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sync.calendar import TOKYO, Clock
from sync.diff import Blocked, Change, Unchanged, Writable
from sync.errors import OutcomeUnknown, RemoteRejected, RunEnded
from sync.fields import Field, Value
from sync.ledger import LedgerRow, RowState
from sync.model import Choice, Employee, Placement, PlacementChoices, Post, System
from sync.outcome import Outcome, Reason
from sync.plan import Plan
from sync.remote import Sending, unnoticed
from sync.text import number_key
from tests.sync.people import value_of

PLACED = Placement(
    establishment=Choice("e1", "本社"), division=Choice("1000", "本社"), category=Choice("1", "正社員")
)
EVERYWHERE = PlacementChoices(
    establishments=(Choice("e1", "本社"),),
    divisions=(Choice("1000", "本社"),),
    categories=(Choice("1", "正社員"),),
)
NOON = datetime(2026, 4, 1, 12, tzinfo=TOKYO)


@dataclass
class FakeClock:
    """Stands still unless it is told to go on."""

    moment: datetime = NOON

    def __call__(self) -> datetime:
        return self.moment

    def go_on(self, **spent: float) -> None:
        self.moment += timedelta(**spent)


@dataclass
class FakeSystem:
    """Holds people by id; no two of them are created with one number.

    `failing` is raised by the next writes, `deaf` by every read.
    """

    people: dict[str, Employee] = field(default_factory=dict)
    system: System = System.SMARTHR
    failing: list[Exception | None] = field(default_factory=list)
    loses_answers: int = 0
    """How many of the next writes are carried out without an answer."""
    deaf: Exception | None = None
    dropped: frozenset[Field] = frozenset()
    """Fields that a write silently leaves as they were."""
    dropped_after: int = 0
    """How many writes are carried out whole before."""
    pretends: bool = False
    """Whether the answer to a write shows what was sent, whatever was kept."""
    choices: PlacementChoices = field(default_factory=lambda: EVERYWHERE)
    before_read: Callable[[], None] = lambda: None
    before_write: Callable[[], None] = lambda: None
    before_sending: Callable[[], None] = lambda: None
    """Called while a write waits for its turn."""
    after_write: Callable[[], None] = lambda: None
    """Called once the answer is certain."""
    puts: tuple[Post, ...] = ()
    """Where whoever is created stands."""
    writes: list[tuple[str, dict[Field, Value]]] = field(default_factory=list)
    """Each write's number and values, in their order."""
    facts: list[tuple[str, Field, Value, Value]] = field(default_factory=list)
    """Of each write that arrived: whose record, which field, what it held and what it was given."""
    addressed: list[Employee] = field(default_factory=list)
    """The records that updates were given."""

    @property
    def knows_the_past(self) -> bool:
        return False

    def fetch_as_of(self, as_of: date) -> list[Employee]:
        del as_of
        return self.fetch_everyone()

    def fetch_again(self, as_of: date, remote_ids: Sequence[str]) -> list[Employee]:
        return [person for person in self.fetch_as_of(as_of) if person.remote_id in remote_ids]

    def fetch_everyone(self) -> list[Employee]:
        if self.deaf is not None:
            raise self.deaf
        return list(self.people.values())

    def fetch_live(self, remote_ids: Sequence[str], numbers: Sequence[str]) -> list[Employee]:
        self.before_read()
        keys = {number_key(number) for number in numbers if number}
        people = self.fetch_everyone()
        return [
            each for each in people if each.remote_id in remote_ids or number_key(each.number or "") in keys
        ]

    def fetch_placement_choices(self) -> PlacementChoices:
        self.fetch_everyone()
        return self.choices

    def create(
        self,
        number: str,
        values: Mapping[Field, Value],
        placement: Placement,
        sending: Sending = unnoticed,
    ) -> Employee:
        del placement
        self.before_sending()
        sending()
        if any(number_key(each.number or "") == number_key(number) for each in self.people.values()):
            raise RemoteRejected(self.system, 400)
        return self._write(Employee(remote_id=f"id-{number}", number=number, posts=self.puts), values)

    def update(
        self, existing: Employee, values: Mapping[Field, Value], sending: Sending = unnoticed
    ) -> Employee:
        self.before_sending()
        sending()
        self.addressed.append(existing)
        return self._write(self.people[existing.remote_id], values)

    def check(self) -> None:
        self.fetch_everyone()

    def _write(self, person: Employee, values: Mapping[Field, Value]) -> Employee:
        self.before_write()
        self.writes.append((person.number or "", dict(values)))
        if self.failing and (error := self.failing.pop(0)) is not None:
            raise error
        self.facts += [(person.remote_id, each, each.of(person), value) for each, value in values.items()]
        dropped = self.dropped if len(self.writes) > self.dropped_after else frozenset()
        typed = {each.value: value_of(each, value) for each, value in values.items()}
        kept = {name: value for name, value in typed.items() if name not in dropped}
        self.people[person.remote_id] = replace(person, **kept)
        if self.loses_answers:
            self.loses_answers -= 1
            raise OutcomeUnknown(self.system)
        answer = replace(person, **typed) if self.pretends else self.people[person.remote_id]
        self.after_write()
        return answer


@dataclass
class FakeLedger:
    """A run's rows and what became of them."""

    rows: list[LedgerRow]
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    steps: list[tuple[str, int]] = field(default_factory=list)
    intents: dict[int, tuple[Change, ...]] = field(default_factory=dict)
    ends: RunEnded | None = None
    """Why nothing may be sent any more."""
    clock: Clock = field(default_factory=FakeClock)
    written_before: int = 0
    """How many rows the run has written that are not among these."""

    def load_open(self, limit: int | None = None) -> Sequence[LedgerRow]:
        return [row for row in self._without_outcome() if row.state is not RowState.SENT][:limit]

    def load_unanswered(self) -> Sequence[LedgerRow]:
        return [row for row in self._without_outcome() if row.state is RowState.SENT]

    def count_written(self) -> int:
        written = {Reason.WRITTEN, Reason.CONFIRMED_BY_READING}
        return self.written_before + sum(outcome.reason in written for outcome in self.outcomes.values())

    def has_written_otherwise(self) -> bool:
        otherwise = {Reason.WRITTEN_OTHERWISE, Reason.PLACED_OTHERWISE}
        return any(outcome.reason in otherwise for outcome in self.outcomes.values())

    def skip_unsent(self, outcome: Outcome) -> None:
        for row in self.load_open():
            self.save_outcome(row.position, outcome)

    def close_unanswered(self, outcome: Outcome) -> None:
        for row in self.load_unanswered():
            self.save_outcome(row.position, outcome)

    def last_sent_at(self) -> datetime | None:
        return max((row.sent_at for row in self.load_unanswered() if row.sent_at), default=None)

    def claim(self, position: int, changes: Sequence[Change]) -> bool:
        if position in self.outcomes or self.state(position) is RowState.SENT:
            return False
        self.intents[position] = tuple(changes)
        self._put(position, RowState.INTENT)
        return True

    def mark_sent(self, position: int) -> None:
        if self.ends is not None:
            raise self.ends
        self._put(position, RowState.SENT, sends=self.rows[position].sends + 1, sent_at=self.clock())

    def release(self, position: int) -> None:
        was_sent = self.state(position) is RowState.SENT
        self._put(position, RowState.PENDING, sends=self.rows[position].sends - was_sent)

    def ask_again(self, position: int) -> None:
        self._put(position, RowState.PENDING, meant=self.intents.get(position, ()))

    def save_outcome(self, position: int, outcome: Outcome) -> None:
        self.steps.append(("outcome", position))
        self.outcomes.setdefault(position, outcome)

    def state(self, position: int) -> RowState:
        return self.rows[position].state

    def _without_outcome(self) -> list[LedgerRow]:
        return [row for row in self.rows if row.position not in self.outcomes]

    def _put(self, position: int, state: RowState, **more: Any) -> None:
        self.steps.append((state.value, position))
        self.rows[position] = replace(self.rows[position], state=state, **more)


def a_ledger(
    *differences: Writable, state: RowState = RowState.PENDING, placement: Placement = PLACED
) -> FakeLedger:
    sends = int(state is RowState.SENT)
    rows = [
        LedgerRow(position, each, placement, state, sends, NOON if sends else None)
        for position, each in enumerate(differences)
    ]
    return FakeLedger(rows)


def tickable(plan: Plan) -> list[Writable]:
    """Give what can be ticked in a plan."""
    return [row.difference for row in plan.rows if not isinstance(row.difference, Unchanged | Blocked)]
