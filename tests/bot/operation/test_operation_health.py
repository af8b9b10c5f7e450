from collections.abc import Callable

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.health import succeeds
from bot.metrics import ACK_SECONDS
from bot.server import health_server


def works() -> bool:
    return True


def fails() -> None:
    raise ConnectionError("no route to 山田's database")


def test_a_process_that_answers_is_alive() -> None:
    answer = health_server({"database": lambda: False}).test_client().get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_it_is_ready_when_every_part_works() -> None:
    answer = health_server({"database": works, "engine": works}).test_client().get("/readyz")
    assert (answer.status_code, answer.json) == (200, {"database": "ok", "engine": "ok"})


@pytest.mark.parametrize("broken", [lambda: False, succeeds(fails)])
def test_it_names_the_part_that_does_not_work_and_nothing_more(broken: Callable[[], bool]) -> None:
    answer = health_server({"database": broken, "slack": works}).test_client().get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"database": "down", "slack": "ok"})


def test_metrics_count_acknowledgements() -> None:
    def acknowledged() -> float:
        text = health_server({}).test_client().get("/metrics").get_data(as_text=True)
        families = text_string_to_metric_families(text)
        return sum(s.value for f in families for s in f.samples if s.name == "renkei_ack_seconds_count")

    before = acknowledged()
    ACK_SECONDS.observe(0.02)
    assert acknowledged() == before + 1


def test_nothing_else_is_served() -> None:
    client = health_server({}).test_client()
    assert client.post("/slack/events").status_code == 404
    assert client.get("/slack/install").status_code == 404
