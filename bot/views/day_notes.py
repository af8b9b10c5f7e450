"""Which facts can't be had for another day than today. 勤革時 dates what it says; SmartHR knows only now.

Of what 勤革時 gives for a past day, only 所属, 雇用区分 and who is there are surely of that day: its updates
date those alone (developer.kingtime.jp, `updateDate`).
"""

from datetime import date

from bot.texts import Texts, mark
from bot.views.blocks import Json, context
from sync.model import Direction

_PAST = {
    Direction.PULL: mark(
        "A past day: Kinkakuji gives divisions and categories of that day; names and e-mail can be today's. "
        "SmartHR is compared as it is today."
    ),
    Direction.PUSH: mark(
        "A past day: SmartHR keeps no past values. Only who is listed is of that day; all values are today's."
    ),
}
_FUTURE = {
    Direction.PULL: mark(
        "A future day: what Kinkakuji has registered for that day. "
        "What is entered or changed until then is missing, and SmartHR is compared as it is today."
    ),
    Direction.PUSH: mark(
        "A future day: who is enrolled then by the dates of today. Values are today's: "
        "what is reserved in SmartHR for later can't be had."
    ),
}


def day_note(t: Texts, direction: Direction, as_of: date, today: date) -> list[Json]:
    """Say which facts of a list can't be had for its day; nothing for today."""
    if as_of == today:
        return []
    return [context(t((_PAST if as_of < today else _FUTURE)[direction]))]


def day_notes(t: Texts) -> list[Json]:
    """Say so before direction and day are chosen, for both directions."""
    return [
        context(
            t(
                "For a past day: who is listed is of that day. SmartHR's values are always today's; "
                "Kinkakuji's names and e-mail can be, as it dates only divisions and categories."
            )
        ),
        context(
            t(
                "For a future day: only what both systems know today. "
                "What is entered, changed or reserved until then is missing."
            )
        ),
    ]
