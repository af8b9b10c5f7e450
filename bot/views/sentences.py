"""What happened and what to do about it, for everything that can go wrong."""

from collections.abc import Mapping
from typing import NamedTuple

from bot.texts import Texts
from sync.diff import BlockReason
from sync.errors import RenkeiError
from sync.outcome import Outcome


class Sentence(NamedTuple):
    """A sentence that says what happened, and one that says what to do."""

    happened: str
    remedy: str


class Failure(NamedTuple):
    """An error in the form in which it is kept: a code, and what its sentence needs to know."""

    code: str
    detail: Mapping[str, str]


def failure_of(error: RenkeiError) -> Failure:
    """Bring an error into the form in which it is kept."""
    raise NotImplementedError


def failure_text(t: Texts, code: str, detail: Mapping[str, str]) -> Sentence:
    """Say what a kept error means; a code from another version is said to be unexpected."""
    raise NotImplementedError


def error_text(t: Texts, error: RenkeiError) -> Sentence:
    """Say what an error means."""
    return failure_text(t, *failure_of(error))


def check_text(t: Texts, problem: str, system: str) -> Sentence:
    """Say why a connection's check failed; `problem` is a CredentialProblem's value or "unavailable"."""
    raise NotImplementedError


def block_text(t: Texts, reason: BlockReason) -> Sentence:
    """Say why a row must not be written."""
    raise NotImplementedError


def outcome_text(t: Texts, outcome: Outcome) -> Sentence:
    """Say why a row ended as it did, in our own words: without a value of the person."""
    raise NotImplementedError
