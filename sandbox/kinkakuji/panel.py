"""A person in the few columns that fit beside the demo."""

from datetime import date

from sandbox.kinkakuji.masters import Masters
from sandbox.kinkakuji.store import placed
from sandbox.remote.system import JsonObject

COLUMNS = (
    "key",
    "lastName",
    "firstName",
    "lastNamePhonetics",
    "firstNamePhonetics",
    "gender",
    "birthDate",
    "hiredDate",
    "resignationDate",
    "emailAddresses",
)


def panel_row(employee: JsonObject, today: date, masters: Masters) -> JsonObject:
    """Return an employee's number, names, dates and today's placement by name."""
    placement = placed(employee, today)
    return {
        "number": employee.get("code"),
        **{column: employee.get(column) for column in COLUMNS},
        **placement,
        **masters.names(placement),
    }
