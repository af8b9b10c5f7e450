"""One made-up person, and how each system would hold them."""

from dataclasses import dataclass
from hashlib import sha256

from sandbox.company.masters import (
    EMPLOYEE_GROUPS,
    TERMS,
    UNITS,
    department_id,
    employment_type_id,
    establishment_id,
    stable_id,
)
from sandbox.remote.system import JsonObject

ENTERED = "2021-09-24T17:00:00.000Z"
"""When every made-up record was entered."""

EVER = "0001-01-01"
NIGHT_SHIFT_UNIT = "310"


@dataclass(frozen=True, kw_only=True)
class Person:
    """A person as one system knows them; "" is unknown. Dates are ISO 8601."""

    serial: str
    """Tells people apart who share everything else; ids are made of it."""
    number: str
    last: str
    first: str
    last_kana: str
    first_kana: str
    gender: str
    birth: str
    hired: str
    resigned: str
    email: str
    """Several are separated by spaces."""
    unit: str
    type: str
    status: str = "employed"
    business_last: str = ""
    business_last_kana: str = ""


def crew_json(person: Person) -> JsonObject:
    """Return the person as SmartHR holds them, with what a sync has no business to read."""
    values = {
        "emp_code": person.number,
        "last_name": person.last,
        "first_name": person.first,
        "last_name_yomi": person.last_kana,
        "first_name_yomi": person.first_kana,
        "business_last_name": person.business_last,
        "business_last_name_yomi": person.business_last_kana,
        "gender": person.gender,
        "birth_at": person.birth,
        "entered_at": person.hired,
        "resigned_at": person.resigned,
        "email": person.email,
        "emp_status": person.status,
        "biz_establishment_id": establishment_id(UNITS[person.unit].establishment),
        "department_ids": [department_id(person.unit)],
        "employment_type_id": employment_type_id(person.type),
        "created_at": ENTERED,
        "updated_at": ENTERED,
    }
    known = {name: value for name, value in values.items() if value}
    return {"id": stable_id(f"crew {person.serial}"), **known, **_private(person)}


def employee_json(person: Person) -> JsonObject:
    """Return the person as 勤革時 holds them."""
    values = {
        "code": person.number,
        "lastName": person.last,
        "firstName": person.first,
        "lastNamePhonetics": person.last_kana,
        "firstNamePhonetics": person.first_kana,
        "gender": person.gender,
        "birthDate": person.birth,
        "hiredDate": person.hired,
        "resignationDate": person.resigned,
        "emailAddresses": person.email.split(),
        "employeeGroups": EMPLOYEE_GROUPS[1:] if person.unit == NIGHT_SHIFT_UNIT else [],
    }
    placement = {
        "since": EVER,
        "divisionCode": UNITS[person.unit].division,
        "typeCode": TERMS[person.type].code,
    }
    known = {name: value for name, value in values.items() if value}
    return {"key": _key(person), **known, "allDayRegardingWorkInMinute": 480, "placements": [placement]}


def _key(person: Person) -> str:
    return sha256(f"employee {person.serial}".encode()).hexdigest()


def _private(person: Person) -> JsonObject:
    digits = str(int(_key(person)[:8], 16)).zfill(10)
    holder = f"{person.last_kana} {person.first_kana}"
    return {
        "tel_number": f"000-{digits[:4]}-{digits[4:8]}",
        "address": {
            "country_number": "392",
            "pref": "埼玉県",
            "city": "架空市",
            "street": f"つばめ町{digits[:2]}番地",
        },
        "basic_pension_number": f"0000-{digits[:6]}",
        "monthly_base_salary": 200_000 + int(digits[:3]) * 100,
        "bank_accounts": [
            {
                "bank_code": "0000",
                "bank_branch_code": "000",
                "account_type": "saving",
                "account_number": digits[:7],
                "account_holder_name": holder,
            }
        ],
    }
