from typing import Any

import pytest

from sandbox.kinkakuji import Options
from sandbox.remote.system import System
from tests.sandbox.remote.service import a_company, an_employee, service

NEW: dict[str, Any] = {
    "divisionCode": "1100",
    "gender": "male",
    "typeCode": "1",
    "code": "00121",
    "lastName": "井上",
    "firstName": "樹",
}


def test_post_echoes_what_was_sent_and_the_key() -> None:
    with service() as its:
        response = its.kot.post("/employees", json={**NEW, "emailAddresses": ["i@mail.example"]})
        assert response.status_code == 201
        key = response.json().pop("key")
        assert response.json() == {**NEW, "emailAddresses": ["i@mail.example"], "key": key}
        assert its.kot.get("/employees/00121").json()["key"] == key
        assert its.kinkakuji.mails == ["i@mail.example"]


def test_post_echoes_nothing_that_was_sent_empty() -> None:
    with service() as its:
        answer = its.kot.post("/employees", json={**NEW, "hiredDate": "", "emailAddresses": []}).json()
        assert answer.keys() == {*NEW, "key"}


def test_post_may_answer_with_the_whole_employee() -> None:
    with service(kot_options=Options(lean_post=False)) as its:
        assert its.kot.post("/employees", json=NEW).json()["divisionName"] == "人事総務課"


@pytest.mark.parametrize("missing", NEW)
def test_post_requires_six_properties(missing: str) -> None:
    with service() as its:
        response = its.kot.post("/employees", json={**NEW, missing: ""})
        assert (response.status_code, response.json()["errors"][0]["code"]) == (400, 905)
        assert its.kinkakuji.stored() == []


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"gender": "other"}, 906),
        ({"hiredDate": "2026/04/01"}, 906),
        ({"birthDate": "2026-02-30"}, 906),
        ({"emailAddresses": "a@mail.example"}, 906),
        ({"emailAddresses": ["no address"]}, 906),
        ({"divisionCode": "9999"}, 903),
        ({"typeCode": "99"}, 904),
        ({"code": "0001"}, 902),
    ],
)
def test_a_bad_value_is_refused(wrong: dict[str, Any], code: int) -> None:
    with service(company=a_company(employees=[an_employee("0001")])) as its:
        response = its.kot.post("/employees", json={**NEW, **wrong})
        assert response.status_code == 400
        assert [each["code"] for each in response.json()["errors"]] == [code]


def test_put_changes_what_is_named_and_empty_clears() -> None:
    somebody = an_employee(
        "0001", resignationDate="2026-05-31", birthDate="1990-01-01", emailAddresses=["a@b.example"]
    )
    with service(company=a_company(employees=[somebody])) as its:
        body = {"lastName": "岩田", "resignationDate": "", "emailAddresses": []}
        response = its.kot.put(f"/employees/{somebody['key']}", json=body)
        changed = response.json()
        assert response.status_code == 200
        assert (changed["lastName"], changed["firstName"], changed["birthDate"]) == (
            "岩田",
            "葵",
            "1990-01-01",
        )
        assert changed.keys().isdisjoint({"resignationDate", "emailAddresses"})


def test_put_wants_the_key_and_get_the_code() -> None:
    with service(company=a_company(employees=[an_employee("0001")])) as its:
        assert its.kot.put("/employees/0001", json={"lastName": "岩田"}).json()["errors"][0]["code"] == 901


def test_put_cannot_empty_what_is_required_nor_take_a_used_code() -> None:
    with service(company=a_company(employees=[an_employee("0001"), an_employee("0002")])) as its:
        key = its.kinkakuji.employee("0001")["key"]
        assert its.kot.put(f"/employees/{key}", json={"lastName": None}).status_code == 400
        assert its.kot.put(f"/employees/{key}", json={"code": "0002"}).status_code == 400
        assert its.kot.put(f"/employees/{key}", json={"code": "0003"}).json()["key"] == key


def test_update_date_gives_placement_a_history_and_nothing_else() -> None:
    with service(company=a_company(employees=[an_employee("0001")])) as its:
        key = its.kinkakuji.employee("0001")["key"]
        moved = {"divisionCode": "1200", "lastName": "岩田"}
        its.kot.put(f"/employees/{key}?updateDate=2026-05-01", json=moved)
        before = its.kot.get("/employees/0001?date=2026-04-30").json()
        after = its.kot.get("/employees/0001?date=2026-05-01").json()
        assert (before["divisionCode"], before["lastName"]) == ("1100", "岩田")
        assert (after["divisionCode"], after["divisionName"], after["typeCode"]) == ("1200", "経理課", "1")
        assert its.kot.put(f"/employees/{key}?updateDate=soon", json=moved).json()["errors"][0]["code"] == 2


