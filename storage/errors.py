"""What can be wrong with what is asked of storage.

RenkeiError
  NotFound               gone, never there, or another workspace's
  SettingsMoved          somebody else has saved 連携設定 meanwhile
  NotUndoable(why)       a run that can't be taken back
  LastAdministrator      a workspace is never left without anybody who may open 連携設定
  StalePlan
    PlanExpired          older than a day
    PlanStarted(run_id)  carried out already
    ChoiceMoved          the ticks or the placement are no longer what was confirmed
    TermsMoved           settings or decisions that the list goes by have changed since it was made
AlreadyRunning           two processes on one SQLite file
ClocksApart              a machine that does not know what time it is carries nothing out
SealBroken               no key of the ring opens what is stored
DatabaseError            there is no work without the database
  DatabaseUnreachable    it does not answer, or its file can't be used
  TablesOutdated         `migrate` has not been run since the last deployment
"""

from enum import StrEnum

from sync.errors import RenkeiError, StalePlan


class NotFound(RenkeiError):
    """There is no such record in this workspace."""


class SettingsMoved(RenkeiError):
    """Somebody else has saved 連携設定 since this form was opened."""


class LastAdministrator(RenkeiError):
    """Nobody would be left who may open 連携設定."""


class WhyNot(StrEnum):
    """Why a run can't be taken back."""

    AN_UNDO = "an_undo"
    """It takes back another run itself."""
    UNDER_WAY = "under_way"
    NOTHING = "nothing"
    """It has written nothing."""
    ELSEWHERE = "elsewhere"
    """The accesses lead to another company now, which has none of its people."""


class NotUndoable(RenkeiError):
    """A run can't be taken back."""

    def __init__(self, why: WhyNot) -> None:
        super().__init__(f"not undoable: {why}")
        self.why = why


class PlanExpired(StalePlan):
    """The plan is older than a day."""


class PlanStarted(StalePlan):
    """The plan was carried out already."""

    def __init__(self, run_id: str) -> None:
        super().__init__(f"carried out as run {run_id}")
        self.run_id = run_id


class ChoiceMoved(StalePlan):
    """The ticks or the placement are no longer what was confirmed."""


class TermsMoved(StalePlan):
    """What the list goes by has changed since it was made: a mode, a suppression, a decision on identity."""


class WrittenSince(TermsMoved):
    """Another run has written, since the list was made, what it would put back."""


class AlreadyRunning(Exception):
    """Another process has this SQLite file in use."""


class ClocksApart(Exception):
    """This machine's clock and the database's tell times too far apart."""


class SealBroken(Exception):
    """No key of the ring opens what is stored: a key is missing, or the value was tampered with."""


class DatabaseError(Exception):
    """There is no work without the database; the text is a phrase for the operator, without a secret."""


class DatabaseUnreachable(DatabaseError):
    """The database does not answer, or its file can't be used."""


class TablesOutdated(DatabaseError):
    """The tables are not those that this version of Renkei works with."""
