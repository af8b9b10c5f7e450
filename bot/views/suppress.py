"""この人のこの項目は今後も変更しない: which fields, for how long, and why."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from bot.ids import Action, Callback
from bot.texts import Texts, mark
from bot.views.blocks import Json, header, input_block, modal, option, section
from bot.views.labels import field_label, system_label
from bot.views.reason import parse_reason, reason_input
from bot.views.state import chosen, element_of, ticked
from sync.fields import Field
from sync.model import Direction


class Term(StrEnum):
    """For how long a field is left as it is."""

    ALWAYS = "always"
    QUARTER = "quarter"
    YEAR = "year"
    DAY = "day"


_TERMS = {
    Term.ALWAYS: mark("Without an end"),
    Term.QUARTER: mark("For 3 months"),
    Term.YEAR: mark("For 1 year"),
    Term.DAY: mark("Until a day of your choice"),
}
_MONTHS = {Term.QUARTER: 3, Term.YEAR: 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppressScreen:
    """What is asked about. `notes` says of a field what the two systems have, where that is known."""

    callback: Callback
    title: str
    """The person, or the number that they were asked for by."""
    direction: Direction
    fields: Sequence[Field]
    notes: Mapping[Field, str]
    metadata: str
    back: Sequence[Json] = ()
    """The way back, where it is not the window below."""


@dataclass(frozen=True, slots=True)
class SuppressForm:
    """What was chosen."""

    fields: tuple[Field, ...]
    term: Term
    day: date | None
    reason: str


def suppress_view(t: Texts, screen: SuppressScreen) -> Json:
    """Ask which fields stay as they are, until when and why."""
    target = system_label(t, screen.direction.target)
    boxes = [option(field_label(t, each), each, screen.notes.get(each)) for each in screen.fields]
    blocks = [
        header(screen.title) | {"block_id": TITLE},
        section(
            t(
                "These fields are neither shown as differences nor written to {target} any more.",
                target=target,
            )
        ),
        input_block(
            Action.SUPPRESSED,
            t("Fields that stay as they are"),
            {"type": "checkboxes", "action_id": Action.SUPPRESSED, "options": boxes},
        ),
        input_block(Action.UNTIL, t("For how long"), _terms(t)),
        input_block(
            Action.UNTIL_DAY,
            t("Last day (only for “Until a day of your choice”)"),
            {"type": "datepicker", "action_id": Action.UNTIL_DAY},
            optional=True,
        ),
        reason_input(t),
        *screen.back,
    ]
    return modal(
        t("Leave fields as they are"),
        blocks,
        callback=screen.callback,
        submit=t("Leave as they are"),
        close=t("Cancel"),
        metadata=screen.metadata,
    )


TITLE = "whom"
"""The block that names the person."""


def parse_suppress(view: Mapping[str, Any]) -> SuppressForm:
    """Read what was chosen."""
    day = element_of(view, Action.UNTIL_DAY).get("selected_date")
    return SuppressForm(
        fields=tuple(Field(name) for name in ticked(element_of(view, Action.SUPPRESSED))),
        term=Term(chosen(view, Action.UNTIL) or Term.ALWAYS),
        day=date.fromisoformat(day) if day else None,
        reason=parse_reason(view),
    )


def term_problem(t: Texts, form: SuppressForm, today: date) -> dict[str, str]:
    """Say what is wrong with the day, by block_id."""
    if form.term is not Term.DAY:
        return {}
    if form.day is None:
        return {Action.UNTIL_DAY: t("Choose a date.")}
    return {} if form.day >= today else {Action.UNTIL_DAY: t("Choose today or a later day.")}


def last_day(form: SuppressForm, today: date) -> date | None:
    """Give the last day on which the fields stay as they are; None: no end."""
    if form.term is Term.DAY:
        return form.day
    months = _MONTHS.get(form.term)
    return None if months is None else _later(today, months)


def _later(day: date, months: int) -> date:
    """Give the same day some months later, or the last one of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _terms(t: Texts) -> Json:
    options = [option(t(_TERMS[term]), term) for term in Term]
    return {
        "type": "radio_buttons",
        "action_id": Action.UNTIL,
        "options": options,
        "initial_option": options[0],
    }