def test_a_move_in_the_past_leaves_a_booked_one_booked() -> None:
    with service(company=a_company(employees=[an_employee("0001")])) as its:
        key = its.kinkakuji.employee("0001")["key"]
        its.kot.put(f"/employees/{key}?updateDate=2026-06-01", json={"divisionCode": "1200"})
        its.kot.put(f"/employees/{key}?updateDate=2026-03-01", json={"divisionCode": "2000"})
        days = ["2026-02-28", "2026-03-01", "2026-05-31", "2026-06-01"]
        found = [its.kot.get(f"/employees/0001?date={day}").json()["divisionCode"] for day in days]
        assert found == ["1100", "2000", "2000", "1200"]


def test_nobody_can_be_deleted() -> None:
    with service(company=a_company(employees=[an_employee("0001")])) as its:
        key = its.kinkakuji.employee("0001")["key"]
        assert its.kot.delete(f"/employees/{key}").status_code == 405
        assert len(its.kinkakuji.stored()) == 1


def test_a_rejected_number_answers_with_words_that_quote_the_person() -> None:
    with service(company=a_company(employees=[an_employee("0001", birthDate="1990-01-01")])) as its:
        its.faults.set(System.KINKAKUJI, reject_numbers={"0001", "00121"})
        key = its.kinkakuji.employee("0001")["key"]
        put = its.kot.put(f"/employees/{key}", json={"lastName": "岩田"})
        assert (put.status_code, its.kot.post("/employees", json=NEW).status_code) == (400, 400)
        assert "1990-01-01" in put.json()["errors"][0]["message"]


def test_a_dropped_field_is_silently_not_written() -> None:
    with service(company=a_company(employees=[an_employee("0001")])) as its:
        its.faults.set(System.KINKAKUJI, drop_fields={"lastName"})
        key = its.kinkakuji.employee("0001")["key"]
        assert its.kot.put(f"/employees/{key}", json={"lastName": "岩田"}).json()["lastName"] == "青木"


def test_a_division_that_was_closed_takes_nobody() -> None:
    with service() as its:
        its.kinkakuji.close_division("1100")
        assert "1100" not in [each["code"] for each in its.kot.get("/divisions").json()]
        assert its.kot.post("/employees", json=NEW).json()["errors"][0]["code"] == 903


def test_every_complaint_is_listed() -> None:
    with service() as its:
        body = its.kot.post("/employees", json={"divisionCode": "1100", "gender": "x"}).json()
        assert [each["code"] for each in body["errors"]] == [905, 905, 905, 905, 906]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("髙橋﨑", "髙橋﨑"),
        ("𠮷野", "?野"),
        ("葛\U000e0100城", "葛?城"),
        ("か\u3099もう", "か?もう"),
        ("ﾄﾞﾊﾞｼ", "ﾄﾞﾊﾞｼ"),
    ],
)
def test_a_small_repertoire_turns_other_characters_into_question_marks(written: str, kept: str) -> None:
    with service() as its:
        its.faults.set(System.KINKAKUJI, repertoire="cp932")
        assert its.kot.post("/employees", json={**NEW, "lastName": written}).json()["lastName"] == written
        assert its.kot.get("/employees/00121").json()["lastName"] == kept
        key = its.kinkakuji.employee("00121")["key"]
        assert its.kot.put(f"/employees/{key}", json={"firstName": written}).json()["firstName"] == kept


def test_by_default_every_character_is_stored() -> None:
    with service() as its:
        its.kot.post("/employees", json={**NEW, "lastName": "𠮷葛\U000e0100"})
        assert its.kot.get("/employees/00121").json()["lastName"] == "𠮷葛\U000e0100"


def test_a_stand_in_that_takes_a_code_twice_shows_whoever_creates_twice() -> None:
    with service(kot_options=Options(allow_duplicate_codes=True)) as its:
        assert [its.kot.post("/employees", json=NEW).status_code for _ in range(2)] == [201, 201]
        assert len(its.kinkakuji.stored()) == 2


def test_somebody_whom_others_enter_is_listed() -> None:
    with service() as its:
        its.kinkakuji.enter(an_employee("0007"))
        assert [each["code"] for each in its.kot.get("/employees").json()] == ["0007"]
