"""Days and moments as they are read in Japan."""

from datetime import date, datetime

from babel.dates import format_date, format_datetime, format_time

from bot.texts import Texts
from sync.calendar import TOKYO


def day_text(t: Texts, day: date) -> str:
    """「2026年11月22日」."""
    return format_date(day, "long", locale=t.language)


def moment_text(t: Texts, moment: datetime) -> str:
    """「2026/11/22 14:05」, in Tokyo."""
    return format_datetime(moment, t("yyyy-MM-dd HH:mm"), tzinfo=TOKYO, locale=t.language)


def clock_or_day_text(t: Texts, moment: datetime, now: datetime) -> str:
    """「14:05」 or, on another day than `now`, 「2026/11/22 14:05」."""
    is_today = moment.astimezone(TOKYO).date() == now.astimezone(TOKYO).date()
    return clock_text(t, moment) if is_today else moment_text(t, moment)


def clock_text(t: Texts, moment: datetime) -> str:
    """「14:05」, in Tokyo."""
    return format_time(moment.astimezone(TOKYO).timetz(), "HH:mm", tzinfo=TOKYO, locale=t.language)
