"""Work on several things at once."""

from collections.abc import Callable, Iterable
from itertools import islice
from threading import Lock, Thread
from typing import TypeVar

T = TypeVar("T")


def side_by_side(things: Iterable[T], work: Callable[[T], None], workers: int) -> None:
    """Work on each, so many at a time. After an error nothing more is begun; the first one is raised.

    The threads never keep a process from ending (an executor's do): one may be parked for good.
    """
    waiting = iter(things)
    lock = Lock()
    errors: list[Exception] = []

    def take() -> list[T]:
        with lock:
            return [] if errors else list(islice(waiting, 1))

    def labour() -> None:
        while taken := take():
            try:
                work(taken[0])
            except Exception as error:  # noqa: BLE001 - raised where the work was asked for
                errors.append(error)

    threads = [Thread(target=labour, name="writer", daemon=True) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
