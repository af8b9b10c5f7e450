"""What a stand-in really met: the truth that a client's own account is held against."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, Self
from urllib.parse import parse_qsl
from wsgiref.types import WSGIEnvironment

from sandbox.remote.system import System


@dataclass(frozen=True, kw_only=True, eq=False)
class Seen:
    """A call with all that it says. Personal: it never leaves the process."""

    system: System
    method: str
    path: str
    query: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    arrived: float
    """In seconds of a clock that nobody can move."""

    @classmethod
    def of(cls, system: System, environ: WSGIEnvironment, body: bytes, arrived: float) -> Self:
        """Take from a request what it says."""
        return cls(
            system=system,
            method=environ["REQUEST_METHOD"],
            path=environ.get("PATH_INFO", ""),
            query=dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True)),
            body=body,
            arrived=arrived,
        )


class Witness(Protocol):
    """Somebody who is told at once, in the thread of the call."""

    def arrived(self, seen: Seen) -> None:
        """Hear of a call before anything becomes of it."""

    def carried_out(self, seen: Seen, status: int) -> None:
        """Hear what the system has said to it, after all effect and before any answer."""
