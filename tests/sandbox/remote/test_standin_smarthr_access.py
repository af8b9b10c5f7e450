import httpx
import pytest

from sandbox.company import DEMO_SMARTHR_TOKEN
from sandbox.remote.system import System
from sandbox.smarthr import Limits, Options, Rights
from tests.sandbox.remote.service import service

ENDLESS = 1e-7
"""Slows the limits' seconds so far down that none ends during a test."""


def test_bearer_and_basic_are_both_let_in() -> None:
    with service() as its:
        base = f"{its.url}/smarthr/tsubame/api/v1/crews"
        assert httpx.get(base, auth=(DEMO_SMARTHR_TOKEN, "")).status_code == 200
        assert its.hr.get("/crews").status_code == 200


@pytest.mark.parametrize("header", ["", "Bearer wrong", "Basic !!!", "Digest x"])
def test_a_wrong_token_is_refused_in_the_official_words(header: str) -> None:
    with service() as its:
        response = httpx.get(f"{its.url}/smarthr/tsubame/api/v1/crews", headers={"Authorization": header})
        assert response.status_code == 401
        assert response.json() == {
            "code": 2,
            "type": "unauthorized_token",
            "message": "無効なアクセストークンです",
            "errors": None,
        }


def test_an_unknown_subdomain_is_a_page_and_not_an_api() -> None:
    with service() as its:
        response = its.hr.get(f"{its.url}/smarthr/suzume/api/v1/crews")
        assert response.status_code == 404
        assert response.headers["Content-Type"].startswith("text/html")


def test_a_token_does_only_what_its_boxes_say() -> None:
    rights = Rights(read=frozenset({"crews"}), write=frozenset())
    with service(hr_options=Options(tokens={DEMO_SMARTHR_TOKEN: rights})) as its:
        assert its.hr.get("/crews").status_code == 200
        for response in (its.hr.post("/crews", json={}), its.hr.get("/departments")):
            assert (response.status_code, response.json()["code"]) == (403, 3)


@pytest.mark.parametrize(
    ("switch", "status", "code"),
    [("down", 503, 9), ("unauthorized", 401, 2), ("ip_not_permitted", 403, 15)],
)
def test_the_system_can_refuse_everybody(switch: str, status: int, code: int) -> None:
    with service() as its:
        its.faults.set(System.SMARTHR, **{switch: True})
        response = its.hr.get("/crews")
        assert (response.status_code, response.json()["code"]) == (status, code)


def test_the_eleventh_request_of_a_second_is_too_many_and_the_headers_say_how_long() -> None:
    limits = Limits(per_second=10, scale=ENDLESS)
    with service(hr_limits=limits) as its:
        statuses = [its.hr.get("/crews").status_code for _ in range(10)]
        refused = its.hr.get("/crews")
        assert statuses == [200] * 10
        assert (refused.status_code, refused.json()["code"]) == (429, 6)
        assert refused.headers["x-intensive-rate-limit-limit"] == "10"
        assert refused.headers["x-intensive-rate-limit-remaining"] == "0"
        assert 0 < int(refused.headers["x-intensive-rate-limit-reset"]) <= 1 / ENDLESS


def test_an_hour_has_its_own_limit() -> None:
    with service(hr_limits=Limits(per_second=1000, per_hour=3, scale=ENDLESS)) as its:
        assert [its.hr.get("/crews").status_code for _ in range(4)] == [200, 200, 200, 429]
        assert its.hr.get("/crews").headers["x-rate-limit-remaining"] == "0"


def test_the_next_calls_can_be_made_too_many() -> None:
    with service() as its:
        its.faults.set(System.SMARTHR, too_many=2)
        assert [its.hr.get("/crews").status_code for _ in range(3)] == [429, 429, 200]
