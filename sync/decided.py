"""What somebody has decided since the press: it holds for what is not written yet, too."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sync.diff import NEEDED, Create, Writable
from sync.fields import Field
from sync.model import System
from sync.outcome import Outcome, OutcomeKind, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Which fields and which people are to be left alone now."""

    suppressed: Mapping[str, frozenset[Field]] = field(default_factory=dict)
    """The source's id of a person → the fields that stay as they are."""
    ignored: frozenset[str] = frozenset()
    """Ids of people of either system who are not linked."""

    def verdict(self, difference: Writable, target: System) -> Outcome | None:
        """Hold a row that would write what is to be left alone; None when nothing stands against it."""
        if self.ignored & _ids(difference):
            return Outcome(OutcomeKind.HELD, Reason.IGNORED_SINCE)
        left = self.suppressed.get(difference.desired.remote_id, frozenset())
        if isinstance(difference, Create):  # nobody is without what the target requires
            left -= NEEDED[target]
        fields = tuple(change.field for change in difference.changes if change.field in left)
        return Outcome(OutcomeKind.HELD, Reason.SUPPRESSED_SINCE, fields) if fields else None


def _ids(difference: Writable) -> set[str]:
    source = {difference.desired.remote_id}
    return source if isinstance(difference, Create) else source | {difference.existing.remote_id}
