from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from sandbox.clock import TOKYO, DemoClock
from sandbox.faults import Faults
from sandbox.remote.system import System
from tests.sandbox.remote.service import NOON, Service, a_company, a_crew, an_employee, service


def at_noon() -> DemoClock:
    clock = DemoClock()
    clock.set(NOON)
    return clock


def test_faults_are_set_over_http_and_what_is_not_named_stays() -> None:
    with service(clock=at_noon()) as its:
        its.control.post("/faults", json={"smarthr": {"down": True}})
        answer = its.control.post(
            "/faults", json={"smarthr": {"reject_numbers": ["0012"]}, "kinkakuji": {"slow": 0.01}}
        )
        switches = answer.json()["smarthr"]
        assert (switches["down"], switches["reject_numbers"]) == (True, ["0012"])
        assert its.hr.get("/crews").status_code == 503
        assert its.control.get("/faults").json() == answer.json()
        its.control.delete("/faults")
        assert its.hr.get("/crews").status_code == 200


@pytest.mark.parametrize("body", [{"smarthr": {"no_such_switch": True}}, {"slack": {"down": True}}, ["down"]])
def test_a_switch_that_does_not_exist_is_refused(body: Any) -> None:
    with service(clock=at_noon()) as its:
        assert its.control.post("/faults", json=body).status_code == 400


def test_the_clock_jumps_over_http() -> None:
    with service(clock=at_noon()) as its:
        assert moved(its, time="07:59").isoformat(timespec="minutes") == "2026-04-02T07:59+09:00"
        assert moved(its, next_day=True).isoformat(timespec="minutes") == "2026-04-03T07:59+09:00"
        assert moved(its, moment="2026-05-01T09:00+09:00") >= datetime(2026, 5, 1, 9, tzinfo=TOKYO)
        assert its.kot.get("/company").status_code == 403
        its.control.post("/clock", json={"real": True})
        assert its.control.get("/clock").json()["offset"] == 0


def moved(its: Service, **jump: Any) -> datetime:
    return datetime.fromisoformat(its.control.post("/clock", json=jump).json()["now"])


def test_a_third_party_edits_a_record() -> None:
    company = a_company(crews=[a_crew("0001")], employees=[an_employee("0001")])
    with service(clock=at_noon(), company=company) as its:
        before = (its.smarthr.version, its.kinkakuji.version)
        its.control.post("/people/smarthr/0001", json={"last_name": "赤木", "email": None})
        its.control.post("/people/kinkakuji/0001", json={"lastName": "岩田", "divisionCode": "1200"})
        records = its.control.get("/records").json()
        assert records["smarthr"][0]["last_name"] == "赤木"
        assert (records["kinkakuji"][0]["lastName"], records["kinkakuji"][0]["divisionName"]) == (
            "岩田",
            "経理課",
        )
        assert its.smarthr.version > before[0]
        assert its.kinkakuji.version > before[1]
        assert its.control.post("/people/smarthr/9999", json={}).status_code == 400


def test_the_calls_are_shown() -> None:
    with service(clock=at_noon()) as its:
        its.hr.get("/crews")
        its.kot.get("/company")
        shown = its.control.get("/calls?system=kinkakuji").json()
        assert [(call["path"], call["status"]) for call in shown] == [("/v1.0/company", 200)]
        assert its.control.get("/calls?since=2").json() == []


def test_counted_switches_are_used_up_once_each() -> None:
    faults = Faults()
    faults.set(System.SMARTHR, too_many=5)
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: faults.take(System.SMARTHR, "too_many"), range(50)))
    assert sum(taken) == 5
    assert faults.of(System.KINKAKUJI).too_many == 0


def test_a_wrong_value_changes_nothing() -> None:
    faults = Faults()
    with pytest.raises(ValidationError):
        faults.set(System.SMARTHR, slow=-1)
    assert faults.of(System.SMARTHR).slow == 0
