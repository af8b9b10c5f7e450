import csv
import json
import re
from collections import Counter
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from sandbox.company import Company, Shares, demo_company, generated_company
from sandbox.company.demo import TABLE
from sandbox.remote.system import JsonObject
from tests.sandbox.remote.service import a_company, a_crew, an_employee, service

TODAY = date(2026, 4, 1)
SAME = {
    "last_name": "lastName",
    "first_name": "firstName",
    "last_name_yomi": "lastNamePhonetics",
    "first_name_yomi": "firstNamePhonetics",
    "gender": "gender",
    "birth_at": "birthDate",
    "entered_at": "hiredDate",
    "resigned_at": "resignationDate",
}

SAME_TO_THE_API = {"0027", "0033", "0034"}
"""Equal in every linked field, and yet worth a row: a second address, an odd status in SmartHR."""


def pairs(company: Company) -> list[tuple[JsonObject, JsonObject]]:
    crews = {crew["emp_code"]: crew for crew in company.crews if "emp_code" in crew}
    return [(crews[each["code"]], each) for each in company.employees if each["code"] in crews]


def differences(crew: JsonObject, employee: JsonObject) -> set[str]:
    found = {ours for ours, theirs in SAME.items() if crew.get(ours) != employee.get(theirs)}
    addresses = employee.get("emailAddresses", [])
    return found | ({"email"} if crew.get("email") != (addresses[0] if addresses else None) else set())


def test_the_demo_shows_every_status() -> None:
    company = demo_company(TODAY)
    found = [differences(crew, employee) for crew, employee in pairs(company)]
    crew_numbers = Counter(crew.get("emp_code") for crew in company.crews)
    employee_numbers = {employee["code"] for employee in company.employees}
    assert 55 <= len(crew_numbers.keys() | employee_numbers) <= 90
    assert sum(not each for each in found) >= 20
    assert sum(len(each) == 1 for each in found) >= 10
    assert max(len(each) for each in found) >= 4
    assert crew_numbers[None] == 1
    assert [number for number, count in crew_numbers.items() if count > 1] == ["0205"]
    assert len(crew_numbers.keys() - employee_numbers) >= 6
    assert len(employee_numbers - crew_numbers.keys()) >= 6


def test_the_demo_has_people_of_every_standing() -> None:
    crews = demo_company(TODAY).crews
    assert {crew["emp_status"] for crew in crews} == {"employed", "absent", "retired"}
    assert any("gender" not in crew for crew in crews)
    assert any(crew["entered_at"] > TODAY.isoformat() for crew in crews)
    assert any(crew.get("resigned_at") == TODAY.isoformat() for crew in crews)
    assert any(crew["emp_status"] == "retired" and "resigned_at" not in crew for crew in crews)
    assert any(
        crew["emp_status"] == "employed" and crew.get("resigned_at", "9") < TODAY.isoformat()
        for crew in crews
    )


@pytest.mark.parametrize(
    "trap",
    [
        "髙",
        "﨑",
        "𠮷",
        "\U000e0100",
        "\ufa19",
        "か\u3099",
        "ｶﾞｸ",
        "　",
        "Ⅱ",
        "<!here>",
        "&",
        "*",
        "\uff10\uff10\uff14\uff12",
        "0043 ",
    ],
)
def test_the_demo_holds_the_traps_exactly(trap: str) -> None:
    company = demo_company(TODAY)
    assert trap in json.dumps([company.crews, company.employees], ensure_ascii=False)


def test_the_table_says_equal_where_people_are_equal() -> None:
    with TABLE.open(encoding="utf-8", newline="") as table:
        said_equal = {row["number"] for row in csv.DictReader(table) if row["why"].startswith("equal")}
    found = {employee["code"]: differences(crew, employee) for crew, employee in pairs(demo_company(TODAY))}
    assert {number: found[number] for number in said_equal} == {number: set() for number in said_equal}
    assert all(found[number] for number in found.keys() - said_equal - SAME_TO_THE_API)


def who(person: JsonObject) -> tuple[object, ...]:
    """What a person keeps when the number changes: name, kana and birth date, as either system calls them."""
    names = ("last_name", "first_name", "last_name_yomi", "first_name_yomi", "birth_at")
    return tuple(person.get(name) or person.get(SAME[name]) for name in names)


