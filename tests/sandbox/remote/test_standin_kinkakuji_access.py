from datetime import time, timedelta

import httpx
import pytest

from sandbox.clock import FrozenClock
from sandbox.company import DEMO_KINKAKUJI_TOKEN
from sandbox.kinkakuji import Limits, Options, Window
from sandbox.remote.system import System
from tests.sandbox.remote.service import NOON, service

MESSAGE = "次の時間帯（JST）はAPIへのアクセスが禁止されています [08:30 ～ 10:00, 17:30 ～ 18:30]"


@pytest.mark.parametrize(
    ("hour", "minute", "second", "status"),
    [
        (8, 29, 59, 200),
        (8, 30, 0, 403),
        (9, 59, 59, 403),
        (10, 0, 0, 200),
        (17, 29, 59, 200),
        (17, 30, 0, 403),
        (18, 30, 0, 200),
    ],
)
def test_closed_hours_are_half_open(hour: int, minute: int, second: int, status: int) -> None:
    clock = FrozenClock(NOON.replace(hour=hour, minute=minute, second=second))
    with service(clock=clock) as its:
        assert its.kot.get("/company").status_code == status


def test_closed_hours_answer_with_the_real_message() -> None:
    with service(clock=FrozenClock(NOON.replace(hour=9))) as its:
        response = its.kot.get("/employees")
        assert (response.status_code, response.json()) == (
            403,
            {"errors": [{"message": MESSAGE, "code": 104}]},
        )


def test_closed_hours_can_be_others_and_the_message_names_them() -> None:
    options = Options(closed=(Window(time(8), time(10)),), code_as_string=True)
    with service(clock=FrozenClock(NOON.replace(hour=8)), kot_options=options) as its:
        assert its.kot.get("/company").json()["errors"] == [
            {
                "message": "次の時間帯（JST）はAPIへのアクセスが禁止されています [08:00 ～ 10:00]",
                "code": "104",
            }
        ]


@pytest.mark.parametrize(
    ("end", "hour", "status"),
    [(0, 21, 200), (0, 22, 403), (0, 23, 403), (0, 0, 200), (2, 23, 403), (2, 1, 403), (2, 2, 200)],
)
def test_closed_hours_may_last_until_midnight_or_over_it(end: int, hour: int, status: int) -> None:
    options = Options(closed=(Window(time(22), time(end)),))
    with service(clock=FrozenClock(NOON.replace(hour=hour)), kot_options=options) as its:
        assert its.kot.get("/company").status_code == status


def test_the_last_minute_may_still_be_closed() -> None:
    clock = FrozenClock(NOON.replace(hour=10, minute=0, second=59))
    with service(clock=clock, kot_options=Options(edge_minute_inclusive=True)) as its:
        assert its.kot.get("/company").status_code == 403
        clock.advance(timedelta(seconds=1))
        assert its.kot.get("/company").status_code == 200


def test_a_switch_closes_at_any_hour_and_leaves_the_token_question_open() -> None:
    with service() as its:
        its.faults.set(System.KINKAKUJI, closed_now=True)
        assert its.kot.get("/company").json()["errors"][0]["code"] == 104
        assert its.kot.get(f"/tokens/{DEMO_KINKAKUJI_TOKEN}/available").json() == {"available": True}
        assert its.kot.get("/tokens/wrong/available").json() == {"available": False}


def test_a_wrong_token_is_403_and_never_401() -> None:
    with service() as its:
        response = httpx.get(f"{its.url}/kinkakuji/v1.0/company", headers={"Authorization": "Bearer wrong"})
        assert (response.status_code, response.json()["errors"][0]["code"]) == (403, 100)


@pytest.mark.parametrize(
    ("switch", "status", "code"),
    [("down", 500, 300), ("unauthorized", 403, 100), ("ip_not_permitted", 403, 105)],
)
def test_the_system_can_refuse_everybody(switch: str, status: int, code: int) -> None:
    with service() as its:
        its.faults.set(System.KINKAKUJI, **{switch: True})
        response = its.kot.get("/company")
        assert (response.status_code, response.json()["errors"][0]["code"]) == (status, code)


def test_only_listed_addresses_are_let_in() -> None:
    with service(kot_options=Options(allowed_ips=frozenset({"203.0.113.5"}))) as its:
        assert its.kot.get("/company").json()["errors"][0]["code"] == 105
    with service(kot_options=Options(allowed_ips=frozenset({"127.0.0.1"}))) as its:
        assert its.kot.get("/company").status_code == 200


@pytest.mark.parametrize("status", [429, 403])
def test_over_the_limit_the_body_is_flat_and_its_code_a_string(status: int) -> None:
    with service(kot_limits=Limits(calls=2), kot_options=Options(status_of_303=status)) as its:
        answers = [its.kot.get("/company") for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, status]
        assert answers[-1].json() == {"code": "303", "message": "Too Many Requests"}


def test_the_next_calls_can_be_made_too_many() -> None:
    with service() as its:
        its.faults.set(System.KINKAKUJI, too_many=1)
        first, second = (its.kot.get("/company").status_code for _ in range(2))
        assert (first, second) == (429, 200)


def test_an_unknown_path_is_told_so() -> None:
    with service() as its:
        assert its.kot.get("/no-such-thing").status_code == 404
