"""The last screen before anything is written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.ids import Action, Callback
from bot.texts import Texts
from bot.views.blocks import (
    Json,
    alert,
    bullets,
    context,
    header,
    line,
    modal,
    rich,
    section,
    words,
)
from bot.views.conditions import conditions_text
from bot.views.excess import excess_blocks
from bot.views.facts import Placed, fact, place_facts, placement_text
from bot.views.labels import status_label, system_label
from bot.views.metadata import dump_metadata, metadata
from bot.views.one_way import fields_text
from bot.views.people import name_text, number_text
from bot.views.pick_bulk import REAL
from bot.views.reason import parse_reason, reason_input
from bot.views.sentences import Sentence
from bot.views.undo import deed_facts, statuses
from bot.views.when import clock_text
from storage.plan_records import PlanHead
from sync.diff import Create, Status, Update
from sync.limits import Excess
from sync.model import Direction
from sync.placing import place
from sync.plan import PlanRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm:
    """What pressing the button would do."""

    counts: Mapping[Status, int]
    """The chosen people by status."""
    places: tuple[Placed, ...] = ()
    """Where the new people are put, part by part."""
    unplaced: int = 0
    """New people for whom no rule and no answer names every part."""
    first: tuple[PlanRow, ...] = ()
    """The first few of the chosen, to be recognised."""
    writes_email: bool = False
    """Whether an e-mail address is written anywhere."""
    standing_checks: int = 0
    """How many people's standing in SmartHR somebody has to look at afterwards."""
    pauses_at: datetime | None = None
    """When 勤革時 closes, if the run may still be going on then."""
    excesses: tuple[Excess, ...] = ()
    """The limits that the choice passes."""
    choice: str
    """The fingerprint of what was chosen: it comes back with the press."""

    @property
    def total(self) -> int:
        """How many people are chosen."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class ConfirmForm:
    """What was confirmed."""

    plan_id: str
    choice: str
    justification: str | None = None
    """Why a limit is passed, as typed; None where no limit was passed, and nothing asked."""


def confirm_view(t: Texts, head: PlanHead, confirm: Confirm) -> Json:
    """Show the numbers and ask."""
    total = confirm.total
    blocks = [
        header(_title(t, head, total)),
        rich(bullets(_facts(t, head, confirm))),
        *excess_blocks(t, head, confirm.excesses, confirm.counts),
        *([reason_block(t)] if confirm.excesses else []),
        *_warnings(t, head, confirm),
        *_people(t, head, confirm, total),
        section(t("Only the values that the list shows are written. Who has changed since is held back.")),
        context(t("Progress and result are posted in the admin channel. Nothing is deleted.")),
    ]
    undoes = head.undo_of is not None
    return modal(
        t("Confirm the undo") if undoes else t("Confirm the import"),
        blocks,
        callback=Callback.CONFIRM,
        submit=t("Run the undo") if undoes else t("Run the import"),
        close=t("Back"),
        metadata=dump_metadata(plan=head.id, choice=confirm.choice),
    )


def _title(t: Texts, head: PlanHead, total: int) -> str:
    target = system_label(t, head.direction.target)
    if head.undo_of is not None:
        return t.plural(
            "Put {n} person back in {target}", "Put {n} people back in {target}", total, target=target
        )
    return t.plural("Write {n} person to {target}", "Write {n} people to {target}", total, target=target)


def parse_confirm(view: Mapping[str, Any]) -> ConfirmForm:
    """Read which plan, and which choice of it, was confirmed, and why a limit is passed."""
    own = metadata(view)
    is_asked = any(block.get("block_id") == Action.REASON for block in view["blocks"])
    return ConfirmForm(own["plan"], own["choice"], parse_reason(view) if is_asked else None)


def anew_view(t: Texts, plan_id: str, sentence: Sentence) -> Json:
    """Say that the list goes by what no longer holds, and offer to make it anew. `metadata`: {"plan"}."""
    return modal(
        t("Notice"),
        [alert(sentence.happened, "warning"), section(sentence.remedy)],
        callback=Callback.ANEW,
        submit=t("Make the list anew"),
        close=t("Back"),
        metadata=dump_metadata(plan=plan_id),
    )


def reason_block(t: Texts, typed: str = "") -> Json:
    """Ask why a limit is passed; `typed` stands in it already."""
    hint = t("It is kept in the import history. Please write no personal data.")
    return reason_input(t, t("Why this is meant"), hint, typed)


def _facts(t: Texts, head: PlanHead, confirm: Confirm) -> Iterator[Json]:
    yield from deed_facts(t, head)
    for status in statuses(head):
        n = confirm.counts.get(status, 0)
        if n or status in REAL:
            yield fact(t, status_label(t, status), t.plural("{n} person", "{n} people", n))
    yield from place_facts(t, confirm.places)
    if terms := conditions_text(t, head.options):
        yield line(words(terms))


def _warnings(t: Texts, head: PlanHead, confirm: Confirm) -> Iterator[Json]:
    if confirm.writes_email and head.direction is Direction.PUSH:
        yield alert(
            t("E-mail addresses are written: Kinkakuji sends a mail to each of these people."), "warning"
        )
    if confirm.standing_checks:
        yield alert(_standing(t, confirm.standing_checks), "warning")
    if confirm.pauses_at is not None:
        clock = clock_text(t, confirm.pauses_at)
        said = t(
            "Kinkakuji's closed hours begin at {clock}: writing pauses then, and goes on by itself.",
            clock=clock,
        )
        yield context(said)


def _standing(t: Texts, n: int) -> str:
    return t.plural(
        "{n} person's resignation date is past or cleared. SmartHR's employment standing is not changed: "
        "check it there after the import.",
        "{n} people's resignation dates are past or cleared. SmartHR's employment standing is not changed: "
        "check it there after the import.",
        n,
    )


def _people(t: Texts, head: PlanHead, confirm: Confirm, total: int) -> Iterator[Json]:
    if not confirm.first:
        return
    lines = [line(words(_person(t, head, row))) for row in confirm.first]
    rest = total - len(lines)
    yield rich(bullets(lines))
    if rest > 0:
        yield context(t.plural("and {n} more person", "and {n} more people", rest))


def _person(t: Texts, head: PlanHead, row: PlanRow) -> str:
    difference, person = row.difference, row.difference.desired
    who = (
        f"{number_text(t, person.number)}\u3000{name_text(person)}\u3000{status_label(t, difference.status)}"
    )
    if isinstance(difference, Create):
        return who + placement_text(t, place(person, head.rules))
    fields = [change.field for change in difference.changes] if isinstance(difference, Update) else []
    return who + (t(" ({note})", note=fields_text(t, fields)) if fields else "")
