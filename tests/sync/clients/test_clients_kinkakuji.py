"""勤革時's people are read whole, and a write to it changes what was shown and nothing else."""

from datetime import date
from typing import Any

import pytest

from sandbox.company import generated_company
from sandbox.kinkakuji import Options
from sandbox.remote.system import JsonObject, System
from sync.errors import (
    ClosedNow,
    CredentialProblem,
    CredentialsRejected,
    IncompleteFetch,
    OutcomeUnknown,
    RemoteRejected,
    RemoteUnavailable,
    TooManyRequests,
)
from sync.fields import Field
from sync.model import Choice, Gender, Placement
from tests.sandbox.remote.service import a_company, an_employee, service
from tests.sync.clients.partners import IMPATIENT, a_script, kinkakuji, line, scripted_kinkakuji

TODAY = date(2026, 4, 1)
PLACEMENT = Placement(division=Choice("1100", "人事総務課"), category=Choice("1", "正社員"))
VALUES = {
    Field.LAST_NAME: "井上",
    Field.FIRST_NAME: "樹",
    Field.FIRST_NAME_KANA: "イツキ",
    Field.GENDER: "male",
    Field.HIRED_ON: "2026-04-01",
    Field.BIRTH_DATE: None,
}


def a_worker(**values: Any) -> JsonObject:
    return {"key": "k1", "code": "0012", "lastName": "井上", "firstName": "樹", "gender": "male", **values}


def test_everybody_is_read_in_one_call_retired_people_included() -> None:
    with service(company=generated_company(300, today=TODAY)) as there:
        people = kinkakuji(there).fetch_everyone()
        stored = {employee["key"] for employee in there.kinkakuji.stored()}
        (call,) = there.calls.calls(System.KINKAKUJI)
    assert {person.remote_id for person in people} == stored
    assert "date=2026-04-01" in call.path
    assert "includeResigner=true" in call.path


def test_a_person_is_understood_field_by_field() -> None:
    employee = an_employee(
        "0012",
        lastNamePhonetics="アオキ",
        birthDate="1990-02-28",
        hiredDate="2020-04-01",
        emailAddresses=["main@example.jp", "other@example.jp"],
    )
    with service(company=a_company(employees=[employee])) as there:
        (person,) = kinkakuji(there).fetch_everyone()
    assert (person.number, person.last_name, person.first_name) == ("0012", "青木", "葵")
    assert (person.last_name_kana, person.first_name_kana) == ("アオキ", None)
    assert (person.gender, person.resigned_on) == (Gender.FEMALE, None)
    assert (person.birth_date, person.hired_on) == (date(1990, 2, 28), date(2020, 4, 1))
    assert (person.email, person.other_emails) == ("main@example.jp", ("other@example.jp",))


@pytest.mark.parametrize(
    ("sent", "email"),
    [
        ([], None),
        (None, None),
        ([{"address": "a@example.jp", "main": True}], "a@example.jp"),
        (["", None], None),
    ],
)
def test_addresses_come_in_many_shapes(sent: Any, email: str | None) -> None:
    with a_script(line([a_worker(emailAddresses=sent)])) as script:
        (person,) = scripted_kinkakuji(script).fetch_everyone()
    assert person.email == email


def test_the_enrolled_are_those_employed_on_the_day_first_and_last_day_included() -> None:
    employees = [
        an_employee("S1", hiredDate="2026-04-01"),
        an_employee("S2", hiredDate="2026-04-02"),
        an_employee("E1", resignationDate="2026-04-01"),
        an_employee("E2", resignationDate="2026-03-31"),
        an_employee("N0"),
    ]
    with service(company=a_company(employees=employees)) as there:
        people = kinkakuji(there).fetch_as_of(TODAY)
    assert {person.number for person in people if person.enrolled_on(TODAY)} == {"S1", "E1", "N0"}


def test_a_key_that_comes_twice_makes_no_plan() -> None:
    with a_script(line([a_worker(), a_worker()])) as script, pytest.raises(IncompleteFetch):
        scripted_kinkakuji(script).fetch_everyone()


