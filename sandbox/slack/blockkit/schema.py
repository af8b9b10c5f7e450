"""A small vocabulary to write Block Kit's rules as data: each spec reports what is wrong with a value."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True)
class Problem:
    """One reason for a refusal: a JSON pointer to the place, and what is wrong there."""

    pointer: str
    message: str
    code: str = ""
    """Slack's own error code where it has one for this case (view_too_large, msg_blocks_too_long …)."""

    def __str__(self) -> str:
        return f"[ERROR] {self.message} [json-pointer:{self.pointer}]"


class Spec(Protocol):
    """What a value must be."""

    def problems(self, value: Any, at: str) -> Iterator[Problem]:  # noqa: ANN401 - any JSON
        """Yield what is wrong with `value`, which stands at the JSON pointer `at`."""
        ...


@dataclass(frozen=True)
class Str:
    """A string of `least` to `most` characters."""

    most: int
    least: int = 1
    pattern: str = ""

    def problems(self, value: object, at: str) -> Iterator[Problem]:
        """Report a wrong type, length or pattern."""
        if not isinstance(value, str):
            yield Problem(at, "must be a string")
        elif len(value) > self.most:
            yield Problem(at, f"must be less than {self.most + 1} characters")
        elif len(value) < self.least:
            yield Problem(at, f"must be more than {self.least - 1} characters")
        elif self.pattern and not re.fullmatch(self.pattern, value):
            yield Problem(at, f"must match {self.pattern}")


@dataclass(frozen=True)
class Int:
    """A whole number within bounds."""

    least: int
    most: int

    def problems(self, value: object, at: str) -> Iterator[Problem]:
        """Report a wrong type or a number out of bounds."""
        if not isinstance(value, int) or isinstance(value, bool):
            yield Problem(at, "must be an integer")
        elif not self.least <= value <= self.most:
            yield Problem(at, f"must be between {self.least} and {self.most}")


@dataclass(frozen=True)
class Number:
    """Any number."""

    def problems(self, value: object, at: str) -> Iterator[Problem]:
        """Report what is no number."""
        if not isinstance(value, int | float) or isinstance(value, bool):
            yield Problem(at, "must be a number")


@dataclass(frozen=True)
class Bool:
    """True or false."""

    def problems(self, value: object, at: str) -> Iterator[Problem]:
        """Report what is no boolean."""
        if not isinstance(value, bool):
            yield Problem(at, "must be a boolean")


@dataclass(frozen=True)
class Choice:
    """One of some strings."""

    values: tuple[str, ...]

    def problems(self, value: object, at: str) -> Iterator[Problem]:
        """Report a value that isn't offered."""
        if value not in self.values:
            yield Problem(at, f"must be one of: {', '.join(self.values)}")


@dataclass(frozen=True)
class ListOf:
    """`least` to `most` items of one kind."""

    item: Spec
    most: int
    least: int = 1

    def problems(self, value: object, at: str) -> Iterator[Problem]:
        """Report a wrong length, and what is wrong with each item."""
        if not isinstance(value, list):
            yield Problem(at, "must be an array")
            return
        if len(value) > self.most:
            yield Problem(at, f"no more than {self.most} items allowed")
        if len(value) < self.least:
            yield Problem(at, f"no fewer than {self.least} items allowed")
        for index, item in enumerate(value):
            yield from self.item.problems(item, f"{at}/{index}")


@dataclass(frozen=True)
class Shape:
    """An object with these keys and no others; a key ending in "!" is required."""

    keys: Mapping[str, Spec]
    one_of: tuple[str, ...] = ()
    """At least one of these keys must be there."""

    def problems(self, value: object, at: str) -> Iterator[Problem]:
        """Report missing and unknown keys, and what is wrong with each value."""
        if not isinstance(value, dict):
            yield Problem(at, "must be an object")
            return
        specs = {key.rstrip("!"): spec for key, spec in self.keys.items()}
        yield from (Problem(at, f"missing required field: {key}") for key in self._required() - value.keys())
        if self.one_of and not value.keys() & set(self.one_of):
            yield Problem(at, f"must have one of: {', '.join(self.one_of)}")
        for key, part in value.items():
            if key in specs:
                yield from specs[key].problems(part, f"{at}/{key}")
            else:
                yield Problem(at, f"invalid additional property: {key}")

    def _required(self) -> set[str]:
        return {key[:-1] for key in self.keys if key.endswith("!")}


@dataclass(frozen=True)
class Typed:
    """An object whose `type` picks its shape; one with an unlisted type is refused.

    The shapes are a mapping that may be filled later, so that rules can speak of each other.
    """

    shapes: Mapping[str, Spec]
    only: frozenset[str] | None = field(default=None)
    """The types that are welcome in this place; None means all."""

    def problems(self, value: object, at: str) -> Iterator[Problem]:
        """Report an unknown or unwelcome type, else what that type's shape reports."""
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in self.shapes:
            yield Problem(at, f"unsupported type: {kind}")
        elif self.only is not None and kind not in self.only:
            yield Problem(at, f"unsupported type here: {kind}")
        else:
            yield from self.shapes[kind].problems(value, at)
