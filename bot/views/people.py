"""One person of a plan: who it is, everything that would be written, and the box to tick."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.ids import Action, revised
from bot.texts import Texts
from bot.views.blocks import Json, actions, button, clip, line, option, rich, section, words
from bot.views.changes import changes_list, new_values
from bot.views.labels import status_label, system_label
from bot.views.row_notes import row_notes
from bot.views.row_sentences import blocked_text
from sync.diff import (
    Blocked,
    BlockReason,
    Create,
    Respelled,
    Status,
    Unchanged,
    Update,
    Writable,
)
from sync.model import Direction, Employee
from sync.plan import PlanRow

NAME_MOST = 60
NUMBER_MOST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What everybody on a page has in common."""

    direction: Direction
    revision: int
    today: date
    undoes: bool = False
    """Whether the list takes back a run."""
    unfolds: bool = False
    """Whether 表記ゆれのみ rows have their boxes: where they, or the chosen people, were asked for."""


def person_blocks(t: Texts, row: PlanRow, page: Page, *, ticked: bool) -> list[Json]:
    """Show a person in at most two blocks: a box to tick, and what it stands for."""
    difference = row.difference
    if isinstance(difference, Blocked):
        return _blocked(t, row.position, difference, page)
    if isinstance(difference, Unchanged):
        return [_quiet(t, row.position, difference, page)]
    if isinstance(difference, Respelled) and _is_folded(difference, page, ticked=ticked):
        return [_quiet(t, row.position, difference, page)]
    return [_box(t, row.position, difference, page, ticked=ticked), _changes(t, difference, page)]


def number_text(t: Texts, number: str | None) -> str:
    """Give an employee number, or say that there is none."""
    return clip(number, NUMBER_MOST) if number else t("(no employee number)")


def name_text(employee: Employee) -> str:
    """Give a person's name as Japan writes it: last name first."""
    names = (employee.last_name, employee.first_name)
    return clip(" ".join(name for name in names if name), NAME_MOST)


def is_decidable(blocked: Blocked) -> bool:
    """Tell whether a decision about the person, or about one of their fields, can mend it."""
    can_be_left = blocked.reason is BlockReason.UNSTORABLE and blocked.existing is not None
    return blocked.is_doubt or blocked.reason is BlockReason.IGNORED or can_be_left


def _is_folded(difference: Respelled, page: Page, *, ticked: bool) -> bool:
    return difference.status is Status.COSMETIC and not page.unfolds and not ticked


def _title(t: Texts, person: Employee) -> str:
    return f"{number_text(t, person.number)}\u3000{name_text(person)}"


def _box(t: Texts, position: int, difference: Writable, page: Page, *, ticked: bool) -> Json:
    choice = option(_title(t, difference.desired), str(position), _promise(t, difference, page))
    element: Json = {"type": "checkboxes", "action_id": Action.TICK, "options": [choice]}
    if ticked:
        element["initial_options"] = [choice]
    block_id = revised(Action.TICK, page.revision, position)
    return actions(element, _person_button(t, position), block_id=block_id)


def _person_button(t: Texts, position: int) -> Json:
    return button(Action.OPEN_PERSON, t("Details and decisions"), str(position))


def _promise(t: Texts, difference: Writable, page: Page) -> str:
    """Say what ticking the box does."""
    status, fields = status_label(t, difference.status), len(difference.changes)
    if isinstance(difference, Create):
        return t("{status}: create", status=status)
    if page.undoes:
        return t.plural(
            "{status}: put back {n} field", "{status}: put back {n} fields", fields, status=status
        )
    return t.plural("{status}: write {n} field", "{status}: write {n} fields", fields, status=status)


def _changes(t: Texts, difference: Writable, page: Page) -> Json:
    notes = "\n".join(row_notes(t, difference, page.direction, page.today))
    if isinstance(difference, Create):
        return rich(line(*new_values(t, difference.changes)), *_notes(notes))
    folded = difference.folded if isinstance(difference, Update) else ()
    return rich(changes_list(t, difference.changes, folded), *_notes(notes))


def _notes(notes: str) -> list[Json]:
    return [line(words(notes, "italic"))] if notes else []


def _quiet(t: Texts, position: int, difference: Unchanged | Respelled, page: Page) -> Json:
    """Show in one small block somebody for whom nothing would be written."""
    status = status_label(t, difference.status)
    notes = row_notes(t, difference, page.direction, page.today)
    text = "\n".join([f"{_title(t, difference.desired)}\u3000{status}", *notes])
    return section(text) | {"accessory": _person_button(t, position)}


def _blocked(t: Texts, position: int, blocked: Blocked, page: Page) -> list[Json]:
    notes = row_notes(t, blocked, page.direction, page.today)
    said = "\n".join(
        [blocked_text(t, blocked, page.direction).together, *_records(t, blocked, page.direction), *notes]
    )
    title = words(_title(t, blocked.desired), "bold")
    status = status_label(t, blocked.status, undoes=page.undoes)
    told = rich(line(title, words(f"\n{status}\n{said}")))
    return [told, actions(_person_button(t, position))] if is_decidable(blocked) else [told]


def _records(t: Texts, blocked: Blocked, direction: Direction) -> Iterator[str]:
    """Name the target's records that are in doubt."""
    target = system_label(t, direction.target)
    if blocked.is_doubt and blocked.existing is not None:
        yield t("{target} has under this number: {who}", target=target, who=_title(t, blocked.existing))
    if blocked.is_doubt and blocked.other is not None:
        yield t(
            "Seems to be this person's record in {target}: {who}", target=target, who=_title(t, blocked.other)
        )
