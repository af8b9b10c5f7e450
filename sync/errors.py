"""Everything that can go wrong, sorted by what the caller does next.

RenkeiError
  ClosedNow(opens_at)              tell, offer to come back then; nothing was sent
  StalePlan                        show what moved, offer a new preview
  UnsafePlan(count, allowed)       show the numbers, ask for a reason
    TooManyUpdates · TooManyCreates · IdentityChange
  IncompleteFetch                  no plan is made from half a list
    PeopleMissing                  people whom it had before are gone; too many at once to believe it unasked
  RunEnded                         a run may not go on in this place: nothing more is written
    RunCancelled                   somebody has cancelled it; the rest is SKIPPED
    RunTakenOver                   another process carries it out; this one gives way
    CanaryFailed                   the first rows were not written as meant; the rest is SKIPPED
  OutOfRange                       勤革時 answers only for three years back and one ahead
  RemoteError(system)
    RemoteUnavailable(retry_after) retried with backoff; then the run pauses, it does not fail its rows
      TooManyRequests              the same, by the remote's own limit
    CredentialsRejected(problem)   the run stops; tell which token, permission or IP rule to look at
    RemoteRejected(detail)         this person's outcome is FAILED; the run goes on
    OutcomeUnknown                 a write whose answer was lost: resolved by reading, never by a blind retry

No error's text holds a personal value: what the remote said is in `RemoteRejected.detail`, which is shown to
permitted people only and never logged.
"""

import copyreg
from datetime import date, datetime
from enum import StrEnum

from sync.model import System


class RenkeiError(Exception):
    """Something the user is told in a sentence of their own."""

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle text and attributes, not the constructor's call: background work keeps its errors."""
        return copyreg.__newobj__, (type(self), *self.args), self.__dict__  # type: ignore[attr-defined]


class ClosedNow(RenkeiError):
    """勤革時 is inside, or within its guard of, its closed hours; or it says so itself, outside them."""

    is_foreseen: bool = True  # of the class, too: what an earlier release has pickled lacks it

    def __init__(self, opens_at: datetime, *, is_foreseen: bool = True) -> None:
        super().__init__(f"closed until {opens_at:%Y-%m-%d %H:%M}")
        self.opens_at = opens_at
        """When it opens; where it was not foreseen nobody knows, and this is when to ask again."""
        self.is_foreseen = is_foreseen
        """Whether the closed hours in the settings explain it."""


class StalePlan(RenkeiError):
    """The plan has expired, was carried out, or what it rests on has gone."""


class UnsafePlan(RenkeiError):
    """More would be written in a day than is usual; to be confirmed with a reason."""

    def __init__(self, count: int, allowed: int) -> None:
        super().__init__(f"{count} people, {allowed} are usual")
        self.count = count
        self.allowed = allowed


class TooManyUpdates(UnsafePlan):
    """Too large a part of the target would be changed."""


class TooManyCreates(UnsafePlan):
    """Too many people would be created."""


class IdentityChange(UnsafePlan):
    """Somebody's record would be written whose identity a person has decided on."""


class IncompleteFetch(RenkeiError):
    """A list came back with gaps, repeats or a total that would not stand still."""

    def __init__(self, system: System, expected: int, received: int) -> None:
        super().__init__(f"{system}: expected {expected} people, received {received}")
        self.system = system
        self.expected = expected
        self.received = received


class PeopleMissing(IncompleteFetch):
    """A list lacks people whom the system had before: more than leave it by themselves."""

    def __init__(self, system: System, known: int, missing: int, *, is_empty: bool = False) -> None:
        super().__init__(system, known, known - missing)
        self.known = known
        self.missing = missing
        self.is_empty = is_empty
        """Nobody at all came back: this is refused whatever somebody says."""


class RunEnded(RenkeiError):
    """A run may not go on in this place: nothing more is written."""


class RunCancelled(RunEnded):
    """Somebody has cancelled the run."""


class RunTakenOver(RunEnded):
    """Another process carries the run out: this one was thought dead, or is told twice."""


class CanaryFailed(RunEnded):
    """One of the run's first rows reads otherwise than it was written."""


class OutOfRange(RenkeiError):
    """`as_of` is outside what 勤革時 answers for."""

    def __init__(self, earliest: date, latest: date) -> None:
        super().__init__(f"as_of must be between {earliest} and {latest}")
        self.earliest = earliest
        self.latest = latest


class RemoteError(RenkeiError):
    """One of the two systems did not do what was asked."""

    def __init__(self, system: System, message: str) -> None:
        super().__init__(f"{system}: {message}")
        self.system = system


class RemoteUnavailable(RemoteError):
    """Down, unreachable or too slow. Nothing is known to be wrong with what was asked."""

    def __init__(self, system: System, message: str, retry_after: float | None = None) -> None:
        super().__init__(system, message)
        self.retry_after = retry_after
        """Seconds after which the remote asked to be called again, if it said so."""


class PageInstead(RemoteUnavailable):
    """A page of somebody's stands where the system answered before: it is under maintenance, or has moved."""


class TooManyRequests(RemoteUnavailable):
    """The remote's own limit was met although we keep under it."""


class CredentialProblem(StrEnum):
    """What an administrator should look at."""

    TOKEN = "token"  # noqa: S105 - the name of a problem, not a token
    PERMISSION = "permission"
    IP_ADDRESS = "ip_address"
    ADDRESS = "address"
    """There is no such tenant: the SmartHR subdomain is wrong."""
    PLAN_LIMIT = "plan_limit"
    """SmartHR's contract allows no more people."""


class CredentialsRejected(RemoteError):
    """No call will succeed until somebody mends the token, its permissions, the IP rule or the contract."""

    def __init__(self, system: System, problem: CredentialProblem) -> None:
        super().__init__(system, f"rejected: {problem}")
        self.problem = problem


class RemoteRejected(RemoteError):
    """The remote refused this one record."""

    def __init__(self, system: System, status: int, detail: tuple[str, ...] = ()) -> None:
        super().__init__(system, f"refused with status {status}")
        self.status = status
        self.detail = detail
        """The remote's own sentences. They can quote personal values."""


class OutcomeUnknown(RemoteError):
    """A write was sent and its answer lost."""

    def __init__(self, system: System) -> None:
        super().__init__(system, "the answer to a write was lost")
