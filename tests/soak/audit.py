"""What must hold after a run, whatever was killed and lost meanwhile; breaches are told by number."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import floor

from storage.run_records import OutcomeRow
from sync.diff import Status
from sync.outcome import OutcomeKind
from tests.soak.people import Record, has_all
from tests.soak.truth import Look, Write

Records = Mapping[str, Sequence[Record]]
"""By employee number."""
LOOKS = 2
"""Reads that must have found nobody before a creation is sent again."""
ON_ITS_WAY = 0.3
"""Seconds at the most between noting that a write goes out and its arrival."""
GIVEN_UP = 0.01
"""Which part of a run's rows, and at least one of them, may end in question."""
SENDINGS = 3
"""How often a change is sent before it is in question."""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A run from all sides."""

    rows: Sequence[OutcomeRow]
    """What Renkei says."""
    sends: Mapping[int, int]
    """How often it says it has sent each row, by position."""
    source: Records
    before: Records
    """The target as it was."""
    after: Records
    writes: Sequence[Write]
    looks: Sequence[Look]
    settle_after: float
    """Seconds from a write without an answer until it may be sent again."""


def breaches(evidence: Evidence) -> list[str]:
    """Give everything that is not as it must be."""
    rules = (
        created_twice,
        sent_again_rashly,
        written_otherwise,
        told_otherwise,
        given_up_early,
        given_up_often,
        touched_unasked,
    )
    return [breach for rule in rules for breach in rule(evidence)]


def created_twice(evidence: Evidence) -> Iterator[str]:
    """Nobody is there twice, and no creation has its effect twice."""
    for number, records in evidence.after.items():
        if len(records) > 1:
            yield f"{number} is {len(records)} times in the target"
    for number, creations in _creations(evidence).items():
        done = sum(write.is_committed for write in creations)
        if done > 1:
            yield f"{number} was created {done} times"


def sent_again_rashly(evidence: Evidence) -> Iterator[str]:
    """A creation is sent again only when the one before had no effect, and reading has shown it twice."""
    for number, creations in _creations(evidence).items():
        for one, other in pairwise(creations):
            if one.is_committed:
                yield f"{number} was sent again although it had been created"
            elif one.status is None:
                yield from _rash(number, one, other, evidence)


def written_otherwise(evidence: Evidence) -> Iterator[str]:
    """A change that is sent again has the same values."""
    changes = sorted((write for write in evidence.writes if not write.is_creation), key=_whom)
    for whom, group in groupby(changes, _whom):
        first, *others = group
        if any(other.values != first.values for other in others):
            yield f"{whom[:8]}… was written {len(others) + 1} times with different values"


def told_otherwise(evidence: Evidence) -> Iterator[str]:
    """Every row has an outcome, and it says what the target holds."""
    for row in evidence.rows:
        number = row.number or ""
        kind = row.outcome.kind if row.outcome else None
        now, then = evidence.after.get(number, ()), evidence.before.get(number, ())
        if row.outcome is None:
            yield f"{number} has no outcome"
        elif kind is OutcomeKind.SUCCEEDED:
            if len(now) != 1 or not has_all(now[0], evidence.source[number][0]):
                yield f"{number} is said to be written, and is not"
        elif kind is not OutcomeKind.UNKNOWN:
            yield f"{number} ended as {kind} ({row.outcome.reason}), and nothing stood in its way"
            if now != then:
                yield f"{number} is said not to be written, and was changed"


def given_up_early(evidence: Evidence) -> Iterator[str]:
    """Nobody has to look after a change, which may be sent again, before that was done as often as can be."""
    for row in _given_up(evidence):
        sends = evidence.sends[row.position]
        if row.status is not Status.CREATE and sends < SENDINGS:
            yield f"{row.number} was given up after {sends} of {SENDINGS} sendings"


def given_up_often(evidence: Evidence) -> Iterator[str]:
    """Hardly anybody has to be looked after."""
    given_up, most = len(_given_up(evidence)), floor(GIVEN_UP * len(evidence.rows))
    if given_up > max(most, 1):
        yield f"{given_up} of {len(evidence.rows)} rows are in question, at most {max(most, 1)} may be"


def touched_unasked(evidence: Evidence) -> Iterator[str]:
    """Whoever was not chosen is as before."""
    chosen = {row.number for row in evidence.rows}
    for number in (evidence.before.keys() | evidence.after.keys()) - chosen:
        if evidence.before.get(number) != evidence.after.get(number):
            yield f"{number} was not chosen, and was changed"


def sent_again(writes: Iterable[Write]) -> int:
    """Count the people for whom a write arrived more than once."""
    times = Counter((write.system, write.whom) for write in writes)
    return sum(count > 1 for count in times.values())


def _given_up(evidence: Evidence) -> list[OutcomeRow]:
    return [row for row in evidence.rows if row.outcome and row.outcome.kind is OutcomeKind.UNKNOWN]


def _rash(number: str, one: Write, other: Write, evidence: Evidence) -> Iterator[str]:
    looks = [
        round(look.at - one.arrived, 2)
        for look in evidence.looks
        if look.system is one.system
        and look.number in {None, number}
        and one.arrived < look.at < other.arrived
    ]
    if len(looks) < LOOKS or max(looks) < evidence.settle_after - ON_ITS_WAY:
        yield f"{number} was sent again {other.arrived - one.arrived:.2f} s later, looked at after {looks} s"


def _creations(evidence: Evidence) -> dict[str, list[Write]]:
    found: dict[str, list[Write]] = {}
    for write in evidence.writes:
        if write.is_creation:
            found.setdefault(write.whom, []).append(write)
    return found


def _whom(write: Write) -> str:
    return write.whom
