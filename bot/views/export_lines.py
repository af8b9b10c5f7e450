"""A plan as a table: a line for each person and field, in the words of the screen."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.texts import Texts, joined, mark
from bot.views.labels import field_label, status_name, value_text
from bot.views.notices import notice_text
from bot.views.row_notes import undo_notes
from bot.views.row_sentences import blocked_text
from storage.plan_records import PlanHead
from sync.diff import Blocked, Change, Create, Difference, Unchanged, Update
from sync.fields import Field, Value
from sync.model import Direction
from sync.plan import PlanRow
from sync.text import Likeness

_LIKENESS = {
    Likeness.DIFFERENT: mark("Difference"),
    Likeness.VARIANT: mark("Variant letter"),
    Likeness.COSMETIC: mark("Other spelling"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    status: str
    number: str
    name: str
    field: str = ""
    old: str = ""
    new: str = ""
    likeness: str = ""
    fate: str = ""
    remarks: str = ""
    is_written: bool = False
    """Whether the field is written once the person is imported: what `fate` says."""

    @property
    def cells(self) -> tuple[str, ...]:
        """Give the columns in their order."""
        person, values = (self.status, self.number, self.name), (self.field, self.old, self.new)
        return (*person, *values, self.likeness, self.fate, self.remarks)


def columns(t: Texts, head: PlanHead) -> Line:
    """Give the table's head."""
    undoes = head.undo_of is not None
    return Line(
        t("Status"),
        t("Employee number"),
        t("Name"),
        t("Field"),
        t("Value in the target (before)"),
        t("Value before the import (after)") if undoes else t("Value in the source (after)"),
        t("Kind of difference"),
        t("On undo") if undoes else t("On import"),
        t("Remarks"),
    )


def export_lines(t: Texts, head: PlanHead, rows: Iterable[PlanRow]) -> Iterator[Line]:
    """Give everybody's lines; whoever has nothing to compare has one without a field."""
    for row in rows:
        difference = row.difference
        person = _person(t, difference, head)
        lines = list(_field_lines(t, person, difference))
        yield from lines or [person]


def _person(t: Texts, difference: Difference, head: PlanHead) -> Line:
    person = difference.desired
    names = (person.last_name, person.first_name)
    return Line(
        status=status_name(t, difference.status, undoes=head.undo_of is not None),
        number=person.number or "",
        name=" ".join(name for name in names if name),
        remarks=joined(*_remarks(t, difference, head.direction)),
    )


def _remarks(t: Texts, difference: Difference, direction: Direction) -> Iterator[str]:
    if isinstance(difference, Blocked):
        sentence = blocked_text(t, difference, direction)
        yield from (sentence.happened, sentence.remedy)
    else:
        yield from (notice_text(t, notice, direction) for notice in difference.notices)
    if isinstance(difference, Update | Blocked):
        yield from undo_notes(t, difference, direction)


def _field_lines(t: Texts, person: Line, difference: Difference) -> Iterator[Line]:
    """Give what is written, then what is only shown, then what is left alone and why."""
    if isinstance(difference, Blocked):
        return
    if not isinstance(difference, Unchanged):
        yield from (_changed(t, person, change, is_written=True) for change in difference.changes)
    if isinstance(difference, Update):
        yield from (_changed(t, person, change, is_written=False) for change in difference.folded)
    if not isinstance(difference, Create):
        kept, suppressed = (
            t("Empty in the source, so not changed."),
            t("This person's field is left as it is."),
        )
        yield from (_left(t, person, difference, field, kept) for field in difference.kept)
        yield from (_left(t, person, difference, field, suppressed) for field in difference.suppressed)


def _changed(t: Texts, person: Line, change: Change, *, is_written: bool) -> Line:
    return replace(
        person,
        field=field_label(t, change.field),
        old=_text(t, change.field, change.old),
        new=_text(t, change.field, change.new),
        likeness=t(_LIKENESS[change.likeness]),
        fate=t("Written") if is_written else t("Not written"),
        is_written=is_written,
    )


def _left(t: Texts, person: Line, difference: Difference, field: Field, why: str) -> Line:
    existing = None if isinstance(difference, Create | Blocked) else difference.existing
    return replace(
        person,
        field=field_label(t, field),
        old=_text(t, field, field.of(existing) if existing else None),
        new=_text(t, field, field.of(difference.desired)),
        fate=t("Not written"),
        remarks=joined(why, person.remarks),
    )


def _text(t: Texts, field: Field, value: Value) -> str:
    """Give a value to the letter; an empty one is an empty cell."""
    return "" if value is None else value_text(t, field, value)
