"""One person of a plan: who it is, everything that would be written, and the box to tick."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.ids import Action, revised
from bot.texts import Texts
from bot.views.blocks import Json, actions, bullets, clip, clip_both, line, option, rich, words
from bot.views.labels import field_label, status_label, value_text
from bot.views.row_sentences import block_text
from bot.views.standing import needs_standing_check, standing_note
from sync.diff import Blocked, Change, Create, Difference, Unchanged, Update
from sync.fields import Field
from sync.model import Direction, Employee
from sync.plan import PlanRow

VALUE_MOST = 80
"""Longer values are cut, so that twenty people of any length stay below Slack's 250 KB a view."""
NAME_MOST = 60
NUMBER_MOST = 40


@dataclass(frozen=True, slots=True)
class Page:
    """What everybody on a page has in common."""

    direction: Direction
    revision: int
    today: date


def person_blocks(t: Texts, row: PlanRow, page: Page, *, ticked: bool) -> list[Json]:
    """Show a person in at most two blocks: a box to tick, and what it stands for."""
    difference = row.difference
    if isinstance(difference, Create | Update):
        box = _tick_box(t, row.position, difference, page.revision, ticked=ticked)
        return [box, _changes(t, difference, page)]
    return [_untickable(t, difference, page.direction)]


def number_text(t: Texts, number: str | None) -> str:
    """Give an employee number, or say that there is none."""
    return clip(number, NUMBER_MOST) if number else t("(no employee number)")


def name_text(employee: Employee) -> str:
    """Give a person's name as Japan writes it: last name first."""
    names = (employee.last_name, employee.first_name)
    return clip(" ".join(name for name in names if name), NAME_MOST)


def _title(t: Texts, person: Employee) -> str:
    return f"{number_text(t, person.number)}\u3000{name_text(person)}"


def _tick_box(t: Texts, position: int, difference: Create | Update, revision: int, *, ticked: bool) -> Json:
    choice = option(_title(t, difference.desired), str(position), _promise(t, difference))
    element: Json = {"type": "checkboxes", "action_id": Action.TICK, "options": [choice]}
    if ticked:
        element["initial_options"] = [choice]
    return actions(element, block_id=revised(Action.TICK, revision, position))


def _promise(t: Texts, difference: Create | Update) -> str:
    """Say what ticking the box does."""
    status = status_label(t, difference.status)
    if isinstance(difference, Create):
        return t("{status}: create", status=status)
    return t.plural(
        "{status}: write {n} field", "{status}: write {n} fields", len(difference.changes), status=status
    )


def _changes(t: Texts, difference: Create | Update, page: Page) -> Json:
    to_check = needs_standing_check(difference, page.direction, page.today)
    notes = [standing_note(t)] if to_check else []
    if isinstance(difference, Create):
        return rich(line(*_new_values(t, difference.changes), *(words(f"\n{note}") for note in notes)))
    replaced = bullets(_replaced(t, change) for change in difference.changes)
    return rich(replaced, *_notes([*_kept(t, difference.kept), *notes]))


def _new_values(t: Texts, changes: Sequence[Change]) -> Iterable[Json]:
    for index, change in enumerate(changes):
        yield words(("\u3000" if index else "") + f"{field_label(t, change.field)} ")
        yield words(clip(value_text(t, change.field, change.new), VALUE_MOST), "bold")


def _replaced(t: Texts, change: Change) -> Json:
    whole = value_text(t, change.field, change.old), value_text(t, change.field, change.new)
    old, new = clip_both(*whole, most=VALUE_MOST)
    return line(
        words(t("{field}: before ", field=field_label(t, change.field))),
        words(old, "strike") if change.old else words(old),
        words(t(" → after ")),
        words(new, "bold"),
    )


def _kept(t: Texts, fields: Sequence[Field]) -> list[str]:
    if not fields:
        return []
    names = t(", ").join(field_label(t, field) for field in fields)
    return [t("Empty in the source, so not changed: {fields}", fields=names)]


def _notes(notes: Sequence[str]) -> list[Json]:
    return [line(words("\n".join(notes), "italic"))] if notes else []


def _untickable(t: Texts, difference: Difference, direction: Direction) -> Json:
    title = [words(_title(t, difference.desired), "bold"), words(f"\n{status_label(t, difference.status)}")]
    match difference:
        case Blocked(reason=reason):
            happened, remedy = block_text(t, reason, direction)
            return rich(line(*title, words(f"\n{happened} {remedy}")))
        case Unchanged(kept=kept):
            return rich(line(*title), *_notes(_kept(t, kept)))
        case _:
            return rich(line(*title))
