"""The use cases, as sentences: preview · give up. Running is in `sync.run`, explaining in `sync.explain`."""

from collections.abc import Collection, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sync.calendar import raise_if_out_of_range, today
from sync.completeness import raise_if_people_missing
from sync.errors import IncompleteFetch
from sync.ledger import Ledger
from sync.model import Employee, PlacementChoices, System
from sync.outcome import Reason, skipped
from sync.plan import Basis, People, Plan, make_plan
from sync.remote import RemoteSystem
from sync.unanswered import give_up_unanswered

Known = Mapping[System, Collection[str]]
"""The remote ids of the people whom each system has been seen to have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRequest:
    """What an administrator asks to see."""

    basis: Basis
    known: Known = field(default_factory=dict)
    accepted_missing: Mapping[System, int] = field(default_factory=dict)
    """Of how many people who were there before somebody has said why they are missing."""
    only: Collection[str] | None = None
    """Narrows the list to the people with these ids in the source, for a retry; a number may have moved."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A plan, who was there when it was made, and where the target could put new people."""

    plan: Plan
    seen: Known
    choices: PlacementChoices


def preview(request: PreviewRequest, source: RemoteSystem, target: RemoteSystem, now: datetime) -> Preview:
    """Read both sides at once, make sure that they are whole, and compare them.

    Raises OutOfRange, ClosedNow, IncompleteFetch and every RemoteError, once nothing is being read any more.
    """
    raise_if_out_of_range(request.basis.as_of, today(now))
    with ThreadPoolExecutor(2) as beside:
        there = beside.submit(target.fetch_everyone)  # first: how many pages there are is told by one
        choices = beside.submit(target.fetch_placement_choices)
        people, seen = _fetch_people(request, source, there, today(now))
    for system, present in seen.items():
        raise_if_people_missing(
            system,
            request.known.get(system, ()),
            present,
            accepted=request.accepted_missing.get(system, 0),
        )
    for remote in (source, target):
        _raise_if_left_out(remote, request.known.get(remote.system, ()), seen[remote.system])
    plan = make_plan(request.basis, people, now)
    if request.only is not None:
        plan = _narrowed(plan, request.only)
    ids = {system: {person.remote_id for person in each} for system, each in seen.items()}
    return Preview(plan, ids, choices.result())


def give_up(ledger: Ledger, reason: Reason) -> None:
    """Close every row that is still open: as not reached or, where a write was sent, as unknown."""
    skip_open(ledger, reason)
    give_up_unanswered(ledger)


def skip_open(ledger: Ledger, reason: Reason) -> None:
    """Close every row that was not sent as not reached."""
    ledger.skip_unsent(skipped(reason))


def _fetch_people(
    request: PreviewRequest, source: RemoteSystem, target: Future[list[Employee]], day: date
) -> tuple[People, dict[System, list[Employee]]]:
    """Read the source, and everybody of each system as of today: by that the lists are seen to be whole."""
    as_of = request.basis.as_of
    then = source.fetch_as_of(as_of)
    now = source.fetch_everyone() if source.knows_the_past and as_of != day else then
    if now is not then:
        enrolled = {person.remote_id for person in now if person.enrolled_on(as_of)}
        accepted = request.accepted_missing.get(source.system, 0)
        raise_if_people_missing(source.system, enrolled, then, accepted=accepted)
    there = target.result()
    return People(then, there), {source.system: now, request.basis.direction.target: there}


def _raise_if_left_out(remote: RemoteSystem, known: Collection[str], present: Collection[Employee]) -> None:
    """Ask for the known people whom a list lacks: whoever is there after all slipped through its pages."""
    missing = sorted(set(known) - {person.remote_id for person in present})
    if missing and remote.fetch_live(missing, []):
        raise IncompleteFetch(remote.system, len(present) + len(missing), len(present))


def _narrowed(plan: Plan, only: Collection[str]) -> Plan:
    rows = tuple(row for row in plan.rows if row.difference.desired.remote_id in only)
    return replace(plan, rows=rows)
