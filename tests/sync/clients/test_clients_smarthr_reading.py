"""SmartHR's people are read whole or not at all, and nothing is read that Renkei does not link."""

from datetime import date
from threading import Barrier
from typing import Any

import pytest

from sandbox.company import generated_company
from sandbox.faults import Faults
from sandbox.remote.system import System
from sandbox.smarthr import Options, Rights
from sync.errors import CredentialProblem, CredentialsRejected, IncompleteFetch, RemoteUnavailable
from sync.model import Choice, Gender, Standing
from tests.sandbox.remote.service import a_company, a_crew, service
from tests.sync.clients.partners import NoPace, a_script, line, scripted_smarthr, smarthr

TODAY = date(2026, 4, 1)
PAGES = 3


def test_everybody_is_read_over_all_pages() -> None:
    with service(company=generated_company(263, today=TODAY)) as there:
        people = smarthr(there).fetch_everyone()
        stored = {crew["id"] for crew in there.smarthr.stored()}
    assert len(stored) > 200
    assert {person.remote_id for person in people} == stored


def test_only_linked_fields_are_asked_for() -> None:
    with service(company=a_company(crews=[a_crew()])) as there:
        smarthr(there).fetch_everyone()
        (call,) = there.calls.calls(System.SMARTHR)
    assert call.path.split("?")[1].split("&")[0] == (
        "fields=id,emp_code,last_name,first_name,last_name_yomi,first_name_yomi,business_last_name,"
        "business_first_name,business_last_name_yomi,business_first_name_yomi,gender,birth_at,entered_at,"
        "resigned_at,emp_status,email,departments,employment_type,biz_establishment_id"
    )


def test_a_person_is_understood_field_by_field() -> None:
    crew = a_crew(
        "0012",
        last_name="髙橋",
        first_name="𠮷",
        last_name_yomi="タカハシ",
        first_name_yomi="",
        gender="male",
        birth_at="1990-02-28",
        entered_at="2020-04-01",
        resigned_at=None,
        emp_status="absent",
        email="t@example.jp",
    )
    with service(company=a_company(crews=[crew])) as there:
        (person,) = smarthr(there).fetch_everyone()
    assert person.number == "0012"
    assert (person.last_name, person.first_name) == ("髙橋", "𠮷")
    assert (person.last_name_kana, person.first_name_kana) == ("タカハシ", None)
    assert (person.gender, person.standing) == (Gender.MALE, Standing.ABSENT)
    assert (person.birth_date, person.hired_on) == (date(1990, 2, 28), date(2020, 4, 1))
    assert (person.resigned_on, person.email) == (None, "t@example.jp")


@pytest.mark.parametrize("hidden_as", ["null", "absent"])
def test_what_the_token_may_not_see_is_unknown(hidden_as: str) -> None:
    rights = Rights(hidden_attributes=frozenset({"gender", "birth_at", "email"}))
    options = Options(tokens={"narrow": rights}, hidden_as=hidden_as)  # type: ignore[arg-type]
    crew = a_crew(gender="male", birth_at="1990-01-01", email="a@example.jp")
    with service(company=a_company(crews=[crew]), hr_options=options) as there:
        (person,) = smarthr(there, token="narrow").fetch_everyone()
    assert (person.gender, person.birth_date, person.email) == (None, None, None)


def test_unknown_words_are_unknown_and_not_an_error() -> None:
    crew = {"id": "c1", "emp_code": 12, "gender": "other", "emp_status": "seconded", "custom": [1]}
    with a_script(line([crew], headers={"x-total-count": "1"})) as script:
        (person,) = scripted_smarthr(script).fetch_everyone()
    assert (person.number, person.gender, person.standing) == ("12", None, Standing.UNKNOWN)


@pytest.mark.parametrize("nothing", [[1990], {"day": 1}, 19900228, True, "", "0000-00-00"])
def test_what_is_no_day_and_no_word_costs_nobody(nothing: Any) -> None:
    crew = {"id": "c1", "birth_at": nothing, "gender": nothing, "emp_status": nothing}
    with a_script(line([crew, {"id": "c2"}], headers={"x-total-count": "2"})) as script:
        person, _ = scripted_smarthr(script).fetch_everyone()
    assert (person.birth_date, person.gender, person.standing) == (None, None, Standing.UNKNOWN)


