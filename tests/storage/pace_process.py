"""`python -m tests.storage.pace_process URL SHARE`: a process that takes moments of a token beside others."""

import json
import sys
import time
from dataclasses import dataclass

from sqlmodel import Session

from storage.database import Database, open_database
from storage.pace import Paces, Rhythm, database_now
from sync.errors import TooManyRequests
from sync.model import System

TOKEN = "shr_made_up"


@dataclass(frozen=True)
class Share:
    """What each of the processes does."""

    calls: int
    spacing: float
    an_hour: int | None = None
    speed: int = 1
    """How many times faster than in real life the database's clock goes."""


class Noted(Paces):
    """Paces that note every moment that was given, by the database's clock."""

    def __init__(self, database: Database, speed: int) -> None:
        super().__init__(database, now=self._fast_now, sleep=self._go_on)
        self.moments: list[int] = []
        self._speed = speed
        self._read = 0

    def reserve(self, key: str, rhythm: Rhythm) -> float:
        delay = super().reserve(key, rhythm)
        self.moments.append(self._read + round(delay * 1000))
        return delay

    def _fast_now(self, session: Session) -> int:
        self._read = self._speed * database_now(session)
        return self._read

    def _go_on(self, seconds: float) -> None:
        """Take the next moment before this one comes, as a process with very many threads does."""


def main(url: str, share: Share) -> None:
    database = open_database(url)
    database.engine.connect().close()
    print(flush=True)  # noqa: T201 - says that it is ready, and waits until the others are
    sys.stdin.readline()
    paces = Noted(database, share.speed)
    pace = paces.of(System.SMARTHR, TOKEN, Rhythm(share.spacing, an_hour=share.an_hour))
    while len(paces.moments) < share.calls:
        try:
            pace.wait()
        except TooManyRequests as told:
            time.sleep((told.retry_after or 0) / share.speed)
    print(json.dumps(paces.moments))  # noqa: T201 - the answer
    database.close()


if __name__ == "__main__":
    main(sys.argv[1], Share(**json.loads(sys.argv[2])))
