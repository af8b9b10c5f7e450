"""One person of a plan: who it is, everything that would be written, and the box to tick."""

from collections.abc import Iterable, Sequence

from bot.ids import Action, revised
from bot.texts import Texts
from bot.views.blocks import Json, actions, bullets, clip, line, option, rich, words
from bot.views.labels import field_label, status_label, value_text
from bot.views.row_sentences import block_text
from sync.diff import Blocked, Change, Create, Difference, Unchanged, Update
from sync.fields import Field
from sync.model import Direction, Employee
from sync.plan import PlanRow

VALUE_MOST = 80
"""Longer values are cut, so that twenty people of any length stay below Slack's 250 KB a view."""
NAME_MOST = 60
NUMBER_MOST = 40


def person_blocks(t: Texts, row: PlanRow, direction: Direction, revision: int, *, ticked: bool) -> list[Json]:
    """Show a person in at most two blocks: a box to tick, and what it stands for."""
    difference = row.difference
    if isinstance(difference, Create | Update):
        return [_tick_box(t, row.position, difference, revision, ticked=ticked), _changes(t, difference)]
    return [_untickable(t, difference, direction)]


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


def _changes(t: Texts, difference: Create | Update) -> Json:
    if isinstance(difference, Create):
        return rich(line(*_new_values(t, difference.changes)))
    parts = [bullets(_replaced(t, change) for change in difference.changes)]
    return rich(*parts, *_kept(t, difference.kept))


def _new_values(t: Texts, changes: Sequence[Change]) -> Iterable[Json]:
    for index, change in enumerate(changes):
        yield words(("\u3000" if index else "") + f"{field_label(t, change.field)} ")
        yield words(_value(t, change.field, change.new), "bold")


def _replaced(t: Texts, change: Change) -> Json:
    old = _value(t, change.field, change.old)
    return line(
        words(t("{field}: before ", field=field_label(t, change.field))),
        words(old, "strike") if change.old else words(old),
        words(t(" → after ")),
        words(_value(t, change.field, change.new), "bold"),
    )


def _kept(t: Texts, fields: Sequence[Field]) -> list[Json]:
    if not fields:
        return []
    names = t(", ").join(field_label(t, field) for field in fields)
    return [line(words(t("Empty in the source, so not changed: {fields}", fields=names), "italic"))]


def _untickable(t: Texts, difference: Difference, direction: Direction) -> Json:
    title = [words(_title(t, difference.desired), "bold"), words(f"\n{status_label(t, difference.status)}")]
    match difference:
        case Blocked(reason=reason):
            happened, remedy = block_text(t, reason, direction)
            return rich(line(*title, words(f"\n{happened} {remedy}")))
        case Unchanged(kept=kept):
            return rich(line(*title), *_kept(t, kept))
        case _:
            return rich(line(*title))


def _value(t: Texts, field: Field, value: str | None) -> str:
    return clip(value_text(t, field, value), VALUE_MOST)
