"""What is measured, what it must reach, and against whom."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Figure:
    """What was measured, and what it must stay under, or over."""

    name: str
    value: float
    unit: str
    goal: float
    """The most that `value` may be. Against a peer: the peer's figure divided by what is promised."""
    more_is_better: bool = field(default=False, kw_only=True)
    """Then it is the least."""

    @property
    def is_missed(self) -> bool:
        """Tell whether the goal is missed."""
        return self.value < self.goal if self.more_is_better else self.value > self.goal

    def as_json(self) -> dict[str, Any]:
        """Give the figure as the results file holds it."""
        return asdict(self)

    def __str__(self) -> str:
        missed = "  MISSED" if self.is_missed else ""
        measured = f"{self.name:<24}{self.value:>10.3f} {self.unit:<5} goal {self.goal:<10.4g}"
        return f"{measured}{self._beside()}{missed}"

    def _beside(self) -> str:
        return ""


@dataclass(frozen=True)
class Comparison(Figure):
    """The same job done by Renkei and by a peer, on the same data in the same run."""

    peer: str
    peer_value: float

    @property
    def ratio(self) -> float:
        """How many times less than the peer Renkei takes."""
        return self.peer_value / self.value

    def as_json(self) -> dict[str, Any]:
        """Give the figure as the results file holds it."""
        return {**super().as_json(), "ratio": self.ratio}

    def _beside(self) -> str:
        return f"{self.peer}: {self.peer_value:.3f} {self.unit} ({self.ratio:.1f}×)"


def compared(name: str, unit: str, values: tuple[float, float], *, peer: str, times: float) -> Comparison:
    """Give ours and the peer's value as a figure that must be `times` better."""
    ours, theirs = values
    return Comparison(name, ours, unit, theirs / times, peer, theirs)
