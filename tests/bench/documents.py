"""Both systems' JSON for a company of any size, as the stand-ins would send it.

`python -m tests.bench.documents PEOPLE FOLDER` writes it: one answer a line, SmartHR's in pages of 100.
"""

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sandbox.company.generated import Shares, generated_company
from sandbox.company.model import Company
from sandbox.kinkakuji import masters as kinkakuji_masters
from sandbox.kinkakuji.options import Options as KinkakujiOptions
from sandbox.kinkakuji.render import rendered
from sandbox.kinkakuji.validation import OPTIONAL
from sandbox.remote.system import JsonObject
from sandbox.smarthr import masters as smarthr_masters
from sandbox.smarthr.options import Options as SmartHROptions
from sandbox.smarthr.options import Rights
from sandbox.smarthr.render import CrewRenderer
from sync.paging import MAX_PER_PAGE
from sync.wire import Crew

TODAY = date(2026, 4, 1)
SHARES = Shares(respelled=0.05)
"""Beside who is new and who differs: a part of the people is only spelled otherwise."""


@dataclass(frozen=True)
class Documents:
    """What came over the network: the bodies of the answers."""

    crews: list[bytes]
    employees: list[bytes]

    @classmethod
    def load(cls, folder: Path) -> "Documents":
        """Read what `main` wrote."""
        return cls(*((folder / name).read_bytes().splitlines() for name in ("crews", "employees")))


def main(people: int, folder: Path) -> None:
    """Write the answers of both systems for a company of so many people."""
    company = generated_company(people, today=TODAY, shares=SHARES)
    folder.mkdir(exist_ok=True)
    crews = list(_crews(company))
    pages = [crews[start : start + MAX_PER_PAGE] for start in range(0, len(crews), MAX_PER_PAGE)]
    _write(folder / "crews", pages)
    _write(folder / "employees", [list(_employees(company))])


def _crews(company: Company) -> Iterable[JsonObject]:
    """Give what Renkei asks SmartHR for, and no more."""
    renderer = CrewRenderer(smarthr_masters.Masters(company), SmartHROptions())
    return (renderer.seen_by(Rights(), stored, Crew.__annotations__) for stored in company.crews)


def _employees(company: Company) -> Iterable[JsonObject]:
    masters, options = kinkakuji_masters.Masters(company), KinkakujiOptions()
    return (rendered(stored, TODAY, masters, options, OPTIONAL) for stored in company.employees)


def _write(path: Path, answers: Iterable[list[JsonObject]]) -> None:
    lines = (json.dumps(answer, ensure_ascii=False, separators=(",", ":")) for answer in answers)
    path.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
