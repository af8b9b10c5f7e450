"""What is to be known of a row beside its changes: what is left alone and why, days, contradictions."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.texts import Texts
from bot.views.blocks import clip_both
from bot.views.labels import field_label, system_label
from bot.views.notices import notice_text
from bot.views.spelling import written_out
from bot.views.standing import needs_standing_check, standing_note
from bot.views.when import day_text
from sync.diff import Blocked, Create, Difference, Notice, Respelled, Unchanged, Update
from sync.fields import Field
from sync.model import Direction
from sync.text import Likeness

_NUMBER_MOST = 40


def row_notes(t: Texts, difference: Difference, direction: Direction, today: date) -> Iterator[str]:
    """Give the sentences below a row."""
    if isinstance(difference, Blocked):
        yield from undo_notes(t, difference, direction)
        return
    yield from (_notice(t, notice, difference, direction) for notice in difference.notices)
    if isinstance(difference, Update):
        yield from _spellings(t, difference)
        yield from undo_notes(t, difference, direction)
    if not isinstance(difference, Create):
        yield from _left(t, difference.kept, difference.suppressed)
    if needs_standing_check(difference, direction, today):
        yield standing_note(t)


def undo_notes(t: Texts, difference: Update | Blocked, direction: Direction) -> Iterator[str]:
    """Name what an undo leaves as it is."""
    target = system_label(t, direction.target)
    if difference.edited:
        fields = _names(t, difference.edited)
        yield t("Not as the import left it, so not put back: {fields}", fields=fields)
    if difference.rewritten:
        fields = _names(t, difference.rewritten)
        yield t("Written by a later import too, so not put back: {fields}", fields=fields)
    if difference.unclearable:
        fields = _names(t, difference.unclearable)
        yield t("{target} does not let these be emptied again: {fields}", target=target, fields=fields)


def _notice(
    t: Texts, notice: Notice, difference: Create | Update | Respelled | Unchanged, direction: Direction
) -> str:
    person = difference.desired
    if notice is Notice.HIRED_LATER and person.hired_on is not None:
        return t("Hired later, on {day}.", day=day_text(t, person.hired_on))
    if notice is Notice.LEAVING and person.resigned_on is not None:
        return t("Leaves: the last day of employment is {day}.", day=day_text(t, person.resigned_on))
    if notice is Notice.NUMBER_SPELLED_OTHERWISE and not isinstance(difference, Create):
        one, other = (written_out(each.number or "") for each in (person, difference.existing))
        one, other = clip_both(one, other, _NUMBER_MOST)
        return t(
            "The employee number is spelled otherwise: {source} has “{one}”, {target} has “{other}”.",
            source=system_label(t, direction.source),
            one=one,
            target=system_label(t, direction.target),
            other=other,
        )
    return notice_text(t, notice, direction)


def _spellings(t: Texts, difference: Update) -> Iterator[str]:
    fields = [change.field for change in difference.folded if change.likeness is Likeness.COSMETIC]
    if fields:
        yield t.plural(
            "{n} difference in spelling only (not written): {fields}",
            "{n} differences in spelling only (not written): {fields}",
            len(fields),
            fields=_names(t, fields),
        )


def _left(t: Texts, kept: Sequence[Field], suppressed: Sequence[Field]) -> Iterator[str]:
    if kept:
        yield t("Empty in the source, so not changed: {fields}", fields=_names(t, kept))
    if suppressed:
        yield t("Left as it is for this person: {fields}", fields=_names(t, suppressed))


def _names(t: Texts, fields: Sequence[Field]) -> str:
    return t(", ").join(field_label(t, field) for field in fields)
