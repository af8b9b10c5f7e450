"""However often it is pressed, however often it is delivered: one effect, also between two processes."""

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from slack_bolt import App, BoltRequest
from slack_bolt.authorization import AuthorizeResult
from sqlmodel import func, select

from bot.access import Need
from bot.answer import Answer, close, point_out, replace
from bot.doubles import DOUBLE
from bot.entrance import Entrance
from bot.press import Press
from storage.database import migrate, open_database
from storage.pace import database_now
from storage.presses import Presses
from storage.store import Store
from storage.tables import PlanTable
from sync.model import Direction
from tests.bot.listeners.desk import NotedBackground, services_on
from tests.postgres import cut_connections
from tests.storage.builders import ANNA, KEYS, SCOPE, TODAY, Watch

Json = dict[str, Any]
LISTENERS = 16
"""Threads that hear what is delivered; they go on for a moment after it is acknowledged."""
SLOW = 4
"""Threads that carry out what was acknowledged."""
NOBODY = AuthorizeResult(enterprise_id=None, team_id=SCOPE.team_id, bot_token="xoxb-nobody")


class Front:
    """One process's way in: a real Bolt app with an entrance, on a database that others use too.

    Its effects are plans, each press of which leaves one more as often as it is done.
    """

    def __init__(self, url: str) -> None:
        self.database = open_database(url)
        self.store = Store(self.database, KEYS, Watch())
        self.late = 0
        """Milliseconds that have passed for whoever claims something."""
        self.given = 0
        """Answers that were made, which may have had effects of their own."""
        self.failing: list[Exception] = []
        """What is raised instead of an effect."""
        self.meanwhile: Callable[[], object] = lambda: None
        """What happens while an answer is made."""
        self.store.presses = Presses(self.database, KEYS, lambda session: database_now(session) + self.late)
        self._slow, self._listeners = ThreadPoolExecutor(SLOW), ThreadPoolExecutor(LISTENERS)
        self._app = App(
            authorize=lambda **_: NOBODY,
            request_verification_enabled=False,
            listener_executor=self._listeners,
        )
        entrance = Entrance(self._app, services_on(self.store, self._slow, NotedBackground(), Watch()))
        entrance.action("make", Need.NOTHING, self.make)
        entrance.action("set", Need.NOTHING, self.make, repeatable=True)
        entrance.shortcut("make", Need.NOTHING, self.make)
        entrance.submission("turn", Need.NOTHING, self.turn)
        entrance.submission("take", Need.NOTHING, self.take)

    def make(self, _press: Press) -> None:
        if self.failing:
            raise self.failing.pop()
        self.store.plans.begin(SCOPE, ANNA, Direction.PULL, TODAY, "V1", press=uuid4().hex)

    def turn(self, press: Press) -> Answer:
        """Answer in a way that is never the same."""
        self.given += 1
        self.meanwhile()
        return replace({"title": uuid4().hex}, then=lambda: self.make(press))

    def take(self, press: Press) -> Answer:
        if not press.modal["state"]["values"]:
            return point_out({"number": uuid4().hex})
        return close(then=lambda: self.make(press))

    def hear(self, body: Json) -> Json:
        """Take a delivery as Socket Mode does, and give what the acknowledgement says."""
        answer = self._app.dispatch(BoltRequest(body=body, mode="socket_mode"))
        assert answer.status == 200
        said: Json = json.loads(answer.body) if answer.body else {}
        return said

    def effects(self) -> int:
        """Let everything end, and count."""
        ended(self._listeners, LISTENERS)  # first: they hand on what is slow
        ended(self._slow, SLOW)
        with self.database.reading() as session:
            return session.exec(select(func.count()).select_from(PlanTable)).one()

    def close(self) -> None:
        self._slow.shutdown()
        self._listeners.shutdown()
        self.store.close()


def ended(pool: ThreadPoolExecutor, threads: int) -> None:
    """Return when everything has ended that these threads were given so far."""
    all_at_once = Barrier(threads)
    wait([pool.submit(all_at_once.wait) for _ in range(threads)])


@contextmanager
def front(url: str = "") -> Iterator[Front]:
    with TemporaryDirectory() as folder:
        url = url or f"sqlite:///{Path(folder) / 'renkei.db'}"
        migrate(url)
        one = Front(url)
        try:
            yield one
        finally:
            one.close()


def click(
    action_id: str = "make", *, ts: str = "", value: str = "a", hash_: str = "h1", view: str = ""
) -> Json:
    """Give the payload of a click in a message or, with `view`, in that view; each has its own trigger."""
    body = came("block_actions") | {
        "actions": [{"action_id": action_id, "block_id": "b", "value": value, "action_ts": uuid4().hex}],
        "container": {"channel_id": "C1", "message_ts": ts},
    }
    return body | {"view": {"id": view, "hash": hash_}} if view else body


def submit(callback_id: str, view: str, typed: str = "0012", hash_: str = "h1") -> Json:
    values = {"number": {"number": {"type": "plain_text_input", "value": typed}}} if typed else {}
    state = {"values": values}
    shown = {"id": view, "hash": hash_, "type": "modal", "callback_id": callback_id, "state": state}
    return came("view_submission") | {"view": shown}


def came(kind: str) -> Json:
    return {"type": kind, "team": {"id": SCOPE.team_id}, "user": {"id": ANNA}, "trigger_id": uuid4().hex}


