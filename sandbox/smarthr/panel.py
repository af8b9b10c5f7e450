"""A person in the few columns that fit beside the demo."""

from sandbox.remote.system import JsonObject
from sandbox.smarthr.masters import Masters

COLUMNS = (
    "id",
    "last_name",
    "first_name",
    "last_name_yomi",
    "first_name_yomi",
    "gender",
    "birth_at",
    "entered_at",
    "resigned_at",
    "emp_status",
    "email",
    "department",
    "updated_at",
)


def panel_row(crew: JsonObject, masters: Masters) -> JsonObject:
    """Return a crew's number, names, dates and placement; the masters by name."""
    names = {each["id"]: each["name"] for each in masters.establishments}
    return {
        "number": crew["emp_code"],
        **{column: crew[column] for column in COLUMNS},
        "establishment": names.get(crew["biz_establishment_id"]),
        "employment_type": crew["employment_type"] and crew["employment_type"]["name"],
    }
