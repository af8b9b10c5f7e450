from itertools import pairwise

import httpx
import pytest

from sandbox.company import DEMO_SMARTHR_TOKEN, masters
from sandbox.remote.system import System
from sandbox.smarthr import Options, Rights
from tests.sandbox.remote.service import a_company, a_crew, service

PEOPLE = [
    a_crew("0001", entered_at="2020-04-01", gender="female", department_ids=[masters.department_id("110")]),
    a_crew("0002", entered_at="2021-04-01", gender="male", resigned_at="2026-03-31", emp_status="retired"),
    a_crew("0003", entered_at="2022-04-01", gender="male", resigned_at="2026-02-28", emp_status="retired"),
    a_crew("0004", last_name="田中", employment_type_id=masters.employment_type_id("正社員")),
    a_crew(None, serial="x", business_last_name="旧姓", positions=["課長"]),
]


def numbers(response: httpx.Response) -> list[str | None]:
    return [crew["emp_code"] for crew in response.json()]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["0001", "0002", "0003", "0004", None]),
        ("emp_code=0002", ["0002"]),
        ("emp_code=2", []),
        ("emp_status=retired", ["0002", "0003"]),
        ("gender=male&entered_at_from=2022-04-01", ["0003"]),
        ("entered_at_to=2021-04-01", ["0001", "0002"]),
        ("emp_status=retired&entered_at_to=2026-03-31&resigned_at_from=2026-03-31", ["0002"]),
        ("resigned_at_to=2026-02-28", ["0003"]),
        (f"id={PEOPLE[0]['id']},{PEOPLE[3]['id']}", ["0001", "0004"]),
        (f"department_id={masters.department_id('110')}", ["0001"]),
        (f"employment_type_id={masters.employment_type_id('正社員')}", ["0004"]),
        ("emp_type=full_timer", ["0004"]),
        ("q=田中", ["0004"]),
        ("q=人事", ["0001"]),
        ("q=課長", [None]),
        ("q=旧姓&prefer_business_name=true", [None]),
        ("no_such_filter=1", ["0001", "0002", "0003", "0004", None]),
        ("sort=-emp_code", ["0004", "0003", "0002", "0001", None]),
        ("sort=emp_status,-entered_at", ["0001", "0004", None, "0003", "0002"]),
    ],
)
def test_filters_narrow_together_and_sort_orders(query: str, expected: list[str | None]) -> None:
    with service(company=a_company(crews=PEOPLE)) as its:
        assert numbers(its.hr.get(f"/crews?{query}")) == expected


def test_a_filter_with_a_date_that_is_none_is_refused() -> None:
    with service() as its:
        assert its.hr.get("/crews?entered_at_to=2026-02-30").status_code == 400


def twenty_five() -> list[dict[str, object]]:
    return [a_crew(f"{index:04d}") for index in range(1, 26)]


def test_following_next_reads_everybody_once() -> None:
    with service(company=a_company(crews=twenty_five())) as its:
        seen, url = [], "/crews?per_page=10&sort=emp_code&fields=id,emp_code"
        while url:
            response = its.hr.get(url)
            seen += numbers(response)
            url = response.links.get("next", {}).get("url", "")
    assert len(seen) == len(set(seen)) == 25
    assert all(earlier < later for earlier, later in pairwise(seen))  # type: ignore[operator]


def test_links_lead_back_to_the_mounted_address() -> None:
    with service(company=a_company(crews=twenty_five())) as its:
        response = its.hr.get("/crews?page=2&per_page=10")
        base = f"{its.url}/smarthr/tsubame/api/v1/crews"
        assert {name: link["url"] for name, link in response.links.items()} == {
            "first": f"{base}?page=1&per_page=10",
            "prev": f"{base}?page=1&per_page=10",
            "last": f"{base}?page=3&per_page=10",
            "next": f"{base}?page=3&per_page=10",
        }
        assert [response.headers[f"x-{name}"] for name in ("total-count", "page", "per-page")] == [
            "25",
            "2",
            "10",
        ]


def test_a_list_of_one_page_has_no_link_and_a_page_past_the_end_is_empty() -> None:
    with service(company=a_company(crews=twenty_five())) as its:
        assert "Link" not in its.hr.get("/crews?per_page=100").headers
        assert its.hr.get("/crews?page=9").json() == []


