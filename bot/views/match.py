"""How a person of the source was found in the target, in words."""

from bot.texts import Texts
from bot.views.blocks import clip_both
from bot.views.labels import system_label
from bot.views.people import NUMBER_MOST
from bot.views.spelling import written_out
from sync.diff import Blocked, Create, Difference, Notice
from sync.identity import Link, Ties
from sync.model import Direction, Employee


def match_text(t: Texts, difference: Difference, direction: Direction, ties: Ties) -> str:
    """Say why the two records were taken for one person's; "" where the row's own reason says more."""
    source, target = system_label(t, direction.source), system_label(t, direction.target)
    match difference:
        case Blocked():
            return ""
        case Create():
            return t("Nobody in {target} has this number: the person is new there.", target=target)
    link = _link(difference.desired, difference.existing, direction, ties)
    if Notice.IDENTITY_CONFIRMED in difference.notices or (link is not None and link.confirmed):
        return t("Matched because an administrator confirmed it.")
    if Notice.NUMBER_SPELLED_OTHERWISE in difference.notices:
        one, other = (written_out(each.number or "") for each in (difference.desired, difference.existing))
        one, other = clip_both(one, other, NUMBER_MOST)
        return t(
            "Matched by the same number in another spelling: “{one}” in {source}, “{other}” in {target}.",
            one=one,
            other=other,
            source=source,
            target=target,
        )
    if link is not None:
        return t("Matched by the same number, as remembered from earlier.")
    return t("Matched by the same number.")


def _link(desired: Employee, existing: Employee, direction: Direction, ties: Ties) -> Link | None:
    pair = desired.remote_id, existing.remote_id
    return next((link for link in ties.links if link.ends(direction) == pair), None)
