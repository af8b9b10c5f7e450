"""What somebody can decide about who a person is, and when they can take it back."""

from enum import StrEnum

from sync.diff import Blocked, BlockReason, Difference, Notice

DECIDED = frozenset({Notice.IDENTITY_CONFIRMED, Notice.SET_APART})
"""What a row says that rests on somebody's decision."""


class Verdict(StrEnum):
    """What somebody can decide about a person of the source."""

    SAME_NUMBER = "same_number"
    """The target's record with their number is theirs."""
    OTHER_RECORD = "other_record"
    """The target's record that seems to be theirs is."""
    AS_NEW = "as_new"
    """Nobody of the target is they."""
    IGNORE = "ignore"
    HEED = "heed"
    """Nothing of this holds any more."""


def verdicts(difference: Difference) -> tuple[Verdict, ...]:
    """Give what can be decided about a row; nothing where a decision mends nothing."""
    if is_taken_back(difference):
        return (Verdict.HEED,)
    if not isinstance(difference, Blocked) or not difference.is_doubt:
        return ()
    return (
        *([Verdict.SAME_NUMBER] if difference.existing is not None else []),
        *([Verdict.OTHER_RECORD] if difference.other is not None else []),
        *([Verdict.AS_NEW] if difference.existing is None else []),
        Verdict.IGNORE,
    )


def is_taken_back(difference: Difference) -> bool:
    """Tell whether the row rests on a decision, which is all there is to decide about."""
    if isinstance(difference, Blocked):
        return difference.reason is BlockReason.IGNORED
    return not DECIDED.isdisjoint(difference.notices)
