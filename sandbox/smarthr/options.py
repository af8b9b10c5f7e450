"""What differs between SmartHR tenants, or is not known about SmartHR and must be tried both ways."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sandbox.company.model import DEMO_SMARTHR_TOKEN

RESOURCES = frozenset({"crews", "biz_establishments", "departments", "employment_types"})


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How many requests one access token may make (https://developer.smarthr.jp/api/about_api)."""

    per_second: int = 10
    per_hour: int = 5000
    scale: float = 1.0
    """How many times faster than in real life the limits' seconds and hours pass."""


@dataclass(frozen=True, kw_only=True)
class Rights:
    """What one access token may do."""

    read: frozenset[str] = RESOURCES
    write: frozenset[str] = frozenset({"crews"})
    hidden_attributes: frozenset[str] = frozenset()
    """Crew attributes that the token may not see."""
    locked_attributes: frozenset[str] = frozenset()
    """Crew attributes that the token may not write."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """Switches of the stand-in."""

    tokens: Mapping[str, Rights] = field(default_factory=lambda: {DEMO_SMARTHR_TOKEN: Rights()})
    allow_duplicate_numbers: bool = False
    """Sources disagree on whether emp_code is unique; the API is said to refuse a doubled one."""
    hidden_as: Literal["null", "absent"] = "null"
    """How an attribute appears that the token may not see."""
    locked_write: Literal["refuse", "ignore"] = "refuse"
    """What becomes of a write that names a locked attribute; not published."""
    over_100_per_page: Literal["clamp", "refuse"] = "clamp"
    counting_headers: bool = True
    """Send `x-page` and `x-per-page` beside the documented `x-total-count`."""
    null_department_slots: bool = True
    """Fill empty 部署 slots with null up to the historical three."""
    timestamps: Literal["Z", "+09:00"] = "Z"
    plan_limit: int | None = None
    """The most people that the plan allows; None is no limit."""
