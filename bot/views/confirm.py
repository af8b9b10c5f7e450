"""The last screen before anything is written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.ids import Callback
from bot.texts import Texts
from bot.views.blocks import Json, alert, bullets, context, header, line, modal, rich, section, words
from bot.views.facts import fact, placement_facts
from bot.views.labels import direction_label, status_label, system_label
from bot.views.metadata import dump_metadata, metadata
from bot.views.people import name_text, number_text
from bot.views.when import clock_text, day_text
from storage.records import PlanHead
from sync.diff import Status
from sync.model import Direction, Placement
from sync.plan import PlanRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm:
    """What pressing the button would do."""

    creates: int
    updates: int
    placement: Placement
    first: tuple[PlanRow, ...]
    """The first few of the chosen, to be recognised."""
    writes_email: bool
    """Whether an e-mail address is written anywhere."""
    standing_checks: int
    """How many people's standing in SmartHR somebody has to look at afterwards."""
    closes_at: datetime | None
    """When 勤革時 closes next, None when it never does."""
    choice: str
    """The fingerprint of what was chosen: it comes back with the press."""


@dataclass(frozen=True, slots=True)
class ConfirmForm:
    """What was confirmed."""

    plan_id: str
    choice: str


def confirm_view(t: Texts, head: PlanHead, confirm: Confirm) -> Json:
    """Show the numbers and ask."""
    total = confirm.creates + confirm.updates
    target = system_label(t, head.direction.target)
    blocks = [
        header(
            t.plural("Write {n} person to {target}", "Write {n} people to {target}", total, target=target)
        ),
        rich(bullets(_facts(t, head, confirm))),
        *_warnings(t, head, confirm),
        *_people(t, confirm, total),
        section(t("Exactly the values that were shown are written. Who has changed since is held back.")),
        context(t("Progress and result are posted in the admin channel. Nothing is deleted.")),
    ]
    return modal(
        t("Confirm the import"),
        blocks,
        callback=Callback.CONFIRM,
        submit=t("Run the import"),
        close=t("Back"),
        metadata=dump_metadata(plan=head.id, choice=confirm.choice),
    )


def parse_confirm(view: Mapping[str, Any]) -> ConfirmForm:
    """Read which plan, and which choice of it, was confirmed."""
    own = metadata(view)
    return ConfirmForm(own["plan"], own["choice"])


def _facts(t: Texts, head: PlanHead, confirm: Confirm) -> Iterator[Json]:
    yield fact(t, t("Direction"), direction_label(t, head.direction))
    yield fact(t, t("As-of date"), day_text(t, head.as_of))
    for status, n in ((Status.CREATE, confirm.creates), (Status.UPDATE, confirm.updates)):
        yield fact(t, status_label(t, status), t.plural("{n} person", "{n} people", n))
    if confirm.creates:
        yield from placement_facts(t, confirm.placement)


def _warnings(t: Texts, head: PlanHead, confirm: Confirm) -> Iterator[Json]:
    if confirm.writes_email and head.direction is Direction.PUSH:
        yield alert(
            t("E-mail addresses are written: Kinkakuji sends a mail to each of these people."), "warning"
        )
    if confirm.standing_checks:
        yield alert(_standing(t, confirm.standing_checks), "warning")
    if confirm.closes_at is not None:
        clock = clock_text(t, confirm.closes_at)
        yield context(
            t(
                "Writing pauses at {clock}, before Kinkakuji's closed hours, and goes on by itself.",
                clock=clock,
            )
        )


def _standing(t: Texts, n: int) -> str:
    return t.plural(
        "{n} person's resignation date is past or cleared. SmartHR's employment standing is not changed: "
        "check it there after the import.",
        "{n} people's resignation dates are past or cleared. SmartHR's employment standing is not changed: "
        "check it there after the import.",
        n,
    )


def _people(t: Texts, confirm: Confirm, total: int) -> Iterator[Json]:
    if not confirm.first:
        return
    lines = [line(words(_person(t, row))) for row in confirm.first]
    rest = total - len(lines)
    yield rich(bullets(lines))
    if rest > 0:
        yield context(t.plural("and {n} more person", "and {n} more people", rest))


def _person(t: Texts, row: PlanRow) -> str:
    person, status = row.difference.desired, status_label(t, row.difference.status)
    return f"{number_text(t, person.number)}\u3000{name_text(person)}\u3000{status}"
