"""One person in one direction: what the list says and why, every field, and what was decided before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.ids import Action
from bot.texts import Texts
from bot.views.blocks import Json, button, clip, context, line, rich, words
from bot.views.blocks import person as user
from bot.views.field_lines import field_list
from bot.views.labels import field_label, status_label, system_label
from bot.views.match import match_text
from bot.views.notices import notice_text
from bot.views.people import name_text
from bot.views.reason import MOST
from bot.views.row_sentences import blocked_text
from bot.views.when import day_text
from storage.suppressions import Suppression
from sync.diff import Blocked, BlockReason, Create, Difference, Fate, Notice
from sync.explain import FieldLine
from sync.fields import Field
from sync.identity import Ties
from sync.model import Direction

_SAID_BY_THE_MATCH = {Notice.NUMBER_SPELLED_OTHERWISE, Notice.IDENTITY_CONFIRMED}


@dataclass(frozen=True, slots=True, kw_only=True)
class OneWay:
    """Everything that is said of a person in one direction."""

    direction: Direction
    difference: Difference | None
    """None: the source lists nobody with the number."""
    lines: tuple[FieldLine, ...] = ()
    ties: Ties = field(default_factory=Ties)
    suppressions: Sequence[Suppression] = ()

    @property
    def differing(self) -> tuple[FieldLine, ...]:
        """The fields that can be left as they are from now on: they differ, and it is certain who this is."""
        if not _is_certain(self.difference):
            return ()
        passed = {Fate.EQUAL, Fate.OFF, Fate.SUPPRESSED}
        return tuple(each for each in self.lines if each.fate not in passed)


def way_blocks(t: Texts, way: OneWay) -> Iterator[Json]:
    """Say what would happen and why, then field by field."""
    if way.difference is None:
        source = system_label(t, way.direction.source)
        yield context(
            t("{source} has nobody enrolled today with this number: the list has no row.", source=source)
        )
        return
    yield rich(line(*_verdict(t, way.difference, way)))
    if isinstance(way.difference, Blocked):
        yield context(t("What would happen to the fields once the row can be imported:"))
    yield field_list(t, way.lines, way.direction)


def named_verdict(t: Texts, way: OneWay) -> Iterator[Json]:
    """Say of one of several with the same number who it is, and what would happen and why."""
    if way.difference is not None:
        name = words(name_text(way.difference.desired) + "\u3000", "bold")
        yield rich(line(name, *_verdict(t, way.difference, way)))


def suppression_blocks(t: Texts, way: OneWay, lift: Action, prefix: str = "") -> Iterator[Json]:
    """List what is left as it is, each with the button that takes it back: `prefix` and the field."""
    for each in way.suppressions:
        until = t("until {day}", day=day_text(t, each.until)) if each.until else t("without an end")
        reason = clip(each.reason, MOST)
        yield rich(
            line(
                words("🔒 "),
                words(field_label(t, each.field), "bold"),
                words("\u3000" + t("left as it is, {until}", until=until) + "\u3000"),
                user(each.by),
                words(f"\n{reason}", "italic"),
            )
        )
        label = t("Take back: {field}", field=field_label(t, each.field))
        yield {"type": "actions", "elements": [button(lift, label, f"{prefix}{each.field}")]}


def _is_certain(difference: Difference | None) -> bool:
    """Tell whether two records are compared; one of them may hold a letter that the other can't."""
    match difference:
        case None | Create():
            return False
        case Blocked():
            return difference.reason is BlockReason.UNSTORABLE and difference.existing is not None
        case _:
            return True


def fields_text(t: Texts, fields: Sequence[Field]) -> str:
    """Name several fields."""
    return t(", ").join(field_label(t, each) for each in fields)


def _verdict(t: Texts, difference: Difference, way: OneWay) -> Iterator[Json]:
    yield words(status_label(t, difference.status), "bold")
    if isinstance(difference, Blocked):
        yield words(f"\n{blocked_text(t, difference, way.direction).together}")
        return
    yield words("\n🔗 " + match_text(t, difference, way.direction, way.ties))
    for notice in difference.notices:
        if notice not in _SAID_BY_THE_MATCH:
            yield words("\n⚠️ " + notice_text(t, notice, way.direction))
