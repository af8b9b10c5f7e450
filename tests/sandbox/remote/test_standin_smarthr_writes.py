from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from sandbox.clock import TOKYO, FrozenClock
from sandbox.company import DEMO_SMARTHR_TOKEN, masters
from sandbox.remote.system import System
from sandbox.smarthr import Options, Rights
from tests.sandbox.remote.service import NOON, a_company, a_crew, service


def test_nothing_is_required_to_create_somebody_and_the_defaults_are_those_observed() -> None:
    with service() as its:
        response = its.hr.post("/crews", json={"last_name": "勤革", "first_name": "太郎", "gender": "male"})
        crew = response.json()
        assert response.status_code == 201
        assert response.headers["Location"] == f"{its.url}/smarthr/tsubame/api/v1/crews/{crew['id']}"
        assert its.hr.get(response.headers["Location"]).json() == crew
        assert crew["emp_status"] == "employed"
        assert crew["biz_establishment_id"] == masters.establishment_id("本社")
        assert crew["emp_code"] is None
        assert crew["business_last_name"] == ""


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_put_changes_what_is_named_like_patch(method: str) -> None:
    with service(company=a_company(crews=[a_crew(birth_at="1990-01-01")])) as its:
        crew_id = its.smarthr.crew("0001")["id"]
        response = its.hr.request(method, f"/crews/{crew_id}", json={"last_name": "赤木"})
        assert response.status_code == 200
        assert (response.json()["last_name"], response.json()["birth_at"]) == ("赤木", "1990-01-01")
        assert response.json()["updated_at"] == "2026-04-01T03:00:00.000Z"


def test_null_clears_what_may_be_empty() -> None:
    with service(company=a_company(crews=[a_crew(email="a@mail.example", resigned_at="2026-01-31")])) as its:
        crew_id = its.smarthr.crew("0001")["id"]
        crew = its.hr.patch(f"/crews/{crew_id}", json={"email": None, "resigned_at": ""}).json()
        assert (crew["email"], crew["resigned_at"]) == (None, None)


@pytest.mark.parametrize("empty", [None, ""])
def test_names_and_birth_date_cannot_be_emptied_once_filled(empty: str | None) -> None:
    with service(company=a_company(crews=[a_crew(birth_at="1990-01-01")])) as its:
        crew_id = its.smarthr.crew("0001")["id"]
        body = its.hr.patch(f"/crews/{crew_id}", json={"birth_at": empty, "last_name_yomi": empty}).json()
        assert [each["field"] for each in body["errors"]] == ["birth_at"]


def test_every_failing_field_is_named_in_one_answer() -> None:
    wrong = {
        "last_name_yomi": "ｱｵｷ",
        "birth_at": "1990/01/01",
        "gender": "other",
        "biz_establishment_id": "no-such-id",
        "employment_type_id": "no-such-id",
        "department_ids": ["no-such-id"],
        "occupation": "あ" * 31,
        "emp_code": "0001",
    }
    with service(company=a_company(crews=[a_crew("0001")])) as its:
        response = its.hr.post("/crews", json=wrong)
        body = response.json()
        assert response.status_code == 400
        assert (body["code"], body["type"]) == (1, "bad_request")
        assert {each["field"] for each in body["errors"]} == set(wrong)
        assert len(its.smarthr.stored()) == 1


@pytest.mark.parametrize(
    ("kana", "status"),
    [
        ("アオキ", 201),
        ("メイ　リン", 201),
        ("リー", 201),
        ("あおき", 400),
        ("ｱｵｷ", 400),
        ("カ\u3099モウ", 400),
    ],
)
def test_kana_must_be_full_width_katakana(kana: str, status: int) -> None:
    with service() as its:
        assert its.hr.post("/crews", json={"last_name_yomi": kana}).status_code == status


def test_a_doubled_number_is_refused_unless_the_tenant_allows_it() -> None:
    with service(company=a_company(crews=[a_crew("0001")])) as its:
        errors = its.hr.post("/crews", json={"emp_code": "0001"}).json()["errors"]
        assert errors == [
            {"field": "emp_code", "message": "社員番号はすでに存在します。", "resource": "Crew"}
        ]
    with service(
        company=a_company(crews=[a_crew("0001")]), hr_options=Options(allow_duplicate_numbers=True)
    ) as its:
        assert its.hr.post("/crews", json={"emp_code": "0001"}).status_code == 201
        assert len(its.hr.get("/crews?emp_code=0001").json()) == 2


def test_the_plan_limits_how_many_people_there_are() -> None:
    with service(company=a_company(crews=[a_crew()]), hr_options=Options(plan_limit=1)) as its:
        response = its.hr.post("/crews", json={"last_name": "青木"})
        assert (response.status_code, response.json()["code"]) == (403, 7)


def test_an_unknown_person_and_a_body_that_is_no_object_are_refused() -> None:
    with service() as its:
        assert its.hr.get("/crews/no-such-id").json()["code"] == 4
        assert its.hr.patch("/crews/no-such-id", json={}).status_code == 404
        assert its.hr.post("/crews", content=b"[]").status_code == 400


