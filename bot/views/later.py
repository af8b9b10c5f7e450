"""What keeps a run from starting at once, and the offer to have it start by itself afterwards."""

from dataclasses import dataclass
from datetime import datetime

from bot.ids import Callback
from bot.texts import Texts
from bot.views.ahead import ahead_line
from bot.views.blocks import Json, alert, modal, rich, section
from bot.views.confirm import ConfirmForm, reason_block
from bot.views.labels import system_label
from bot.views.metadata import dump_metadata
from bot.views.when import clock_or_day_text
from storage.plan_records import PlanHead
from storage.run_records import RunHead


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """What is in the way; at least one of the two."""

    ahead: RunHead | None = None
    """The run that goes first."""
    opens_at: datetime | None = None
    """When 勤革時 opens, while it is closed."""
    now: datetime


def later_view(t: Texts, head: PlanHead, form: ConfirmForm, later: Later) -> Json:
    """Say who goes first, or when 勤革時 opens, and ask whether the run is to start by itself then.

    What was typed stands in it again. `metadata`: as of the last look.
    """
    blocks = [
        *(_busy(t, head, later.ahead, later.now) if later.ahead else ()),
        *([alert(_closed(t, later.opens_at, later.now), "info")] if later.opens_at else ()),
        section(t("This import can begin by itself afterwards: you may close every window until then.")),
        section(t("Only the values that the list shows are written. Who has changed since is held back.")),
        *([reason_block(t, form.justification)] if form.justification is not None else ()),
    ]
    return modal(
        t("Run it later"),
        blocks,
        callback=Callback.LATER,
        submit=_submit(t, later),
        close=t("Back"),
        metadata=dump_metadata(plan=head.id, choice=form.choice),
    )


def when_text(t: Texts, later: Later) -> str:
    """Say when a run begins that something is in the way of."""
    if later.ahead is not None:
        return t("It begins by itself when the import before it is over.")
    if later.opens_at is None:
        return t("It begins at once.")
    clock = clock_or_day_text(t, later.opens_at, later.now)
    return t("It begins by itself at {clock}, when Kinkakuji opens.", clock=clock)


def _busy(t: Texts, head: PlanHead, ahead: RunHead, now: datetime) -> list[Json]:
    target = system_label(t, head.direction.target)
    under_way = t("Another import into {target} is under way.", target=target)
    return [alert(under_way, "info"), rich(ahead_line(t, head.scope, ahead, now))]


def _closed(t: Texts, opens_at: datetime, now: datetime) -> str:
    return t(
        "Kinkakuji is in its closed hours until {opens_at}.", opens_at=clock_or_day_text(t, opens_at, now)
    )


def _submit(t: Texts, later: Later) -> str:
    if later.ahead is not None or later.opens_at is None:
        return t("Run it afterwards")
    return t("Run it at {clock}", clock=clock_or_day_text(t, later.opens_at, later.now))