def doubled(bodies: Sequence[tuple[Json, Json]]) -> list[Json]:
    """Let every second press be clicked twice, and have Slack deliver every other one twice."""
    return [body for first, second in bodies[::2] for body in (first, second)] + [
        body for first, _ in bodies[1::2] for body in (first, first)
    ]


def pressed(number: int) -> list[tuple[Json, Json]]:
    """Give so many clicks in messages and submissions of modals, each with a second one on the same thing."""
    clicks = [(click(ts=str(each)), click(ts=str(each))) for each in range(number // 2)]
    return clicks + [(submit("turn", f"V{each}"), submit("turn", f"V{each}")) for each in range(number // 2)]


def test_of_a_thousand_doubled_presses_and_deliveries_each_has_one_effect() -> None:
    with front() as one, ThreadPoolExecutor(8) as slack:
        list(slack.map(one.hear, doubled(pressed(1000))))
        assert one.effects() == 1000


@pytest.mark.postgres
def test_two_processes_share_what_has_been_pressed(empty_postgresql: str) -> None:
    with front(empty_postgresql) as one, front(empty_postgresql) as other, ThreadPoolExecutor(8) as slack:
        deliveries = doubled(pressed(200))
        hearers = [(one, other)[each % 2] for each in range(len(deliveries))]
        list(slack.map(lambda hearer, body: hearer.hear(body), hearers, deliveries))
        one.effects()
        assert other.effects() == 200


@pytest.mark.postgres
def test_an_answer_is_made_once_although_two_processes_hear_the_submission_at_once(
    empty_postgresql: str,
) -> None:
    with front(empty_postgresql) as one, front(empty_postgresql) as other, ThreadPoolExecutor(2) as slack:
        at_once = Barrier(2)

        def hear(hearer: Front, body: Json) -> Json:
            at_once.wait()
            return hearer.hear(body)

        for each in range(50):
            body = submit("turn", f"V{each}")
            first, second = slack.map(hear, (one, other), (body, body))
            assert first == second
        assert one.given + other.given == 50


@pytest.mark.postgres
def test_a_submission_has_its_effect_although_the_lock_that_keeps_others_away_is_lost_meanwhile(
    empty_postgresql: str,
) -> None:
    with front(empty_postgresql) as one:
        one.meanwhile = lambda: cut_connections(empty_postgresql)
        answer = one.hear(submit("turn", "V1"))
        assert answer["response_action"] == "update"
        assert one.hear(submit("turn", "V1")) == answer
        assert one.effects() == 1


def test_a_button_works_again_once_its_view_has_changed_or_a_moment_has_passed() -> None:
    with front() as one:
        one.hear(click(view="V1", hash_="h1"))
        one.hear(click(view="V1", hash_="h1"))
        one.hear(click(view="V1", hash_="h2"))
        one.hear(click(view="V2", hash_="h1"))
        assert one.effects() == 3
    with front() as one:
        one.hear(click())
        assert one.effects() == 1
        one.late = int(DOUBLE.total_seconds() * 1000)
        one.hear(click())
        assert one.effects() == 2


def test_what_came_to_nothing_is_pressed_again_at_once() -> None:
    with front() as one:
        one.failing = [RuntimeError("a moment's trouble")]
        for _ in range(2):
            one.hear(click())
            one.effects()
        one.hear(click())
        assert one.effects() == 1


def test_another_value_another_message_and_another_person_are_no_doubles() -> None:
    with front() as one:
        bodies = [
            click(ts="1"),
            click(ts="2"),
            click(ts="1", value="b"),
            click(ts="1") | {"user": {"id": "U2"}},
        ]
        for body in bodies + bodies:
            one.hear(body)
        assert one.effects() == len(bodies)


def test_what_says_how_something_is_to_be_counts_each_time_but_not_each_delivery() -> None:
    with front() as one:
        set_, unset = click("set", view="V1"), click("set", view="V1", value="")
        for body in (set_, set_, unset, click("set", view="V1")):
            one.hear(body)
        assert one.effects() == 3


def test_a_shortcut_counts_each_time_but_not_each_delivery() -> None:
    with front() as one:
        first, second = (came("shortcut") | {"callback_id": "make"} for _ in range(2))
        for body in (first, first, second):
            one.hear(body)
        assert one.effects() == 2


def test_of_deliveries_that_nothing_tells_apart_none_is_lost() -> None:
    with front() as one:
        body = came("shortcut") | {"callback_id": "make"}
        del body["trigger_id"]
        for _ in range(2):
            one.hear(body)
        assert one.effects() == 2


def test_a_submission_that_comes_twice_gets_the_same_answer() -> None:
    with front() as one:
        body = submit("turn", "V1")
        first = one.hear(body)
        assert first["response_action"] == "update"
        assert one.hear(body) == first
        assert one.hear(submit("turn", "V1")) == first
        assert one.given == 1
        assert one.hear(submit("turn", "V1", typed="0013")) != first
        assert one.effects() == 2


def test_what_was_corrected_is_taken_at_once() -> None:
    with front() as one:
        assert one.hear(submit("take", "V1", typed=""))["response_action"] == "errors"
        assert one.hear(submit("take", "V1", typed=""))["response_action"] == "errors"
        assert one.hear(submit("take", "V1")) == {}
        assert one.effects() == 1
