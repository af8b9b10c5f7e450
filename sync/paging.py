"""Reads a SmartHR list page by page and proves that it is whole.

A list has no cursor: while it is read, somebody can come or go and push rows from page to page. It is whole
only when every page told the same total and exactly so many different rows were seen.
"""

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from math import ceil
from typing import Generic, Protocol, TypeVar

from pydantic import TypeAdapter

from sync.errors import IncompleteFetch
from sync.http import Http

MAX_PER_PAGE = 100
"""More is cut to this silently (SmartHR's Swagger document)."""


class HasId(Protocol):
    """A row of a list."""

    @property
    def remote_id(self) -> str:
        """What tells it from every other row."""


T = TypeVar("T", bound=HasId)


@dataclass(frozen=True, slots=True)
class _Page(Generic[T]):
    rows: list[T]
    total: int | None
    """x-total-count; None when it is missing, and then nothing is proven."""


class PagedList(Generic[T]):
    """One list of SmartHR."""

    def __init__(
        self, http: Http, path: str, shape: TypeAdapter[list[T]], per_page: int, workers: int
    ) -> None:
        if not 1 <= per_page <= MAX_PER_PAGE:
            raise ValueError(f"per_page must be 1 to {MAX_PER_PAGE}, not {per_page}")
        self._http = http
        self._path = path
        self._shape = shape
        self.per_page = per_page
        self._workers = workers

    def fetch_whole(self, params: Mapping[str, str]) -> list[T]:
        """Read the whole list; a second time if it moved; raise IncompleteFetch if it moved again."""
        try:
            return self._proven(self._fetch_pages(params))
        except IncompleteFetch:
            return self._proven(self._fetch_pages(params))

    def fetch_few(self, params: Mapping[str, str]) -> list[T]:
        """Read what fits one page.

        SmartHR ignores a filter that it doesn't know, and answers with everybody: that is refused here.
        """
        return self._proven([self._fetch(params, 1)])

    def fetch_few_each(self, several: Iterable[Mapping[str, str]]) -> list[T]:
        """Read what fits one page for each of these filters, side by side."""
        with ThreadPoolExecutor(self._workers) as pool:
            return list(chain.from_iterable(pool.map(self.fetch_few, several)))

    def _fetch_pages(self, params: Mapping[str, str]) -> list[_Page[T]]:
        first = self._fetch(params, 1)
        numbers = range(2, ceil((first.total or 0) / self.per_page) + 1)
        with ThreadPoolExecutor(self._workers) as pool:
            return [first, *pool.map(lambda number: self._fetch(params, number), numbers)]

    def _fetch(self, params: Mapping[str, str], page: int) -> _Page[T]:
        paging = {"page": str(page), "per_page": str(self.per_page)}
        received = self._http.read(self._path, self._shape, {**params, **paging})
        total = received.headers.get("x-total-count", "")
        return _Page(received.body, int(total) if total.isdecimal() else None)

    def _proven(self, pages: list[_Page[T]]) -> list[T]:
        rows = [row for page in pages for row in page.rows]
        totals = {page.total for page in pages}
        unique = {row.remote_id: row for row in rows}
        if totals != {len(rows)} or len(unique) != len(rows):
            # Of totals that moved, the one that shows it: "238 of 238 are missing" would explain nothing.
            told = max((total or 0 for total in totals), key=lambda total: abs(total - len(unique)))
            raise IncompleteFetch(self._http.system, told, len(unique))
        return rows