@pytest.mark.parametrize(
    "wrong", [{"id": ["c1"]}, {"id": ""}, {"emp_code": "1"}, {"id": "c1", "email": ["a"]}, 1]
)
def test_somebody_in_another_shape_is_not_understood(wrong: Any) -> None:
    with a_script(line([wrong], headers={"x-total-count": "1"})) as script, pytest.raises(RemoteUnavailable):
        scripted_smarthr(script).fetch_everyone()


@pytest.mark.parametrize(
    ("sent", "posts"),
    [
        ({"departments": [None, {"code": "110", "name": "総務"}, None]}, ["総務"]),
        ({"departments": [{"id": "d1", "full_name": "本部/総務", "name": "総務"}]}, ["本部/総務"]),
        ({"departments": None, "employment_type": None, "biz_establishment_id": None}, []),
        ({"departments": "総務", "employment_type": {"code": 1, "name": "正社員"}}, ["正社員"]),
    ],
)
def test_posts_come_with_holes(sent: dict[str, Any], posts: list[str]) -> None:
    with a_script(line([{"id": "c1", **sent}], headers={"x-total-count": "1"})) as script:
        (person,) = scripted_smarthr(script).fetch_everyone()
    assert [post.name for post in person.posts] == posts


@pytest.mark.parametrize(
    "fault",
    [{"repeated_page": 2}, {"lost_page": 2}, {"shrinking_total": True}, {"page_shift": True}],
    ids=lambda fault: next(iter(fault)),
)
def test_a_list_that_moves_twice_makes_no_plan(fault: dict[str, object]) -> None:
    with service(company=generated_company(263, today=TODAY)) as there:
        there.faults.set(System.SMARTHR, **fault)
        with pytest.raises(IncompleteFetch):
            smarthr(there).fetch_everyone()
        assert len(there.calls.calls(System.SMARTHR)) == 2 * PAGES


def test_a_list_that_moves_once_is_read_again() -> None:
    with service(company=generated_company(263, today=TODAY)) as there:
        there.faults.set(System.SMARTHR, lost_page=2)
        pace = NoPace(on_wait=lambda count: _mend_after(PAGES, count, there.faults))
        people = smarthr(there, pace=pace).fetch_everyone()
        assert len(people) == len(there.smarthr.stored())


def _mend_after(calls: int, count: int, faults: Faults) -> None:
    if count > calls:
        faults.clear()


def test_a_page_that_fails_is_asked_for_four_times() -> None:
    with service(company=generated_company(263, today=TODAY)) as there:
        there.faults.set(System.SMARTHR, error_on_page=3)
        with pytest.raises(RemoteUnavailable):
            smarthr(there).fetch_everyone()
        failed = [call for call in there.calls.calls(System.SMARTHR) if call.status == 500]
    assert len(failed) == 4


def test_a_list_without_its_total_proves_nothing() -> None:
    with a_script(line([{"id": "c1"}])) as script, pytest.raises(IncompleteFetch):
        scripted_smarthr(script).fetch_everyone()


def test_nobody_at_all_is_a_whole_list() -> None:
    with service() as there:
        assert smarthr(there).fetch_everyone() == []


def test_the_enrolled_are_those_employed_on_the_day_first_and_last_day_included() -> None:
    crews = [
        a_crew("starts", entered_at="2026-04-01"),
        a_crew("later", entered_at="2026-04-02"),
        a_crew("ends", resigned_at="2026-04-01"),
        a_crew("ended", resigned_at="2026-03-31"),
        a_crew("retired", emp_status="retired"),
        a_crew("left later", emp_status="retired", resigned_at="2026-04-01"),
        a_crew("no dates"),
    ]
    with service(company=a_company(crews=crews)) as there:
        people = smarthr(there).fetch_as_of(TODAY)
    assert {person.number for person in people if person.enrolled_on(TODAY)} == {
        "starts",
        "ends",
        "left later",
        "no dates",
    }


