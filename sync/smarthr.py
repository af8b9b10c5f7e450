"""SmartHR's API v1: crews ⇄ Employee (https://developer.smarthr.jp/api)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from urllib.parse import quote

from pydantic import TypeAdapter

from sync.answers import Codes, Verdict
from sync.errors import CredentialProblem
from sync.fields import Field, Value
from sync.http import Http
from sync.model import Employee, Placement, PlacementChoices, System
from sync.paging import MAX_PER_PAGE, PagedList
from sync.parsing import parse_crew, people
from sync.remote import Sending, unnoticed
from sync.wire import Crew, Entry, to_crew

SMARTHR_CODES: Codes = {
    (400, 1): Verdict.REJECTED,
    (401, 2): CredentialProblem.TOKEN,
    (403, 3): CredentialProblem.PERMISSION,
    (403, 7): CredentialProblem.PLAN_LIMIT,
    (403, 15): CredentialProblem.IP_ADDRESS,
    (404, 4): Verdict.REJECTED,
    (429, 6): Verdict.TOO_MANY,
    (500, 5): Verdict.BROKEN,
    (503, 9): Verdict.NOT_NOW,
}
"""https://developer.smarthr.jp/api/about_api; 15 as seen by an integrator."""

_CREW = TypeAdapter(Crew)
_ENTRIES = TypeAdapter(list[Entry])
_LINKED = {"fields": ",".join(Crew.__annotations__), "sort": "emp_code"}
"""Neither is documented: whether SmartHR sends `id` unasked, and whether it sorts by it."""


class SmartHR:
    """One tenant of SmartHR. Thread-safe.

    `prefer_business_name` shows people under their business names where they have one, in both directions: so
    what is written to 勤革時 does not come back as a difference. A write changes the name that was shown.
    """

    def __init__(
        self,
        http: Http,
        *,
        prefer_business_name: bool = False,
        per_page: int = MAX_PER_PAGE,
        workers: int = 8,
    ) -> None:
        self._http = http
        self._prefer_business_name = prefer_business_name
        self._per_page = per_page
        self._workers = workers
        self._crews = self._people({})
        self._establishments = PagedList(http, "/biz_establishments", _ENTRIES, per_page, workers)

    @property
    def system(self) -> System:
        """Which of the two it is."""
        return System.SMARTHR

    @property
    def knows_the_past(self) -> bool:
        """SmartHR only knows today."""
        return False

    def fetch_as_of(self, as_of: date) -> list[Employee]:
        """Read everybody, with the names of their 事業所; the day changes nothing."""
        del as_of
        return self._people(self._establishment_names()).fetch_whole(_LINKED)

    def fetch_again(self, as_of: date, remote_ids: Sequence[str]) -> list[Employee]:
        """Read people by id, a page in a call."""
        del as_of
        people, ids = self._people(self._establishment_names()), {*remote_ids} - {""}
        found = people.fetch_few_each({**_LINKED, **each} for each in self._by_id(ids))
        return [person for person in found if person.remote_id in ids]

    def fetch_everyone(self) -> list[Employee]:
        """Read everybody, of any 在籍状況."""
        return self._crews.fetch_whole(_LINKED)

    def fetch_live(self, remote_ids: Sequence[str], numbers: Sequence[str]) -> list[Employee]:
        """Read people by id, a page in a call, and by number, one in a call: that filter takes only one."""
        ids, codes = {*remote_ids} - {""}, {*numbers} - {""}
        asked = [*self._by_id(ids), *({"emp_code": code} for code in sorted(codes))]
        found = self._crews.fetch_few_each({**_LINKED, **each} for each in asked)
        there = {each.remote_id: each for each in found if each.remote_id in ids or each.number in codes}
        return list(there.values())

    def fetch_placement_choices(self) -> PlacementChoices:
        """Read every 事業所."""
        entries = self._establishments.fetch_whole({})
        return PlacementChoices(establishments=tuple(entry.by_id() for entry in entries))

    def create(
        self,
        number: str,
        values: Mapping[Field, Value],
        placement: Placement,
        sending: Sending = unnoticed,
    ) -> Employee:
        """Create a person at an establishment; without one SmartHR would silently take the tenant's first."""
        if placement.establishment is None:
            raise ValueError("SmartHR is asked to create nobody without 所属事業所")
        filled = {field: value for field, value in values.items() if value is not None}
        body = to_crew({Field.NUMBER: number, **filled})
        put = {"biz_establishment_id": placement.establishment.code}
        return self._employee(self._http.write("POST", "/crews", {**body, **put}, _CREW, sending))

    def update(
        self, existing: Employee, values: Mapping[Field, Value], sending: Sending = unnoticed
    ) -> Employee:
        """Write these fields; None clears."""
        path = f"/crews/{quote(existing.remote_id, safe='')}"
        return self._employee(self._http.write("PATCH", path, to_crew(values, existing), _CREW, sending))

    def check(self) -> None:
        """Read one person's id and one 事業所."""
        self._http.read("/crews", _ENTRIES, {"page": "1", "per_page": "1", "fields": "id"})
        self._http.read("/biz_establishments", _ENTRIES, {"page": "1", "per_page": "1"})

    def _people(self, establishments: Mapping[str, str]) -> PagedList[Employee]:
        """Give the list of people, their 事業所 named by these names."""
        prefer = self._prefer_business_name
        parse = partial(parse_crew, prefer_business_name=prefer, establishments=establishments)
        return PagedList(self._http, "/crews", people(Crew, parse), self._per_page, self._workers)

    def _establishment_names(self) -> dict[str, str]:
        return {each.code: each.name for each in self.fetch_placement_choices().establishments}

    def _employee(self, crew: Crew) -> Employee:
        return parse_crew(crew, prefer_business_name=self._prefer_business_name)

    def _by_id(self, ids: Collection[str]) -> Iterator[Mapping[str, str]]:
        wanted = sorted(ids)
        for start in range(0, len(wanted), self._per_page):
            yield {"id": ",".join(wanted[start : start + self._per_page])}
