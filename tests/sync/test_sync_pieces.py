"""A long list is read piece by piece, and nobody can tell."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from sync import pieces
from sync.pieces import validated

ANYTHING = TypeAdapter(list[dict[str, object]])
SEPARATORS = st.sampled_from([(",", ":"), (", ", ": ")])
TEXTS = st.sampled_from(["},{", '"},{"', "[{", "}]", "\\", "山田"]) | st.text(max_size=3)
NESTED = st.recursive(
    TEXTS | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
LISTS = st.lists(st.dictionaries(TEXTS, NESTED, max_size=3), max_size=6)


@pytest.fixture(autouse=True, scope="module")
def _small_pieces() -> Iterator[None]:
    usual, pieces.PIECE = pieces.PIECE, 10
    yield
    pieces.PIECE = usual


@given(people=LISTS, separators=SEPARATORS)
def test_a_list_in_pieces_is_the_same_as_at_once(
    people: list[dict[str, object]], separators: tuple[str, str]
) -> None:
    assert validated(ANYTHING, json.dumps(people, separators=separators).encode()) == people


@pytest.mark.parametrize("broken", ['[{"a": 1}, {"a": 2}', '[{"a": 1}, {"a": 2}] {', '[{"a": 1}, 2]'])
def test_what_is_no_list_of_people_is_refused(broken: str) -> None:
    with pytest.raises(ValidationError):
        validated(ANYTHING, broken.encode())


def test_a_shape_that_is_not_met_is_refused_at_once() -> None:
    numbers = TypeAdapter(list[dict[str, int]])
    with pytest.raises(ValidationError, match="int_parsing"):
        validated(numbers, json.dumps([{"a": "x"}, *[{"a": 1}] * 9]).encode())
