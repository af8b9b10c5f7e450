"""Errors in the form in which they are kept and said: a code, and what its sentence needs to know."""

from collections.abc import Mapping
from functools import singledispatch
from typing import NamedTuple

from bot.texts import Texts
from bot.views.sentences import Sentence, failure_text
from storage.errors import (
    ChoiceMoved,
    LastAdministrator,
    NotFound,
    NotUndoable,
    PlanExpired,
    PlanStarted,
    SettingsMoved,
    TermsMoved,
    WrittenSince,
)
from sync.errors import (
    CanaryFailed,
    ClosedNow,
    CredentialsRejected,
    IncompleteFetch,
    OutcomeUnknown,
    OutOfRange,
    PageInstead,
    PeopleMissing,
    RemoteRejected,
    RemoteUnavailable,
    RenkeiError,
    RunCancelled,
    RunEnded,
    RunTakenOver,
    StalePlan,
    TooManyRequests,
    UnsafePlan,
)


class Failure(NamedTuple):
    """An error in the form in which it is kept: a code, and what its sentence needs to know."""

    code: str
    detail: Mapping[str, str]


@singledispatch
def failure_of(error: RenkeiError) -> Failure:
    """Bring an error into the form in which it is kept. Others teach it theirs: `failure_of.register`."""
    raise TypeError(f"no sentence for {type(error).__name__}")


@failure_of.register
def _(error: ClosedNow) -> Failure:
    if error.is_foreseen:
        return Failure("closed_now", {"opens_at": error.opens_at.isoformat()})
    return Failure("closed_unannounced", {})


@failure_of.register
def _(_error: StalePlan) -> Failure:
    return Failure("stale_plan", {})


@failure_of.register
def _(_error: PlanExpired) -> Failure:
    return Failure("plan_expired", {})


@failure_of.register
def _(_error: PlanStarted) -> Failure:
    return Failure("plan_started", {})


@failure_of.register
def _(_error: ChoiceMoved) -> Failure:
    return Failure("choice_moved", {})


@failure_of.register
def _(_error: TermsMoved) -> Failure:
    return Failure("terms_moved", {})


@failure_of.register
def _(_error: WrittenSince) -> Failure:
    return Failure("written_since", {})


@failure_of.register
def _(_error: UnsafePlan) -> Failure:
    return Failure("unsafe_plan", {})


@failure_of.register
def _(_error: NotFound) -> Failure:
    return Failure("not_found", {})


@failure_of.register
def _(error: NotUndoable) -> Failure:
    return Failure(f"not_undoable_{error.why}", {})


@failure_of.register
def _(_error: SettingsMoved) -> Failure:
    return Failure("settings_moved", {})


@failure_of.register
def _(_error: LastAdministrator) -> Failure:
    return Failure("last_administrator", {})


@failure_of.register
def _(error: IncompleteFetch) -> Failure:
    numbers = {"expected": f"{error.expected:,}", "received": f"{error.received:,}"}
    return Failure("incomplete_fetch", {"system": error.system, **numbers})


@failure_of.register
def _(error: PeopleMissing) -> Failure:
    numbers = {"known": f"{error.known:,}", "missing": f"{error.missing:,}"}
    return Failure("list_empty" if error.is_empty else "people_missing", {"system": error.system, **numbers})


@failure_of.register
def _(_error: RunEnded) -> Failure:
    return Failure("run_ended", {})


@failure_of.register
def _(_error: RunCancelled) -> Failure:
    return Failure("run_cancelled", {})


@failure_of.register
def _(_error: RunTakenOver) -> Failure:
    return Failure("run_taken_over", {})


@failure_of.register
def _(_error: CanaryFailed) -> Failure:
    return Failure("canary_failed", {})


@failure_of.register
def _(error: OutOfRange) -> Failure:
    days = {"earliest": error.earliest.isoformat(), "latest": error.latest.isoformat()}
    return Failure("out_of_range", days)


@failure_of.register
def _(error: RemoteUnavailable) -> Failure:
    return Failure("unavailable", {"system": error.system})


@failure_of.register
def _(error: PageInstead) -> Failure:
    return Failure("page_instead", {"system": error.system})


@failure_of.register
def _(error: TooManyRequests) -> Failure:
    return Failure("too_many_requests", {"system": error.system})


@failure_of.register
def _(error: CredentialsRejected) -> Failure:
    return Failure(f"credentials_{error.problem}", {"system": error.system})


@failure_of.register
def _(error: RemoteRejected) -> Failure:
    return Failure("rejected", {"system": error.system})


@failure_of.register
def _(error: OutcomeUnknown) -> Failure:
    return Failure("outcome_unknown", {"system": error.system})


def error_text(t: Texts, error: RenkeiError) -> Sentence:
    """Say what an error means."""
    return failure_text(t, *failure_of(error))


def reason_of(error: RenkeiError) -> str:
    """Give the short form of an error in which a run keeps why it waits or stopped: `code:system`."""
    failure = failure_of(error)
    return ":".join(filter(None, (failure.code, failure.detail.get("system"))))
