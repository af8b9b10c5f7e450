"""How much may be written in a day without saying why; the list and the press say the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.errors import IdentityChange, TooManyCreates, TooManyUpdates, UnsafePlan
from sync.limits import Excess, ExcessKind, Limits, Tally, excesses, raise_if_unsafe

SIZES = (0, 1, 3, 33, 34, 1000)
ALLOWED = [
    *zip(["updates"] * len(SIZES), SIZES, (10, 10, 10, 10, 10, 300), strict=True),
    *zip(["creates"] * len(SIZES), SIZES, (10, 10, 10, 10, 10, 100), strict=True),
    ("updates", 37, 11),
    ("creates", 60, 12),
    ("creates", 499, 99),
    ("creates", 500, 100),
    ("creates", 100_000, 100),
]
ERRORS = {
    ExcessKind.UPDATES: TooManyUpdates,
    ExcessKind.CREATES: TooManyCreates,
    ExcessKind.IDENTITIES: IdentityChange,
}
TALLIES = st.builds(
    Tally, creates=st.integers(0, 150), updates=st.integers(0, 400), identities=st.integers(0, 2)
)
NOTHING = Tally()


@pytest.mark.parametrize(("kind", "target_size", "allowed"), ALLOWED)
def test_a_limit_is_reached_but_not_passed(kind: str, target_size: int, allowed: int) -> None:
    for count in (allowed - 1, allowed):
        assert excesses(Tally(**{kind: count}), NOTHING, target_size) == ()
    excess = Excess(ExcessKind(kind), allowed + 1, allowed, target_size)
    assert excesses(Tally(**{kind: allowed + 1}), NOTHING, target_size) == (excess,)


@pytest.mark.parametrize(("kind", "target_size", "allowed"), ALLOWED)
@pytest.mark.parametrize("plans", [2, 3, 10])
def test_splitting_a_plan_gets_around_nothing(kind: str, target_size: int, allowed: int, plans: int) -> None:
    one_too_many = allowed + 1
    parts = [one_too_many // plans + (part < one_too_many % plans) for part in range(plans)]
    earlier, found = NOTHING, []
    for part in parts:
        chosen = Tally(**{kind: part})
        found.append(excesses(chosen, earlier, target_size))
        earlier += chosen
    assert found[:-1] == [()] * (plans - 1)
    assert [excess.count for excess in found[-1]] == [one_too_many]


@given(TALLIES, TALLIES, st.sampled_from(SIZES))
def test_whoever_decides_on_an_identity_says_why(chosen: Tally, earlier: Tally, target_size: int) -> None:
    kinds = {excess.kind for excess in excesses(chosen, earlier, target_size)}
    assert (ExcessKind.IDENTITIES in kinds) == (chosen.identities > 0)


@given(TALLIES, TALLIES, st.integers(0, 2000))
def test_the_press_refuses_exactly_what_the_list_showed(
    chosen: Tally, earlier: Tally, target_size: int
) -> None:
    shown = excesses(chosen, earlier, target_size)
    for reason in (None, "", " \u3000"):
        if shown:
            with pytest.raises(ERRORS[shown[0].kind]) as caught:
                raise_if_unsafe(shown, reason)
            assert (caught.value.count, caught.value.allowed) == (shown[0].count, shown[0].allowed)
        else:
            raise_if_unsafe(shown, reason)
    raise_if_unsafe(shown, "組織変更のため")


@given(TALLIES, st.integers(0, 2000))
def test_what_adds_nothing_to_an_excess_is_not_stopped_by_it(earlier: Tally, target_size: int) -> None:
    assert excesses(NOTHING, earlier, target_size) == ()


@given(st.integers(0, 100_000))
def test_a_share_is_of_the_target_to_the_person(target_size: int) -> None:
    limits = Limits()
    assert limits.updates(target_size) == max(10, target_size * 30 // 100)
    assert limits.creates(target_size) == min(100, max(10, target_size * 20 // 100))


def test_every_excess_is_an_error_of_its_own() -> None:
    assert all(issubclass(error, UnsafePlan) for error in ERRORS.values())
