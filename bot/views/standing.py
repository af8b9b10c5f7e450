"""What a 退職日 leaves to do in SmartHR: Renkei never writes its 在籍状況 (emp_status)."""

from datetime import date

from bot.texts import Texts
from sync.diff import Create, Difference, Update
from sync.fields import Field
from sync.model import Direction, System


def needs_standing_check(difference: Difference, direction: Direction, day: date) -> bool:
    """Tell whether writing this in SmartHR sets a 退職日 that is past on `day`, or clears one."""
    if direction.target is not System.SMARTHR or not isinstance(difference, Create | Update):
        return False
    dates = [change.new for change in difference.changes if change.field is Field.RESIGNED_ON]
    return any(new is None or new < day.isoformat() for new in dates)


def standing_note(t: Texts) -> str:
    """Say that somebody has to look after the person's standing."""
    return t("⚠️ SmartHR's employment standing is not changed. Check it there after the import.")
