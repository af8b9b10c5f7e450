"""What the product asks of the outside, as Protocols: the two systems, and a pace to call them at."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Protocol

from sync.fields import Field, Value
from sync.model import Employee, Placement, PlacementChoices, System

Sending = Callable[[], None]
"""Called right before a request goes out, after all waiting; if it raises, nothing is sent."""


def unnoticed() -> None:
    """Let a request go out without anybody being told."""


class RemoteSystem(Protocol):
    """SmartHR or 勤革時. There is no delete.

    Every call may raise ClosedNow, RemoteUnavailable or CredentialsRejected, and a read IncompleteFetch.
    """

    @property
    def system(self) -> System:
        """Which of the two it is."""

    @property
    def knows_the_past(self) -> bool:
        """Tell whether what it says depends on the day that is asked for."""

    def fetch_as_of(self, as_of: date) -> list[Employee]:
        """Read everybody as of a day, leavers and future people included: the source's side of a plan."""

    def fetch_again(self, as_of: date, remote_ids: Sequence[str]) -> list[Employee]:
        """Read these people of the source's side again, in few calls."""

    def fetch_everyone(self) -> list[Employee]:
        """Read everybody as of today, retired and future people included: the target's side of a plan."""

    def fetch_live(self, remote_ids: Sequence[str], numbers: Sequence[str]) -> list[Employee]:
        """Read again, in few calls, the people with these ids and whoever has these numbers."""

    def fetch_placement_choices(self) -> PlacementChoices:
        """Read the masters from which a new person's placement is chosen."""

    def create(
        self,
        number: str,
        values: Mapping[Field, Value],
        placement: Placement,
        sending: Sending = unnoticed,
    ) -> Employee:
        """Create a person and give them as the system has them now.

        Raises RemoteRejected, or OutcomeUnknown when the answer was lost.
        """

    def update(
        self, existing: Employee, values: Mapping[Field, Value], sending: Sending = unnoticed
    ) -> Employee:
        """Write these fields and no others; None clears. Give the person as the system has them now.

        Raises RemoteRejected, or OutcomeUnknown when the answer was lost.
        """

    def check(self) -> None:
        """Make the cheapest calls that prove address, token and every permission that Renkei needs."""


class Pace(Protocol):
    """When the next call to a system may start, under that system's limits."""

    def wait(self) -> None:
        """Return when a call may start. Raises TooManyRequests when that is more than a minute away."""

    def back_off(self, seconds: float) -> None:
        """Let nobody start a call for so many seconds: the remote said that it was too much."""
