"""A write to SmartHR changes what was shown and nothing else, and its outcome is never guessed."""

from typing import Any

import pytest

from sandbox.company.masters import establishment_id
from sandbox.remote.system import System
from sandbox.smarthr import Options
from sync.errors import (
    CredentialProblem,
    CredentialsRejected,
    OutcomeUnknown,
    RemoteRejected,
    RemoteUnavailable,
    TooManyRequests,
)
from sync.fields import Field
from sync.model import Choice, Placement
from tests.sandbox.remote.service import Service, a_company, a_crew, service
from tests.sync.clients.partners import (
    IMPATIENT,
    PLACED,
    NoPace,
    a_script,
    line,
    scripted_smarthr,
    smarthr,
)

VALUES = {
    Field.LAST_NAME: "髙橋",
    Field.FIRST_NAME: "樹",
    Field.LAST_NAME_KANA: "タカハシ",
    Field.GENDER: "male",
    Field.HIRED_ON: "2026-04-01",
    Field.EMAIL: None,
}


def establishment(there: Service, name: str) -> Placement:
    choices = smarthr(there).fetch_placement_choices().establishments
    return Placement(establishment=next(choice for choice in choices if choice.name == name))


def test_a_new_person_is_created_at_the_chosen_establishment() -> None:
    with service() as there:
        placement = establishment(there, "川口工場")
        written = smarthr(there).create("0012", VALUES, placement)
        crew = there.smarthr.crew("0012")
    assert crew["biz_establishment_id"] == placement.establishment.code  # type: ignore[union-attr]
    assert (crew["last_name"], crew["last_name_yomi"], crew["gender"]) == ("髙橋", "タカハシ", "male")
    assert (crew["entered_at"], crew["emp_status"]) == ("2026-04-01", "employed")
    assert (written.remote_id, written.number, written.last_name) == (crew["id"], "0012", "髙橋")


def test_nobody_is_put_at_whatever_establishment_comes_first() -> None:
    with a_script(line({}, 201)) as script, pytest.raises(ValueError, match="所属事業所"):
        scripted_smarthr(script).create("0012", VALUES, Placement())
    assert script.asked == []


def test_a_creation_sends_only_what_there_is() -> None:
    answer = {"id": "c1", "emp_code": "0012", "bank_accounts": [{"account_number": "1"}]}
    with a_script(line(answer, 201)) as script:
        scripted_smarthr(script).create("0012", {**VALUES}, PLACED)
    sent = {
        "emp_code": "0012",
        "last_name": "髙橋",
        "first_name": "樹",
        "last_name_yomi": "タカハシ",
        "gender": "male",
        "entered_at": "2026-04-01",
        "biz_establishment_id": establishment_id("本社"),
    }
    assert script.asked == [("POST", "tsubame/crews", sent)]


def test_an_update_changes_exactly_the_given_fields() -> None:
    with service(
        company=a_company(crews=[a_crew(tel_number="03-0000-0000", resigned_at="2026-05-31")])
    ) as there:
        before = there.smarthr.crew("0001")
        client = smarthr(there)
        (person,) = client.fetch_everyone()
        written = client.update(person, {Field.LAST_NAME: "赤木", Field.RESIGNED_ON: None})
        after = there.smarthr.crew("0001")
    changed = {name for name in after if after[name] != before[name]}
    assert changed - {"updated_at", "preferred_last_name"} == {"last_name", "resigned_at"}
    assert (after["last_name"], after["resigned_at"]) == ("赤木", None)
    assert (written.last_name, written.resigned_on) == ("赤木", None)


BUSINESS = {
    "business_last_name": "吉川",
    "business_last_name_yomi": "ヨシカワ",
    "business_first_name": "結",
    "business_first_name_yomi": "ユイ",
}
LAST = {Field.LAST_NAME: "吉沢", Field.LAST_NAME_KANA: "ヨシザワ"}
FIRST = {Field.FIRST_NAME: "唯", Field.FIRST_NAME_KANA: "ユイカ"}


@pytest.mark.parametrize("part", [("last", LAST), ("first", FIRST)], ids=lambda part: part[0])
@pytest.mark.parametrize("has_one", [True, False])
@pytest.mark.parametrize("prefers", [True, False])
def test_a_name_is_written_where_the_name_that_was_compared_stands(
    part: tuple[str, dict[Field, str | None]], *, has_one: bool, prefers: bool
) -> None:
    name, values = part
    own = {key: value for key, value in BUSINESS.items() if name in key and has_one}
    with service(company=a_company(crews=[a_crew(**own)])) as there:
        before = there.smarthr.crew("0001")
        client = smarthr(there, prefer_business_name=prefers)
        (person,) = client.fetch_everyone()
        written = client.update(person, values)
        after = there.smarthr.crew("0001")
    changed = {key for key in after if after[key] != before[key] and not key.startswith("preferred_")}
    place = f"business_{name}_name" if prefers and has_one else f"{name}_name"
    assert changed - {"updated_at"} == {place, f"{place}_yomi"}
    assert [after[place], after[f"{place}_yomi"]] == list(values.values())
    assert [field.of(written) for field in values] == list(values.values())


