"""Every linked field of one person: both values, how alike they are, the settings, what would happen."""

from collections.abc import Iterable, Sequence

from bot.texts import Texts, mark
from bot.views.blocks import Json, bullets, clip, clip_both, line, rich, words
from bot.views.labels import field_label, system_label, value_text
from bot.views.spelling import spelling_text, written_out
from sync.diff import Fate
from sync.explain import FieldLine
from sync.fields import NOT_CLEARABLE, FieldPolicy, Mode
from sync.model import Direction
from sync.text import Likeness

VALUE_MOST = 80
"""Longer values are cut: a window with both directions stays far below Slack's 250 KB a view."""
_MODES = {
    Mode.OVERWRITE: mark("Overwrite"),
    Mode.FILL_ONLY: mark("Only where the target is empty"),
    Mode.OFF: mark("Not linked"),
}
_FATES = {
    Fate.WRITTEN: mark("✏️ Written on import"),
    Fate.FOLDED: mark("Not written: it is only spelled otherwise, and this is not to be written"),
    Fate.FILLED: mark("Not written: {target} has a value already"),
    Fate.OFF: mark("Not written: the field is not linked in this direction"),
    Fate.SUPPRESSED: mark("Not written: for this person, this field is left as it is"),
}


def field_list(t: Texts, lines: Sequence[FieldLine], direction: Direction) -> Json:
    """List the fields: first those in which the two records differ."""
    ordered = sorted(lines, key=lambda each: each.fate is Fate.EQUAL)
    return rich(bullets(line(*_pieces(t, each, direction)) for each in ordered))


def change_text(t: Texts, each: FieldLine) -> str:
    """「旧 → 新」, as much of it as a menu's entry can hold."""
    old, new = clip_both(*_values(t, each), most=30)
    return f"{old} → {new}"


def _pieces(t: Texts, each: FieldLine, direction: Direction) -> Iterable[Json]:
    yield words(field_label(t, each.change.field), "bold")
    if each.fate is Fate.EQUAL:
        value = clip(value_text(t, each.change.field, each.change.new), VALUE_MOST)
        note = f"{t('The same')} ・ {_policy(t, each)}"
        yield words(f"\u3000{value}" + t(" ({note})", note=note))
        return
    old, new = clip_both(*_values(t, each), most=VALUE_MOST)
    yield words(f"\u3000{system_label(t, direction.target)} ")
    yield words(old, "strike") if each.fate is Fate.WRITTEN and each.change.old else words(old)
    yield words(f" ← {system_label(t, direction.source)} ")
    yield words(new, "bold")
    said = (spelling_text(t, each.change) or t("Difference"), _policy(t, each), _fate(t, each, direction))
    yield words("\n" + " ・ ".join(said))


def _values(t: Texts, each: FieldLine) -> tuple[str, str]:
    """Give the target's value and the source's; of other spellings, with what can't be seen written out."""
    change = each.change
    old, new = (value_text(t, change.field, value) for value in (change.old, change.new))
    return (old, new) if change.likeness is Likeness.DIFFERENT else (written_out(old), written_out(new))


def _policy(t: Texts, each: FieldLine) -> str:
    """Name the mode and, where the source is empty, whether that may empty the target."""
    mode = t(_MODES[each.policy.mode])
    return f"{mode} ・ {_blank(t, each.policy)}" if _may_blank(each) else mode


def _may_blank(each: FieldLine) -> bool:
    return each.change.new is None and each.change.old is not None and each.policy.mode is Mode.OVERWRITE


def _blank(t: Texts, policy: FieldPolicy) -> str:
    return t("never emptied") if policy.never_blank else t("emptied when the source is empty")


def _fate(t: Texts, each: FieldLine, direction: Direction) -> str:
    target = system_label(t, direction.target)
    if each.fate is not Fate.KEPT:
        return t(_FATES[each.fate], target=target)
    if each.change.field in NOT_CLEARABLE[direction.target]:
        return t("Not written: {target} does not let this field be emptied", target=target)
    return t("Not written: empty in the source")