def test_more_than_100_a_page_is_clamped_or_refused() -> None:
    crews = [a_crew(f"{index:04d}") for index in range(120)]
    with service(company=a_company(crews=crews)) as its:
        assert len(its.hr.get("/crews?per_page=500").json()) == 100
    with service(hr_options=Options(over_100_per_page="refuse")) as its:
        assert its.hr.get("/crews?per_page=500").status_code == 400


@pytest.mark.parametrize(
    ("switches", "page_two", "total"),
    [
        ({"page_shift": True}, ["0010", "0011"], "26"),
        ({"repeated_page": 2}, ["0001", "0002"], "25"),
        ({"lost_page": 2}, [], "25"),
        ({"shrinking_total": True}, ["0011", "0012"], "24"),
        ({"empty_list": True}, [], "0"),
    ],
)
def test_a_list_can_be_torn(switches: dict[str, object], page_two: list[str], total: str) -> None:
    with service(company=a_company(crews=twenty_five())) as its:
        its.faults.set(System.SMARTHR, **switches)
        response = its.hr.get("/crews?page=2&per_page=10")
        assert numbers(response)[:2] == page_two
        assert response.headers["x-total-count"] == total


def test_a_page_can_fail() -> None:
    with service(company=a_company(crews=twenty_five())) as its:
        its.faults.set(System.SMARTHR, error_on_page=2)
        assert its.hr.get("/crews?page=1").status_code == 200
        assert its.hr.get("/crews?page=2").json()["type"] == "internal_server_error"


def test_fields_keeps_the_rest_of_a_person_at_home() -> None:
    somebody = a_crew(monthly_base_salary=250_000, bank_accounts=[{"bank_code": "0000"}])
    with service(company=a_company(crews=[somebody])) as its:
        assert its.hr.get("/crews").json()[0]["monthly_base_salary"] == 250_000
        assert its.hr.get("/crews?fields=emp_code,last_name").json() == [
            {"emp_code": "0001", "last_name": "青木"}
        ]


def test_a_crew_carries_its_references_as_objects_and_empty_slots_as_null() -> None:
    with service(company=a_company(crews=[PEOPLE[0], PEOPLE[3]])) as its:
        first, second = its.hr.get("/crews").json()
        assert first["department"] == "経営管理部/人事総務課"
        assert [each and each["code"] for each in first["departments"]] == ["110", None, None]
        assert second["employment_type"]["preset_type"] == second["emp_type"] == "full_timer"
        assert first["emp_type"] is None
        assert (first["business_last_name"], first["preferred_last_name"]) == ("", "青木")


def test_the_preferred_name_is_the_business_name_where_there_is_one() -> None:
    with service(company=a_company(crews=[a_crew(business_last_name="吉川")])) as its:
        crew = its.hr.get("/crews").json()[0]
        assert (crew["preferred_last_name"], crew["preferred_first_name"]) == ("吉川", "葵")


@pytest.mark.parametrize(("hidden_as", "key_is_there"), [("null", True), ("absent", False)])
def test_an_attribute_that_the_token_may_not_see_looks_empty(hidden_as: str, key_is_there: bool) -> None:  # noqa: FBT001 - a table's column
    rights = Rights(hidden_attributes=frozenset({"birth_at"}))
    options = Options(tokens={DEMO_SMARTHR_TOKEN: rights}, hidden_as=hidden_as)  # type: ignore[arg-type]
    with service(company=a_company(crews=[a_crew(birth_at="1990-01-01")]), hr_options=options) as its:
        crew = its.hr.get("/crews").json()[0]
        assert ("birth_at" in crew) is key_is_there
        assert crew.get("birth_at") is None


def test_masters_are_lists() -> None:
    with service() as its:
        offices = its.hr.get("/biz_establishments").json()
        assert [each["name"] for each in offices] == ["本社", "川口工場", "大阪営業所"]
        assert its.hr.get("/departments?code=110").json()[0]["full_name"] == "経営管理部/人事総務課"
        assert its.hr.get("/employment_types?per_page=100").json()[-1]["preset_type"] is None
        assert its.hr.get(f"/biz_establishments/{offices[0]['id']}").status_code == 404


def test_timestamps_may_carry_either_offset() -> None:
    with service(company=a_company(crews=[a_crew()]), hr_options=Options(timestamps="+09:00")) as its:
        assert its.hr.get("/crews").json()[0]["created_at"] == "2026-01-01T09:00:00.000+09:00"