def test_business_names_are_preferred_on_both_sides_where_that_was_chosen() -> None:
    crew = a_crew(
        last_name="佐藤",
        first_name="葵",
        last_name_yomi="サトウ",
        first_name_yomi="アオイ",
        business_last_name="田中",
    )
    with service(company=a_company(crews=[crew])) as there:
        client = smarthr(there, prefer_business_name=True)
        (as_source,) = client.fetch_as_of(TODAY)
        (as_target,) = client.fetch_everyone()
    assert (as_source.last_name, as_source.first_name) == ("田中", "葵")
    assert (as_source.last_name_kana, as_source.first_name_kana) == (None, "アオイ"), (
        "サトウ is not 田中's kana"
    )
    assert (as_target.last_name, as_target.last_name_kana) == ("田中", None)


def test_a_business_first_name_brings_its_own_kana() -> None:
    crew = a_crew(first_name_yomi="アオイ", business_first_name="碧", business_first_name_yomi="ミドリ")
    with service(company=a_company(crews=[crew])) as there:
        (person,) = smarthr(there, prefer_business_name=True).fetch_as_of(TODAY)
    assert (person.last_name, person.first_name, person.first_name_kana) == ("青木", "碧", "ミドリ")


def test_the_living_are_read_a_hundred_ids_and_one_number_at_a_time() -> None:
    with service(company=generated_company(263, today=TODAY)) as there:
        crews = there.smarthr.stored()[:150]
        ids = [crew["id"] for crew in crews]
        people = smarthr(there).fetch_live([*ids, "gone"], [crews[0]["emp_code"], "nobody", ""])
        assert len(there.calls.calls(System.SMARTHR)) == 2 + 2
    assert sorted(person.remote_id for person in people) == sorted(ids)


def test_numbers_are_asked_for_side_by_side() -> None:
    together = Barrier(4)
    with service(company=generated_company(20, today=TODAY)) as there:
        pace = NoPace(on_wait=lambda _: together.wait(10))
        numbers = [crew["emp_code"] for crew in there.smarthr.stored()[:8]]
        people = smarthr(there, pace=pace).fetch_live([], numbers)
    assert [person.number for person in people] == sorted(numbers)


def test_a_doubled_number_gives_everybody_who_has_it() -> None:
    crews = [a_crew("7", serial="one"), a_crew("7", serial="two"), a_crew("07", serial="other")]
    with service(company=a_company(crews=crews)) as there:
        assert len(smarthr(there).fetch_live([], ["7"])) == 2


A_FULL_PAGE = [{"id": f"c{n}", "emp_code": str(n)} for n in range(100)]


def test_a_filter_that_is_ignored_is_noticed() -> None:
    page = line(A_FULL_PAGE, headers={"x-total-count": "250"})
    with a_script(page) as script, pytest.raises(IncompleteFetch):
        scripted_smarthr(script).fetch_live([], ["7"])


def test_a_filter_that_is_ignored_does_no_harm_in_a_small_company() -> None:
    with a_script(line(A_FULL_PAGE, headers={"x-total-count": "100"})) as script:
        assert [each.number for each in scripted_smarthr(script).fetch_live([], ["7"])] == ["7"]


def test_the_establishments_are_the_placements_to_choose_from() -> None:
    with service() as there:
        choices = smarthr(there).fetch_placement_choices()
        (first, *_) = a_company().establishments
    assert choices.establishments[0] == Choice(first["id"], first["name"])
    assert (choices.divisions, choices.categories) == ((), ())


def test_the_check_needs_both_permissions() -> None:
    narrow = Options(tokens={"narrow": Rights(read=frozenset({"crews"}))})
    with service(hr_options=narrow) as there:
        with pytest.raises(CredentialsRejected) as refused:
            smarthr(there, token="narrow").check()
        assert refused.value.problem is CredentialProblem.PERMISSION
    with service() as there:
        smarthr(there).check()
        assert len(there.calls.calls(System.SMARTHR)) == 2
