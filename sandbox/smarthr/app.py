"""SmartHR as a web application."""

from flask import Flask

from sandbox.calls import Calls
from sandbox.clock import Clock
from sandbox.company.model import Company
from sandbox.faults import Faults
from sandbox.remote.system import JsonObject
from sandbox.smarthr.options import Limits, Options


class SmartHR:
    """One tenant of SmartHR under `/{subdomain}/api/v1`."""

    def __init__(
        self,
        clock: Clock,
        company: Company,
        faults: Faults,
        calls: Calls,
        *,
        limits: Limits | None = None,
        options: Options | None = None,
    ) -> None:
        self.wsgi = Flask("sandbox.smarthr")
        """The application to mount."""

    @property
    def version(self) -> int:
        """A number that grows with every change of a record."""
        return 0

    def records(self) -> list[JsonObject]:
        """Return every person by number, in a few readable columns, for the side panel."""
        return []

    def stored(self) -> list[JsonObject]:
        """Return every person as `Company.crews` holds them."""
        return []

    def crew(self, number: str) -> JsonObject:
        """Return the one person with this number as stored; raise LookupError for none or several."""
        raise LookupError(number)

    def edit(self, number: str, **changes: str | None) -> None:
        """Change a person as a third party would, unchecked."""
        raise LookupError(number)
