"""Where people of a made-up manufacturer work, and on what terms, as each system has it."""

from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from sandbox.remote.system import JsonObject


class Unit(NamedTuple):
    """A part of the company: SmartHR's 部署, and the flat 所属 of 勤革時 that goes with it."""

    code: str
    name: str
    parent: str | None
    establishment: str
    division: str


UNITS = {
    unit.code: unit
    for unit in (
        Unit("100", "経営管理部", None, "本社", "1000"),
        Unit("110", "人事総務課", "100", "本社", "1100"),
        Unit("120", "経理課", "100", "本社", "1200"),
        Unit("200", "営業部", None, "本社", "2000"),
        Unit("210", "東日本営業課", "200", "本社", "2100"),
        Unit("220", "西日本営業課", "200", "大阪営業所", "2200"),
        Unit("300", "製造部", None, "川口工場", "3000"),
        Unit("310", "加工課", "300", "川口工場", "3100"),
        Unit("320", "組立課", "300", "川口工場", "3200"),
        Unit("330", "品質保証課", "300", "川口工場", "3300"),
        Unit("400", "設計開発部", None, "本社", "4000"),
    )
}


class Terms(NamedTuple):
    """Terms of employment: SmartHR's 雇用形態 and 勤革時's 雇用区分."""

    name: str
    preset_type: str | None
    code: str


TERMS = {
    terms.name: terms
    for terms in (
        Terms("役員", "board_member", "9"),
        Terms("正社員", "full_timer", "1"),
        Terms("契約社員", "contract_worker", "2"),
        Terms("派遣社員", "permatemp", "5"),
        Terms("パート・アルバイト", "part_timer", "3"),
        Terms("業務委託", "outsourcing_contractor", "8"),
        Terms("嘱託社員", None, "4"),
    )
}

ESTABLISHMENTS = ("本社", "川口工場", "大阪営業所")

EMPLOYEE_GROUPS: list[JsonObject] = [
    {"code": "0001", "name": "安全衛生委員"},
    {"code": "0002", "name": "夜勤"},
]


def stable_id(what: str) -> str:
    """Return the UUID of something made up: the same in every run."""
    return str(UUID(bytes=sha256(what.encode()).digest()[:16], version=4))


def establishment_id(name: str) -> str:
    """Return the id of a 事業所 in SmartHR."""
    return stable_id(f"establishment {name}")


def department_id(code: str) -> str:
    """Return the id of a 部署 in SmartHR."""
    return stable_id(f"department {code}")


def employment_type_id(name: str) -> str:
    """Return the id of a 雇用形態 in SmartHR."""
    return stable_id(f"employment type {name}")


def establishments() -> list[JsonObject]:
    """Return SmartHR's 事業所; the first is the default."""
    return [{"id": establishment_id(name), "name": name} for name in ESTABLISHMENTS]


def departments() -> list[JsonObject]:
    """Return SmartHR's 部署."""
    return [
        {
            "id": department_id(unit.code),
            "name": unit.name,
            "code": unit.code,
            "parent_id": unit.parent and department_id(unit.parent),
        }
        for unit in UNITS.values()
    ]


def employment_types() -> list[JsonObject]:
    """Return SmartHR's 雇用形態."""
    return [
        {
            "id": employment_type_id(terms.name),
            "name": terms.name,
            "preset_type": terms.preset_type,
            "code": terms.code,
        }
        for terms in TERMS.values()
    ]


def divisions() -> list[JsonObject]:
    """Return 勤革時's 所属."""
    return [{"code": unit.division, "name": unit.name, "dayBorderTime": "05:00"} for unit in UNITS.values()]


def working_types() -> list[JsonObject]:
    """Return 勤革時's 雇用区分."""
    return [{"code": terms.code, "name": terms.name} for terms in TERMS.values()]
