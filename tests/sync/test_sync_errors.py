"""Every error can be kept and brought back as it was, and says nothing about a person."""

import pickle
from datetime import date, datetime

import pytest

from sync.calendar import TOKYO
from sync.errors import (
    ClosedNow,
    CredentialProblem,
    CredentialsRejected,
    IncompleteFetch,
    OutcomeUnknown,
    OutOfRange,
    PageInstead,
    PeopleMissing,
    RemoteRejected,
    RemoteUnavailable,
    RenkeiError,
    StalePlan,
    TooManyRequests,
)
from sync.model import System

EVERY = [
    ClosedNow(datetime(2026, 4, 1, 10, tzinfo=TOKYO)),
    StalePlan("expired"),
    IncompleteFetch(System.SMARTHR, 100, 99),
    PeopleMissing(System.KINKAKUJI, 100, 6),
    OutOfRange(date(2023, 4, 1), date(2027, 4, 1)),
    RemoteUnavailable(System.SMARTHR, "status 503"),
    TooManyRequests(System.KINKAKUJI, "status 429", 30.0),
    PageInstead(System.SMARTHR, "a page"),
    CredentialsRejected(System.KINKAKUJI, CredentialProblem.IP_ADDRESS),
    RemoteRejected(System.SMARTHR, 400, ("秘密さんは登録できません。",)),
    OutcomeUnknown(System.KINKAKUJI),
]


@pytest.mark.parametrize("error", EVERY, ids=lambda error: type(error).__name__)
def test_an_error_comes_back_as_it_was_kept(error: RenkeiError) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert type(again) is type(error)
    assert (str(again), vars(again)) == (str(error), vars(error))


def test_what_the_remote_said_is_not_in_the_text() -> None:
    assert not [error for error in EVERY if "秘密" in f"{error} {error!r}"]
