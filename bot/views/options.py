"""この回の条件: what a single list of differences does otherwise than 連携設定 says."""

from collections.abc import Mapping
from typing import Any

from bot.ids import Action, Callback
from bot.texts import Texts, mark
from bot.views.blocks import Json, alert, input_block, modal, option, section
from bot.views.field_modes import mode_blocks, parse_modes
from bot.views.metadata import dump_metadata
from bot.views.state import element_of, ticked
from storage.plan_records import PlanHead, PlanOptions
from sync.fields import Policies
from sync.model import Direction
from sync.text import Likeness

_SPELLINGS = {
    Likeness.COSMETIC: mark("Write other spellings, too"),
    Likeness.VARIANT: mark("Write variant letters, too"),
}
_WHAT = {
    Likeness.COSMETIC: mark("Width, spaces, dashes, kana: what reads the same"),
    Likeness.VARIANT: mark("髙 and 高, 﨑 and 崎: the same name in another character"),
}


def options_view(t: Texts, head: PlanHead, policies: Policies, problem: str | None = None) -> Json:
    """Ask by what this list goes. `policies`: of 連携設定, for this direction. `metadata`: {"plan"}."""
    blocks = [
        *([alert(problem, "warning")] if problem else []),
        section(t("For this list only. It is read and compared again; ticks stay where nothing changes.")),
        _spellings(t, head.options),
        *mode_blocks(t, head.direction, {**policies, **head.options.policies}),
    ]
    return modal(
        t("Terms of this list"),
        blocks,
        callback=Callback.OPTIONS,
        submit=t("Compare again"),
        close=t("Back"),
        metadata=dump_metadata(plan=head.id),
    )


def parse_options(view: Mapping[str, Any], direction: Direction, policies: Policies) -> PlanOptions:
    """Read the terms; only what differs from `policies` is one of this list's own."""
    typed = parse_modes(view, direction)
    return PlanOptions(
        policies={field: policy for field, policy in typed.items() if policy != policies[field]},
        spellings=frozenset(Likeness(each) for each in ticked(element_of(view, Action.SPELLINGS))),
    )


def _spellings(t: Texts, options: PlanOptions) -> Json:
    entries = {each: option(t(_SPELLINGS[each]), each, t(_WHAT[each])) for each in _SPELLINGS}
    element: Json = {"type": "checkboxes", "action_id": Action.SPELLINGS, "options": list(entries.values())}
    chosen = [entries[each] for each in _SPELLINGS if each in options.spellings]
    if chosen:
        element["initial_options"] = chosen
    hint = t("Without a tick, such a difference alone is not written; a person can still be ticked for it.")
    return input_block(Action.SPELLINGS, t("Spelling"), element, hint=hint, optional=True)
