"""A stored employee as the API sends it: empty properties are absent, additional ones only when asked for."""

from collections.abc import Iterable, Mapping
from datetime import date

from sandbox.kinkakuji.masters import Masters
from sandbox.kinkakuji.options import Options
from sandbox.kinkakuji.store import placed
from sandbox.kinkakuji.validation import OPTIONAL, WRITABLE, is_empty
from sandbox.remote.system import JsonObject

ALWAYS = ("gender", "code", "key", "lastName", "firstName")


def additional_fields(args: Mapping[str, str]) -> list[str]:
    """Return the additional properties that a request asks for."""
    asked = args.get("additionalFields", "").split(",")
    return [name for name in OPTIONAL if name in asked]


def rendered(
    employee: JsonObject, day: date, masters: Masters, options: Options, additional: Iterable[str]
) -> JsonObject:
    """Return an employee's JSON as of a day."""
    placement = placed(employee, day)
    values = {name: employee.get(name) for name in (*ALWAYS, *additional)}
    sent = {**placement, **masters.names(placement), **_without_empty(values)}
    if options.empty_emails_as_array and "emailAddresses" in additional:
        sent.setdefault("emailAddresses", [])
    if options.with_groups:
        sent["employeeGroups"] = employee.get("employeeGroups", [])
    return sent


def lean(employee: JsonObject, body: JsonObject) -> JsonObject:
    """Return what POST answers by its documented sample: what was sent, and the key."""
    return {**_without_empty({name: body.get(name) for name in WRITABLE}), "key": employee["key"]}


def _without_empty(values: JsonObject) -> JsonObject:
    return {name: value for name, value in values.items() if not is_empty(value)}