def test_the_demo_shows_a_number_used_again() -> None:
    paired = {employee["code"]: (crew, employee) for crew, employee in pairs(demo_company(TODAY))}
    crew, employee = paired["0301"]
    assert (crew["entered_at"], employee["resignationDate"]) == ("2026-03-25", "2024-04-01")
    assert differences(crew, employee) > {"last_name", "first_name", "birth_at"}


def test_the_demo_shows_people_under_another_number() -> None:
    company = demo_company(TODAY)
    crews = {who(crew): crew.get("emp_code") for crew in company.crews}
    employees = [employee for employee in company.employees if who(employee) in crews]
    renumbered = {
        each["code"]: crews[who(each)]
        for each in employees
        if each["code"].startswith("03") and crews[who(each)] != each["code"]
    }
    assert renumbered == {"0302": "0303", "0304": "0305", "0305": "0306", "0306": "0304", "0307": "0308"}
    resigned = {each["code"] for each in employees if each.get("resignationDate", "9") < TODAY.isoformat()}
    assert "0302" in resigned
    assert "0307" not in resigned


def test_numbers_keep_their_leading_zeros() -> None:
    codes = {employee["code"] for employee in demo_company(TODAY).employees}
    assert {"00123", "0123", "200101", "A0031"} <= codes


def test_private_values_are_there_for_clients_to_leave_alone() -> None:
    assert all(crew["bank_accounts"] and crew["monthly_base_salary"] for crew in demo_company(TODAY).crews)


def test_dates_are_counted_from_today() -> None:
    later = TODAY + timedelta(days=100)
    assert demo_company(TODAY) == demo_company(TODAY)
    assert demo_company(TODAY) != demo_company(later)


def test_a_generated_company_is_the_same_for_the_same_seed_and_meets_its_shares() -> None:
    company = generated_company(400, seed=7, today=TODAY, shares=Shares(differing=0.25))
    assert company == generated_company(400, seed=7, today=TODAY, shares=Shares(differing=0.25))
    assert company.crews != generated_company(400, seed=8, today=TODAY).crews
    assert (len(company.crews), len(company.employees)) == (380, 380)
    assert sum(bool(differences(*pair)) for pair in pairs(company)) == 100


def test_a_share_of_a_generated_company_is_only_spelled_otherwise() -> None:
    company = generated_company(400, seed=7, today=TODAY, shares=Shares(differing=0, respelled=0.5))
    found = [(pair, differences(*pair)) for pair in pairs(company)]
    assert sum(bool(names) for _, names in found) == 200
    assert {name for _, names in found for name in names} == {
        *("last_name", "first_name", "last_name_yomi", "first_name_yomi", "email"),
    }
    surnames = "".join(employee["lastName"] for _, employee in pairs(company))
    assert {form for form in "髙﨑邉齋𠮷　" if form in surnames} == set("髙﨑邉齋𠮷　")
    kana = {(crew["last_name_yomi"], employee["lastNamePhonetics"]) for crew, employee in pairs(company)}
    assert {("ワタナベ", "ﾜﾀﾅﾍﾞ"), ("ワタナベ", "わたなべ"), ("カトウ", "カトウ")} <= kana
    assert any("\u3099" in known for _, known in kana)


def test_without_that_share_a_generated_company_is_what_it_was() -> None:
    company = generated_company(300, seed=3, today=TODAY)
    text = json.dumps([company.crews, company.employees], ensure_ascii=False, sort_keys=True)
    assert sha256(text.encode()).hexdigest().startswith("0f52c3c24142")


def test_ids_are_those_of_the_real_systems() -> None:
    company = generated_company(50, today=TODAY)
    assert all(
        re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", crew["id"])
        for crew in company.crews
    )
    assert all(re.fullmatch(r"[0-9a-f]{64}", employee["key"]) for employee in company.employees)


def test_a_company_survives_a_restart_with_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "company.json"
    company = a_company(crews=[a_crew("0001")], employees=[an_employee("0001")])
    with service(company=company) as its:
        its.smarthr.edit("0001", last_name="赤木", resigned_at="2026-04-10")
        its.kinkakuji.edit("0001", divisionCode="1200")
        stored = company.with_records(crews=its.smarthr.stored(), employees=its.kinkakuji.stored())
        stored.save(path)
    with service(company=Company.load(path)) as again:
        assert Company.load(path) == stored
        assert again.hr.get("/crews").json()[0]["last_name"] == "赤木"
        assert again.kot.get("/employees/0001").json()["divisionCode"] == "1200"
        assert again.kot.get("/employees/0001?date=2026-03-31").json()["divisionCode"] == "1100"
