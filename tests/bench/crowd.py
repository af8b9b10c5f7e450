"""Administrators who work in their lists, as fast as a window follows: every kind of press is among it."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import cycle
from threading import Event
from time import monotonic

from sandbox.slack.demo import HR_ADMIN
from sandbox.slack.directory import User
from sandbox.slack.screen import NotSeenError, Screen
from tests.journeys.deeds import ask_for
from tests.journeys.others import somebody_else
from tests.journeys.stage import PATIENCE, Stage

LISTED = "選択中 "
PAGES = 5
"""Turned before the list is gone back to its beginning."""
PAUSE = 0.25
"""Seconds that a person takes between two deeds."""
LOOK = 0.1
A_WHILE = 5.0
"""Seconds after which a person does not wait any longer for a window."""


@dataclass(frozen=True)
class Worker:
    """One of them, with a list open."""

    screen: Screen
    over: Event = field(default_factory=Event)

    def work(self) -> None:
        """Tick and turn pages, search a menu, paste numbers: again and again, until it is over."""
        for page in cycle(range(PAGES)):
            _leave(self.screen)
            for deed in (self._tick_and_turn if page else self._go_back, self._search, self._paste):
                if self.over.wait(PAUSE):
                    return
                # Whoever does not see what is to come, or from whom it goes away, does something else.
                with suppress(NotSeenError, LookupError, StopIteration):
                    deed()

    def _tick_and_turn(self) -> None:
        """The ticks of a page travel with whatever is pressed next."""
        self.screen.tick(next(text for text in self.screen.texts() if text[:5].isdigit()))
        self._turn("次へ ▶")

    def _go_back(self) -> None:
        self._turn("最初")

    def _turn(self, end: str) -> None:
        """Press the button that ends so, and see it become another one."""
        button = next(text for text in self.screen.texts() if text.endswith(end))
        self.screen.press(button)
        self._see(lambda: button not in self.screen.texts())

    def _search(self) -> None:
        view = self.screen.modal()
        assert view is not None
        self.screen.person.suggest(view["id"], view["blocks"][0]["block_id"], "establishment", "本")

    def _paste(self) -> None:
        self.screen.press("社員番号を貼り付け")
        self._see(lambda: "改行・空白・コンマ" in self.screen.text())
        self.screen.fill("社員番号", "00001\n00002")
        self.screen.submit()
        self._see(lambda: LISTED in self.screen.text())

    def _see(self, holds: Callable[[], bool]) -> None:
        """Look now and then: ten people who look at every change would slow Slack down, not Renkei."""
        deadline = monotonic() + A_WHILE
        while not holds():
            if monotonic() > deadline:
                raise NotSeenError
            self.over.wait(LOOK)


def with_lists(stage: Stage, people: int) -> list[Screen]:
    """Make so many administrators, each of whom looks at a list of their own."""
    users = [User(f"U0CROWD{number}", f"crowd{number}", f"担当者{number}") for number in range(people)]
    stage.sandbox.slack.workspace.add_users(*users)
    with somebody_else(stage) as (store, scope):
        for user in users:
            store.administrators.add(scope, user.id, by=HR_ADMIN)
    screens = [stage.screen(user.id) for user in users]
    for screen in screens:
        ask_for(screen, "pull")
    for screen in screens:
        screen.wait_for(f"{LISTED}0名", PATIENCE)
    return screens


@contextmanager
def at_work(stage: Stage, people: int) -> Iterator[None]:
    """Have so many administrators look at their lists, and work in them from here to the end of the block."""
    with ThreadPoolExecutor(people) as pool:
        workers = list(pool.map(Worker, with_lists(stage, people)))
        working = [pool.submit(worker.work) for worker in workers]
        try:
            yield
        finally:
            for worker in workers:
                worker.over.set()
        _raise_what_went_wrong(working)


def _leave(screen: Screen) -> None:
    """Close the form above the list, if one was left open."""
    view = screen.modal()
    if view is not None and LISTED not in screen.text():
        screen.close()


def _raise_what_went_wrong(working: list[Future[None]]) -> None:
    for each in working:
        each.result()