def test_the_living_are_read_in_one_call_and_found_in_any_spelling() -> None:
    employees = [an_employee("A1"), an_employee("A2"), an_employee("A3")]
    with service(company=a_company(employees=employees)) as there:
        people = kinkakuji(there).fetch_live([employees[0]["key"]], ["a２", "nobody", ""])
        assert len(there.calls.calls()) == 1
    assert {person.number for person in people} == {"A1", "A2"}


def test_divisions_and_categories_are_the_placements_to_choose_from() -> None:
    with service() as there:
        choices = kinkakuji(there).fetch_placement_choices()
    assert PLACEMENT.division in choices.divisions
    assert PLACEMENT.category in choices.categories
    assert choices.establishments == ()


@pytest.mark.parametrize("lean_post", [True, False])
def test_a_new_person_is_created_with_division_and_category(lean_post: bool) -> None:  # noqa: FBT001 - a case
    with service(kot_options=Options(lean_post=lean_post)) as there:
        written = kinkakuji(there).create("0012", VALUES, PLACEMENT)
        employee = there.kinkakuji.employee("0012")
    assert employee["placements"][0]["divisionCode"] == "1100"
    assert employee["placements"][0]["typeCode"] == "1"
    assert (employee["lastName"], employee["firstNamePhonetics"]) == ("井上", "イツキ")
    assert "birthDate" not in employee
    assert (written.remote_id, written.number) == (employee["key"], "0012")
    assert (written.first_name_kana, written.hired_on) == ("イツキ", date(2026, 4, 1))


def test_an_answer_that_lacks_what_was_sent_is_read_back_by_code() -> None:
    whole = a_worker(firstNamePhonetics="イツキ", hiredDate="2026-04-01")
    with a_script(line(a_worker(), 201), line(whole)) as script:
        written = scripted_kinkakuji(script).create("0012", VALUES, PLACEMENT)
    assert [(method, path) for method, path, _ in script.asked] == [
        ("POST", "employees"),
        ("GET", "employees/0012"),
    ]
    assert written.first_name_kana == "イツキ"


@pytest.mark.parametrize(
    "answer",
    [
        line({"errors": [{"message": "x", "code": 104}]}, 403),
        line({"errors": [{"message": "x", "code": 901}]}, 400),
        line("<html>404</html>", 404),
        line("<html>502</html>", 502),
        line(a_worker(key="somebody-else")),
    ],
)
def test_an_accepted_write_that_cant_be_read_back_is_not_taken_for_unsent(answer: Any) -> None:
    with a_script(line(a_worker(), 201), answer) as script, pytest.raises(OutcomeUnknown):
        scripted_kinkakuji(script).create("0012", VALUES, PLACEMENT)


def test_an_update_changes_exactly_the_given_fields() -> None:
    employee = an_employee("0012", resignationDate="2026-05-31", hiredDate="2020-04-01")
    with service(company=a_company(employees=[employee])) as there:
        client = kinkakuji(there)
        (person,) = client.fetch_everyone()
        written = client.update(person, {Field.LAST_NAME: "赤木", Field.RESIGNED_ON: None})
        after = there.kinkakuji.employee("0012")
    changed = {name for name in after if after[name] != employee.get(name)}
    assert changed == {"lastName", "resignationDate"}
    assert not after["resignationDate"]
    assert (written.last_name, written.resigned_on) == ("赤木", None)
    assert written.hired_on == date(2020, 4, 1)


def test_a_cleared_field_is_sent_as_an_empty_text() -> None:
    with a_script(line([a_worker()]), line(a_worker())) as script:
        client = scripted_kinkakuji(script)
        (person,) = client.fetch_everyone()
        client.update(person, {Field.RESIGNED_ON: None, Field.EMAIL: None})
    assert script.asked[1:] == [("PUT", "employees/k1", {"resignationDate": "", "emailAddresses": []})]


def test_only_the_first_address_is_replaced() -> None:
    before = ["old@example.jp", "home@example.jp", "new@example.jp"]
    employee = an_employee("0012", emailAddresses=before)
    with service(company=a_company(employees=[employee])) as there:
        client = kinkakuji(there)
        (person,) = client.fetch_everyone()
        client.update(person, {Field.EMAIL: "new@example.jp"})
        after = there.kinkakuji.employee("0012")
    assert after["emailAddresses"] == ["new@example.jp", "home@example.jp"]


