"""この回の条件 in a line: what a list of differences does otherwise than 連携設定 says."""

from collections.abc import Iterator

from bot.texts import Texts, mark
from bot.views.field_modes import mode_label
from bot.views.labels import field_label
from storage.plan_records import PlanOptions
from sync.fields import Field, FieldPolicy
from sync.text import Likeness

_SPELLINGS = {
    Likeness.COSMETIC: mark("other spellings are written, too"),
    Likeness.VARIANT: mark("variant letters are written, too"),
}


def conditions_text(t: Texts, options: PlanOptions) -> str:
    """「条件：異体字も書き込む・メールアドレスは対象外」; "" when the list goes by 連携設定."""
    said = [*_spellings(t, options), *(_mode(t, *each) for each in options.policies.items())]
    return t("Terms: {terms}", terms="・".join(said)) if said else ""


def _spellings(t: Texts, options: PlanOptions) -> Iterator[str]:
    return (t(_SPELLINGS[likeness]) for likeness in _SPELLINGS if likeness in options.spellings)


def _mode(t: Texts, field: Field, policy: FieldPolicy) -> str:
    said = t("{field}: {mode}", field=field_label(t, field), mode=mode_label(t, policy.mode))
    return said if policy.never_blank else said + t(" (emptied where the source is empty)")
