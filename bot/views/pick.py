"""The screen on which people are chosen: twenty a page, each with everything that would be written.

Every person has a box of their own right above their changes, so that what is ticked is what was read. The
boxes are inputs: ticking makes no call, and whatever is pressed next carries the page's ticks along.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.ids import PICK_TURNS, Action, Callback, is_revised, part_of, revised
from bot.texts import Texts
from bot.views.blocks import (
    Json,
    actions,
    button,
    context,
    input_block,
    line,
    modal,
    option,
    placeholder,
    rich,
    section,
    words,
)
from bot.views.conditions import conditions_text
from bot.views.day_notes import day_note
from bot.views.excess import excess_blocks
from bot.views.filter import CHOSEN, EVERYBODY, Filter, parse_filter
from bot.views.labels import status_label
from bot.views.metadata import dump_metadata, metadata
from bot.views.pager import pager
from bot.views.people import Page, person_blocks
from bot.views.pick_bulk import bulk_buttons, in_bulk
from bot.views.state import chosen, ticked, typed
from bot.views.undo import deed_label, statuses, undo_notes
from bot.views.when import day_text, moment_text
from storage.plan_records import PlanHead
from sync.diff import Status
from sync.limits import Excess
from sync.plan import PlanRow

PAGE_SIZE = 20
"""People a page. Each takes two blocks of a modal's hundred; a page stays short enough to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PickScreen:
    """Everything that the screen shows."""

    head: PlanHead
    rows: tuple[PlanRow, ...]
    """The people of this page, at most PAGE_SIZE."""
    ticked: frozenset[int]
    """The positions that are ticked, of this page at least."""
    filter: Filter
    page: int
    """From 1."""
    pages: int
    """At least 1."""
    matching: int
    """How many people match the filter."""
    matching_tickable: int
    """How many of these are ticked at once by "all that match"."""
    chosen: Mapping[Status, int]
    """The ticked people of the whole plan, by status."""
    revision: int
    """One more than that of the view which this one replaces; 1 for the first."""
    today: date
    excesses: tuple[Excess, ...] = ()
    """The limits that the choice passes."""
    is_busy: bool = False
    """Of an undo: whether another run into the same target is under way."""
    note: str | None = None
    """What became of the last press: numbers that were not found, nothing ticked yet …"""

    @property
    def selected(self) -> int:
        """How many are ticked in the whole plan."""
        return sum(self.chosen.values())


@dataclass(frozen=True, slots=True)
class PickForm:
    """What stands in the screen when something is pressed."""

    plan_id: str
    revision: int
    page: int
    shown: frozenset[int]
    """The positions that could be ticked on this page."""
    ticked: frozenset[int]
    rendered: frozenset[int]
    """The positions that were ticked when the page was shown: the difference is what the person has done."""
    filter: Filter


def pick_view(t: Texts, screen: PickScreen) -> Json:
    """Show a page of the plan. A pager button's value is the page that it leads to."""
    blocks = [
        context(_what(t, screen.head)),
        _counts(t, screen.head),
        *_accepted(t, screen.head),
        *undo_notes(t, screen.head, is_busy=screen.is_busy),
        *excess_blocks(t, screen.head, screen.excesses, screen.chosen),
        *([section(f"ℹ️ {screen.note}")] if screen.note else []),  # noqa: RUF001 - the sign is meant
        _search(t, screen),
        _filter(t, screen),
        _ways(t, screen),
        section(_standing(t, screen)),
        *bulk_buttons(
            t,
            screen.matching_tickable,
            screen.selected,
            on_page=_has_bulk(screen),
            undoes=screen.head.undo_of is not None,
        ),
        *_people(t, screen),
        *pager(t, PICK_TURNS, screen.page, screen.pages),
        *_day(t, screen),
    ]
    undoes = screen.head.undo_of is not None
    return modal(
        t("Undo") if undoes else t("Choose people"),
        blocks,
        callback=Callback.PICK,
        submit=t("Undo for selected people") if undoes else t("Import selected people"),
        close=t("Close"),
        metadata=dump_metadata(plan=screen.head.id, revision=screen.revision, page=screen.page),
    )


def parse_pick(view: Mapping[str, Any]) -> PickForm:
    """Read the screen; positions of this page only."""
    values: Mapping[str, Mapping[str, Any]] = view["state"]["values"]
    own = metadata(view)
    boxes = {
        block["block_id"]: block["elements"][0]
        for block in view["blocks"]
        if is_revised(block["block_id"], Action.TICK)
    }
    marked = [name for name in boxes if ticked(values.get(name, {}).get(Action.TICK, {}))]
    rendered = [name for name, element in boxes.items() if element.get("initial_options")]
    return PickForm(
        plan_id=own["plan"],
        revision=int(own["revision"]),
        page=int(own["page"]),
        shown=frozenset(map(part_of, boxes)),
        ticked=frozenset(map(part_of, marked)),
        rendered=frozenset(map(part_of, rendered)),
        filter=parse_filter(chosen(view, Action.FILTER), typed(view, Action.SEARCH)),
    )