def test_nobody_can_be_deleted() -> None:
    with service(company=a_company(crews=[a_crew()])) as its:
        crew_id = its.smarthr.crew("0001")["id"]
        assert its.hr.delete(f"/crews/{crew_id}").status_code >= 400
        assert len(its.smarthr.stored()) == 1


def test_a_future_resignation_retires_at_one_in_the_night_after_the_last_day() -> None:
    clock = FrozenClock(NOON)
    with service(clock=clock, company=a_company(crews=[a_crew()])) as its:
        crew_id = its.smarthr.crew("0001")["id"]
        its.hr.patch(f"/crews/{crew_id}", json={"resigned_at": "2026-04-10"})
        clock.set(datetime(2026, 4, 11, 0, 59, tzinfo=TOKYO))
        assert its.hr.get("/crews").json()[0]["emp_status"] == "employed"
        clock.advance(timedelta(minutes=1))
        assert its.hr.get("/crews").json()[0]["emp_status"] == "retired"
        assert its.hr.get("/crews?emp_status=employed").json() == []


def test_a_resignation_that_is_past_when_it_is_stored_retires_nobody() -> None:
    clock = FrozenClock(NOON)
    with service(clock=clock, company=a_company(crews=[a_crew()])) as its:
        crew_id = its.smarthr.crew("0001")["id"]
        its.hr.patch(f"/crews/{crew_id}", json={"resigned_at": "2026-03-31"})
        clock.advance(timedelta(days=30))
        assert its.hr.get("/crews").json()[0]["emp_status"] == "employed"


def test_a_rejected_number_answers_with_words_that_quote_the_person() -> None:
    with service(company=a_company(crews=[a_crew("0012", birth_at="1990-01-01")])) as its:
        its.faults.set(System.SMARTHR, reject_numbers={"0012", "0013"})
        crew_id = its.smarthr.crew("0012")["id"]
        patched = its.hr.patch(f"/crews/{crew_id}", json={"email": "a@mail.example"})
        posted = its.hr.post("/crews", json={"emp_code": "0013", "last_name": "赤木"})
        assert (patched.status_code, posted.status_code) == (400, 400)
        assert "1990-01-01" in patched.json()["errors"][0]["message"]


def test_a_dropped_field_is_silently_not_written() -> None:
    with service(company=a_company(crews=[a_crew()])) as its:
        its.faults.set(System.SMARTHR, drop_fields={"email"})
        crew_id = its.smarthr.crew("0001")["id"]
        crew = its.hr.patch(f"/crews/{crew_id}", json={"email": "a@mail.example", "last_name": "赤木"}).json()
        assert (crew["email"], crew["last_name"]) == (None, "赤木")


def test_the_deprecated_emp_type_picks_the_type_with_that_preset() -> None:
    with service() as its:
        crew = its.hr.post("/crews", json={"emp_type": "part_timer"}).json()
        assert crew["employment_type"]["name"] == "パート・アルバイト"


def test_a_write_answers_with_everything_whatever_fields_asks_for() -> None:
    with service(company=a_company(crews=[a_crew(monthly_base_salary=250_000)])) as its:
        crew_id = its.smarthr.crew("0001")["id"]
        response = its.hr.patch(f"/crews/{crew_id}?fields=id", json={"last_name": "赤木"})
        assert response.json()["monthly_base_salary"] == 250_000
        assert "赤木" in response.content.decode()


def test_an_attribute_that_the_token_may_not_write_is_refused_or_ignored() -> None:
    rights = Rights(locked_attributes=frozenset({"email"}))
    tokens = {DEMO_SMARTHR_TOKEN: rights}
    with service(hr_options=Options(tokens=tokens)) as its:
        assert its.hr.post("/crews", json={"email": "a@mail.example"}).json()["code"] == 3
    with service(hr_options=Options(tokens=tokens, locked_write="ignore")) as its:
        assert its.hr.post("/crews", json={"email": "a@mail.example"}).json()["email"] is None


def test_of_many_at_once_one_gets_the_number() -> None:
    with service() as its, ThreadPoolExecutor(8) as pool:
        answers = pool.map(lambda _: its.hr.post("/crews", json={"emp_code": "0001"}).status_code, range(16))
        assert Counter(answers) == {201: 1, 400: 15}


def test_an_establishment_that_was_closed_takes_nobody() -> None:
    with service() as its:
        its.smarthr.close_establishment("川口工場")
        assert [each["name"] for each in its.hr.get("/biz_establishments").json()] == ["本社", "大阪営業所"]
        gone = masters.establishment_id("川口工場")
        errors = its.hr.post("/crews", json={"biz_establishment_id": gone}).json()["errors"]
        assert [each["field"] for each in errors] == ["biz_establishment_id"]


@pytest.mark.parametrize("wrong", ["2026-02-30", "2026/02/01", "20260201", 5, "令和8年2月1日"])
def test_a_date_is_iso_8601_or_refused(wrong: object) -> None:
    with service() as its:
        assert its.hr.post("/crews", json={"birth_at": wrong}).status_code == 400


def test_somebody_whom_others_enter_is_found() -> None:
    with service() as its:
        its.smarthr.enter(a_crew("0007"))
        assert its.hr.get("/crews?emp_code=0007").json()[0]["last_name"] == "青木"
