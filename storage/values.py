"""Values that are kept as JSON in the clear: nothing of them is personal."""

from collections.abc import Mapping

from pydantic import TypeAdapter

from storage.columns import Json
from storage.plan_records import PlanOptions
from sync.calendar import ClosedHours
from sync.diff import Status
from sync.fields import Field, FieldPolicy
from sync.model import Direction, PlacementChoices
from sync.placing import Rule

ByField = Mapping[Field, FieldPolicy]


class HoursJson(Json[tuple[ClosedHours, ...]]):
    """Closed hours."""

    adapter = TypeAdapter(tuple[ClosedHours, ...])
    cache_ok = True


class PoliciesJson(Json[Mapping[Direction, ByField]]):
    """Modes of the linked fields."""

    adapter = TypeAdapter(dict[Direction, dict[Field, FieldPolicy]])
    cache_ok = True


class CountsJson(Json[Mapping[Status, int]]):
    """Rows by status."""

    adapter = TypeAdapter(dict[Status, int])
    cache_ok = True


class ChoicesJson(Json[PlacementChoices]):
    """The masters to choose a placement from."""

    adapter = TypeAdapter(PlacementChoices)
    cache_ok = True


class OptionsJson(Json[PlanOptions]):
    """What was asked for a single plan."""

    adapter = TypeAdapter(PlanOptions)
    cache_ok = True


class RulesJson(Json[tuple[Rule, ...]]):
    """Rules of placement: posts and masters, not people."""

    adapter = TypeAdapter(tuple[Rule, ...])
    cache_ok = True
