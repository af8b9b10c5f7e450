"""What somebody should know before ticking a row, in our own words, without a personal value."""

from bot.texts import Texts, mark
from bot.views.labels import system_label
from sync.diff import Notice
from sync.model import Direction

_NOTICES = {
    Notice.NUMBER_SPELLED_OTHERWISE: mark(
        "{target} has this employee number in another spelling (width, spaces or letter case)."
    ),
    Notice.HIRED_LATER: mark("The hire date is still to come."),
    Notice.LEAVING: mark("A last day of employment is set."),
    Notice.MOVED: mark("By the placement rules the person belongs elsewhere; an import moves nobody."),
    Notice.RETIRED_WITHOUT_DATE: mark("SmartHR says that the person has left, and not when."),
    Notice.EMPLOYED_AFTER_LEAVING: mark(
        "SmartHR still says that the person is employed, after their last day of employment."
    ),
    Notice.IDENTITY_CONFIRMED: mark("Somebody confirmed that these two records are one person."),
    Notice.SET_APART: mark("Somebody decided to register this person as new in {target}."),
}


def notice_text(t: Texts, notice: Notice, direction: Direction) -> str:
    """Say what is to be known of a person."""
    return t(_NOTICES[notice], target=system_label(t, direction.target))
