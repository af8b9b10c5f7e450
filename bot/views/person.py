"""One person of the list, above it: why the row says what it says, and what can be decided for good."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.ids import Action, Callback
from bot.texts import Texts
from bot.views.blocks import Json, actions, button, context, header, line, modal, rich, section, words
from bot.views.changes import changes_list
from bot.views.labels import status_label
from bot.views.metadata import dump_metadata, metadata
from bot.views.one_way import OneWay, suppression_blocks, way_blocks
from bot.views.people import name_text, number_text
from bot.views.person_events import event_blocks
from bot.views.row_notes import row_notes
from bot.views.row_sentences import blocked_text
from bot.views.undo import deed_label
from bot.views.verdicts import is_taken_back, verdicts
from bot.views.when import moment_text
from storage.events import PersonEvent
from storage.plan_records import PlanHead
from sync.diff import Blocked, Update
from sync.model import Employee
from sync.plan import PlanRow


@dataclass(frozen=True, slots=True)
class Whom:
    """Which row of which plan a window is about."""

    plan_id: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonScreen:
    """Everything that the window shows."""

    head: PlanHead
    row: PlanRow
    way: OneWay
    events: Sequence[PersonEvent]
    today: date

    @property
    def whom(self) -> Whom:
        """The row that the window is about."""
        return Whom(self.head.id, self.row.position)


def person_view(t: Texts, screen: PersonScreen) -> Json:
    """Show the person, with the buttons that lead to what can be decided."""
    blocks = [
        title_block(t, screen.row.difference.desired),
        context(_what(t, screen.head)),
        *(way_blocks(t, screen.way) if screen.head.undo_of is None else _undo_blocks(t, screen)),
        *_ways_on(t, screen),
        *suppression_blocks(t, screen.way, Action.LIFT_SUPPRESSION),
        *event_blocks(t, screen.events),
    ]
    return modal(
        t("Details and decisions"),
        blocks,
        callback=Callback.PERSON,
        close=t("Back"),
        metadata=dump_whom(screen.whom),
    )


def title_block(t: Texts, person: Employee) -> Json:
    """Name the person."""
    return header(f"{number_text(t, person.number)}\u3000{name_text(person)}")


def back_to_person(t: Texts) -> Json:
    """Lead back to the person, in the same window."""
    return actions(button(Action.BACK_TO_PERSON, t("◀ Back to this person")))


def dump_whom(whom: Whom) -> str:
    """Write which row a window is about into its `private_metadata`."""
    return dump_metadata(plan=whom.plan_id, position=whom.position)


def parse_whom(view: Mapping[str, Any]) -> Whom:
    """Read which row a window is about."""
    own = metadata(view)
    return Whom(own["plan"], int(own["position"]))


def _undo_blocks(t: Texts, screen: PersonScreen) -> Iterator[Json]:
    """Show what would be put back, as the list does."""
    difference, direction = screen.row.difference, screen.head.direction
    yield rich(line(words(status_label(t, difference.status, undoes=True), "bold")))
    if isinstance(difference, Blocked):
        yield section(blocked_text(t, difference, direction).together)
    if isinstance(difference, Update):
        yield rich(changes_list(t, difference.changes))
    yield from (context(note) for note in row_notes(t, difference, direction, screen.today))


def _what(t: Texts, head: PlanHead) -> str:
    deed = deed_label(t, head)
    if head.made_at is None:
        return deed
    return f"{deed} ・ {t('read at {moment}', moment=moment_text(t, head.made_at))}"


def _ways_on(t: Texts, screen: PersonScreen) -> Iterator[Json]:
    difference = screen.row.difference
    if is_taken_back(difference):
        yield actions(button(Action.OPEN_DECISION, t("Take the decision back")))
    elif verdicts(difference):
        yield actions(button(Action.OPEN_DECISION, t("Decide who this is"), style="primary"))
    if screen.way.differing and screen.head.undo_of is None:
        yield actions(button(Action.OPEN_SUPPRESSION, t("Leave fields as they are from now on")))
