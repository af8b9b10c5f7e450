"""Pages of a list. Headers as by the Ruby gem api-pagination, whose texts SmartHR's Swagger repeats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Self
from urllib.parse import urlencode

from sandbox.faults import Switches
from sandbox.remote.system import JsonObject
from sandbox.smarthr.errors import FieldProblem, Problem, SmartHRError
from sandbox.smarthr.options import Options

DEFAULT_PER_PAGE = 10
MAX_PER_PAGE = 100


@dataclass(frozen=True)
class Page:
    """Which page was asked for."""

    number: int
    size: int

    @classmethod
    def asked(cls, args: Mapping[str, str], options: Options) -> Self:
        """Read `page` and `per_page`; nonsense falls back to the defaults."""
        size = _positive(args.get("per_page"), DEFAULT_PER_PAGE)
        if size > MAX_PER_PAGE and options.over_100_per_page == "refuse":
            problem = FieldProblem("per_page", "per_pageは100以下で入力してください。")
            raise SmartHRError(Problem.bad_request, [problem])
        return cls(_positive(args.get("page"), 1), min(size, MAX_PER_PAGE))

    def of(self, items: Sequence[JsonObject], faults: Switches) -> list[JsonObject]:
        """Cut the page out of the list, or what a fault makes of it."""
        if self.number == faults.error_on_page:
            raise SmartHRError(Problem.internal_server_error)
        if self.number == faults.lost_page:
            return []
        number = self.number - 1 if self.number == faults.repeated_page else self.number
        # Somebody new at the head pushes the last row of a page that was read onto the next one.
        shift = 1 if faults.page_shift and number > 1 else 0
        start = (number - 1) * self.size - shift
        return list(items[start : start + self.size])

    def total(self, count: int, faults: Switches) -> int:
        """Return the count that is claimed with this page."""
        shifted = 1 if faults.page_shift and self.number > 1 else 0
        shrunk = self.number - 1 if faults.shrinking_total else 0
        return count + shifted - shrunk

    def headers(self, total: int, base_url: str, args: Mapping[str, str], options: Options) -> dict[str, str]:
        """Return the paging headers; a list of one page has no Link."""
        headers = {"x-total-count": str(total)}
        if options.counting_headers:
            headers |= {"x-page": str(self.number), "x-per-page": str(self.size)}
        links = [
            f'<{base_url}?{urlencode({**args, "page": number, "per_page": self.size})}>; rel="{relation}"'
            for relation, number in self._neighbours(total).items()
        ]
        return {**headers, "Link": ", ".join(links)} if links else headers

    def _neighbours(self, total: int) -> dict[str, int]:
        last = max(ceil(total / self.size), 1)
        before = {"first": 1, "prev": min(self.number - 1, last)} if self.number > 1 else {}
        after = {"last": last, "next": self.number + 1} if self.number < last else {}
        return before | after


def _positive(text: str | None, default: int) -> int:
    number = int(text) if text and text.isdecimal() else 0
    return number or default
