from socket import SHUT_WR, create_connection
from time import monotonic

import httpx
import pytest

from sandbox.company import DEMO_SMARTHR_TOKEN
from sandbox.faults import Fate, Faults
from sandbox.remote.system import System
from sandbox.remote.witness import Seen
from tests.sandbox.remote.service import Service, a_company, a_crew, an_employee, service


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


@pytest.mark.parametrize(
    ("switch", "at_once", "in_the_end"), [("lost_answers", 1, 1), ("late_writes", 0, 1), ("broken_off", 0, 0)]
)
def test_a_share_of_the_writes_loses_its_answer(switch: str, at_once: int, in_the_end: int) -> None:
    with service() as its:
        its.faults.set(System.SMARTHR, commits_late_by=0.2, **{switch: 1.0})
        with pytest.raises(httpx.RemoteProtocolError):
            its.hr.post("/crews", json={"emp_code": "0001"})
        assert len(its.smarthr.stored()) == at_once
        its.smarthr.wait_for_late_writes()
        assert len(its.smarthr.stored()) == in_the_end
        assert its.hr.get("/crews").status_code == 200


def test_a_request_whose_sender_dies_in_the_middle_was_never_made() -> None:
    with service() as its:
        its.smarthr.wsgi.witness = told = Noting(its)
        port = int(its.url.rpartition(":")[2])
        head = f"POST /smarthr/tsubame/api/v1/crews HTTP/1.1\r\nAuthorization: Bearer {DEMO_SMARTHR_TOKEN}"
        with create_connection(("127.0.0.1", port)) as caller:
            caller.sendall(f"{head}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n".encode())
            caller.shutdown(SHUT_WR)
            assert caller.recv(1) == b""
        assert told.heard == []
        assert its.calls.calls() == []


def test_the_same_seed_hits_the_same_writes() -> None:
    def fates(seed: int) -> list[Fate]:
        faults = Faults()
        faults.set(System.SMARTHR, lost_answers=0.2, late_writes=0.2, broken_off=0.2)
        faults.seed(seed)
        return [faults.fate(System.SMARTHR) for _ in range(1000)]

    assert fates(1) == fates(1) != fates(2)
    for hit in (Fate.ANSWER_LOST, Fate.LATE, Fate.BROKEN_OFF):
        assert 150 < fates(1).count(hit) < 250


class Noting:
    """A witness that notes in what order it hears of things, and what was stored by then."""

    def __init__(self, its: Service) -> None:
        self.heard: list[tuple[str, str, bytes, int]] = []
        self._its = its

    def arrived(self, seen: Seen) -> None:
        self.heard.append((seen.method, seen.query.get("emp_code", ""), seen.body, self._stored()))

    def carried_out(self, seen: Seen, status: int) -> None:
        self.heard.append((seen.method, str(status), b"", self._stored()))

    def _stored(self) -> int:
        return len(self._its.smarthr.stored())


def test_a_witness_hears_of_a_write_before_and_after_its_effect_even_when_the_answer_is_lost() -> None:
    with service() as its:
        its.smarthr.wsgi.witness = told = Noting(its)
        its.faults.set(System.SMARTHR, lose_answer_after_commit=1)
        with pytest.raises(httpx.RemoteProtocolError):
            its.hr.post(
                "/crews", content=b'{"emp_code": "0001"}', headers={"Content-Type": "application/json"}
            )
        its.hr.get("/crews?emp_code=0001")
        assert told.heard == [
            ("POST", "", b'{"emp_code": "0001"}', 0),
            ("POST", "201", b"", 1),
            ("GET", "0001", b"", 1),
            ("GET", "200", b"", 1),
        ]
