from time import monotonic

import httpx
import pytest

from sandbox.remote.system import System
from tests.sandbox.remote.service import a_company, a_crew, an_employee, service


def test_a_lost_answer_leaves_the_write_done() -> None:
    with service() as its:
        its.faults.set(System.SMARTHR, lose_answer_after_commit=1)
        with pytest.raises(httpx.RemoteProtocolError):
            its.hr.post("/crews", json={"emp_code": "0001"})
        assert its.hr.get("/crews?emp_code=0001").json()[0]["emp_code"] == "0001"
        assert its.hr.post("/crews", json={"emp_code": "0002"}).status_code == 201


def test_a_lost_answer_can_outlast_a_time_out() -> None:
    with service(company=a_company(employees=[an_employee("0001")])) as its:
        its.faults.set(System.KINKAKUJI, lose_answer_after_commit=1, lost_answer_hangs=0.3)
        key = its.kinkakuji.employee("0001")["key"]
        with pytest.raises(httpx.ReadTimeout):
            its.kot.put(f"/employees/{key}", json={"lastName": "岩田"}, timeout=0.1)
        assert its.kinkakuji.employee("0001")["lastName"] == "岩田"


def test_reads_never_lose_their_answer() -> None:
    with service() as its:
        its.faults.set(System.SMARTHR, lose_answer_after_commit=1)
        assert its.hr.get("/crews").status_code == 200


def test_a_write_can_be_carried_out_after_its_answer_was_lost() -> None:
    with service(company=a_company(crews=[a_crew("0001")])) as its:
        its.faults.set(System.SMARTHR, commits_late=1, commits_late_by=0.2)
        crew_id = its.smarthr.crew("0001")["id"]
        with pytest.raises(httpx.RemoteProtocolError):
            its.hr.patch(f"/crews/{crew_id}", json={"last_name": "赤木"})
        assert its.smarthr.crew("0001")["last_name"] == "青木"
        its.smarthr.wait_for_late_writes()
        assert its.smarthr.crew("0001")["last_name"] == "赤木"


def test_a_proxy_answers_with_html() -> None:
    with service() as its:
        its.faults.set(System.KINKAKUJI, html_502=True)
        response = its.kot.get("/company")
        assert (response.status_code, response.headers["Content-Type"]) == (502, "text/html; charset=utf-8")


def test_a_slow_system_takes_its_time() -> None:
    with service() as its:
        its.faults.set(System.SMARTHR, slow=0.1)
        start = monotonic()
        its.hr.get("/crews")
        assert monotonic() - start >= 0.1


def test_every_call_is_logged_without_personal_values_or_tokens() -> None:
    with service() as its:
        its.hr.get("/crews?emp_code=0012&q=青木&page=1&fields=id,emp_code")
        its.kot.get("/tokens/secret-token/available")
        its.faults.set(System.SMARTHR, lose_answer_after_commit=1)
        with pytest.raises(httpx.RemoteProtocolError):
            its.hr.post("/crews", json={})
        first, second, third = its.calls.calls()
        assert first.path == "/tsubame/api/v1/crews?emp_code=…&q=…&page=1&fields=id,emp_code"
        assert (first.status, first.moment, first.is_write) == (200, its.clock.now(), False)
        assert second.path == "/v1.0/tokens/…/available"
        assert (third.status, third.is_write) == (None, True)
        assert first.token_id == third.token_id != second.token_id
        assert its.calls.calls(System.KINKAKUJI, since=first.number) == [second]
