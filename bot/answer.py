"""How a modal's submission is answered: the acknowledgement itself tells Slack what to show next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

View = Mapping[str, Any]


def _nothing() -> None:
    """Leave it at the answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the acknowledgement carries; `then` runs once Slack has it."""

    payload: Mapping[str, Any]
    then: Callable[[], None] = _nothing

    @property
    def has_effect(self) -> bool:
        """Whether something comes after it."""
        return self.then is not _nothing


def push(view: View) -> Answer:
    """Lay a modal above this one."""
    return Answer({"response_action": "push", "view": view})


def replace(view: View, then: Callable[[], None] = _nothing) -> Answer:
    """Show another view in this modal's place."""
    return Answer({"response_action": "update", "view": view}, then)


def point_out(problems: Mapping[str, str]) -> Answer:
    """Show a sentence under each input that has a problem, by block_id; nothing typed is lost."""
    return Answer({"response_action": "errors", "errors": dict(problems)})


def close(then: Callable[[], None] = _nothing) -> Answer:
    """Close this modal; the one below shows again."""
    return Answer({}, then)


def clear(then: Callable[[], None] = _nothing) -> Answer:
    """Close this modal and those below."""
    return Answer({"response_action": "clear"}, then)