def test_a_refusal_keeps_what_smarthr_said() -> None:
    gone = Placement(establishment=Choice("no-such-id", "閉鎖した事業所"))
    with service() as there, pytest.raises(RemoteRejected) as refused:
        smarthr(there).create("0012", {**VALUES, Field.LAST_NAME_KANA: "たかはし"}, gone)
    assert refused.value.status == 400
    assert len(refused.value.detail) == 2
    assert "全角カタカナ" in "".join(refused.value.detail)


def test_somebody_who_is_gone_is_a_refusal_of_that_person() -> None:
    with service(company=a_company(crews=[a_crew()])) as there:
        client = smarthr(there)
        (person,) = client.fetch_everyone()
    with service() as there, pytest.raises(RemoteRejected) as refused:
        smarthr(there).update(person, {Field.LAST_NAME: "赤木"})
    assert refused.value.status == 404


def test_a_full_contract_stops_the_run() -> None:
    with service(hr_options=Options(plan_limit=0)) as there, pytest.raises(CredentialsRejected) as refused:
        smarthr(there).create("0012", VALUES, PLACED)
    assert refused.value.problem is CredentialProblem.PLAN_LIMIT


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"down": True}, RemoteUnavailable),
        ({"too_many": 1}, TooManyRequests),
        ({"unauthorized": True}, CredentialsRejected),
        ({"ip_not_permitted": True}, CredentialsRejected),
        ({"html_502": True}, OutcomeUnknown),
        ({"lose_answer_after_commit": 1}, OutcomeUnknown),
        ({"lose_answer_after_commit": 1, "lost_answer_hangs": 1.0}, OutcomeUnknown),
        ({"commits_late": 1, "commits_late_by": 0.1}, OutcomeUnknown),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, dict) else "",
)
def test_a_write_is_sent_once_whatever_becomes_of_it(
    fault: dict[str, Any], expected: type[Exception]
) -> None:
    with service() as there:
        there.faults.set(System.SMARTHR, **fault)
        with pytest.raises(expected) as failed:
            smarthr(there, timeouts=IMPATIENT).create("0012", VALUES, PLACED)
        there.smarthr.wait_for_late_writes()
        assert type(failed.value) is expected
        assert len([call for call in there.calls.calls() if call.is_write]) <= 1
        is_lost = {"lose_answer_after_commit", "commits_late"} & fault.keys()
        assert len(there.smarthr.stored()) == (1 if is_lost else 0)


def test_an_answer_that_comes_too_late_is_a_lost_one() -> None:
    with service() as there:
        there.faults.set(System.SMARTHR, slow=1.0)
        with pytest.raises(OutcomeUnknown):
            smarthr(there, timeouts=IMPATIENT).create("0012", VALUES, PLACED)


def test_a_lost_answer_is_found_by_reading() -> None:
    with service() as there:
        there.faults.set(System.SMARTHR, lose_answer_after_commit=1)
        client = smarthr(there)
        with pytest.raises(OutcomeUnknown):
            client.create("0012", VALUES, PLACED)
        (found,) = client.fetch_live([], ["0012"])
    assert found.last_name == "髙橋"


def test_nobody_listening_means_that_nothing_was_written() -> None:
    with service() as there:
        client = smarthr(there)
    with pytest.raises(RemoteUnavailable):
        client.create("0012", VALUES, PLACED)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (line("<html>502</html>", 502), OutcomeUnknown),
        (line("<html>503</html>", 503), OutcomeUnknown),
        (
            line({"code": 5, "type": "internal_server_error", "message": "x", "errors": None}, 500),
            OutcomeUnknown,
        ),
        (
            line({"code": 9, "type": "service_maintenance", "message": "x", "errors": None}, 503),
            RemoteUnavailable,
        ),
        (line("", 504), OutcomeUnknown),
        (line("<html>login</html>", 201), OutcomeUnknown),
        (line({"emp_code": "0012"}, 201), OutcomeUnknown),
        (line({"id": "", "last_name": "秘密"}, 201), OutcomeUnknown),
        (line({"code": 99, "message": "new"}, 403), CredentialsRejected),
        (line({"code": 99, "message": "new"}, 422), RemoteRejected),
        (line("<html>moved</html>", 302, {"Location": "/elsewhere"}), CredentialsRejected),
    ],
)
def test_an_answer_to_a_write_is_sorted_by_whether_it_can_have_been_done(
    answer: Any, expected: type[Exception]
) -> None:
    with a_script(answer) as script, pytest.raises(expected) as failed:
        scripted_smarthr(script).create("0012", VALUES, PLACED)
    assert type(failed.value) is expected
    assert len(script.asked) == 1


def test_every_write_waits_for_its_turn() -> None:
    pace = NoPace()
    with service() as there:
        smarthr(there, pace=pace).create("0012", VALUES, PLACED)
    assert pace.waits == 1
