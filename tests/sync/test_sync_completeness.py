"""No plan is made from a list that lacks people whom the system had before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.completeness import raise_if_people_missing
from sync.errors import IncompleteFetch, PeopleMissing
from sync.model import Employee, System
from tests.sync.people import a_person

KNOWN = {5: 3, 60: 3, 79: 3, 80: 4, 99: 4, 100: 5, 2000: 100}
"""Of so many people known, so many may be gone."""


def ids(count: int) -> list[str]:
    return [f"key-{n}" for n in range(count)]


def people(keys: list[str]) -> list[Employee]:
    return [a_person(remote_id=key) for key in keys]


def fetch(known: int, lost: int, *, accepted: int = 0) -> None:
    raise_if_people_missing(System.KINKAKUJI, ids(known), people(ids(known)[lost:]), accepted=accepted)


@pytest.mark.parametrize(("known", "may_be_gone"), KNOWN.items())
def test_a_few_may_be_gone_and_one_more_is_refused(known: int, may_be_gone: int) -> None:
    fetch(known, may_be_gone - 1)
    fetch(known, may_be_gone)
    with pytest.raises(PeopleMissing) as refused:
        fetch(known, may_be_gone + 1)
    assert (refused.value.known, refused.value.missing) == (known, may_be_gone + 1)
    assert not refused.value.is_empty


@given(known=st.integers(1, 200), lost=st.integers(0, 200))
def test_what_somebody_accepted_is_believed_unless_everybody_is_gone(known: int, lost: int) -> None:
    if lost < known:
        fetch(known, lost, accepted=lost)
    else:
        with pytest.raises(PeopleMissing) as refused:
            fetch(known, lost, accepted=known)
        assert refused.value.is_empty


def test_a_reason_for_ten_missing_people_says_nothing_of_an_eleventh() -> None:
    fetch(100, 10, accepted=10)
    with pytest.raises(PeopleMissing):
        fetch(100, 11, accepted=10)


@pytest.mark.parametrize("known", [1, 2, 3])
def test_an_empty_answer_is_refused_even_where_few_were_known(known: int) -> None:
    with pytest.raises(IncompleteFetch):
        fetch(known, known)


def test_nothing_is_missed_where_nobody_was_known() -> None:
    raise_if_people_missing(System.KINKAKUJI, [], [], accepted=0)
    raise_if_people_missing(System.KINKAKUJI, [], people(ids(5)), accepted=0)


def test_new_people_do_not_make_up_for_those_who_are_gone() -> None:
    strangers = [a_person(remote_id=f"new-{n}") for n in range(100)]
    with pytest.raises(PeopleMissing) as refused:
        raise_if_people_missing(System.KINKAKUJI, ids(100), strangers, accepted=0)
    assert (refused.value.missing, refused.value.is_empty) == (100, False)


def test_an_id_that_is_known_twice_counts_once() -> None:
    known = ids(4) * 2
    raise_if_people_missing(System.KINKAKUJI, known, people(ids(4)[3:]), accepted=0)


def test_the_error_names_nobody() -> None:
    with pytest.raises(PeopleMissing) as refused:
        fetch(100, 50)
    assert "key-" not in f"{refused.value} {refused.value!r} {vars(refused.value)}"
