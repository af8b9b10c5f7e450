"""SmartHR's API v1: crews ⇄ Employee (https://developer.smarthr.jp/api)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from urllib.parse import quote

from pydantic import TypeAdapter

from sync.answers import Codes, Verdict
from sync.errors import CredentialProblem
from sync.fields import Field, Value
from sync.http import Http
from sync.model import Employee, Placement, PlacementChoices, System
from sync.paging import MAX_PER_PAGE, PagedList
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
_CREWS = TypeAdapter(list[Crew])
_ENTRIES = TypeAdapter(list[Entry])
_LINKED = {"fields": ",".join(Crew.model_fields), "sort": "emp_code"}
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
        workers: int = 4,
    ) -> None:
        self._http = http
        self._prefer_business_name = prefer_business_name
        self._crews = PagedList(http, "/crews", _CREWS, per_page, workers)
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
        return self._as_source(self._crews.fetch_whole(_LINKED))

    def fetch_again(self, as_of: date, remote_ids: Sequence[str]) -> list[Employee]:
        """Read people by id, a page at a time."""
        del as_of
        return self._as_source(self._with_ids(remote_ids))

    def fetch_everyone(self) -> list[Employee]:
        """Read everybody, of any 在籍状況."""
        return [self._employee(crew) for crew in self._crews.fetch_whole(_LINKED)]

    def fetch_live(self, remote_ids: Sequence[str], numbers: Sequence[str]) -> list[Employee]:
        """Read people by id, a page at a time, and by number, one at a time: that filter takes only one."""
        found = {crew.id: crew for crew in self._with_ids(remote_ids)}
        found |= {crew.id: crew for number in _distinct(numbers) for crew in self._with_number(number)}
        return [self._employee(crew) for crew in found.values()]

    def fetch_placement_choices(self) -> PlacementChoices:
        """Read every 事業所."""
        entries = self._establishments.fetch_whole({})
        return PlacementChoices(establishments=tuple(entry.by_id() for entry in entries))

    def create(self, number: str, values: Mapping[Field, Value], placement: Placement) -> Employee:
        """Create a person at an establishment; without one SmartHR would silently take the tenant's first."""
        if placement.establishment is None:
            raise ValueError("SmartHR is asked to create nobody without 所属事業所")
        filled = {field: value for field, value in values.items() if value is not None}
        body = to_crew({Field.NUMBER: number, **filled})
        put = {"biz_establishment_id": placement.establishment.code}
        return self._employee(self._http.write("POST", "/crews", {**body, **put}, _CREW))

    def update(self, existing: Employee, values: Mapping[Field, Value]) -> Employee:
        """Write these fields; None clears."""
        path = f"/crews/{quote(existing.remote_id, safe='')}"
        return self._employee(self._http.write("PATCH", path, to_crew(values, existing), _CREW))

    def check(self) -> None:
        """Read one person's id and one 事業所."""
        self._http.read("/crews", _ENTRIES, {"page": "1", "per_page": "1", "fields": "id"})
        self._http.read("/biz_establishments", _ENTRIES, {"page": "1", "per_page": "1"})

    def _as_source(self, crews: Iterable[Crew]) -> list[Employee]:
        names = {each.code: each.name for each in self.fetch_placement_choices().establishments}
        return [self._employee(crew, names) for crew in crews]

    def _employee(self, crew: Crew, establishments: Mapping[str, str] | None = None) -> Employee:
        prefer = self._prefer_business_name
        return crew.to_employee(prefer_business_name=prefer, establishments=establishments)

    def _with_ids(self, ids: Sequence[str]) -> Iterator[Crew]:
        wanted = _distinct(ids)
        size = self._crews.per_page
        for start in range(0, len(wanted), size):
            batch = wanted[start : start + size]
            found = self._crews.fetch_few({**_LINKED, "id": ",".join(batch)})
            yield from (crew for crew in found if crew.id in batch)

    def _with_number(self, number: str) -> Iterator[Crew]:
        found = self._crews.fetch_few({**_LINKED, "emp_code": number})
        yield from (crew for crew in found if crew.emp_code == number)


def _distinct(texts: Sequence[str]) -> list[str]:
    return sorted(set(texts) - {""})
