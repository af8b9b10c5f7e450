"""However a list moves while it is read: it comes out as it was at one moment, or is refused."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter

from sync.errors import IncompleteFetch
from sync.http import Http, Received
from sync.model import System
from sync.paging import PagedList

PER_PAGE = 3
Deed = Callable[[list[str], Random], None]


class Row(BaseModel):
    remote_id: str


def come(ids: list[str], random: Random) -> None:
    ids.insert(random.randint(0, len(ids)), f"new-{random.random()}")


def go(ids: list[str], random: Random) -> None:
    if ids:
        ids.pop(random.randrange(len(ids)))


def change_places(ids: list[str], random: Random) -> None:
    random.shuffle(ids)


@dataclass
class MovingList(Http):
    """A list of SmartHR at which somebody does something before each page is read, or doesn't."""

    ids: list[str]
    deeds: list[Deed | None]
    random: Random
    moments: list[set[str]] = field(default_factory=list)
    system = System.SMARTHR

    def read(
        self, path: str, shape: TypeAdapter[Any], params: Mapping[str, str] | None = None
    ) -> Received[Any]:
        assert path == "crews"
        if self.deeds and (deed := self.deeds.pop(0)) is not None:
            deed(self.ids, self.random)
        self.moments.append(set(self.ids))
        start = (int((params or {})["page"]) - 1) * PER_PAGE
        rows = [{"remote_id": each} for each in self.ids[start : start + PER_PAGE]]
        return Received(shape.validate_python(rows), {"x-total-count": str(len(self.ids))})


def read_whole(moving: MovingList) -> set[str]:
    pages = PagedList(moving, "crews", TypeAdapter(list[Row]), PER_PAGE, workers=1)
    return {row.remote_id for row in pages.fetch_whole({})}


def deeds(*kinds: Deed) -> st.SearchStrategy[list[Deed | None]]:
    return st.lists(st.none() | st.sampled_from(kinds), max_size=10)


@given(
    st.integers(0, 14),
    deeds(come, change_places) | deeds(go, change_places),
    st.randoms(use_true_random=False),
)
def test_a_list_that_moves_is_whole_or_refused(
    size: int, happening: list[Deed | None], random: Random
) -> None:
    moving = MovingList([f"id-{n}" for n in range(size)], [*happening], random)
    try:
        people = read_whole(moving)
    except IncompleteFetch:
        event("refused")
        assert any(happening), "a list that stands still is never refused"
    else:
        event("whole")
        assert people in moving.moments


@given(st.integers(1, 14), st.randoms(use_true_random=False))
def test_a_list_that_holds_a_person_twice_is_refused(size: int, random: Random) -> None:
    ids = [f"id-{n}" for n in range(size)]
    ids.insert(random.randint(0, size), random.choice(ids))
    with pytest.raises(IncompleteFetch) as refused:
        read_whole(MovingList(ids, [], random))
    assert (refused.value.expected, refused.value.received) == (size + 1, size)