def _what(t: Texts, head: PlanHead) -> str:
    parts = [deed_label(t, head)]
    if head.undo_of is None:
        parts.append(t("As of {day}", day=day_text(t, head.as_of)))
    if head.made_at is not None:
        parts.append(t("read at {moment}", moment=moment_text(t, head.made_at)))
    if terms := conditions_text(t, head.options):
        parts.append(terms)
    return " ・ ".join(parts)


def _accepted(t: Texts, head: PlanHead) -> list[Json]:
    """Say that the list was made although people are missing, and why that was accepted."""
    if head.accepted is None:
        return []
    said = t(
        "⚠️ Made although people are missing: make sure of every new person that they are not among these. "
        "Reason: {reason}",
        reason=head.accepted,
    )
    return [section(said)]


def _counts(t: Texts, head: PlanHead) -> Json:
    pieces: list[Json] = []
    for status in statuses(head):
        label = status_label(t, status, undoes=head.undo_of is not None)
        pieces.append(words(("\u3000" if pieces else "") + f"{label} "))
        pieces.append(words(f"{head.counts.get(status, 0):,}", "bold"))
    return rich(line(*pieces))


def _search(t: Texts, screen: PickScreen) -> Json:
    element: Json = {
        "type": "plain_text_input",
        "action_id": Action.SEARCH,
        "placeholder": placeholder(t("Number, name or kana; Enter to search")),
        "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
        "max_length": 100,
    }
    if screen.filter.query:
        element["initial_value"] = screen.filter.query[:100]
    block = input_block(revised(Action.SEARCH, screen.revision), t("Search"), element, optional=True)
    return block | {"dispatch_action": True}


def _filter(t: Texts, screen: PickScreen) -> Json:
    counts, undoes = screen.head.counts, screen.head.undo_of is not None
    labels = {each: status_label(t, each, undoes=undoes) for each in statuses(screen.head)}
    entries: dict[str, Json] = {
        EVERYBODY: option(t("Everybody ({n})", n=f"{sum(counts.values()):,}"), EVERYBODY),
        CHOSEN: option(t("Chosen ({n})", n=f"{screen.selected:,}"), CHOSEN),
        **{each: option(f"{label} ({counts.get(each, 0):,})", each) for each, label in labels.items()},
    }
    menu: Json = {
        "type": "static_select",
        "action_id": Action.FILTER,
        "placeholder": placeholder(t("Filter by status")),
        "options": list(entries.values()),
        "initial_option": entries[screen.filter.entry],
    }
    paste = button(Action.OPEN_PASTE, t("Paste employee numbers"), screen.head.id)
    return actions(menu, paste, block_id=revised(Action.FILTER, screen.revision))


def _ways(t: Texts, screen: PickScreen) -> Json:
    """Offer other terms for this list, and the list as a file."""
    file: Json = {
        "type": "static_select",
        "action_id": Action.EXPORT,
        "placeholder": placeholder(t("As a file (Excel, CSV)")),
        "options": [option(t("Excel (.xlsx)"), "xlsx"), option("CSV", "csv")],
    }
    terms = [button(Action.OPEN_OPTIONS, t("Terms of this list"), screen.head.id)]
    if screen.head.undo_of is not None:
        terms = []  # what is put back is what was there, by whatever terms
    return actions(*terms, file, block_id=revised(Action.EXPORT, screen.revision))


def _day(t: Texts, screen: PickScreen) -> list[Json]:
    """Say what can't be had for the day of a list; what is put back has none."""
    if screen.head.undo_of is not None:
        return []
    return day_note(t, screen.head.direction, screen.head.as_of, screen.today)


def _standing(t: Texts, screen: PickScreen) -> str:
    matching = t.plural("{n} person matches", "{n} people match", screen.matching)
    selected = t.plural("{n} chosen", "{n} chosen", screen.selected)
    page = t("page {page} of {pages}", page=f"{screen.page:,}", pages=f"{screen.pages:,}")
    return f"{matching} ・ {selected} ・ {page}"


def _has_bulk(screen: PickScreen) -> bool:
    wanted = in_bulk(screen.filter, lacks_people=bool(screen.head.accepted))
    return any(row.difference.status in wanted for row in screen.rows)


def _people(t: Texts, screen: PickScreen) -> list[Json]:
    if not screen.rows:
        return [section(_nobody(t, screen))]
    page = Page(
        direction=screen.head.direction,
        revision=screen.revision,
        today=screen.today,
        undoes=screen.head.undo_of is not None,
        unfolds=screen.filter.chosen or screen.filter.status is Status.COSMETIC,
    )
    return [
        block
        for row in screen.rows
        for block in person_blocks(t, row, page, ticked=row.position in screen.ticked)
    ]


def _nobody(t: Texts, screen: PickScreen) -> str:
    if sum(screen.head.counts.values()) == 0:
        return t("Nobody is enrolled in the source on the as-of date.")
    return t("Nobody matches. Change the search or the filter.")
