"""Old values and new ones: what would be written, what only looks like it, what has moved since."""

from collections.abc import Iterator, Sequence

from bot.texts import Texts
from bot.views.blocks import Json, bullets, clip, clip_both, line, words
from bot.views.labels import field_label, value_text
from bot.views.spelling import spelling_text, written_out
from sync.diff import Change
from sync.outcome import Moved
from sync.text import Likeness

VALUE_MOST = 80
"""Longer values are cut, so that twenty people of any length stay below Slack's 250 KB a view."""


def new_values(t: Texts, changes: Sequence[Change]) -> Iterator[Json]:
    """Name each field of a new person with its value."""
    for index, change in enumerate(changes):
        yield words(("\u3000" if index else "") + f"{field_label(t, change.field)} ")
        yield words(clip(value_text(t, change.field, change.new), VALUE_MOST), "bold")


def changes_list(t: Texts, changes: Sequence[Change], folded: Sequence[Change] = ()) -> Json:
    """List what is written, old value struck and new value bold; then the variants that are not written."""
    variants = [change for change in folded if change.likeness is Likeness.VARIANT]
    return bullets([*(_written(t, each) for each in changes), *(_shown(t, each) for each in variants)])


def moved_list(t: Texts, moved: Sequence[Moved]) -> list[Json]:
    """List what was seen and what it was when it was to be written."""
    return [bullets(_moved(t, each) for each in moved)] if moved else []


def _moved(t: Texts, moved: Moved) -> Json:
    shown, now = (value_text(t, moved.field, value) for value in (moved.shown, moved.now))
    shown, now = clip_both(written_out(shown), written_out(now), most=VALUE_MOST)
    return line(
        words(t("{field}: shown ", field=field_label(t, moved.field))),
        words(shown),
        words(t(" → now ")),
        words(now, "bold"),
    )


def _written(t: Texts, change: Change) -> Json:
    old, new = _values(t, change)
    kind = spelling_text(t, change)
    return line(
        words(t("{field}: before ", field=field_label(t, change.field))),
        words(old, "strike") if change.old else words(old),
        words(t(" → after ")),
        words(new, "bold"),
        *([words(t(" ({note})", note=kind))] if kind else []),
    )


def _shown(t: Texts, change: Change) -> Json:
    """Show a difference that is left as it is: nothing is struck, nothing bold."""
    old, new = _values(t, change)
    note = t("{kind}; not written", kind=spelling_text(t, change))
    return line(
        words(t("{field}: before ", field=field_label(t, change.field))),
        words(old),
        words(t(" → after ")),
        words(new),
        words(t(" ({note})", note=note), "italic"),
    )


def _values(t: Texts, change: Change) -> tuple[str, str]:
    """Give both values, cut to what can be read; of other spellings, with what can't be seen written out."""
    old, new = (value_text(t, change.field, value) for value in (change.old, change.new))
    if change.likeness is not Likeness.DIFFERENT:
        old, new = written_out(old), written_out(new)
    return clip_both(old, new, most=VALUE_MOST)
