"""What both systems know about one company: the state that the stand-ins start from and are saved as."""

import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Self

from sandbox.remote.system import JsonObject

DEMO_SUBDOMAIN = "tsubame"
DEMO_SMARTHR_TOKEN = "shr_0d3e_TsubameDemoToken00000000000000000"
DEMO_KINKAKUJI_TOKEN = "tsubamedemotoken0000000000000000"


@dataclass(frozen=True, kw_only=True)
class Company:
    """One company in both systems. Records are the systems' own JSON, sparse: what is absent is empty."""

    name: str
    subdomain: str = DEMO_SUBDOMAIN
    crews: list[JsonObject] = field(default_factory=list)
    """SmartHR's people, as written to it, plus `id` and timestamps."""
    establishments: list[JsonObject] = field(default_factory=list)
    """SmartHR's 事業所: `id`, `name`; the first is the default for new people."""
    departments: list[JsonObject] = field(default_factory=list)
    """SmartHR's 部署: `id`, `name`, `code`, `parent_id`."""
    employment_types: list[JsonObject] = field(default_factory=list)
    """SmartHR's 雇用形態: `id`, `name`, `preset_type`, `code`."""
    employees: list[JsonObject] = field(default_factory=list)
    """勤革時's people, as written to it, plus `key` and `placements`, each with `since` and its codes."""
    divisions: list[JsonObject] = field(default_factory=list)
    """勤革時's 所属: `code`, `name`, `dayBorderTime`."""
    working_types: list[JsonObject] = field(default_factory=list)
    """勤革時's 雇用区分: `code`, `name`."""
    employee_groups: list[JsonObject] = field(default_factory=list)
    """勤革時's 従業員グループ: `code`, `name`."""

    def with_records(self, *, crews: list[JsonObject], employees: list[JsonObject]) -> Self:
        """Return the company with the people that the stand-ins hold now."""
        return replace(self, crews=crews, employees=employees)

    def save(self, path: Path) -> None:
        """Write the company to a JSON file; a crash leaves the old file or the new one."""
        path.parent.mkdir(parents=True, exist_ok=True)  # the demo's data may have been deleted while it runs
        draft = path.with_name(path.name + ".new")
        draft.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")
        draft.replace(path)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a company that `save` wrote."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))