def test_nobody_is_created_without_a_placement() -> None:
    with service() as there:
        with pytest.raises(ValueError, match="雇用区分"):
            kinkakuji(there).create("0012", VALUES, Placement(division=Choice("1100", "人事総務課")))
        assert there.calls.calls() == []


def test_a_refusal_keeps_what_kinkakuji_said() -> None:
    gone = Placement(division=Choice("9999", "廃止"), category=Choice("1", "正社員"))
    with service() as there, pytest.raises(RemoteRejected) as refused:
        kinkakuji(there).create("0012", VALUES, gone)
    assert refused.value.detail == ("所属が存在しません 9999",)


@pytest.mark.parametrize("code_as_string", [True, False])
@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        ({"ip_not_permitted": True}, CredentialProblem.IP_ADDRESS),
        ({"unauthorized": True}, CredentialProblem.TOKEN),
    ],
    ids=["ip", "token"],
)
def test_a_refused_caller_is_told_what_to_look_at(
    fault: dict[str, Any],
    problem: CredentialProblem,
    code_as_string: bool,  # noqa: FBT001 - a case
) -> None:
    with service(kot_options=Options(code_as_string=code_as_string)) as there:
        there.faults.set(System.KINKAKUJI, **fault)
        with pytest.raises(CredentialsRejected) as refused:
            kinkakuji(there).check()
    assert refused.value.problem is problem


@pytest.mark.parametrize("status", [200, 403, 429, 503])
@pytest.mark.parametrize("code", ["303", 303, 308])
def test_too_many_requests_is_known_by_its_code_whatever_the_status(status: int, code: int | str) -> None:
    with a_script(line({"code": code, "message": "Too Many Requests"}, status)) as script:
        with pytest.raises(TooManyRequests):
            scripted_kinkakuji(script).create("0012", VALUES, PLACEMENT)
        assert len(script.asked) == 1


def test_somebody_numbered_303_is_no_error() -> None:
    whole = a_worker(code="303", firstNamePhonetics="イツキ", hiredDate="2026-04-01")
    with a_script(line(whole, 201)) as script:
        assert scripted_kinkakuji(script).create("303", VALUES, PLACEMENT).number == "303"


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"down": True}, OutcomeUnknown),
        ({"too_many": 1}, TooManyRequests),
        ({"closed_now": True}, ClosedNow),
        ({"html_502": True}, OutcomeUnknown),
        ({"lose_answer_after_commit": 1}, OutcomeUnknown),
        ({"lose_answer_after_commit": 1, "lost_answer_hangs": 1.0}, OutcomeUnknown),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, dict) else "",
)
def test_a_write_is_sent_once_whatever_becomes_of_it(
    fault: dict[str, Any], expected: type[Exception]
) -> None:
    with service() as there:
        there.faults.set(System.KINKAKUJI, **fault)
        with pytest.raises(expected) as failed:
            kinkakuji(there, timeouts=IMPATIENT).create("0012", VALUES, PLACEMENT)
        assert type(failed.value) is expected
        assert len(there.calls.calls()) == 1


def test_a_read_goes_on_asking_while_that_can_help() -> None:
    with service(company=a_company(employees=[an_employee()])) as there:
        there.faults.set(System.KINKAKUJI, too_many=3)
        assert len(kinkakuji(there).fetch_everyone()) == 1
        there.faults.set(System.KINKAKUJI, down=True)
        with pytest.raises(RemoteUnavailable):
            kinkakuji(there).fetch_everyone()
        assert len(there.calls.calls()) == 4 + 4


def test_the_check_reads_masters_and_people_and_never_shows_the_token() -> None:
    with service() as there:
        kinkakuji(there).check()
        paths = [call.path.split("?")[0] for call in there.calls.calls()]
    assert paths == ["/v1.0/divisions", "/v1.0/working-types", "/v1.0/employees"]
