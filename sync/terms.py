"""What a comparison goes by, beside the two records."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sync.fields import Field, Policies
from sync.text import Likeness, Repertoire

Suppressed = Mapping[str, frozenset[Field]]
"""Of each person of the source, by remote id: the fields that stay as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How the differences of one plan are decided."""

    policies: Policies
    spellings: frozenset[Likeness] = frozenset()
    """Which of COSMETIC and VARIANT are written along with real differences, on purpose."""
    repertoire: Repertoire = Repertoire.UNICODE
    """What the target can hold."""
    business_names: bool = False
    """Whether ビジネスネーム is compared and written, where SmartHR has one."""
    suppressed: Suppressed = field(default_factory=dict)
