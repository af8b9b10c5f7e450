"""What can be done to crews: list, get, create, change. There is no delete in the stand-in."""

from collections.abc import Mapping

from sandbox.faults import Faults
from sandbox.remote.system import JsonObject, System
from sandbox.smarthr.errors import FieldProblem, Problem, SmartHRError
from sandbox.smarthr.masters import Masters
from sandbox.smarthr.options import Options, Rights
from sandbox.smarthr.query import in_order, matching
from sandbox.smarthr.render import CrewRenderer
from sandbox.smarthr.store import CrewStore
from sandbox.smarthr.validation import accepted, field_problems, is_blank

PAGING = frozenset({"page", "per_page", "fields"})
"""What may differ between two requests for the same list."""


class Crews:
    """The crews of one tenant, with SmartHR's rules."""

    def __init__(self, store: CrewStore, masters: Masters, faults: Faults, options: Options) -> None:
        self.renderer = CrewRenderer(masters, options)
        self._store = store
        self._masters = masters
        self._faults = faults
        self._options = options
        self._last: tuple[object, list[JsonObject]] = (None, [])

    def find(self, args: Mapping[str, str]) -> list[JsonObject]:
        """Return the stored records that a list request asks for, in its order."""
        with self._store.lock:  # looking can change something: who retires in the night does so then
            everyone, version = self._store.everyone(), self._store.version
        asked = (version, {name: args[name] for name in args if name not in PAGING})
        known, found = self._last
        if known != asked:  # else it is another page of the same list
            found = self._find(everyone, args)
            self._last = (asked, found)
        return found

    def _find(self, everyone: list[JsonObject], args: Mapping[str, str]) -> list[JsonObject]:
        stored = {crew["id"]: crew for crew in everyone}
        found = matching([self.renderer.crew(crew) for crew in stored.values()], args)
        return [stored[crew["id"]] for crew in in_order(found, args.get("sort", ""))]

    def get(self, crew_id: str) -> JsonObject:
        """Return one stored record."""
        crew = self._store.get(crew_id)
        if crew is None:
            raise SmartHRError(Problem.not_found)
        return crew

    def create(self, body: JsonObject, rights: Rights) -> JsonObject:
        """Create a person. Nothing is required; the first establishment is the default."""
        with self._store.lock:
            limit = self._options.plan_limit
            if limit is not None and len(self._store.everyone()) >= limit:
                raise SmartHRError(Problem.plan_limit_exceeded)
            defaults = {"biz_establishment_id": self._masters.establishments[0]["id"]}
            return self._store.add({**defaults, **self._checked(self._permitted(body, rights), {})})

    def change(self, crew_id: str, body: JsonObject, rights: Rights) -> JsonObject:
        """Change what the body names; PUT does the same (since 2020-12-16)."""
        with self._store.lock:
            return self._store.change(
                crew_id, self._checked(self._permitted(body, rights), self.get(crew_id))
            )

    def _permitted(self, body: JsonObject, rights: Rights) -> JsonObject:
        if rights.locked_attributes & body.keys() and self._options.locked_write == "refuse":
            raise SmartHRError(Problem.forbidden)
        return {name: value for name, value in body.items() if name not in rights.locked_attributes}

    def _checked(self, body: JsonObject, current: JsonObject) -> JsonObject:
        values = accepted(body)
        problems = field_problems(values, current, self._masters)
        problems += self._doubled_number(values, current)
        problems += self._rejected(values, current)
        if problems:
            raise SmartHRError(Problem.bad_request, problems)
        dropped = self._faults.of(System.SMARTHR).drop_fields
        kept = {name: value for name, value in values.items() if name not in dropped}
        return _normalised(kept, self._masters)

    def _doubled_number(self, values: JsonObject, current: JsonObject) -> list[FieldProblem]:
        number = values.get("emp_code")
        if is_blank(number) or self._options.allow_duplicate_numbers:
            return []
        others = [crew for crew in self._store.numbered(str(number)) if crew["id"] != current.get("id")]
        # The text is Rails' default; SmartHR's own is not published.
        return [FieldProblem("emp_code", "社員番号はすでに存在します。")] if others else []

    def _rejected(self, values: JsonObject, current: JsonObject) -> list[FieldProblem]:
        number = values.get("emp_code") or current.get("emp_code")
        if number not in self._faults.of(System.SMARTHR).reject_numbers:
            return []
        person = {**current, **values}
        name = f"{person.get('last_name')} {person.get('first_name')}"
        who = f"{name}（{person.get('birth_at')}生、{person.get('email')}）"
        return [FieldProblem("last_name", f"{who}の情報は本人確認中のため登録できません。")]


def _normalised(values: JsonObject, masters: Masters) -> JsonObject:
    """Turn the deprecated emp_type into the employment type with that preset; an empty text is null."""
    changed = {
        name: None if is_blank(value) and _stores_null(name) else value for name, value in values.items()
    }
    preset = changed.pop("emp_type", None)
    return {**changed, "employment_type_id": masters.preset(preset)} if preset else changed


def _stores_null(name: str) -> bool:
    return not name.startswith("business_")
