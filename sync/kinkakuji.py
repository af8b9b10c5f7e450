"""勤革時's API, which is the KING OF TIME Web API v1.0: employees ⇄ Employee (https://developer.kingtime.jp/)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from urllib.parse import quote

from pydantic import TypeAdapter

from sync.answers import Codes, Verdict
from sync.errors import CredentialProblem, IncompleteFetch, OutcomeUnknown, RenkeiError
from sync.fields import Field, Value
from sync.http import Http
from sync.model import Employee, Placement, PlacementChoices, System
from sync.parsing import parse_worker, people
from sync.remote import Sending, unnoticed
from sync.text import number_key
from sync.wire import Entry, Worker, to_worker

KINKAKUJI_CODES: Codes = {
    (403, 100): CredentialProblem.TOKEN,
    (403, 104): Verdict.CLOSED,
    (403, 105): CredentialProblem.IP_ADDRESS,
    (500, 300): Verdict.BROKEN,
    (None, 303): Verdict.TOO_MANY,
    (None, 308): Verdict.TOO_MANY,
}
"""100, 104, 300 and 303 from the vendor's own pages; 105 and 308 as seen by integrators. No text says with
which HTTP status 303 and 308 come."""

_WORKER = TypeAdapter(Worker)
_WORKERS = people(Worker, parse_worker)
_ENTRIES = TypeAdapter(list[Entry])
_ADDITIONAL = "lastNamePhonetics,firstNamePhonetics,hiredDate,birthDate,resignationDate,emailAddresses"
"""What a list leaves out unless it is asked for."""
_LINKED = {"additionalFields": _ADDITIONAL, "includeResigner": "true"}


class Kinkakuji:
    """One company in 勤革時. Thread-safe. A list has no pages: it comes whole or not at all."""

    def __init__(self, http: Http, today: Callable[[], date]) -> None:
        self._http = http
        self._today = today

    @property
    def system(self) -> System:
        """Which of the two it is."""
        return System.KINKAKUJI

    @property
    def knows_the_past(self) -> bool:
        """勤革時 answers as of any day from three years back to one ahead."""
        return True

    def fetch_as_of(self, as_of: date) -> list[Employee]:
        """Read the company as it is on `as_of`, retired people included.

        勤革時 lists people before they are hired, and does not say whether the last day of employment counts:
        everybody is asked for, and our own rule decides who is enrolled.
        """
        return self._fetch(as_of)

    def fetch_again(self, as_of: date, remote_ids: Sequence[str]) -> list[Employee]:
        """Read everybody in one call and keep these people."""
        ids = set(remote_ids)
        return [person for person in self._fetch(as_of) if person.remote_id in ids]

    def fetch_everyone(self) -> list[Employee]:
        """Read everybody as of today, retired people included."""
        return self._fetch(self._today())

    def fetch_live(self, remote_ids: Sequence[str], numbers: Sequence[str]) -> list[Employee]:
        """Read everybody in one call and keep these people; a number matches in any spelling."""
        ids = set(remote_ids)
        keys = {number_key(number) for number in numbers if number}
        return [
            person
            for person in self.fetch_everyone()
            if person.remote_id in ids or (person.number is not None and number_key(person.number) in keys)
        ]

    def fetch_placement_choices(self) -> PlacementChoices:
        """Read every 所属 and every 雇用区分."""
        divisions = self._http.read("/divisions", _ENTRIES).body
        categories = self._http.read("/working-types", _ENTRIES).body
        return PlacementChoices(
            divisions=tuple(entry.by_code() for entry in divisions),
            categories=tuple(entry.by_code() for entry in categories),
        )

    def create(
        self,
        number: str,
        values: Mapping[Field, Value],
        placement: Placement,
        sending: Sending = unnoticed,
    ) -> Employee:
        """Create a person in a 所属 with a 雇用区分, both of which 勤革時 requires."""
        if placement.division is None or placement.category is None:
            raise ValueError("勤革時 creates nobody without 所属 and 雇用区分")
        filled = {field: value for field, value in values.items() if value is not None}
        body = to_worker({Field.NUMBER: number, **filled})
        put = {"divisionCode": placement.division.code, "typeCode": placement.category.code}
        written = self._http.write("POST", "/employees", {**body, **put}, _WORKER, sending)
        return self._whole(written, number, {**body, **put})

    def update(
        self, existing: Employee, values: Mapping[Field, Value], sending: Sending = unnoticed
    ) -> Employee:
        """Write these fields, None clears; of several addresses only the first is replaced."""
        body = to_worker(values, existing.other_emails)
        path = f"/employees/{quote(existing.remote_id, safe='')}"
        written = self._http.write("PUT", path, body, _WORKER, sending)
        return self._whole(written, existing.number or "", body)

    def check(self) -> None:
        """Read both masters and the people of one 所属.

        The token's own address, `/tokens/…`, is never called: the token would stand in a URL.
        """
        divisions = self.fetch_placement_choices().divisions
        one = {"division": divisions[0].code} if divisions else {}
        self._http.read("/employees", _WORKERS, one)

    def _fetch(self, day: date) -> list[Employee]:
        workers = self._http.read("/employees", _WORKERS, {**_LINKED, "date": day.isoformat()}).body
        keys = {worker.remote_id for worker in workers}
        if len(keys) != len(workers):
            raise IncompleteFetch(self.system, len(workers), len(keys))
        return workers

    def _whole(self, written: Worker, number: str, sent: Mapping[str, object]) -> Employee:
        """Give the person as 勤革時 has them now; an answer that lacks what was sent is read anew."""
        filled = {key for key, value in sent.items() if value}
        if filled <= written.keys():
            return parse_worker(written)
        return self._read_back(written["key"], number)

    def _read_back(self, key: str, number: str) -> Employee:
        path = f"/employees/{quote(number, safe='')}"
        try:
            found = self._http.read(path, _WORKER, _LINKED).body
        except RenkeiError:
            # The write was accepted: whatever keeps us from reading must not make it look as if it was not.
            raise OutcomeUnknown(self.system) from None
        if found["key"] != key:
            raise OutcomeUnknown(self.system)
        return parse_worker(found)
