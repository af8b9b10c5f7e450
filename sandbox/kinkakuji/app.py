"""勤革時 as a web application."""

from flask import Flask

from sandbox.calls import Calls
from sandbox.clock import Clock
from sandbox.company.model import Company
from sandbox.faults import Faults
from sandbox.remote.system import JsonObject
from sandbox.kinkakuji.options import Limits, Options


class Kinkakuji:
    """One company in 勤革時 under `/v1.0`."""

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
        self.wsgi = Flask("sandbox.kinkakuji")
        """The application to mount."""

    @property
    def version(self) -> int:
        """A number that grows with every change of a record."""
        return 0

    def records(self) -> list[JsonObject]:
        """Return every person by number, in a few readable columns, for the side panel."""
        return []

    def stored(self) -> list[JsonObject]:
        """Return every person as `Company.employees` holds them."""
        return []

    def employee(self, number: str) -> JsonObject:
        """Return the one person with this number as stored; raise LookupError for none or several."""
        raise LookupError(number)

    def edit(self, number: str, **changes: str | None) -> None:
        """Change a person as a third party would, unchecked."""
        raise LookupError(number)
