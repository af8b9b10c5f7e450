"""What an HTTP answer of the two systems means, by its status and code, never by its text.

An error has one of two shapes: `{"code", "message", "errors": [{"message", "code"}]}` with any of them
missing, or flat `{"code": "303", "message"}`. A code is a number or a string of digits.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError

from sync.errors import CredentialProblem


class Verdict(Enum):
    """What an answer means to whoever asked, credentials apart."""

    DONE = "done"
    CLOSED = "closed"
    """勤革時 is inside its closed hours; nothing was done."""
    TOO_MANY = "too_many"
    """Over the limit; nothing was done."""
    NOT_NOW = "not_now"
    """The system itself says that it is out of service; nothing was done."""
    BROKEN = "broken"
    """Something failed on the way; what was asked may or may not have been done."""
    REJECTED = "rejected"
    """This one request is refused."""


Meaning = Verdict | CredentialProblem
Codes = Mapping[tuple[int | None, int], Meaning]
"""What a system's own (status, code) pairs mean; None stands for any status."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it arrived. `code` and `messages` are empty unless it is the system's own error."""

    status: int
    content: bytes
    headers: Mapping[str, str]
    code: int | None = None
    messages: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Hide the content: it holds people."""
        return f"Answer({self.status}, {self.code})"


def read_answer(response: httpx.Response) -> Answer:
    """Take what matters from a response; a body that is no error envelope is left alone."""
    error = _envelope(response)
    code = next(error.codes(), None) if error else None
    messages = tuple(error.messages()) if error else ()
    return Answer(response.status_code, response.content, response.headers, code, messages)


def meaning(answer: Answer, codes: Codes) -> Meaning:
    """Tell what an answer means: by a code that the system is known for, else by the class of its status."""
    if answer.code is not None:
        for status in (answer.status, None):
            known = codes.get((status, answer.code))
            if known is not None:
                return known
    return _by_status(answer)


_STATUSES: Mapping[int, Meaning] = {
    HTTPStatus.UNAUTHORIZED: CredentialProblem.TOKEN,
    HTTPStatus.FORBIDDEN: CredentialProblem.PERMISSION,
    HTTPStatus.TOO_MANY_REQUESTS: Verdict.TOO_MANY,
}


def _by_status(answer: Answer) -> Meaning:
    is_own = answer.code is not None
    if answer.status in _STATUSES:
        return _STATUSES[answer.status]
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        in_own_words = is_own and answer.status == HTTPStatus.SERVICE_UNAVAILABLE
        return Verdict.NOT_NOW if in_own_words else Verdict.BROKEN
    if answer.status < HTTPStatus.MULTIPLE_CHOICES:
        return Verdict.DONE
    # A redirect, or somebody else's "not found": this is not the address of an API.
    is_elsewhere = answer.status < HTTPStatus.BAD_REQUEST or answer.status == HTTPStatus.NOT_FOUND
    return CredentialProblem.ADDRESS if is_elsewhere and not is_own else Verdict.REJECTED


class _Item(BaseModel):
    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True)

    code: int | None = None
    message: str | None = None


class _Envelope(_Item):
    errors: list[_Item] | None = None

    def codes(self) -> Iterator[int]:
        yield from (each.code for each in (self, *(self.errors or ())) if each.code is not None)

    def messages(self) -> Iterator[str]:
        items = self.errors or (self,)
        yield from (each.message for each in items if each.message)


_FLAT = {"code", "message"}


def _envelope(response: httpx.Response) -> _Envelope | None:
    if response.is_success and response.content.startswith(b"["):
        return None  # a list of people; a whole company's takes time and memory to read
    try:
        body = json.loads(response.content)
        # A person of 勤革時 has a `code` too, and it may be 303.
        if response.is_success and not (isinstance(body, dict) and body.keys() == _FLAT):
            return None
        return _Envelope.model_validate(body)
    except (ValueError, ValidationError):  # HTML of a proxy, nothing at all, another API's errors
        return None
