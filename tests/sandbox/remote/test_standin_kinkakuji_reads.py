import pytest

from sandbox.kinkakuji import Options
from sandbox.remote.system import System
from tests.sandbox.remote.service import a_company, an_employee, service

ALL = "lastNamePhonetics,firstNamePhonetics,hiredDate,birthDate,resignationDate,emailAddresses"

PEOPLE = [
    an_employee(
        "0001", hiredDate="2020-04-01", lastNamePhonetics="アオキ", emailAddresses=["a@mail.example"]
    ),
    an_employee("0002", hiredDate="2020-04-01", resignationDate="2026-03-31"),
    an_employee("0003", hiredDate="2020-04-01", resignationDate="2026-04-01"),
    an_employee("0004", hiredDate="2026-10-01"),
]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["0001", "0003", "0004"]),
        ("date=2026-03-31", ["0001", "0002", "0003", "0004"]),
        ("date=2026-04-02", ["0001", "0004"]),
        ("includeResigner=true", ["0001", "0002", "0003", "0004"]),
        ("division=1100", ["0001", "0003", "0004"]),
        ("division=9999", []),
    ],
)
def test_a_list_is_as_of_a_day_and_holds_people_who_are_hired_later(query: str, expected: list[str]) -> None:
    with service(company=a_company(employees=PEOPLE)) as its:
        assert [each["code"] for each in its.kot.get(f"/employees?{query}").json()] == expected


@pytest.mark.parametrize(
    ("day", "status"),
    [("2023-04-01", 200), ("2023-03-31", 400), ("2027-04-01", 200), ("2027-04-02", 400), ("2026-4-1", 400)],
)
def test_a_day_lies_between_three_years_ago_and_one_year_ahead(day: str, status: int) -> None:
    with service() as its:
        assert its.kot.get(f"/employees?date={day}").status_code == status


def test_additional_fields_come_when_asked_for_and_what_is_empty_is_left_out() -> None:
    with service(company=a_company(employees=PEOPLE)) as its:
        plain = its.kot.get("/employees").json()[0]
        assert set(plain) == {
            *("divisionCode", "divisionName", "typeCode", "typeName", "gender", "code", "key"),
            *("lastName", "firstName", "employeeGroups"),
        }
        full = its.kot.get(f"/employees?additionalFields={ALL}").json()[0]
        assert set(full) - set(plain) == {"hiredDate", "lastNamePhonetics", "emailAddresses"}
        assert len(plain["key"]) == 64


def test_one_employee_is_read_by_code() -> None:
    with service(company=a_company(employees=PEOPLE)) as its:
        assert its.kot.get("/employees/0001?additionalFields=hiredDate").json()["hiredDate"] == "2020-04-01"
        assert its.kot.get("/employees/1").status_code == 400
        assert its.kot.get(f"/employees/{its.kinkakuji.employee('0001')['key']}").status_code == 400
        assert its.kot.get("/employees/0002").status_code == 400
        assert its.kot.get("/employees/0002?includeResigner=true").status_code == 200


def test_knobs_leave_groups_out_and_send_no_addresses_as_an_empty_list() -> None:
    options = Options(with_groups=False, empty_emails_as_array=True)
    with service(company=a_company(employees=[an_employee()]), kot_options=options) as its:
        employee = its.kot.get("/employees?additionalFields=emailAddresses").json()[0]
        assert "employeeGroups" not in employee
        assert employee["emailAddresses"] == []
        assert its.kot.get("/employee-groups").status_code == 400


def test_masters_are_flat_lists() -> None:
    with service() as its:
        assert its.kot.get("/divisions").json()[0] == {
            "code": "1000",
            "name": "経営管理部",
            "dayBorderTime": "05:00",
        }
        assert {"code": "1", "name": "正社員"} in its.kot.get("/working-types").json()
        assert its.kot.get("/employee-groups").json()[0]["name"] == "安全衛生委員"
        assert its.kot.get("/company").json()["name"] == "株式会社テスト"


@pytest.mark.parametrize(("missing", "expected"), [(2, ["0001", "0003"]), (9, [])])
def test_a_list_can_lack_its_last_people_and_nothing_tells(missing: int, expected: list[str]) -> None:
    with service(company=a_company(employees=[an_employee(f"000{index}") for index in (1, 3, 4, 5)])) as its:
        its.faults.set(System.KINKAKUJI, missing_people=missing)
        answer = its.kot.get("/employees?includeResigner=true")
        assert (answer.status_code, [each["code"] for each in answer.json()]) == (200, expected)
        assert its.kot.get("/employees/0005").status_code == 200


def test_a_list_can_be_empty_although_people_are_there() -> None:
    with service(company=a_company(employees=PEOPLE)) as its:
        its.faults.set(System.KINKAKUJI, empty_list=True)
        assert its.kot.get("/employees").json() == []
        its.faults.clear()
        assert len(its.kot.get("/employees").json()) == 3
