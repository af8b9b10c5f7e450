"""The people of one tenant: who they are now, and the status that flips by itself in the night."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from threading import RLock
from uuid import uuid4

from sandbox.clock import TOKYO, Clock
from sandbox.remote.system import JsonObject

RETIRES = "_retires_on"
"""Where a record keeps the day on which its status will flip; never sent."""

FLIP_TIME = time(1, 0)
"""A future resignation takes effect about 01:00 on the next day (SmartHR help 360026106294)."""


class CrewStore:
    """Thread-safe. A record is sparse JSON and never changed in place: a change makes a new one."""

    def __init__(self, clock: Clock, crews: Iterable[JsonObject]) -> None:
        self.lock = RLock()
        """Hold it to check and write as one."""
        self.version = 0
        self._clock = clock
        self._crews: dict[str, JsonObject] = {}
        self._flips: dict[str, datetime] = {}
        for crew in crews:
            self.enter(crew)

    def everyone(self) -> list[JsonObject]:
        """Return every record in the order of creation."""
        with self.lock:
            self._settle()
            return list(self._crews.values())

    def get(self, crew_id: str) -> JsonObject | None:
        """Return one record."""
        with self.lock:
            self._settle()
            return self._crews.get(crew_id)

    def numbered(self, number: str) -> list[JsonObject]:
        """Return the records with this emp_code."""
        return [crew for crew in self.everyone() if crew.get("emp_code") == number]

    def add(self, values: JsonObject) -> JsonObject:
        """Create a record."""
        crew_id = str(uuid4())
        stamps = {"created_at": self._stamp(), "updated_at": self._stamp()}
        with self.lock:
            return self._put(self._with_flip({"id": crew_id, "emp_status": "employed", **values, **stamps}))

    def enter(self, crew: JsonObject) -> None:
        """Keep a record as `Company.crews` holds them."""
        with self.lock:
            self._put(self._with_flip(crew) if RETIRES not in crew and "resigned_at" in crew else crew)

    def change(self, crew_id: str, values: JsonObject) -> JsonObject:
        """Change some fields of a record."""
        with self.lock:
            self._settle()
            changed = {**self._crews[crew_id], **values, "updated_at": self._stamp()}
            touches_status = {"resigned_at", "emp_status"} & values.keys()
            return self._put(self._with_flip(changed) if touches_status else changed)

    def _put(self, crew: JsonObject) -> JsonObject:
        self._crews[crew["id"]] = crew
        self._flips.pop(crew["id"], None)
        if retires_on := crew.get(RETIRES):
            next_day = date.fromisoformat(retires_on) + timedelta(days=1)
            self._flips[crew["id"]] = datetime.combine(next_day, FLIP_TIME, TOKYO)
        self.version += 1
        return crew

    def _with_flip(self, crew: JsonObject) -> JsonObject:
        """Note the coming flip. One that is past when it is stored never flips by itself."""
        resigned_at = crew.get("resigned_at")
        comes = resigned_at and resigned_at >= self._clock.now().date().isoformat()
        return {**crew, RETIRES: resigned_at if comes and crew.get("emp_status") != "retired" else None}

    def _settle(self) -> None:
        now = self._clock.now()
        for crew_id in [crew_id for crew_id, moment in self._flips.items() if moment <= now]:
            retired = {"emp_status": "retired", RETIRES: None, "updated_at": self._stamp()}
            self._put({**self._crews[crew_id], **retired})

    def _stamp(self) -> str:
        return stamp(self._clock.now())


def stamp(moment: datetime) -> str:
    """Return a moment as SmartHR writes it: ISO 8601 with milliseconds, in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
